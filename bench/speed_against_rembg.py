"""packshot's speed beside rembg's: same weights, same photos, RGBA PNG out, whole processes.

    python bench/speed_against_rembg.py PHOTOS [--models u2netp u2net] [--rounds 5]

PHOTOS is a folder of any photos; they are enlarged, with a sensor's noise, to 24 and to 4
megapixels. packshot does what it does by default, refinement included. rembg makes its default
cutout in an environment of its own, by its command ``rembg p`` and through its Python interface in
one warm process: the quicker of both is what packshot is held against. All take turns, round after
round; figures are medians with the least and the greatest.

Nothing else may run on the machine. ``--linear 10 100 1000`` also times folders of so many photos,
``--large`` a photo of 100 megapixels. Exit status 1: a figure misses what is asked of it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import platformdirs
from process_tree import Run, measure
from programs import REMBG, own_python

from engine.imaging.header import PHOTO_SUFFIXES
from engine.work.machine import available_cores
from models.store import ModelStore
from tui.cli.output import echo, note, table

PEER = REMBG.replace("[cpu]", "[cpu,cli]")
PACKSHOT = Path(sys.executable).parent / "packshot"
_NOISE = 2.5  # levels: a camera at base sensitivity
_WANTED = {("u2netp", 24): 5.0, ("u2net", 24): 4.0, ("u2netp", 4): 2.5}
_COLD, _WARM, _BUSY, _LESS_MEMORY = 3.0, 15.0, 1.15, 0.8
_GROWTH, _LARGE_BYTES, _LINEAR = 0.1e6, 3e9, 0.10

_DRIVER = """
import sys
from pathlib import Path
from PIL import Image
import rembg

model, folder, out = sys.argv[1:]
session = rembg.new_session(model)
for photo in sorted(Path(folder).iterdir()):
    rembg.remove(Image.open(photo), session=session).save(Path(out, photo.stem + ".png"))
"""


@dataclass(frozen=True)
class Program:
    """A way to cut a folder of photos: ``cut`` gets the model, the folder and where to write."""

    name: str
    cut: Callable[[str, Path, Path], Run]


class Report:
    """Lines of figures, and which of them miss their mark."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.missed: list[str] = []

    def add(
        self, what: str, values: Sequence[float], wanted: float, *, least: bool, unit: str = ""
    ) -> None:
        """Note a figure of several rounds, that has to be at least or at most ``wanted``."""
        middle = statistics.median(values)
        reached = middle >= wanted if least else middle <= wanted
        if not reached:
            self.missed.append(what)
        spread = f"{min(values):.2f}…{max(values):.2f}"
        mark = f"{'≥' if least else '≤'} {wanted:g}{unit}"
        self.rows.append((what, f"{middle:.2f}{unit}", spread, mark, "" if reached else "missed"))


def main() -> int:
    """Run everything in turn and print the tables."""
    options = _arguments()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="packshot-speed-") as scratch:
        place = Path(scratch)
        packshot = Program("packshot", _packshot)
        for model in options.models:
            peer = _quicker_peer(model, options, place)
            echo(f"\n{model}: held against {peer.name} of {REMBG}")
            for size in options.megapixels:
                photos = _folder(options.photos, place, size, options.count)
                _compare(report, model, size, photos, (packshot, peer), options.rounds)
            size = max(options.megapixels)
            alone = _folder(options.photos, place, size, 1)
            _single(report, model, alone, (packshot, peer), options.rounds)
        if options.large:
            run = _packshot(
                options.models[0], _folder(options.photos, place, 100, 1), place / "packshot"
            )
            report.add("100 MP, memory", [run.peak / 1e6], _LARGE_BYTES / 1e6, least=False)
        if options.linear:
            _linear(report, options, place)
    echo()
    table(("", "median", "spread", "wanted", ""), report.rows)
    echo(f"\nmissed: {', '.join(report.missed) or 'nothing'}")
    return 1 if report.missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="packshot's speed beside rembg's")
    parser.add_argument("photos", type=Path, help="folder of photos to enlarge")
    parser.add_argument("--models", nargs="+", default=["u2netp", "u2net"])
    parser.add_argument("--megapixels", nargs="+", type=int, default=[24, 4])
    parser.add_argument("--count", type=int, default=12, help="photos in a folder (12)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--linear", nargs="+", type=int, help="sizes of folders, ascending")
    parser.add_argument("--large", action="store_true", help="a photo of 100 megapixels")
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("packshot") / "bench"
    )
    return parser.parse_args()


def _packshot(model: str, photos: Path, out: Path) -> Run:
    command = [PACKSHOT, "cut", photos, "--out", out, "--model", model, "--force", "--json"]
    return measure(command, os.environ)


def _peers(model: str, cache: Path) -> list[Program]:
    """Return the ways of rembg: its command for folders, and its Python interface."""
    python = own_python(cache / "rembg-cli", PEER)
    weights = cache / "weights"
    weights.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ModelStore().verified_path(model), weights / f"{model}.onnx")
    environment = os.environ | {"U2NET_HOME": str(weights)}
    environment.pop("PYTHONPATH", None)

    def command(model: str, photos: Path, out: Path) -> Run:
        return measure([python.parent / "rembg", "p", "-m", model, photos, out], environment)

    def interface(model: str, photos: Path, out: Path) -> Run:
        out.mkdir(parents=True, exist_ok=True)
        return measure([python, "-c", _DRIVER, model, photos, out], environment)

    return [Program("rembg p", command), Program("rembg's Python interface", interface)]


def _quicker_peer(model: str, options: argparse.Namespace, place: Path) -> Program:
    photos = _folder(options.photos, place, max(options.megapixels), 3)
    peers = _peers(model, options.cache)
    return min(peers, key=lambda peer: peer.cut(model, photos, place / peer.name).wall)


def _folder(sources: Path, place: Path, megapixels: int, count: int) -> Path:
    """Return a folder of ``count`` different photos of that size, made when it is missing."""
    folder = place / f"{count}x{megapixels}"
    if folder.is_dir():
        return folder
    folder.mkdir()
    found = sorted(path for path in sources.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES)
    if not found:
        sys.exit(f"{sources} holds no photos")
    note(f"making {count} photos of {megapixels} megapixels")
    rng = np.random.default_rng(5)
    for number in range(count):
        picture = cv2.imread(str(found[number % len(found)]))
        scale = (megapixels * 1e6 / (picture.shape[0] * picture.shape[1])) ** 0.5
        large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        for band in np.array_split(large, max(1, megapixels // 4)):
            band[:] = np.clip(band + rng.normal(0.5, _NOISE, band.shape), 0, 255)
        cv2.imwrite(str(folder / f"SKU{number:04d}.jpg"), large, [cv2.IMWRITE_JPEG_QUALITY, 92])
    return folder


def _compare(
    report: Report,
    model: str,
    size: int,
    photos: Path,
    programs: tuple[Program, Program],
    rounds: int,
) -> None:
    """Cut a folder with both programs in turn."""
    count = len(list(photos.iterdir()))
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(rounds):
        for program in programs:
            runs[program.name].append(program.cut(model, photos, photos.parent / program.name))
    ours, theirs = (runs[program.name] for program in programs)
    for name, made in runs.items():
        pace = statistics.median(60 * count / run.wall for run in made)
        cpu = statistics.median(run.cpu / count for run in made)
        peak = statistics.median(run.peak for run in made) / 1e6
        echo(f"  {size} MP  {name}: {pace:.1f} a minute, {cpu:.2f} CPU s each, {peak:.0f} MB")
    echo(f"  steps (s): {_steps(ours[-1])}")
    title = f"{model} {size} MP"
    pairs = list(zip(ours, theirs, strict=True))
    wanted = _WANTED.get((model, size), 1.0)
    report.add(f"{title}, times faster", [b.wall / a.wall for a, b in pairs], wanted, least=True)
    memory = [a.peak / b.peak for a, b in pairs]
    report.add(f"{title}, memory of rembg's", memory, _LESS_MEMORY, least=False)
    cores = available_cores()
    busy = [run.wall / (run.cpu / cores) for run in ours]
    report.add(f"{title}, wall ÷ (CPU ÷ cores)", busy, _BUSY, least=False)
    growth = [run.growth(count) / 1e6 for run in ours]
    report.add(f"{title}, MB more a photo", growth, _GROWTH / 1e6, least=False)


def _single(
    report: Report, model: str, photo: Path, programs: tuple[Program, Program], rounds: int
) -> None:
    """Cut one photo from nothing, and with packshot's warm service."""
    cold: list[float] = []
    warm: list[float] = []
    packshot, peer = programs
    out = photo.parent / packshot.name
    for _ in range(rounds):
        theirs = peer.cut(model, photo, photo.parent / peer.name).wall
        cold.append(theirs / packshot.cut(model, photo, out).wall)
        measure([PACKSHOT, "warm", "--detach", "--model", model], os.environ)
        try:
            packshot.cut(model, photo, out)  # its memory is touched for the first time here
            warm.append(theirs / packshot.cut(model, photo, out).wall)
        finally:
            measure([PACKSHOT, "warm", "--stop"], os.environ)
    report.add(f"{model}, one photo, cold", cold, _COLD, least=True)
    report.add(f"{model}, one photo, warm", warm, _WARM, least=True)


def _linear(report: Report, options: argparse.Namespace, place: Path) -> None:
    """Time folders of growing size: a photo has to cost the same in each."""
    model, size = options.models[0], min(options.megapixels)
    each = []
    for count in options.linear:
        run = _packshot(model, _folder(options.photos, place, size, count), place / "packshot")
        each.append(run.cpu / count)
        growth = run.growth(count) / 1e6
        echo(f"  {count} photos: {each[-1]:.2f} CPU s each, {growth:.2f} MB more each")
    # Start-up weighs on the smallest folder, so that the larger ones are compared.
    report.add(
        "CPU a photo, largest ÷ second folder", [each[-1] / each[-2]], 1 + _LINEAR, least=False
    )


def _steps(run: Run) -> str:
    """Return the mean seconds per step that ``cut --json`` tells."""
    total: dict[str, float] = defaultdict(float)
    rows = json.loads(run.output)
    for row in rows:
        for step, seconds in row.get("seconds", {}).items():
            total[step] += seconds / len(rows)
    return ", ".join(f"{step} {seconds:.2f}" for step, seconds in total.items())


if __name__ == "__main__":
    sys.exit(main())
