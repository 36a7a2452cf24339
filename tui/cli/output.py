"""What commands print: results on stdout, progress and errors on stderr.

On a terminal progress is one line that redraws itself; elsewhere it is a plain line now and then,
so that a log stays readable. Every text that may come from a file passes through ``safe``.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any, Self, TextIO

import click

from tui.safe_text import safe

_BAR_WIDTH = 24
_PLAIN_EVERY = 2.0  # seconds between lines where stderr is no terminal


def echo(text: str = "") -> None:
    """Print one line of a result on stdout."""
    click.echo(text)


def note(text: str) -> None:
    """Print one line about the work on stderr."""
    click.echo(text, err=True)


def echo_json(value: Any) -> None:
    """Print a result as JSON on stdout; what JSON does not know is printed as text.

    Everything but ASCII is escaped: no name can reach the terminal raw, and a script that reads
    the JSON gets it exactly as it is.
    """
    click.echo(json.dumps(value, indent=2, default=str))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings on stdout, columns aligned; numbers to the right."""
    body = list(rows)
    cells = [[safe(cell) for cell in row] for row in body]
    lines = [list(headings), *cells]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    numeric = [
        bool(body) and all(isinstance(row[column], int | float) for row in body)
        for column in range(len(headings))
    ]
    for line in lines:
        aligned = [
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ]
        click.echo("  ".join(aligned).rstrip())


class progress:  # noqa: N801 - reads as a verb: ``with progress(13, "cut") as bar``
    """A progress display on stderr with an estimate of the time left.

    Parameters
    ----------
    total : number of steps
    label : what is being done, in one word
    """

    def __init__(self, total: int, label: str, stream: TextIO | None = None) -> None:
        self._total = total
        self._label = label
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._done = 0
        self._started = time.monotonic()
        self._printed = self._started

    def __enter__(self) -> Self:
        if self._live:
            self._draw("")
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()

    def step(self, name: str = "") -> None:
        """Count one step done; ``name`` is what was finished."""
        self._done += 1
        now = time.monotonic()
        if self._live:
            self._draw(name)
        elif now - self._printed >= _PLAIN_EVERY or self._done == self._total:
            self._printed = now
            self._line(f"{self._label} {self._done}/{self._total} {self._left(now)}".rstrip())

    def say(self, text: str) -> None:
        """Print a line above the progress."""
        if self._live:
            self._stream.write("\r\x1b[2K")
        self._line(safe(text))
        if self._live:
            self._draw("")

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()

    def _draw(self, name: str) -> None:
        filled = _BAR_WIDTH * self._done // max(1, self._total)
        bar = "█" * filled + "·" * (_BAR_WIDTH - filled)
        left = self._left(time.monotonic())
        text = f"{self._label} {bar} {self._done}/{self._total} {left} {safe(name)}".rstrip()
        columns = shutil.get_terminal_size().columns
        self._stream.write("\r\x1b[2K" + text[: columns - 1])
        self._stream.flush()

    def _left(self, now: float) -> str:
        if not self._done or self._done >= self._total:
            return ""
        seconds = (now - self._started) / self._done * (self._total - self._done)
        return f"{duration(seconds)} left"


def duration(seconds: float) -> str:
    """Return a time span as a person says it: ``4 s``, ``3 min``, ``2 h 10 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
