"""Measure how long a turned knob takes until the worker has its picture.

    python bench/adjust.py [--panel 496x336] [--panel 1200x920] [--steps 4] [PHOTO…]

Each photo is cut with the network that is installed, then every knob is turned step by step, as in
the workstation with kitty graphics: the same requests, answered in this process. The first picture
has half the pixels on a side, the sharp one comes after it. Every step is a surprise here; in the
workstation the next one either way has mostly been drawn before it is asked for. Times are of the
clock, with the processor's beside them: what else the machine does stretches the former, and
leaves the latter nearly alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.work.jobs import CutJob, PreviewJob, Proposal, cut
from engine.work.recipes import resolve_recipe
from models.store import ModelStore
from tui.adjust.knobs import KNOBS, Knob
from tui.photo.request import Form, PictureJob, draw
from tui.terminal.graphics import Backend

DEMO = Path(__file__).resolve().parents[1] / "tui" / "demo" / "photos"
PHOTOS = ("SKU201-front.jpg", "SKU203-front.jpg", "SKU207-front.jpg")
PANELS = ("496x336", "1200x920")  # of 80 × 24 and 200 × 50
CELL = (8, 16)  # pixels


@dataclass(frozen=True)
class Times:
    """What one picture took, in seconds."""

    clock: float
    processor: float


def measured(job: PictureJob) -> Times:
    """Have a picture drawn."""
    clock, processor = time.perf_counter(), time.process_time()
    draw(job)
    return Times(time.perf_counter() - clock, time.process_time() - processor)


def turns(knob: Knob, recipe: Recipe, steps: int, store: ModelStore) -> Iterator[Recipe]:
    """Yield the recipes that a person sees who turns a knob, as long as it turns."""
    installed = store.installed()
    for direction in (1, -1):
        at = recipe
        for _ in range(steps):
            turned = knob.turned(at, direction, installed)
            if turned == at:
                break
            yield turned
            at = turned


def measure(
    photo: Path, panel: tuple[int, int], steps: int, folder: Path
) -> Iterator[tuple[str, Times, Times]]:
    """Yield each knob's name, and what the first and the sharp picture of a step took."""
    store = ModelStore()
    stored = resolve_recipe(store)
    result = cut(CutJob(photo, stored, store.home, session=folder))
    matte = matte_path(folder, result.sha256, stored.digest())
    plain = PreviewJob(photo, matte, "checker", panel)
    form = Form(Backend.KITTY, CELL)
    draw(PictureJob(plain, form))  # a person has looked at the photo before
    for knob in KNOBS:
        for recipe in turns(knob, stored, steps, store):
            proposal = Proposal(recipe, store.home, stored)
            job = replace(plain, keep_shadow=recipe.keep_shadow, proposal=proposal)
            first = measured(PictureJob(job, form, quick=True))
            yield knob.title, first, measured(PictureJob(job, form))


def percentile(times: list[float], share: float) -> float:
    """Return the time that a share of all does not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def row(name: str, panel: str, first: list[Times], sharp: list[Times]) -> str:
    """Return a line of the table."""
    cells = [name, panel]
    for times in (first, sharp):
        clock = [each.clock for each in times]
        values = (
            statistics.median(clock),
            percentile(clock, 0.95),
            percentile([each.processor for each in times], 0.95),
        )
        cells += [f"{1e3 * value:.0f}" for value in values]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photos", nargs="*", type=Path)
    parser.add_argument("--panel", action="append", help="WIDTHxHEIGHT in pixels; repeatable")
    parser.add_argument("--steps", type=int, default=4, help="of each knob in each direction")
    arguments = parser.parse_args()
    photos = arguments.photos or [DEMO / name for name in PHOTOS]
    print(f"{len(photos)} photos, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ms\n")
    print(
        "| knob | panel | first, median | 95 % | processor, 95 % "
        "| sharp, median | 95 % | processor, 95 % |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for panel in arguments.panel or PANELS:
            width, height = map(int, panel.split("x"))
            taken: dict[str, list[tuple[Times, Times]]] = {}
            for photo in photos:
                for knob, *times in measure(photo, (width, height), arguments.steps, Path(name)):
                    taken.setdefault(knob, []).append((times[0], times[1]))
            for knob, pairs in taken.items():
                first, sharp = (list(column) for column in zip(*pairs, strict=True))
                print(row(knob, panel, first, sharp), flush=True)


if __name__ == "__main__":
    main()
