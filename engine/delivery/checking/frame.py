"""What lies along the frame of a picture: its ground, and bars, borders and shadows at its edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.delivery.checking.white import darkest

_RING = 0.03  # share of the shorter side along the frame in which the ground is looked for
_THICKEST = 0.04  # share of a side that a bar is thick at most; what goes on is the product
_ALL = slice(None)
_MOST_COVERED = 0.5  # share of the ring that is other than its usual colour where that is plain
_LONGEST_GAP = 0.5  # share of a side that a bar leaves out at most


@dataclass(frozen=True)
class Bar:
    """Something along one side of the frame: its thickness in pixels, and its darkest level."""

    side: str
    thickness: int
    level: int

    @property
    def place(self) -> tuple[slice, slice]:
        """Rows and columns that it takes."""
        first, last = slice(0, self.thickness), slice(-self.thickness, None)
        return {
            "top": (first, _ALL),
            "bottom": (last, _ALL),
            "left": (_ALL, first),
            "right": (_ALL, last),
        }[self.side]


def ground_colour(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the usual colour of a ring along the frame, (3,): a thin border does not decide it."""
    joined = np.concatenate([edge.reshape(-1, 3) for edge in _ring(pixels)])
    colour: NDArray[np.uint8] = np.median(joined, axis=0).astype(np.uint8)
    return colour


def bars(pixels: NDArray[np.uint8], other: NDArray[np.bool_]) -> tuple[Bar, ...]:
    """Return the bars along the frame; none where the picture has no plain ground.

    Parameters
    ----------
    pixels : (H, W, 3)
    other : (H, W) mask of what is neither ground nor known to be the product
    """
    if np.concatenate([edge.ravel() for edge in _ring(other)]).mean() > _MOST_COVERED:
        return ()
    lowest = darkest(pixels)
    sides = {
        "top": (other, lowest),
        "bottom": (other[::-1], lowest[::-1]),
        "left": (other.T, lowest.T),
        "right": (other.T[::-1], lowest.T[::-1]),
    }
    found = []
    for side, (mask, levels) in sides.items():
        reach = max(2, round(len(mask) * _THICKEST))
        covered = mask[: reach + 1].mean(axis=1) > _LONGEST_GAP
        thickness = int(np.argmin(covered)) if not covered.all() else 0
        if thickness:
            found.append(Bar(side, thickness, int(levels[:thickness][mask[:thickness]].min())))
    return tuple(found)


def _ring(values: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return the four strips along the frame of a picture or a mask; corners are in two."""
    width = max(1, round(min(values.shape[:2]) * _RING))
    return values[:width], values[-width:], values[:, :width], values[:, -width:]
