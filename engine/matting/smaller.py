"""Smaller copies of a photo, each made once, and from the smallest that has all it needs.

To read every pixel of a large photo takes longer than most of what is then done with the few that
are left. What the outline is drawn on is read from the photo; all else is read from that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

MIDDLE_SIDE = 2600
"""Longer side, in pixels, that the middle copy has at most; what is no larger is its own. The
network that draws outlines was trained on edges as sharp as photos of this size have them."""

_HALVED = 2.5  # times the side that is wanted: from there on a photo is halved first
_BAND = 16  # rows of cells of three, averaged at once: what they are read from stays in the cache
_OVER = 0.1  # of a cell of the middle copy, by which cells may be smaller than was asked for

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Smaller:
    """A photo's smaller copies.

    pixels : (H, W, 3) sRGB; who writes over them goes on with the copies that were made before
    """

    pixels: Pixels

    @cached_property
    def step(self) -> int:
        """The side of the middle copy's cells, in pixels of the photo."""
        return _within(self.pixels, -(-max(self.pixels.shape[:2]) // MIDDLE_SIDE))

    @cached_property
    def middle(self) -> Pixels:
        """The mean colour of every cell, (H // step, W // step, 3); a small photo itself."""
        return self.pixels if self.step == 1 else shrink(self.pixels, self.step)

    @cached_property
    def half(self) -> Pixels:
        """The mean of every four pixels of the middle copy; a thin photo's middle copy itself."""
        return _halved(self.middle)

    def step_for(self, side: int) -> int:
        """Return the side of cells, in pixels, of which about ``side`` lie along the longer side.

        They are whole cells of the middle copy, except in a photo too thin for them.
        """
        wanted = max(self.pixels.shape[:2]) / side / self.step
        return _within(self.pixels, max(1, math.ceil(wanted - _OVER)) * self.step)

    def cells(self, step: int) -> Pixels:
        """Return the mean colour of every cell of ``step`` pixels, (H // step, W // step, 3)."""
        if step % self.step:
            return shrink(self.pixels, step)
        times = step // self.step
        rows, columns = (length // step for length in self.pixels.shape[:2])
        if times % 2 == 0:
            halves = times // 2
            return shrink(self.half[: rows * halves, : columns * halves], halves)
        return shrink(self.middle[: rows * times, : columns * times], times)

    def at_most(self, side: int) -> Pixels:
        """Return the photo with a longer side of at most ``side`` pixels; it is never enlarged."""
        if side not in self._reduced:
            self._reduced[side] = self._at_most(side)
        return self._reduced[side]

    @cached_property
    def _reduced(self) -> dict[int, Pixels]:
        return {}

    def _at_most(self, side: int) -> Pixels:
        longest = max(self.middle.shape[:2])
        if longest < 2 * side:
            return at_most(self.pixels, side)
        size = _within_side(self.middle, side)
        return reduced_to(self.half if longest >= _HALVED * side else self.middle, size)


def shrink(picture: Pixels, step: int) -> Pixels:
    """Return the mean of every cell of ``step`` × ``step`` pixels.

    Parameters
    ----------
    picture : (H, W) or (H, W, channels); rows and columns that fill no cell are left out
    """
    rows, columns = (length // step for length in picture.shape[:2])
    whole = picture[: rows * step, : columns * step]
    if step % 2 == 0 and step > 2:
        whole = _averaged(whole, (whole.shape[1] // 2, whole.shape[0] // 2))  # at memory's speed
    return _averaged(whole, (columns, rows))


def at_most(pixels: Pixels, side: int) -> Pixels:
    """Return a photo (H, W, 3) whose longer side is at most ``side``; it is never enlarged."""
    return reduced_to(pixels, _within_side(pixels, side))


def _within_side(pixels: Pixels, side: int) -> tuple[int, int]:
    """Return the width and height of a photo whose longer side is at most ``side``."""
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def reduced_to(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return a photo (H, W, 3) at a width and height that are no larger than its own.

    Means of areas. Halves are taken first, at the speed of memory: a quarter of the time.
    """
    columns, rows = size
    while pixels.shape[0] >= _HALVED * rows and pixels.shape[1] >= _HALVED * columns:
        pixels = _halved(pixels)
    return _averaged(pixels, size)


def _halved(pixels: Pixels) -> Pixels:
    """Return the mean of every four pixels, of a last row or column that has no other left out."""
    rows, columns = (length // 2 for length in pixels.shape[:2])
    if not rows or not columns:
        return pixels
    return _averaged(pixels[: 2 * rows, : 2 * columns], (columns, rows))


def _averaged(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """Return the means of areas, at a width and height."""
    if picture.shape[:2] == (3 * size[1], 3 * size[0]):
        return _thirds(picture, size)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _thirds(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """Return the mean of every nine pixels: what ``INTER_AREA`` gives, in half the time.

    OpenCV blurs with vectors, and takes areas of three by three without.
    """
    columns, rows = size
    means = np.empty((rows, columns, *picture.shape[2:]), np.uint8)
    for top in range(0, rows, _BAND):
        band = means[top : top + _BAND]
        around = cv2.blur(picture[3 * top : 3 * (top + len(band))], (3, 3), anchor=(0, 0))
        cv2.resize(around, (columns, len(band)), dst=band, interpolation=cv2.INTER_NEAREST)
    return means


def _within(pixels: Pixels, step: int) -> int:
    """Return a step that leaves at least one cell across a thin photo."""
    height, width = pixels.shape[:2]
    return int(max(1, min(step, height, width)))
