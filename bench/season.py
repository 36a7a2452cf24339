"""Make a delivered season again, in other ways than it was made, and compare every byte.

    python bench/season.py [--photos 40] [--side 900] [--model u2netp] [--folder DIR]

Photos of the demo, reduced and mirrored so that no two are the same, are cut, and exported for a
locked season of five presets, one of each format: 200 files. Every row of the table is a program
that was started anew:

verify  ``packshot seasons verify``, which makes each file again from photo, matte and preset
export  another export of the same session into an empty folder, killed (SIGKILL) and gone on with
anew    another session with the same photos: cut again, exported again

SAME counts the files with the very bytes of the first export. Exit status 1: one differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageOps

from tui.cli.output import note, table

PRESETS = ("amazon-main", "master-png", "master-tiff", "web-hero", "web-hero-avif")
"""One of each format."""

_DEMO = Path(__file__).resolve().parents[1] / "tui" / "demo" / "photos"
_PACKSHOT = Path(sys.executable).with_name("packshot")
_SEASON = f"""\
schema_version = 1
name = "bench"
title = "Bench"
starts = 2020-01-01
ends = 2099-12-31
presets = {json.dumps(PRESETS)}
"""

Hashes = dict[str, str]
Row = tuple[str, int, int, int]


def main() -> int:
    """Print a row for each way of making the season again."""
    options = _arguments()
    with _folder(options.folder) as folder:
        first = _session(folder / "first", options.photos, options.side)
        _made(first, options.model)
        wanted = _hashes(first / "Output")
        note(f"{len(wanted)} files of {options.photos} photos delivered")
        rows = [
            _verified(first, "one worker on one core", ["--workers", "1"], cores=1),
            _verified(first, "one worker, all cores", ["--workers", "1"]),
            _verified(first, "two workers", ["--workers", "2"]),
            _compared("export, killed and gone on with", wanted, lambda: _killed(first, folder)),
            _compared("anew, one core", wanted, lambda: _anew(first, folder, options.model)),
        ]
    table(("made again", "files", "SAME", "seconds"), rows)
    return 0 if all(row[1] == row[2] == len(wanted) for row in rows) else 1


def _session(folder: Path, count: int, side: int) -> Path:
    """Write a session of photos, no two of which are the same."""
    (folder / "seasons").mkdir(parents=True)
    (folder / "seasons" / "bench.toml").write_text(_SEASON, "utf-8")
    for number, source in zip(range(count), cycle(sorted(_DEMO.glob("*.jpg"))), strict=False):
        with Image.open(source) as image:
            photo = image.convert("RGB")
            photo.thumbnail((side - number, side - number))
            if number % 2:
                photo = ImageOps.mirror(photo)
            photo.save(folder / f"SKU{number:03}-front.jpg", quality=92, icc_profile=None)
    return folder


def _made(session: Path, model: str, cores: int | None = None) -> None:
    """Cut, lock and export a session."""
    place = ["--session", str(session)]
    _packshot(["cut", str(session), "--model", model], cores)
    _packshot(["seasons", "lock", "bench", *place, "--model", model], cores)
    _packshot(["export", str(session), "--season", "bench", "--all"], cores, passing=False)


def _verified(session: Path, way: str, words: Sequence[str], cores: int | None = None) -> Row:
    started = time.perf_counter()
    command = ["seasons", "verify", "bench", "--session", str(session), "--json", *words]
    told = json.loads(_packshot(command, cores, passing=False))
    same = [row for row in told["deliveries"] if row["made_again"] and not row["problems"]]
    taken = round(time.perf_counter() - started)
    return f"verify, {way}", len(told["deliveries"]), len(same), taken


def _compared(way: str, wanted: Hashes, make: Callable[[], Path]) -> Row:
    started = time.perf_counter()
    found = _hashes(make())
    same = sum(found.get(name) == sha256 for name, sha256 in wanted.items())
    return way, len(found), same, round(time.perf_counter() - started)


def _killed(session: Path, folder: Path) -> Path:
    """Export into a folder of its own, kill that in the middle, and export again."""
    target = folder / "killed"
    command = ["export", str(session), "--season", "bench", "--all", "--out", str(target)]
    count = len(_hashes(session / "Output"))
    process = subprocess.Popen(
        [_PACKSHOT, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and len(_hashes(target)) < count // 2:
        time.sleep(0.2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = len(_hashes(target))
    note(f"killed with {left} of {count} files written")
    _packshot(command, None, passing=False)
    return target


def _anew(session: Path, folder: Path, model: str) -> Path:
    """Cut and export copies of the photos in a session that knows nothing of the first."""
    other = folder / "anew"
    ignored = shutil.ignore_patterns(".packshot", "Output", "*.lock")
    shutil.copytree(session, other, ignore=ignored)
    _made(other, model, cores=1)
    return other / "Output"


def _hashes(output: Path) -> Hashes:
    """Return the pictures of an output folder with their SHA-256, by preset and name."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for preset in PRESETS
        for path in (output / preset).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _packshot(words: Sequence[str], cores: int | None, *, passing: bool = True) -> str:
    """Run the program in a process of its own; return what it printed.

    Parameters
    ----------
    cores : how many it may use; None: all
    passing : whether a file that fails its preset ends the measurement
    """
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    ran = subprocess.run(
        ["taskset", "-c", ",".join(map(str, allowed)), str(_PACKSHOT), *words],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ran.returncode > (0 if passing else 1):
        sys.exit(f"packshot {' '.join(words)}: exit status {ran.returncode}")
    return ran.stdout


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--side", type=int, default=900, help="longer side of the photos in pixels")
    parser.add_argument("--model", default="u2netp")
    parser.add_argument("--folder", type=Path, help="where to work, kept; else a temporary one")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
