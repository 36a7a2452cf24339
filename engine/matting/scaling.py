"""Scaling a network's probability up to the photo's size.

Its values are float32 in 0…1 and stay between the smallest and the largest of their
neighbours in the small picture, so nothing rings: flat stays flat, and 0 and 1 stay exact.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_STEP = 4  # the cubic does the first enlargement; past it, straight lines between pixels are enough


def scale_up(probability: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """Return ``probability`` at another, usually larger, size.

    A cubic makes the contour smooth; each result is then held between the extremes of the 3×3
    pixels around it in the small picture, which removes the cubic's overshoot (the limiter of
    monotone interpolation, Fritsch and Carlson 1980, in two dimensions).

    Parameters
    ----------
    probability : (h, w), 0…1
    height, width : the size wanted, in pixels

    Returns
    -------
    (height, width) float32, 0…1, a new array
    """
    if probability.ndim != 2 or 0 in probability.shape or height < 1 or width < 1:
        raise ValueError(f"cannot scale {probability.shape} to {(height, width)}")
    small = np.ascontiguousarray(probability, dtype=np.float32)
    rows, columns = small.shape
    size = (min(width, columns * _STEP), min(height, rows * _STEP))
    smooth = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
    around = np.ones((3, 3), np.uint8)
    for extreme, limit in ((cv2.erode, np.maximum), (cv2.dilate, np.minimum)):
        near = cv2.resize(extreme(small, around), size, interpolation=cv2.INTER_NEAREST)
        limit(smooth, near, out=smooth)
    if size == (width, height):
        return np.asarray(smooth)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))
