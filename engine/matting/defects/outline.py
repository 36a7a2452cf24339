"""The outline of a matte at the photo's own size, point by point."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_HALF = 128
_MOST = 400_000  # points; a matte in shreds has millions, and its longest outlines say enough
_SHORT = 24  # points of an outline that is not looked at


@dataclass(frozen=True)
class Outline:
    """The points of all outlines, one after the other.

    points : (n, 2) x and y in pixels, int32, neighbours on an outline a pixel apart
    starts : (k + 1,) where each outline starts in ``points``, and the end
    """

    points: NDArray[np.int32]
    starts: NDArray[np.intp]


def trace(alpha: NDArray[np.uint8]) -> Outline:
    """Return the outlines of alpha ≥ ½, holes too, the longest first.

    Parameters
    ----------
    alpha : (H, W)
    """
    _, solid = cv2.threshold(alpha, _HALF - 1, 255, cv2.THRESH_BINARY)
    found, _ = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    kept = sorted((each for each in found if len(each) >= _SHORT), key=len, reverse=True)
    lengths = np.cumsum([0, *(len(each) for each in kept)])
    count = int(np.searchsorted(lengths, _MOST, "right")) - 1
    count = max(count, min(1, len(kept)))
    if not count:
        return Outline(np.zeros((0, 2), np.int32), np.zeros(1, np.intp))
    points = np.concatenate(kept[:count]).reshape(-1, 2)
    return Outline(np.asarray(points, np.int32), np.asarray(lengths[: count + 1], np.intp))
