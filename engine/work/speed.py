"""How fast this machine is: every step of packshot, measured on photos made for it.

Times are wall seconds; those named CPU are processor seconds of all processes together. The
photos are made from given pictures, enlarged, in a folder of their own that the caller deletes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from engine.errors import PhotoUnreadable, WorkerDied
from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_jpeg, encode_png, encode_tiff, encode_webp
from engine.matting.network import Network
from engine.matting.recipe import Recipe
from engine.work.batch import outcomes
from engine.work.jobs import CutJob, CutResult, cut
from engine.work.machine import default_workers, job_threads
from engine.work.speed_record import MEGABYTES, Figure, figure
from engine.work.tree_memory import PeakMemory
from engine.work.workers import Workers
from models.store import ModelStore

_PROGRAM = "from tui.cli.main import main; main()"
_JPEG_QUALITY = 92


@dataclass(frozen=True)
class Plan:
    """How much is measured: photos by their megapixels, and rounds of what is done once."""

    photos: dict[int, int]
    rounds: int


FULL = Plan({4: 12, 24: 6}, rounds=5)
QUICK = Plan({4: 3, 24: 2}, rounds=1)


@dataclass(frozen=True)
class LoadJob:
    """A model to be loaded by a fresh process."""

    home: Path
    model: str


@dataclass(frozen=True)
class Load:
    """Seconds that a model took to be verified and loaded, and the provider that runs it."""

    seconds: float
    provider: str


def measure(
    samples: Sequence[Path],
    recipe: Recipe,
    home: Path,
    folder: Path,
    plan: Plan,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[dict[str, Figure], str]:
    """Measure everything.

    Parameters
    ----------
    samples : pictures to make photos from
    home : the store that holds the recipe's model
    folder : an empty folder for photos, cutouts and a second store
    step : called with the name of what was just measured

    Returns
    -------
    the figures by name, and the provider that ran the network

    Raises
    ------
    ModelError, PackshotError : something could not be measured
    """
    figures: dict[str, Figure] = {}
    first = _enlarged(samples[0], 4, folder / "first.jpg")
    figures["command"] = figure([_command("--version") for _ in range(plan.rounds)])
    step("command")
    loads = _loads(home, recipe.model, folder / "home", plan.rounds)
    figures["model, never loaded before"] = figure([loads[0].seconds])
    figures["model, loaded before"] = figure([each.seconds for each in loads[1:]])
    step("model")
    cuts = [str(first), "--model", recipe.model, "--workers", "1", "--force", "--out"]
    figures["one photo, from nothing"] = figure(
        [_command("cut", *cuts, str(folder / "out")) for _ in range(plan.rounds)]
    )
    step("first cutout")
    for megapixels, count in plan.photos.items():
        photos = [
            _enlarged(samples[n % len(samples)], megapixels, folder / f"{megapixels}-{n}.jpg")
            for n in range(count)
        ]
        figures |= dict(_batch(photos, recipe, home, folder, f"{megapixels} MP"))
        step(f"{megapixels} MP")
    return figures, loads[-1].provider


def load(job: LoadJob) -> Load:
    """Verify and load a model; runs in a fresh worker process."""
    started = time.monotonic()
    store = ModelStore(job.home)
    network = Network(store.verified_path(job.model), store.spec(job.model), job_threads())
    return Load(time.monotonic() - started, network.provider)


def _loads(home: Path, model: str, empty: Path, rounds: int) -> list[Load]:
    """Load a model in fresh processes: once as if for the first time, then as ever after."""
    store = ModelStore(home)
    path = store.verified_path(model)
    (empty / "models").mkdir(parents=True)
    for file in (path, path.with_suffix(".toml")):
        if file.exists():
            (empty / "models" / file.name).symlink_to(file.resolve())
    found = []
    for place in (empty, *[empty] * rounds):
        with Workers(1) as pool:
            found.append(pool.submit(load, LoadJob(place, model)).result())
    return found


@dataclass(frozen=True)
class Measured:
    """A cut, and the processor seconds it took."""

    result: CutResult
    processor: float


def measured_cut(job: CutJob) -> Measured:
    """Cut a photo and measure the work of the process; runs in a worker process."""
    started = time.process_time()
    result = cut(job)
    return Measured(result, time.process_time() - started)


def encode_all(job: CutJob) -> dict[str, float]:
    """Return the processor seconds that the master of a job takes to encode, by format.

    Runs in a worker process; with the settings that presets have where they say nothing.
    """
    assert job.master is not None
    photo = read_photo(job.master)
    alpha = np.full(photo.pixels.shape[:2], 255, np.uint8) if photo.alpha is None else photo.alpha
    cutout = np.dstack((photo.pixels, alpha))
    encoders: dict[str, Callable[[], bytes]] = {
        "PNG": lambda: encode_png(cutout),
        "TIFF": lambda: encode_tiff(cutout),
        "WebP": lambda: encode_webp(cutout, quality=90, lossless=False),
        "JPEG": lambda: encode_jpeg(
            photo.pixels, quality=95, subsampling="4:4:4", progressive=True
        ),
    }
    seconds = {}
    for name, encode in encoders.items():
        started = time.process_time()
        encode()
        seconds[name] = time.process_time() - started
    return seconds


def _batch(
    photos: Sequence[Path], recipe: Recipe, home: Path, folder: Path, size: str
) -> Iterator[tuple[str, Figure]]:
    """Cut photos with warm workers; yield the figures of the batch and of each step."""
    jobs = [
        CutJob(photo, recipe, home, master=folder / "out" / f"{photo.stem}.png", force=True)
        for photo in photos
    ]
    with Workers(min(default_workers(), len(jobs))) as pool:
        # What is loaded once is no part of a photo's time; so many jobs reach every worker.
        warming = [
            replace(job, master=folder / "out" / f"warm-{number}.png")
            for number, job in enumerate(jobs[:1] * (2 * pool.count - 1))
        ]
        _all(pool, warming)
        started = time.monotonic()
        with PeakMemory(os.getpid()) as memory:
            done = _all(pool, jobs)
        wall = time.monotonic() - started
        encoded = pool.submit(encode_all, jobs[0]).result()
    yield f"{size}, a photo", Figure(wall / len(jobs))
    yield f"{size}, a photo, CPU", figure([each.processor for each in done])
    results = [each.result for each in done]
    for name in dict.fromkeys(step for result in results for step in result.processor):
        taken = [result.processor[name] for result in results if name in result.processor]
        yield f"{size}, {name}, CPU", figure(taken)
    for name, seconds in encoded.items():
        yield f"{name}, {size}, CPU", Figure(seconds)
    if memory.bytes:
        yield (
            f"{size}, peak of {pool.count} workers and all, {MEGABYTES}",
            Figure(memory.bytes / 1e6),
        )


def _all(pool: Workers, jobs: Sequence[CutJob]) -> list[Measured]:
    done = []
    for outcome in outcomes(pool, measured_cut, jobs):
        if outcome.error is not None:
            raise outcome.error
        if outcome.result is not None:
            done.append(outcome.result)
    return done


def _command(*arguments: str) -> float:
    """Return the seconds that a whole command takes, its start included.

    Raises
    ------
    WorkerDied : it failed
    """
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-P", "-c", _PROGRAM, *arguments], capture_output=True, check=False
    )
    if ended.returncode:
        raise WorkerDied(
            "packshot " + " ".join(arguments[:1]),
            f"ended with status {ended.returncode}",
            "Run packshot doctor.",
        )
    return time.monotonic() - started


def _enlarged(sample: Path, megapixels: int, path: Path) -> Path:
    """Write a picture enlarged as a JPEG and return its path."""
    picture = cv2.imdecode(np.fromfile(sample, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise PhotoUnreadable(str(sample), "is no picture", "Install packshot again.")
    scale = (megapixels * 1e6 / (picture.shape[0] * picture.shape[1])) ** 0.5
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    _, data = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.tobytes())
    return path
