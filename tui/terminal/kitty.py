"""Kitty's pictures: sent once under a number, and shown by characters that stand for them.

A picture lives in the terminal until it is deleted. Where it is shown stand placeholders, whose
colour is its number and whose two accents say which row and column of it they show: they move,
are covered and come back like any text, and cost nothing more.

textual-image does the same but for three points, for which all of it is done here: it sends a
picture's parts from any thread; it deletes with ``a=d,I=…``, which names no picture and leaves all
of them in the terminal; and it encodes in the process that answers the keys.

Source: kitty, "Terminal graphics protocol": Remote client, Deleting images, Unicode placeholders.
"""

from __future__ import annotations

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

MOST_CELLS = 297
"""Cells on a side that can be marked."""

NUMBERS = 1 << 24
"""Pictures have numbers below this: what a colour can tell."""

_PART = 4096  # bytes of base64 in a command, the most that the protocol allows
_PLACEHOLDER = "\U0010eeee"

BROKEN = "\x1b_Gm=0,q=2;\x1b\\"
"""Ends a picture of which parts are missing: the terminal forgets it."""

# Accents above a letter, in the order of their values: those of Unicode 6.0 that no normal form
# joins with another character. As runs of first and last value.
_ACCENT_RUNS = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 "
    "59c-5a1 5a8-5a9 5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec "
    "730 732-733 735-736 73a 73d 73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 "
    "829-82d 951 953-954 f82-f83 f86-f87 135d-135f 17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 "
    "1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe 20d0-20d1 20d4-20d7 "
    "20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d a6f0-a6f1 a8e0-a8f1 aab0 "
    "aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 1d1aa-1d1ad 1d242-1d244"
)


def _accents() -> list[str]:
    bounds = [run.partition("-") for run in _ACCENT_RUNS.split()]
    spans = [(int(first, 16), int(last or first, 16)) for first, _, last in bounds]
    return [chr(value) for first, last in spans for value in range(first, last + 1)]


ACCENTS = _accents()
"""The mark of each row and column, from 0."""


def transmit(number: int, png: str, columns: int, rows: int) -> list[str]:
    """Return the commands that send a picture and make it ready to be shown.

    Parameters
    ----------
    number : 1 … ``NUMBERS`` - 1
    png : the file in base64
    columns, rows : the cells that it fills, ``MOST_CELLS`` at most
    """
    parts = [png[start : start + _PART] for start in range(0, len(png), _PART)]
    keys = [f"a=T,U=1,f=100,i={number},c={columns},r={rows},q=2,"] + ["q=2,"] * (len(parts) - 1)
    last = len(parts) - 1
    return [
        f"\x1b_G{key}m={int(place < last)};{part}\x1b\\"
        for place, (key, part) in enumerate(zip(keys, parts, strict=True))
    ]


def delete(number: int) -> str:
    """Return the command that takes a picture out of the terminal, with all that shows it."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def placeholders(number: int, columns: int, rows: int) -> list[Strip]:
    """Return the lines of text that show a picture.

    Every cell has both of its marks. A cell without takes them from the one on its left, which is
    half as long, and wrong as soon as a notice covers that one.
    """
    colour = Color.from_triplet(ColorTriplet(number >> 16, number >> 8 & 255, number & 255))
    style = Style(color=colour)
    return [
        Strip(
            [Segment("".join(_PLACEHOLDER + row + column for column in ACCENTS[:columns]), style)],
            columns,
        )
        for row in ACCENTS[:rows]
    ]
