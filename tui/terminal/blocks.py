"""Pictures out of block characters: what the cells show, as lines of the screen.

A worker has chosen for each cell a character and two colours (see ``block_cells``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

CHARACTERS = " ▘▝▀▖▌▞▛"
"""Those that cover a set of a cell's quarters: upper left counts 1, upper right 2, lower left 4.

The other eight sets are these with the two colours exchanged.
"""

CELL_BYTES = 7
"""Of a cell: its character's number, then red, green and blue (0…255) before and behind."""


def block_strips(cells: bytes, columns: int) -> list[Strip]:
    """Return the lines that show a picture of so many columns."""
    line = columns * CELL_BYTES
    return [
        Strip(list(_segments(cells[start : start + line])), columns)
        for start in range(0, len(cells), line)
    ]


def _segments(line: bytes) -> Iterator[Segment]:
    """Yield a line's segments, one for each run of equal cells."""
    begin = 0
    for end in range(CELL_BYTES, len(line) + 1, CELL_BYTES):
        cell = line[begin : begin + CELL_BYTES]
        if line[end : end + CELL_BYTES] != cell:
            yield Segment(CHARACTERS[cell[0]] * ((end - begin) // CELL_BYTES), _style(cell))
            begin = end


@functools.lru_cache(maxsize=8192)
def _style(cell: bytes) -> Style:
    behind = _colour(cell[4:])
    return Style(color=_colour(cell[1:4]), bgcolor=behind) if cell[0] else Style(bgcolor=behind)


@functools.lru_cache(maxsize=8192)
def _colour(rgb: bytes) -> Color:
    return Color.from_triplet(ColorTriplet(*rgb))
