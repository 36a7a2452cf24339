"""Press thousands of keys in the workstation, in a real pseudo-terminal with kitty's pictures.

    python bench/soak.py [--keys 20000] [--seed 1] [--pause 0.01]

An hour of work, simulated: somebody goes through photos, looks closely, judges, adjusts, opens and
leaves dialogs, makes the window larger and smaller, changes the theme, goes to the shell and comes
back, while worker processes are killed. Told are the memory of the interface over time, and
whatever must not happen: an error in the log, parts of two pictures mixed, a picture left behind.
The exit status is 1 where something did.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from kitty_terminal import ESCAPE, F2, Run
from PIL import Image

from models.store import ModelStore

PROJECT = Path(__file__).resolve().parents[1]
DEMO = PROJECT / "tui" / "demo" / "photos"
SIDE = 640  # pixels on the longer side of a photo
COPIES = 10  # of each of the demo's photos
SIZES = ((80, 24), (120, 36), (200, 50), (64, 18), (50, 12))
KILLED = 5  # worker processes, at even distances
EVERY_RESIZE, EVERY_SUSPEND = 150, 1000  # keys
ROUND = 50  # keys after which the program has to follow
SETTLED = 0.3  # of the run, after which memory should not grow any more

LEFT, RIGHT, UP, DOWN = ("\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B")
F1, F3, F5 = "\x1bOP", "\x1bOR", "\x1b[15~"
F6, F8, F9 = "\x1b[17~", "\x1b[19~", "\x1b[20~"

WALKS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, ("j",) * 12),
    (20, ("k",) * 9),
    (12, ("g", "j", "j")),
    (8, ("G", "k")),
    (10, ("\t", "\t")),
    (10, ("m", "b", "w", "B", ".", "Y", "<", ">", "t", "\\")),
    (10, ("z", RIGHT, DOWN, "+", LEFT, UP, "-", "f")),
    (6, (",", RIGHT, DOWN, ESCAPE)),
    (8, ("p", "j")),
    (5, ("x", "1", " ", "\r")),
    (4, ("P", "u")),
    (6, ("u", "\x12")),
    (4, ("3", "j", "0")),
    (4, (" ", "j", " ", ESCAPE)),
    (4, ("h", "l", "H", "H")),
    (4, ("a", "l", "l", "j", "h", ESCAPE)),
    (4, ("/", "2", "0", "1", "\r", ESCAPE)),
    (2, ("/", "i", "s", ":", "c", "u", "t", ESCAPE)),
    (3, ("O", "j", "\r")),
    (3, ("i", "j", "j", ESCAPE)),
    (3, ("x", "j", ESCAPE)),
    (3, ("E", "j", ESCAPE)),
    (2, ("?", "j", ESCAPE)),
    (2, (F1, "a", DOWN, ESCAPE)),
    (2, (F8, ESCAPE)),
    (2, (F6, ESCAPE)),
    (3, (F3, "j", "k", F2)),
    (2, (F5, "j", F2)),
    (3, (F9,)),
    (1, ("s", "j")),
    (1, ("\x0c",)),
)
"""Ways through the workstation, and how often each is gone."""


def main() -> None:
    """Read the arguments, press the keys, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=0.01, help="seconds between two keys")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="packshot-soak-") as scratch:
        session = make_session(Path(scratch) / "shoot")
        home = Path(scratch)
        log = home / "log" / "packshot.log"
        os.environ["PACKSHOT_HOME"] = str(copied_home(home))
        faults = soak(session, home, log, arguments.keys, arguments.seed, arguments.pause)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def soak(session: Path, home: Path, log: Path, count: int, seed: int, pause: float) -> list[str]:
    """Press so many keys and print the memory; return what must not have happened."""
    draw = random.Random(seed)
    run = Run(session, home / "config", SIZES[0], pause)
    run.wait_for_picture()
    began, memory, killed = time.monotonic(), [], 0
    print("| keys | interface MB | pictures kept | MB sent |\n|---|---|---|---|")
    for number, key in zip(range(1, count + 1), typed(draw), strict=False):
        if not run.alive:
            break
        run.press(key)
        if number % EVERY_RESIZE == 0:
            run.resize(draw.choice(SIZES) if number % (2 * EVERY_RESIZE) else SIZES[0])
        if number % EVERY_SUSPEND == 0:
            run.suspend()
        if number % max(1, count // (KILLED + 1)) == 0 and killed < KILLED:
            killed += run.kill_worker(draw)
        if number % ROUND == 0:
            run.follow()
            memory.append((number, run.memory))
        if number % max(1000, count // 10) == 0 and memory:
            kept, sent = len(run.terminal.alive), run.terminal.received / 1e6
            print(f"| {number:,} | {memory[-1][1]:.0f} | {kept} | {sent:.0f} |", flush=True)
    ended_early = not run.alive
    run.resize(SIZES[0])
    status = run.leave()
    seconds = time.monotonic() - began
    growth = slope(memory)
    print(
        f"\n{len(memory) * ROUND:,} keys in {seconds:.0f} s, {killed} workers killed; "
        f"{growth:+.2f} MB per 1,000 keys; at most {run.terminal.most} pictures at once."
    )
    faults = [f"in the log: {error}" for error in _errors(log)]
    faults += run.terminal.faults
    faults += ["it ended before the last key"] if ended_early else []
    faults += [f"the exit status was {status}"] if status != 0 else []
    if run.terminal.alive:
        faults.append(f"{len(run.terminal.alive)} pictures were left behind")
    return faults


def typed(draw: random.Random) -> Iterator[str]:
    """Yield keys for ever: ways through the workstation, at random."""
    weights = [weight for weight, _ in WALKS]
    while True:
        (_, walk), *_ = draw.choices(WALKS, weights)
        yield from walk


def make_session(folder: Path) -> Path:
    """Write the demo's photos, reduced, several times."""
    folder.mkdir()
    for source in sorted(DEMO.glob("*.jpg")):
        with Image.open(source) as photo:
            photo.thumbnail((SIDE, SIDE))
            photo.save(folder / source.name, quality=90)
        sku, _, view = source.stem.partition("-")
        for copy in range(1, COPIES):
            # Behind the end of a JPEG nothing is read: another content, the same picture.
            content = (folder / source.name).read_bytes() + bytes([copy])
            (folder / f"{sku}{copy:02}-{view}.jpg").write_bytes(content)
    return folder


def copied_home(scratch: Path) -> Path:
    """Return a home for packshot, with the models that are installed."""
    models = ModelStore().home / "models"
    if models.is_dir():
        shutil.copytree(models, scratch / "models")
    return scratch


def slope(memory: list[tuple[int, float]]) -> float:
    """Return by how many MB the memory grew for each 1,000 keys, after it had settled."""
    settled = memory[int(len(memory) * SETTLED) :]
    if len(settled) < 2:
        return 0.0
    keys, megabytes = (np.array(values, float) for values in zip(*settled, strict=True))
    return float(np.polyfit(keys / 1000, megabytes, 1)[0])


def _errors(log: Path) -> list[str]:
    """Return each error of the log with the traceback below it."""
    text = log.read_text(errors="replace") if log.exists() else ""
    entries = re.split(r"^(?=\d{4}-\d\d-\d\d )", text, flags=re.MULTILINE)
    return [entry for entry in entries if " ERROR " in entry or "Traceback" in entry]


if __name__ == "__main__":
    main()
