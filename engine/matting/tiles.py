"""Tiles along an edge: where they lie, and one picture of what a network draws in each.

A network sees its tile and a margin around it. Where an edge can be taken for one or the other it
decides by what it sees, and two tiles that touch may decide differently: cut off at the border,
the one would end in a step. So what either draws fades into the other over a few pixels, as Burt
and Adelson do with photos ("A multiresolution spline with application to image mosaics", 1983).
The rest of the margin is not used: the network knows less there, of what lies beyond.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

TILE, MARGIN, FADE = 56, 8, 4
"""Pixels: the side of a tile, what the network sees around it, and how much of that is used."""


def places_of(wanted: NDArray[np.bool_], side: int = TILE) -> Iterator[tuple[int, int]]:
    """Yield where tiles begin: each as far down and to the right as leaves nothing out.

    Rows of tiles, and tiles in a row, begin at the first pixel that no other holds; that takes a
    fifth fewer of them than a regular grid. No two have a pixel in common.

    Parameters
    ----------
    wanted : (H, W) what they hold together
    side : of a tile, in pixels
    """
    for top in _starts(np.flatnonzero(wanted.any(axis=1)), side):
        for left in _starts(np.flatnonzero(wanted[top : top + side].any(axis=0)), side):
            yield top, left


class Mosaic:
    """Tiles that fade into each other, put together to ``height`` × ``width`` pixels.

    It takes four bytes a pixel. ``side`` is that of a tile, ``fade`` how much around it is drawn.
    """

    def __init__(self, height: int, width: int, side: int = TILE, fade: int = FADE) -> None:
        # A tile's shares and those of its neighbours are 256 at most: 16 bits hold the sums.
        size = height + side + 2 * fade, width + side + 2 * fade
        self._sums, self._shares = np.zeros(size, np.uint16), np.zeros(size, np.uint16)
        self._side, self._fade, self._share = side, fade, _fading(side, fade)

    def add(self, place: tuple[int, int], drawn: NDArray[np.uint8]) -> None:
        """Add what was drawn in a tile that begins there and ``fade`` pixels around it, 0…255."""
        top, left = (slice(start, start + self._side + 2 * self._fade) for start in place)
        part = top, left
        self._sums[part] += drawn * self._share
        self._shares[part] += self._share

    def tile(self, place: tuple[int, int]) -> NDArray[np.uint8]:
        """Return a tile that was added, (side, side), with what its neighbours have drawn there."""
        first = self._fade, self._fade + self._side
        top, left = (slice(start + first[0], start + first[1]) for start in place)
        part = top, left
        shares = self._shares[part]
        return np.asarray((self._sums[part] + shares // 2) // shares, np.uint8)


def _fading(side: int, fade: int) -> NDArray[np.uint16]:
    """Return how much each pixel that is drawn counts: (side, side), 1…256.

    At a border between two tiles their shares add up to the whole.
    """
    inwards = np.arange(side + 2 * fade)
    along = (2 * np.minimum(inwards, inwards[::-1]) + 1).clip(0, 4 * fade)
    return np.asarray(np.outer(along, along), np.uint16)


def _starts(marked: NDArray[np.intp], side: int) -> Iterator[int]:
    """Yield the beginnings of pieces of ``side`` that together hold every marked place."""
    end = 0
    for place in marked.tolist():
        if place >= end:
            yield place
            end = place + side
