"""Which cells a frame writes: a sixel picture is gone wherever text was written over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_TOKEN = re.compile(
    r"""
      \x1b\[ (?P<row>\d*) ;? (?P<column>\d*) H      # a place of the cursor
    | \x1b\[ [<-?]? [\d;:]* [ -/]* [@-~]           # a style, a mode
    | \x1b [^\[]
    | (?P<line> \n )
    | (?P<text> [^\x1b\n]+ )
    """,
    re.VERBOSE,
)


def cells_written(frame: str) -> Iterator[tuple[int, int, int]]:
    """Yield row, first column and the column behind the last one of each run, all from 0.

    Parameters
    ----------
    frame : as Textual writes it: places of the cursor, styles and text
    """
    row = column = 0
    for token in _TOKEN.finditer(frame):
        if text := token["text"]:
            width = cell_len(text)
            yield row, column, column + width
            column += width
        elif token["line"]:
            row, column = row + 1, 0
        elif token["row"] is not None:
            row, column = int(token["row"] or 1) - 1, int(token["column"] or 1) - 1
