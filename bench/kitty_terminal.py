"""A terminal with kitty's pictures around the workstation, and a hand that types.

It draws nothing: it answers what a terminal is asked, and notes which pictures are kept and whether
the parts of two of them were mixed. ``tests/e2e/emulator.py`` is the one that shows what is seen.
"""

from __future__ import annotations

import fcntl
import os
import random
import re
import signal
import struct
import sys
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

PROGRAM = "from tui.cli.start import main; main()"
PATIENCE = 120.0
CELL = (10, 20)
ESCAPE, F2, CTRL_Z = "\x1b", "\x1bOQ", "\x1a"


@dataclass
class Terminal:
    """What is on the other side: answers, and notes which pictures are kept.

    Attributes
    ----------
    alive : numbers of kitty's pictures
    most : how many there were at once
    faults : what no program may do
    received : bytes
    """

    alive: set[str] = field(default_factory=set)
    most: int = 0
    faults: list[str] = field(default_factory=list)
    received: int = 0
    _held: str = ""
    _open: bool = False

    _COMMANDS = re.compile(r"\x1b_G([^;\x1b]*)[^\x1b]*\x1b\\|\x1b\[(c|>0q|16t)")
    _UNFINISHED = re.compile(r"\x1b(?:_[^\x1b]*\x1b?|\[[>0-9]*)?\Z")

    def feed(self, data: bytes) -> str:
        """Take output; return what the terminal answers."""
        self.received += len(data)
        text = self._held + data.decode("utf-8", "replace")
        held = self._UNFINISHED.search(text)
        self._held = held[0] if held else ""
        answers = []
        for found in self._COMMANDS.finditer(text, 0, len(text) - len(self._held)):
            if found[2] is None:
                answers += self._obey(dict(re.findall(r"(\w)=([^,]*)", found[1])))
            else:
                answers.append(_ANSWERS[found[2]])
        return "".join(answers)

    def _obey(self, keys: dict[str, str]) -> list[str]:
        if keys.get("a") == "q":
            return [f"\x1b_Gi={keys['i']};OK\x1b\\"]
        if keys.get("a") == "d":
            self.alive.discard(keys.get("i", ""))
            return []
        begins = "a" in keys
        if begins == self._open:
            self.faults.append(f"parts of two pictures: {keys}")
        self._open = keys.get("m") == "1"
        if begins:
            self.alive.add(keys["i"])
            self.most = max(self.most, len(self.alive))
        return []


_ANSWERS = {
    "c": "\x1b[?62;22c",
    ">0q": "\x1bP>|kitty(0.42.0)\x1b\\",
    "16t": f"\x1b[6;{CELL[1]};{CELL[0]}t",
}


class Run:
    """The program, and a hand that types."""

    def __init__(self, session: Path, config: Path, size: tuple[int, int], pause: float) -> None:
        self.terminal = Terminal()
        self._pause = pause
        variables = {"TERM": "xterm-kitty", "COLORTERM": "truecolor", "EDITOR": "true"}
        self._child = pexpect.spawn(
            sys.executable,
            ["-c", PROGRAM, str(session)],
            env={**os.environ, **variables, "PACKSHOT_CONFIG": str(config)},
        )
        self.resize(size)

    @property
    def process(self) -> int:
        """The number of the interface's process."""
        return int(self._child.pid)

    @property
    def memory(self) -> float:
        """The resident memory of the interface in MB."""
        return _memory(self.process)

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return bool(self._child.isalive())

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window larger or smaller."""
        columns, rows = size
        packed = struct.pack("HHHH", rows, columns, columns * CELL[0], rows * CELL[1])
        fcntl.ioctl(self._child.child_fd, termios.TIOCSWINSZ, packed)

    def press(self, key: str) -> None:
        """Type a key; an Escape stays alone for a moment, as under a hand."""
        try:
            self._child.send(key)
        except OSError:
            return  # it has ended
        self.watch(0.15 if key == ESCAPE else self._pause)

    def watch(self, seconds: float) -> bool:
        """Read and answer for a while; return whether anything came."""
        end, came = time.monotonic() + seconds, False
        while True:
            try:
                data = self._child.read_nonblocking(65536, timeout=max(0.0, end - time.monotonic()))
            except pexpect.TIMEOUT:
                return came
            except pexpect.EOF:
                return False
            came = True
            if answers := self.terminal.feed(data):
                self._child.send(answers)

    def wait_for_picture(self) -> None:
        """Wait until the first picture is there."""
        end = time.monotonic() + PATIENCE
        while not self.terminal.alive and time.monotonic() < end:
            self.watch(0.1)
        self.follow()

    def follow(self) -> None:
        """Wait until the program has done what was typed."""
        end = time.monotonic() + PATIENCE
        while self.watch(0.1) and time.monotonic() < end:
            pass

    def suspend(self) -> None:
        """Go to the shell and come back."""
        self._child.send(CTRL_Z)
        end = time.monotonic() + PATIENCE
        while _state(self.process) != "T" and time.monotonic() < end:
            self.watch(0.05)
        os.kill(self.process, signal.SIGCONT)
        self.watch(0.5)

    def kill_worker(self, draw: random.Random) -> bool:
        """Kill one of the worker processes, as a want of memory would; return whether one was."""
        workers = [child for child in _children(self.process) if "spawn_main" in _command(child)]
        if workers:
            os.kill(draw.choice(workers), signal.SIGKILL)
        return bool(workers)

    def leave(self) -> int | None:
        """Leave the workstation, wherever one is in it; return the exit status."""
        end = time.monotonic() + PATIENCE
        while self.alive and time.monotonic() < end:
            for key in (ESCAPE, ESCAPE, F2, "q", "y"):
                if self.alive:
                    self.press(key)
                    self.watch(0.2)
        if self.alive:
            os.kill(self.process, signal.SIGKILL)
        self._child.wait()
        status: int | None = self._child.exitstatus
        return status


def _memory(process: int) -> float:
    """Return the resident memory of a process in MB."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
