"""Where a product stands: the line on which it touches the ground, from its outline alone.

A product is seen from the front and a little from above. What it stands on is the lower side of
its outline's convex hull: it follows the round foot of a cup and the slanting edge of a box, and
spans what is hollow between heel and toe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.smoothing import Plane
from engine.delivery.product import SOLID, find_product

_STEEP = 0.7  # rise of the line by its run, from which on it is a product's side, not its foot
_HIGH = 0.35  # of the product's length: a line so far above the lowest point is no ground


@dataclass(frozen=True)
class Ground:
    """The ground under a product.

    ``line`` (w,) is the row of the ground in every column, ``gap`` (w,) how many rows the product
    is above it, infinite beside the product; ``level`` (w,), 0…1, says how much of a foot, and not
    of a side, the line is. ``floor`` (w,) follows the line under the foot and goes on level beside
    it: what hangs out there has its ground below, not at its side. ``length`` is the product's
    typical size in pixels, ``height`` its own.
    """

    line: Plane
    gap: Plane
    level: Plane
    floor: Plane
    length: float
    height: int


def find_ground(coverage: NDArray[np.uint8]) -> Ground | None:
    """Return the ground under a product on its canvas; None where there is no product.

    Parameters
    ----------
    coverage : (h, w), 0…255
    """
    product = find_product(coverage > SOLID)
    if product is None:
        return None
    box = product.box
    columns = np.arange(box.left, box.right)
    hull = cv2.convexHull(np.concatenate(product.outlines)).reshape(-1, 2).astype(np.float64)
    foot = _lower_side(hull, columns)
    lowest = _lowest_solid(coverage[:, box.left : box.right])
    length = math.sqrt(box.width * min(box.width, box.height))
    slope = np.gradient(foot) if len(foot) > 1 else np.zeros(1)
    rise = (foot.max() - foot) / (_HIGH * length)
    width = coverage.shape[1]
    gap, level = np.full(width, np.inf, np.float32), np.zeros(width, np.float32)
    gap[columns] = (foot - lowest).clip(0, None)
    level[columns] = np.exp(-(rise**2)) / (1 + (slope / _STEEP) ** 4)
    # The line lies below the last solid row.
    line = np.interp(np.arange(width), columns, foot + 1).astype(np.float32)
    # The line's slope counts as far as it is a foot, from the lowest point to both sides.
    climb = np.cumsum(slope * (level[columns] / level.max()) ** 2)
    climb += foot.max() + 1 - climb[foot.argmax()]
    floor = np.interp(np.arange(width), columns, climb).astype(np.float32)
    return Ground(line, gap, level, floor, length, box.height)


def _lower_side(hull: NDArray[np.float64], columns: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return the lowest row of a convex hull in every column."""
    rows = np.full(len(columns), -np.inf)
    for (x, y), (next_x, next_y) in zip(hull, np.roll(hull, -1, axis=0), strict=True):
        within = (columns >= min(x, next_x)) & (columns <= max(x, next_x))
        along = (columns[within] - x) / ((next_x - x) or 1.0)
        edge = y + along * (next_y - y) if next_x != x else np.maximum(y, next_y)
        rows[within] = np.maximum(rows[within], edge)
    return rows


def _lowest_solid(coverage: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the last row that is solid in every column; minus infinity where none is."""
    solid = coverage[::-1] > SOLID
    last = len(coverage) - 1 - solid.argmax(axis=0)
    return np.where(solid.any(axis=0), last, -np.inf).astype(np.float64)
