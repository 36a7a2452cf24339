"""packshot's speed beside rembg's: same weights, same photos, RGBA PNG out, whole processes.

    python bench/speed_against_rembg.py PHOTOS [--models u2netp u2net] [--rounds 5]

PHOTOS is a folder of any photos; they are enlarged, with a sensor's noise, to 24 and to 4
megapixels. The quicker of rembg's two ways is what packshot is held against. All take turns, round
after round; figures are medians with the least and the greatest.

Nothing else may run on the machine. ``--linear 10 100 1000`` also times folders of so many photos,
``--long 500`` watches the memory over so many, ``--commands 100`` cuts so many by one command each,
with a warm service and a tenth of them without, ``--large`` cuts photos of 100 megapixels,
``--with-openvino COMMAND`` takes a packshot with that extra into the round, and ``--json FILE``
writes all figures. How fast a key is painted while a batch runs is measured by ``interface.py``.
Exit status 1: a figure misses what is asked of it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import platformdirs
from process_tree import Run, measure
from programs import REMBG
from speed_programs import (
    PACKSHOT,
    Program,
    compile_packshot,
    folder_of,
    packshot,
    quicker_peer,
    sixteen_bit_tiff,
)
from speed_report import Mark, Report

from engine.imaging.decode import read_photo
from engine.matting.runtime.loading import load
from engine.work.hardware import facts
from engine.work.machine import available_cores
from models.store import ModelStore
from tui.cli.output import echo

_FASTER = {("u2netp", 24): 5.0, ("u2net", 24): 4.0, ("u2netp", 4): 2.5}
_COLD, _WARM = Mark(3.0), Mark(15.0)
_BUSY, _LESS_MEMORY = Mark(1.15, least=False), Mark(0.8, least=False)
_GROWTH, _LARGE = Mark(0.1, least=False), Mark(3000, least=False)  # MB
_LINEAR, _HELP = Mark(1.1, least=False), Mark(150, least=False)  # ratio, ms
_STARTS = 9


def main() -> int:
    """Run everything in turn and print the tables."""
    options = _arguments()
    compile_packshot()
    report = Report(facts())
    _help(report)
    with tempfile.TemporaryDirectory(prefix="packshot-speed-") as scratch:
        place = Path(scratch)
        for model in options.models:
            _model(report, model, options, place)
        if options.commands:
            _commands(report, options, place)
        if options.large:
            _large(report, options, place)
        if options.linear:
            _linear(report, options, place)
        if options.long:
            _long(report, options, place)
    report.show()
    if options.json:
        report.write(options.json)
    return 1 if report.missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="packshot's speed beside rembg's")
    parser.add_argument("photos", type=Path, help="folder of photos to enlarge")
    parser.add_argument("--models", nargs="+", default=["u2netp", "u2net"])
    parser.add_argument("--megapixels", nargs="+", type=int, default=[24, 4])
    parser.add_argument("--count", type=int, default=12, help="photos in a folder (12)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--linear", nargs="+", type=int, help="sizes of folders, ascending")
    parser.add_argument("--long", type=int, help="photos over which the memory is watched")
    parser.add_argument("--commands", type=int, help="photos to cut by one command each")
    parser.add_argument("--large", action="store_true", help="photos of 100 megapixels")
    parser.add_argument("--with-openvino", type=Path, help="a packshot command with that extra")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("packshot") / "bench"
    )
    return parser.parse_args()


def _help(report: Report) -> None:
    """Hold the start of ``packshot --help`` against that of a bare interpreter, in milliseconds."""
    more = []
    for _ in range(_STARTS):
        bare, ours = (
            _seconds(command) for command in ([sys.executable, "-c", "pass"], [PACKSHOT, "--help"])
        )
        more.append(1000 * (ours - bare))
    report.add("packshot --help, more than an interpreter", more, _HELP, " ms")


def _seconds(command: Sequence[str | Path]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _model(report: Report, model: str, options: argparse.Namespace, place: Path) -> None:
    """Compare the programs with one model on every size, and on a single photo."""
    largest = max(options.megapixels)
    few = folder_of(options.photos, place, largest, 3)
    peer = quicker_peer(model, few, place, options.cache)
    echo(f"\n{model}: held against {peer.name} of {REMBG}")
    ours = [packshot()]
    if options.with_openvino:
        ours = [
            packshot(provider="cpu"),
            packshot(options.with_openvino, "packshot with OpenVINO", "openvino"),
        ]
    for size in options.megapixels:
        photos = folder_of(options.photos, place, size, options.count)
        _compare(report, f"{model} {size} MP", model, photos, (peer, *ours), options.rounds)
        wanted = Mark(_FASTER.get((model, size)))
        for program in ours:
            _ratio(report, f"{model} {size} MP", program, peer, wanted)
        _floor(report, f"{model} {size} MP", model, photos)
    _single(report, model, folder_of(options.photos, place, largest, 1), peer, options.rounds)


_made: dict[tuple[str, str], list[Run]] = {}
"""What was run, by title and program."""


def _compare(
    report: Report,
    title: str,
    model: str,
    photos: Path,
    programs: Sequence[Program],
    rounds: int,
) -> None:
    """Cut a folder with every program in turn."""
    count = len(list(photos.iterdir()))
    for _ in range(rounds):
        for program in programs:
            run = program.cut(model, photos, photos.parent / program.name)
            _made.setdefault((title, program.name), []).append(run)
    for program in programs:
        runs = _made[title, program.name]
        report.add(f"{title}, {program.name}, photos a minute", [60 * count / r.wall for r in runs])
        report.add(f"{title}, {program.name}, CPU s a photo", [run.cpu / count for run in runs])
        if program is not programs[0]:
            for step, seconds in _steps(runs[-1]).items():
                report.add(f"{title}, {program.name}, {step}, CPU s", [seconds])


def _ratio(report: Report, title: str, program: Program, peer: Program, wanted: Mark) -> None:
    """Note how much faster and smaller packshot is, and whether it keeps the cores busy."""
    ours, theirs = _made[title, program.name], _made[title, peer.name]
    pairs = list(zip(ours, theirs, strict=True))
    name = f"{title}, {program.name}"
    report.add(f"{name}, times faster", [b.wall / a.wall for a, b in pairs], wanted)
    report.add(f"{name}, memory of rembg's", [a.peak / b.peak for a, b in pairs], _LESS_MEMORY)
    busy = [run.wall / (run.cpu / available_cores()) for run in ours]
    report.add(f"{name}, wall ÷ (CPU ÷ cores)", busy, _BUSY)


def _floor(report: Report, title: str, model: str, photos: Path) -> None:
    """Note what no program can go below: one inference, one decoding, each pixel copied once.

    It is the processor time of these three divided by the cores: what a missed mark is judged by.
    """
    store = ModelStore()
    spec = store.spec(model)
    look = spec.quick  # of packshot's looks the cheapest
    network = load(store.verified_path(model), spec, 1, look).network
    blob = np.zeros((1, 3, look.side, look.side), np.float32)
    network.run(blob)
    spent = []
    for photo in sorted(photos.iterdir())[:5]:
        started = time.process_time()
        network.run(blob)
        read_photo(photo).pixels.copy()
        spent.append((time.process_time() - started) / available_cores())
    report.add(f"{title}, floor, s a photo", spent)


def _single(report: Report, model: str, photo: Path, peer: Program, rounds: int) -> None:
    """Cut one photo from nothing, and with packshot's warm service."""
    cold: list[float] = []
    warm: list[float] = []
    ours, out = packshot(), photo.parent / "packshot"
    for _ in range(rounds):
        theirs = peer.cut(model, photo, photo.parent / peer.name).wall
        cold.append(theirs / ours.cut(model, photo, out).wall)
        with _warm(model):
            ours.cut(model, photo, out)  # its memory is touched for the first time here
            warm.append(theirs / ours.cut(model, photo, out).wall)
    report.add(f"{model}, one photo, cold, times faster", cold, _COLD)
    report.add(f"{model}, one photo, warm, times faster", warm, _WARM)


def _commands(report: Report, options: argparse.Namespace, place: Path) -> None:
    """Cut photos by one command each, as a script does, cold and with a warm service."""
    model, out = options.models[0], place / "packshot"
    folder = folder_of(options.photos, place, min(options.megapixels), options.commands)
    photos = sorted(folder.iterdir())
    ours = packshot()
    cold = [ours.cut(model, photo, out).wall for photo in photos[: max(1, len(photos) // 10)]]
    with _warm(model):
        warm = [ours.cut(model, photo, out).wall for photo in photos]
    report.add("a command for each photo, cold, s", cold)
    report.add("a command for each photo, warm, s", warm)


@contextmanager
def _warm(model: str) -> Iterator[None]:
    """Have a warm service for the length of the block."""
    measure([PACKSHOT, "warm", "--detach", "--model", model], os.environ)
    try:
        yield
    finally:
        measure([PACKSHOT, "warm", "--stop"], os.environ)


def _large(report: Report, options: argparse.Namespace, place: Path) -> None:
    """Cut a JPEG and a TIFF of 16 bits of 100 megapixels, one at a time."""
    folders = {
        "JPEG": folder_of(options.photos, place, 100, 1),
        "16-bit TIFF": sixteen_bit_tiff(options.photos, place, 100),
    }
    for kind, folder in folders.items():
        run = packshot().cut(options.models[0], folder, place / "packshot")
        report.add(f"100 MP {kind}, memory", [run.peak / 1e6], _LARGE, " MB")


def _linear(report: Report, options: argparse.Namespace, place: Path) -> None:
    """Cut folders of growing size: each photo more has to cost the same, whatever was before.

    What a start costs is left out by taking differences.
    """
    model, size = options.models[0], min(options.megapixels)
    spent = [
        packshot().cut(model, folder_of(options.photos, place, size, count), place / "packshot").cpu
        for count in options.linear
    ]
    each = np.diff(spent) / np.diff(options.linear)
    for count, seconds in zip(options.linear[1:], each, strict=True):
        report.add(f"one photo more, up to {count}, CPU s", [float(seconds)])
    ratio = max(each) / min(each)
    report.add("one photo more, dearest ÷ cheapest", [float(ratio)], _LINEAR)


def _long(report: Report, options: argparse.Namespace, place: Path) -> None:
    """Watch the memory of the whole tree over many photos."""
    folder = folder_of(options.photos, place, min(options.megapixels), options.long)
    run = packshot().cut(options.models[0], folder, place / "packshot")
    growth = run.growth(options.long) / 1e6
    report.add(f"{options.long} photos, more memory a photo", [growth], _GROWTH, " MB")


def _steps(run: Run) -> dict[str, float]:
    """Return the mean processor seconds of a photo per step that ``cut --json`` tells."""
    taken: dict[str, list[float]] = defaultdict(list)
    for row in json.loads(run.output):
        for step, seconds in row.get("processor", {}).items():
            taken[step].append(seconds)
    return {step: statistics.mean(seconds) for step, seconds in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
