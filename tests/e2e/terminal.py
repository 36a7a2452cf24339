"""A terminal for the real program: a pseudo-terminal with an emulator on its other side."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pexpect
import pyte
from program import PACKSHOT, shell


class Terminal:
    """packshot in a pseudo-terminal; ``text`` is what a person would read on the screen.

    Parameters
    ----------
    home : the packshot home
    environment : of the program, without a packshot home, instead of ``shell()``
    below : a program with its arguments that runs packshot, as a tracer does
    """

    def __init__(
        self,
        *arguments: str | Path,
        home: Path | None = None,
        environment: Mapping[str, str] | None = None,
        below: Sequence[str] = (),
        columns: int = 100,
        rows: int = 30,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._sent = bytearray()
        program, *others = [*below, str(PACKSHOT), *map(str, arguments)]
        own = {"PACKSHOT_HOME": str(home)} if home else {}
        self._child = pexpect.spawn(
            program,
            others,
            dimensions=(rows, columns),
            env={
                **(environment or shell()),
                **own,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # It was killed by then: a loaded machine takes longer to see it off than pexpect waits.
        with suppress(pexpect.ExceptionPexpect):
            self._child.close(force=True)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self._screen.display)

    @property
    def clipboard(self) -> str | None:
        """What the program has put into the terminal's clipboard last (OSC 52), if anything."""
        put = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", self._sent)
        return base64.b64decode(put[-1]).decode("utf-8") if put else None

    @property
    def process(self) -> int:
        """The program's process id."""
        return int(self._child.pid)

    def press(self, *keys: str) -> None:
        """Type keys, one after the other as a hand would."""
        for key in keys:
            self._child.send(key)
            self._read(0.15)

    def wait_for(self, shown: str | Callable[[str], bool], seconds: float = 60) -> None:
        """Wait until a text is on the screen, or until a condition on the screen holds."""
        end = time.monotonic() + seconds
        while not (shown(self.text) if callable(shown) else shown in self.text):
            assert time.monotonic() < end, f"{shown!r} did not appear:\n{self.text}"
            self._read(0.1)

    def wait_for_end(self, seconds: float = 30) -> int:
        """Wait until the program has ended and return its exit status."""
        end = time.monotonic() + seconds
        while self._child.isalive():
            assert time.monotonic() < end, f"still running:\n{self.text}"
            self._read(0.1)
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def _read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                sent = self._child.read_nonblocking(65536, timeout=left)
                self._sent += sent
                self._stream.feed(sent)
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                time.sleep(left)
                return
