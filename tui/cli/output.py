"""What commands print: results on stdout, progress and errors on stderr.

On a terminal progress is one line that redraws itself; elsewhere it is a plain line now and then,
so that a log stays readable. Whatever is printed passes through ``safe``: no name, preset or
message of others reaches the terminal raw, also where a command has forgotten about it.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, TextIO

import click

from tui.safe_text import is_unsafe, safe, safe_lines

_BAR_WIDTH = 24
_PLAIN_EVERY = 2.0  # seconds between lines where stderr is no terminal


def echo(text: str = "") -> None:
    """Print lines of a result on stdout."""
    click.echo(safe_lines(text))


def note(text: str) -> None:
    """Print lines about the work on stderr."""
    click.echo(safe_lines(text), err=True)


def echo_json(value: Any, *, one_line: bool = False) -> None:
    """Print a result as JSON on stdout; what JSON does not know is printed as text.

    Everything but ASCII is escaped: no name can reach the terminal raw, and a script that reads
    the JSON gets it exactly as it is.
    """
    click.echo(json.dumps(value, indent=None if one_line else 2, default=str))


def quantity(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 file``, ``2 files``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def echo_toml(content: Mapping[str, Any]) -> None:
    """Print a table as TOML on stdout.

    Unsafe characters are written as TOML's own escapes: what is printed means what the file means.
    """
    import tomli
    import tomli_w

    text = tomli_w.dumps(content, multiline_strings=True)
    if tomli.loads(text) != content:
        text = tomli_w.dumps(content)  # a text on several lines loses its carriage returns
    click.echo("".join(_toml_escaped(character) for character in text.rstrip()))


def _toml_escaped(character: str) -> str:
    if character == "\n" or not is_unsafe(character):
        return character
    point = ord(character)
    return f"\\u{point:04X}" if point <= 0xFFFF else f"\\U{point:08X}"


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
