"""Pictures out of block characters: four pixels and two colours in each cell, on any terminal.

A cell is twice as high as wide, so that it holds 2 × 4 square pixels of the picture. Pairs of
rows are averaged, and the 2 × 2 pixels that remain are split into two groups so that their two
mean colours are as close to them as possible; a character exists for every split.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

# Each split as the set of its coloured quarters: upper left, upper right, lower left, lower right.
# The other half of the sixteen sets are these with the two colours exchanged.
_CHARACTERS = " ▘▝▀▖▌▞▛"
_SPLITS = np.array(
    [
        (0, 0, 0, 0),
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (1, 1, 0, 0),
        (0, 0, 1, 0),
        (1, 0, 1, 0),
        (0, 1, 1, 0),
        (1, 1, 1, 0),
    ],
    dtype=np.float32,
)


def block_strips(
    rgb: bytes, width: int, height: int, surround: tuple[int, int, int]
) -> list[Strip]:
    """Return the lines that show a picture.

    Parameters
    ----------
    rgb : height rows of width pixels, three bytes each
    width, height : in square pixels, two and four of which make a cell
    surround : the colour (0…255) that fills what is left of the last column and row
    """
    pixels = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)
    quarters = _quarters(pixels, surround)
    split, front, back = _split(quarters)
    return [
        Strip(list(_segments(*line)), split.shape[1])
        for line in zip(split.tolist(), _packed(front), _packed(back), strict=True)
    ]


def _quarters(pixels: NDArray[np.uint8], surround: tuple[int, int, int]) -> NDArray[np.float32]:
    """Return each cell's four quarters: (rows, columns, 4, 3), 0…255."""
    columns = -(-pixels.shape[1] // 2)
    rows = -(-pixels.shape[0] // 4)
    whole = np.full((rows * 4, columns * 2, 3), surround, np.float32)
    top = (rows * 4 - pixels.shape[0]) // 2
    whole[top : top + pixels.shape[0], : pixels.shape[1]] = pixels
    halves: NDArray[np.float32] = whole.reshape(rows, 2, 2, columns, 2, 3).mean(axis=2)
    return halves.transpose(0, 2, 1, 3, 4).reshape(rows, columns, 4, 3)


def _split(
    quarters: NDArray[np.float32],
) -> tuple[NDArray[np.intp], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the best split of each cell and the colours before and behind, (rows, columns, 3)."""
    counts = _SPLITS.sum(axis=1)
    whole = quarters.sum(axis=2)
    front = np.einsum("sq,rcqk->srck", _SPLITS, quarters)
    back = whole - front
    front /= np.maximum(counts, 1)[:, None, None, None]
    back /= (4 - counts)[:, None, None, None]
    # Two groups are closest to their means where the means' own squares, weighted, are largest.
    closeness = (front**2).sum(-1) * counts[:, None, None]
    closeness += (back**2).sum(-1) * (4 - counts)[:, None, None]
    best = closeness.argmax(axis=0)
    chosen = best[None, :, :, None]
    return (
        best,
        np.rint(np.take_along_axis(front, chosen, 0)[0]).astype(np.uint8),
        np.rint(np.take_along_axis(back, chosen, 0)[0]).astype(np.uint8),
    )


def _packed(colours: NDArray[np.uint8]) -> list[list[int]]:
    """Return colours as one number each, red in the highest byte."""
    wide = colours.astype(np.int64)
    packed: list[list[int]] = (wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]).tolist()
    return packed


def _segments(split: list[int], front: list[int], back: list[int]) -> Iterator[Segment]:
    """Yield a line's segments, one for each run of equal cells."""
    run, previous = 0, None
    for cell in zip(split, front, back, strict=True):
        if previous is not None and cell != previous:
            yield Segment(_CHARACTERS[previous[0]] * run, _style(previous[1], previous[2]))
            run = 0
        previous, run = cell, run + 1
    if previous is not None:
        yield Segment(_CHARACTERS[previous[0]] * run, _style(previous[1], previous[2]))


@functools.lru_cache(maxsize=65_536)
def _style(front: int, back: int) -> Style:
    return Style(color=_colour(front), bgcolor=_colour(back))


@functools.lru_cache(maxsize=65_536)
def _colour(packed: int) -> Color:
    return Color.from_triplet(ColorTriplet(packed >> 16, packed >> 8 & 255, packed & 255))
