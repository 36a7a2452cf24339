"""Connected regions of the reduced picture, and their boxes in pixels of the photo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Defect, Kind

Mask = NDArray[np.bool_]

_LOOKED_AT = 64  # regions; the largest come first, a matte in shreds has thousands


@dataclass(frozen=True)
class Region:
    """A connected region: its box in cells, its size in cells, and its cells inside the box."""

    box: tuple[slice, slice]
    area: int
    cells: Mask

    def around(self, margin: int, shape: tuple[int, ...]) -> tuple[tuple[slice, slice], Mask]:
        """Return the box with a margin, cut at the picture's border, and the cells in it."""
        low = [max(0, side.start - margin) for side in self.box]
        high = [min(n, side.stop + margin) for side, n in zip(self.box, shape, strict=True)]
        cells = np.zeros([b - a for a, b in zip(low, high, strict=True)], np.bool_)
        cells[tuple(slice(s.start - a, s.stop - a) for s, a in zip(self.box, low, strict=True))] = (
            self.cells
        )
        return (slice(low[0], high[0]), slice(low[1], high[1])), cells


def regions(mask: Mask, smallest: float) -> Iterator[Region]:
    """Yield the regions of a mask, the largest first, down to a size in cells."""
    # Most masks are empty, or full of something in one place.
    x, y, across, down = cv2.boundingRect(np.ascontiguousarray(mask).view(np.uint8))
    if across * down < smallest or not across:
        return
    mask = mask[y : y + down, x : x + across]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask).view(np.uint8), connectivity=8
    )
    order = 1 + np.argsort(-stats[1:, cv2.CC_STAT_AREA], kind="stable")
    for number in order[:_LOOKED_AT]:
        left, top, width, height, area = (int(value) for value in stats[number])
        if area < smallest:
            return
        inside = (slice(top, top + height), slice(left, left + width))
        box = (slice(y + top, y + top + height), slice(x + left, x + left + width))
        yield Region(box, area, labels[inside] == number)


def opened(mask: Mask, radius: int) -> Mask:
    """Return the mask without what is thinner than a disc."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disc) > 0)


def grown(mask: Mask, radius: int) -> Mask:
    """Return the mask with a rim of ``radius`` cells around it."""
    side = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), side) > 0)


def shrunk(mask: Mask, radius: int) -> Mask:
    """Return the mask without its rim; the picture's border is no rim."""
    side = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.erode(mask.astype(np.uint8), side) > 0)


def defect_in_cells(
    kind: Kind, score: float, box: tuple[slice, slice], step: int, shape: tuple[int, ...]
) -> Defect:
    """Return a defect from a box in cells, for a photo of ``shape`` (H, W) pixels."""
    height, width = shape[:2]
    y, x = (min(side.start * step, n - 1) for side, n in zip(box, (height, width), strict=True))
    bottom, right = (min(side.stop * step, n) for side, n in zip(box, (height, width), strict=True))
    return Defect(kind, clipped(score), x, y, max(1, right - x), max(1, bottom - y))


def clipped(score: float) -> float:
    """Return a score inside 0…1, to three digits: no more is known."""
    return round(min(1.0, max(0.0, score)), 3)
