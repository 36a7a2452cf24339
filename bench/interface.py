"""Measure the workstation on a large session, in a real pseudo-terminal.

    python bench/interface.py [--photos 10000] [--size 80x24] [--keys 150] [--folder DIR]

Ten thousand photos are made from the demo's, reduced; enough of them have a content of their own
for the workers to stay busy. Measured are the start on a new session and on one that is known, and
the time from a key to the last byte of the line that it shows, at rest and while every worker is
cutting; the same for F1 and the help. Beside the clock's time stands the processor's, of the thread
that draws (on Linux): the clock also counts what other programs took away, which the machine's load
tells.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
from PIL import Image

from engine.session.ordering import natural_key

PROJECT = Path(__file__).resolve().parents[1]
DEMO = PROJECT / "tui" / "demo" / "photos"
PROGRAM = "from tui.cli.start import main; main()"
VIEWS = ("back", "front", "left", "right")
SIDE = 640  # pixels on the longer side of a photo
OWN_CONTENT = 600  # photos that no other is a copy of: what the workers cut during the measuring
PATIENCE = 300.0
SETTLE = 1.5  # seconds between the parts of a run
PAUSE = 0.05  # seconds between two keys: fast typing
F1 = "\x1bOP"


class Screen:
    """The program in a pseudo-terminal whose output is kept as it came."""

    def __init__(self, session: Path, size: tuple[int, int], images: str) -> None:
        columns, rows = size
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.started = time.monotonic()
        self._child = pexpect.spawn(
            sys.executable,
            ["-c", PROGRAM, str(session), "--images", images],
            dimensions=(rows, columns),
            env=environment,
        )
        self._child.delaybeforesend = None  # or every key would wait for 50 ms before it is sent
        self._child.ptyproc.delayafterterminate = 5.0  # a busy machine takes its time to end it
        self.received = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    def processor(self) -> float:
        """Return the milliseconds that the interface's thread has worked; NaN where untold."""
        try:
            told = Path(f"/proc/{self._child.pid}/schedstat").read_text("ascii")
        except OSError:
            return math.nan
        return int(told.split()[0]) / 1e6

    def send(self, keys: str) -> None:
        """Type keys."""
        self._child.send(keys)

    def wait_for(self, text: bytes, seconds: float = PATIENCE) -> float:
        """Read until a text has come; return when that was, from the program's start."""
        seen, end = b"", time.monotonic() + seconds
        while text not in seen:
            left = end - time.monotonic()
            if left <= 0:
                raise SystemExit(f"{text!r} did not come within {seconds:.0f} s")
            seen = seen[-4096:] + self._read(left)
        return time.monotonic() - self.started

    def drain(self, seconds: float) -> None:
        """Read what comes for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> bytes:
        try:
            data: bytes = self._child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return b""
        self.received += len(data)
        return data


@dataclass(frozen=True)
class Keys:
    """How long keys took to be shown, in milliseconds, and how much was sent for each.

    ``processor`` is the same in milliseconds of work.
    """

    milliseconds: list[float]
    processor: list[float]
    bytes_per_key: float

    def row(self, name: str) -> str:
        """Return a line of the table."""
        p50 = statistics.median(self.milliseconds)
        p95 = statistics.quantiles(self.milliseconds, n=20)[-1]
        worst, work = max(self.milliseconds), statistics.median(self.processor)
        sent = f"{self.bytes_per_key:,.0f}"
        return f"| {name} | {p50:.0f} | {p95:.0f} | {worst:.0f} | {work:.0f} | {sent} |"


def main() -> None:
    """Read the arguments, measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--size", default="80x24", help="of the terminal, columns × rows")
    parser.add_argument("--images", default="halfcell", help="as of packshot open")
    parser.add_argument("--keys", type=int, default=150, help="that are measured in each state")
    parser.add_argument("--folder", type=Path, help="where the session is made, and kept")
    arguments = parser.parse_args()
    columns, _, rows = arguments.size.partition("x")
    size = int(columns), int(rows)
    with folder_for(arguments.folder) as folder:
        names = make_session(folder, arguments.photos)
        print(f"{len(names):,} photos, {arguments.size}, {arguments.images}; {machine()}\n")
        measure_start(folder, len(names), size, arguments.images)
        measure_keys(folder, names, size, arguments.images, arguments.keys)
    print(f"\nAfterwards: {machine()}")


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    """Give the folder to work in, which goes away unless it was named."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="packshot-bench-") as scratch:
        yield Path(scratch)


def make_session(folder: Path, count: int) -> list[str]:
    """Fill a folder with photos; return their names in the order of the list."""
    names = [
        f"SKU{number // len(VIEWS):05}-{VIEWS[number % len(VIEWS)]}.jpg" for number in range(count)
    ]
    sources = reduced_demo(folder)
    for number, name in enumerate(names):
        source = sources[number % len(sources)]
        path = folder / name
        if path.exists():
            continue
        if number < OWN_CONTENT:
            # Behind the end of a JPEG nothing is read: another content, the same picture.
            path.write_bytes(source.read_bytes() + number.to_bytes(4, "big"))
        else:
            path.hardlink_to(source)
    return sorted(names, key=natural_key)


def reduced_demo(folder: Path) -> list[Path]:
    """Return the demo's photos, reduced, in a hidden folder that no scan looks into."""
    hidden = folder / ".sources"
    hidden.mkdir(exist_ok=True)
    made = []
    for path in sorted(DEMO.glob("*.jpg")):
        target = hidden / path.name
        if not target.exists():
            with Image.open(path) as photo:
                photo.thumbnail((SIDE, SIDE))
                photo.save(target, quality=92)
        made.append(target)
    return made


def measure_start(folder: Path, count: int, size: tuple[int, int], images: str) -> None:
    """Open the session anew, then again, and print when what was to be seen."""
    known = (folder / ".packshot").exists()
    shutil.rmtree(folder / ".packshot" / "places", ignore_errors=True)  # all begin at the top
    listed = f"{count} photos".encode()
    print("| start | frame s | photos s | all listed s |\n|---|---|---|---|")
    for name in ("known",) if known else ("new", "known"):
        with Screen(folder, size, images) as screen:
            frame = screen.wait_for(b"packshot")
            first = screen.wait_for(b"SKU00000")
            everything = screen.wait_for(listed) if name == "new" else first
            print(f"| {name} | {frame:.2f} | {first:.2f} | {everything:.2f} |")
            screen.drain(SETTLE)


def measure_keys(
    folder: Path, names: list[str], size: tuple[int, int], images: str, count: int
) -> None:
    """Go down the list at rest and during work, and print how long it took."""
    print("\n| key to paint, ms | p50 | p95 | worst | processor | bytes a key |")
    print("|---|---|---|---|---|---|")
    with Screen(folder, size, images) as screen:
        screen.wait_for(f"{len(names)} photos".encode())
        screen.drain(SETTLE)
        screen.send("gH")  # to the top, all SKUs folded
        screen.drain(SETTLE)
        skus = names[:: len(VIEWS)]
        print(timed(screen, skus[1:], count).row("at rest"))
        print(timed_help(screen, count // 3).row("F1 at rest"))
        screen.send("g\x01")  # every photo
        screen.drain(SETTLE)
        asked = time.monotonic()
        screen.send("s")
        screen.wait_for(b"Cutting")
        queued = time.monotonic() - asked
        screen.drain(2 * SETTLE)
        print(timed(screen, skus[1:], count).row("every worker cutting"))
        print(timed_help(screen, count // 3).row("F1, every worker cutting"))
        print(f"\nQueueing all of them showed after {queued:.2f} s.")


def timed(screen: Screen, names: list[str], count: int) -> Keys:
    """Press j and wait for the name of the photo that it leads to, again and again."""
    return measured(screen, [("j", name.encode(), "") for name in names[:count]])


def timed_help(screen: Screen, count: int) -> Keys:
    """Open the help and wait for its search line, again and again."""
    keys = measured(screen, [(F1, b"term in any language", F1)] * count)
    screen.drain(SETTLE)  # what is typed ahead of a closing dialog is still the dialog's
    return keys


def measured(screen: Screen, steps: Sequence[tuple[str, bytes, str]]) -> Keys:
    """Measure what is shown: a key, a text that has to come, and a key that takes it away again."""
    took, worked = [], []
    before = screen.received
    for key, text, back in steps:
        pressed, work = time.monotonic(), screen.processor()
        screen.send(key)
        screen.wait_for(text, 30)
        took.append((time.monotonic() - pressed) * 1000)
        worked.append(screen.processor() - work)
        screen.drain(PAUSE)
        if back:
            screen.send(back)
            screen.drain(PAUSE)
    return Keys(took, worked, (screen.received - before) / len(took))


def machine() -> str:
    """Return what the machine has and what else it does."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {load:.1f}"


if __name__ == "__main__":
    main()
