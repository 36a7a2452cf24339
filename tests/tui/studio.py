"""What the tests of the workstation share: workers that answer at once, and small mattes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from textual.pilot import Pilot

from engine.atomic import write_atomic
from engine.errors import PhotoUnreadable
from engine.imaging.encode import encode_matte
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session
from engine.work.jobs import (
    CutJob,
    CutResult,
    Picture,
    PreviewJob,
    Sample,
    WarmJob,
    cut,
    details,
    export,
    sample,
    warm_up,
)
from tui.app import Workstation
from tui.browse.states import UNICODE
from tui.deliver.screen import DeliverScreen
from tui.desk import Desk
from tui.photo.drawing import drawn, scale_of
from tui.photo.pane import PhotoPane
from tui.photo.request import PictureJob, draw
from tui.queue.crew import Crew
from tui.terminal.graphics import Graphics
from tui.terminal.terminal import Terminal

RECIPE = Recipe(model="u2netp", model_sha256="0" * 64)
OTHER_RECIPE = replace(RECIPE, edge_shift=-1.5)

PHOTOS = (
    "SKU201-front.png",
    "SKU201-left.png",
    "SKU201-back.png",
    "SKU202-front.png",
    "SKU202-left.png",
    "SKU203-front.png",
)

SIZE = (48, 32)  # pixels of a photo


class InstantWorkers:
    """Stands for a pool of processes: a gradient for a picture, a matte of one tone for a cut.

    Jobs for photos in ``broken`` fail; with ``held`` they wait until ``release`` is called.
    """

    def __init__(self) -> None:
        self.count = 1
        self.broken: set[str] = set()
        self.held = False
        self.pictures: list[PreviewJob] = []
        self.warmed: list[WarmJob] = []
        self.exif: tuple[tuple[str, str], ...] = ()
        self.closed = False
        self._waiting: list[tuple[Future[Any], Callable[[Any], Any], Any]] = []

    def __call__(self, *_: object, **__: object) -> InstantWorkers:
        return self

    def submit(self, function: Callable[[Any], Any], job: Any, timeout: float | None = None) -> Any:
        future: Future[Any] = Future()
        if self.held and function not in {draw, details, sample}:
            self._waiting.append((future, function, job))
        else:
            self._answer(future, function, job)
        return future

    def release(self, count: int | None = None) -> None:
        """Do what was held back."""
        ready, self._waiting = self._waiting[:count], self._waiting[count or len(self._waiting) :]
        for future, function, job in ready:
            self._answer(future, function, job)

    def close(self, *, wait: bool) -> None:
        self.closed = True

    def _answer(self, future: Future[Any], function: Callable[[Any], Any], job: Any) -> None:
        if future.cancelled():
            return
        if function is details:
            future.set_result(self.exif)
        elif function is warm_up:
            self.warmed.append(job)
            future.set_result(None)
        elif job.photo.name in self.broken:
            future.set_exception(
                PhotoUnreadable(str(job.photo), "ends too early", "Copy it from the card again.")
            )
        elif function is draw and job.preview.file is not None:
            future.set_result(draw(job))
        elif function is draw:
            self.pictures.append(job.preview)
            future.set_result(drawn(gradient(job), job))
        elif function is sample:
            future.set_result(Sample(job.place, (200, 100, 50), 231))
        elif function is cut:
            future.set_result(_cut(job))
        else:
            assert function is export
            future.set_result(export(job))


def gradient(asked: PictureJob) -> Picture:
    """Return a picture whose colours tell its view."""
    job, scale = asked.preview, scale_of(asked)
    zoom = job.zoom or min(job.box[0] / SIZE[0], job.box[1] / SIZE[1])
    width = max(1, min(round(job.box[0] * scale), round(SIZE[0] * zoom * scale)))
    height = max(1, min(round(job.box[1] * scale), round(SIZE[1] * zoom * scale)))
    views = ("original", "matte", "checker", "black", "white", "overlay", "brand", "edge", "split")
    tone = 40 * views.index(job.view) % 256
    ramp = np.linspace(0, 255, width, dtype=np.uint8)
    rgb = np.stack([np.tile(ramp, (height, 1)), *([np.full((height, width), tone, np.uint8)] * 2)])
    pixels = np.ascontiguousarray(rgb.transpose(1, 2, 0))
    shown = [min(side, round(room / zoom)) for side, room in zip(SIZE, job.box, strict=True)]
    return Picture(width, height, pixels.tobytes(), zoom, SIZE, (0, 0, shown[0], shown[1]))


def _cut(job: CutJob) -> CutResult:
    sha256 = f"{abs(hash(job.photo.name)):064x}"[:64]
    assert job.session is not None
    is_there = matte_path(job.session, sha256, job.recipe.digest()).exists()
    if is_there and job.measured and not job.force:
        return CutResult(sha256, *SIZE, None, {}, skipped=True)
    store_matte(job.session, sha256, job.recipe)
    return CutResult(sha256, *SIZE, 0.5, {"network": 0.4}, defects=())


def store_matte(folder: Path, sha256: str, recipe: Recipe = RECIPE) -> None:
    """Write a matte: a box of full coverage in the middle."""
    alpha = np.zeros(SIZE[::-1], np.uint8)
    alpha[8:24, 12:36] = 255
    write_atomic(matte_path(folder, sha256, recipe.digest()), encode_matte(alpha))


def cut_again(session: Session) -> None:
    """Give every photo that has a matte another one, of `OTHER_RECIPE`, which counts then."""
    for photo in session.photos():
        if photo.sha256:
            store_matte(session.folder, photo.sha256, OTHER_RECIPE)
            session.record_cut(
                photo.id,
                sha256=photo.sha256,
                size=(SIZE[0], SIZE[1]),
                recipe=OTHER_RECIPE,
                seconds=0.5,
                notes=(),
                batch="again",
            )


def sha256_of(path: Path) -> str:
    """Return what identifies a photo."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def workstation(session: Session, workers: InstantWorkers, *, scan: bool = False) -> Workstation:
    """Return a workstation that draws blocks; it scans by itself, and follows, with ``scan``."""
    crew = Crew(session, workers)
    return Workstation(Desk(session, Terminal(Graphics()), UNICODE, crew), scan=scan)


def notices(app: Workstation) -> str:
    """Return everything that was told, also what has gone from the screen since."""
    return " ".join(notice.text for notice in app.journal.notices)


PATIENCE_S = 30.0  # a loaded machine's first start of Textual took longer than 3 s


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what each does: a loaded machine is no faster than it is."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way and the picture that is wanted is on the screen.

    It is looked twice: what has just ended may have left a message that begins something else.
    """
    app = pilot.app
    assert isinstance(app, Workstation)
    deadline = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < 2:
        unsettled = under_way(app)
        assert time.monotonic() < deadline, f"the workstation did not settle: {unsettled}"
        quiet = 0 if unsettled else quiet + 1
        await pilot.pause(0.01 if unsettled else None)


def under_way(app: Workstation) -> list[str]:
    """Return what the workstation is still at, in words; nothing when it rests."""
    panes = app.screen.query(PhotoPane)
    reasons = [f"worker {worker.name}" for worker in app.workers if not worker.is_finished]
    reasons += ["a picture" for pane in panes if not (pane.ready or pane.has_class("-message"))]
    reasons += ["the session is not loaded"] if not app.desk.loaded else []
    reasons += ["work is pending"] if app.work_pending else []
    if isinstance(app.screen, DeliverScreen) and app.screen.is_reading:
        reasons.append("files are to be read")
    return reasons
