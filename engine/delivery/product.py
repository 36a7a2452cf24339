"""Where the product is in a matte: its box at half coverage, specks left out.

Boxes are half-open: ``right`` and ``bottom`` are the first column and row outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

SOLID = 127
"""A pixel belongs to the product when its coverage (0…255) is greater: alpha above one half."""

FAINT = 12
"""Coverage (0…255) up to which nothing is seen on a page: a twentieth."""

SPECK_SHARE = 0.001
"""A connected piece smaller than this share of everything solid, holes filled, is a speck."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, half-open."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    def touches(self, width: int, height: int) -> frozenset[str]:
        """Return the sides of a ``width`` × ``height`` frame that the box reaches."""
        reached = {
            "left": self.left == 0,
            "top": self.top == 0,
            "right": self.right == width,
            "bottom": self.bottom == height,
        }
        return frozenset(side for side, touched in reached.items() if touched)


@dataclass(frozen=True)
class Product:
    """The product's pieces: their outlines, the box around them, and the specks left out.

    ``shares`` are the pieces' shares of all that they enclose together, the largest first.
    """

    outlines: tuple[NDArray[np.int32], ...]
    box: Box
    specks: int
    shares: tuple[float, ...]


def find_product(solid: NDArray[np.bool_]) -> Product | None:
    """Return the product in a mask, or None where nothing is solid.

    Parameters
    ----------
    solid : (H, W) mask of the pixels that belong to the product
    """
    # Following outlines is many times faster than labelling every pixel.
    found, _ = cv2.findContours(solid.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outlines = [np.asarray(outline, np.int32) for outline in found]
    if not outlines:
        return None
    areas = np.array([_filled_area(outline) for outline in outlines])
    large = areas >= min(SPECK_SHARE * areas.sum(), areas.max())
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines])[large]
    left, top, width, height = boxes.T
    box = Box(
        left=int(left.min()),
        top=int(top.min()),
        right=int((left + width).max()),
        bottom=int((top + height).max()),
    )
    kept = tuple(outline for outline, is_large in zip(outlines, large, strict=True) if is_large)
    shares = np.sort(areas[large])[::-1] / areas[large].sum()
    return Product(kept, box, len(outlines) - len(kept), tuple(float(share) for share in shares))


def _filled_area(outline: NDArray[np.int32]) -> float:
    """Return the pixels that an outline encloses, its own and those of holes included.

    Pick's theorem, for an outline that goes through the centres of its pixels.
    """
    return float(cv2.contourArea(outline)) + len(outline) / 2 + 1
