"""A window: the real program in a pseudo-terminal, with an emulator that shows its pictures."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from emulator import Emulator
from program import PACKSHOT, shell

PATIENCE_S = 90.0  # a loaded machine's first start took half a minute


class Window:
    """packshot in a terminal.

    Parameters
    ----------
    arguments : of the command
    emulator : what is on the other side
    home : packshot's own folder
    environment : variables to set, or (None) to take away
    delay : seconds until the terminal's answers arrive
    tells_pixels : whether the terminal's driver knows the size in pixels
    """

    def __init__(
        self,
        *arguments: str | Path,
        emulator: Emulator,
        home: Path,
        environment: dict[str, str | None] | None = None,
        delay: float = 0.0,
        tells_pixels: bool = True,
        command: tuple[str, ...] = (str(PACKSHOT),),
    ) -> None:
        self.emulator = emulator
        self._delay = delay
        self._tells_pixels = tells_pixels
        self._reads = 0
        self._due: list[tuple[float, str]] = []
        self.after_read: Callable[[], None] = lambda: None
        self._master, slave = pty.openpty()
        self._set_size()
        wanted = {"PACKSHOT_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        variables = {**shell(), **wanted, **(environment or {})}
        for name in ("TMUX", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "NO_COLOR"):
            if name not in (environment or {}):
                variables[name] = None
        self.process = subprocess.Popen(
            [*command, *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
            env={name: value for name, value in variables.items() if value is not None},
        )
        self.modes = termios.tcgetattr(slave)
        self._slave = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    @property
    def modes_now(self) -> list[object]:
        """The terminal's modes: echo, lines, signals."""
        return termios.tcgetattr(self._slave)

    def press(self, *keys: str, pause: float = 0.05) -> None:
        """Type keys, one after the other as a hand would."""
        for key in keys:
            os.write(self._master, key.encode())
            self.watch(pause)

    def watch(self, seconds: float) -> None:
        """Take what the program writes for a while, and answer its questions."""
        end = time.monotonic() + seconds
        while True:
            self._answer()
            left = end - time.monotonic()
            if left <= 0:
                return
            ready, _, _ = select.select([self._master], [], [], min(left, 0.02))
            if not ready:
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            self.emulator.feed(data)
            self._reads += 1
            self.after_read()

    def wait_for(
        self, holds: str | Callable[[], bool], seconds: float = PATIENCE_S, what: str = ""
    ) -> None:
        """Wait until a text is on the screen, or until something holds."""
        end = time.monotonic() + seconds
        seen = -1
        while True:
            if seen != self._reads:  # nothing else changes what is on the screen
                seen = self._reads
                if holds() if callable(holds) else holds in self.emulator.text:
                    return
            told = what or holds
            sent = f"{self.emulator.picture_bytes} bytes of pictures"
            assert time.monotonic() < end, f"{told!r} did not come: {sent}\n{self.emulator.text}"
            assert self.process.poll() is None, f"it ended:\n{self.emulator.text}"
            self.watch(0.05)

    def wait_until_drawn(self, quiet: float = 1.5) -> None:
        """Wait until no part of a picture has come for a while: the sharp one is there, whole."""
        came = -1
        while came != self.emulator.picture_bytes:
            came = self.emulator.picture_bytes
            self.watch(quiet)

    def wait_until_stopped(self, seconds: float = PATIENCE_S) -> None:
        """Wait until the program has stopped itself, as a shell does before its prompt."""
        end = time.monotonic() + seconds
        stopped = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
        while os.waitid(os.P_PID, self.process.pid, stopped) is None:
            assert time.monotonic() < end, f"still running:\n{self.emulator.text}"
            self.watch(0.05)

    def wait_for_end(self, seconds: float = PATIENCE_S) -> int:
        """Wait until the program has ended and return its exit status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, f"still running:\n{self.emulator.text}"
            self.watch(0.05)
        before = -1
        while before != self._reads:  # what it wrote last may be more than one read takes
            before = self._reads
            self.watch(0.2)
        return int(self.process.returncode)

    def resize(self, columns: int, rows: int, cell: tuple[int, int] | None = None) -> None:
        """Make the window larger or smaller, or its font."""
        emulator = self.emulator
        emulator.columns, emulator.rows = columns, rows
        emulator.cell = cell or emulator.cell
        emulator.screen.resize(rows, columns)
        self._set_size()
        os.kill(self.process.pid, signal.SIGWINCH)

    def _set_size(self) -> None:
        emulator = self.emulator
        width, height = emulator.cell if self._tells_pixels else (0, 0)
        size = (emulator.rows, emulator.columns, emulator.columns * width, emulator.rows * height)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", *size))

    def _answer(self) -> None:
        now = time.monotonic()
        self._due += [(now + self._delay, answer) for answer in self.emulator.answers]
        self.emulator.answers.clear()
        while self._due and self._due[0][0] <= now:
            os.write(self._master, self._due.pop(0)[1].encode())
