"""Scaling a network's probability, or a small matte, up to the photo's size.

Values stay between the smallest and the largest of their neighbours in the small picture, so
nothing rings: flat stays flat, and both ends of the range stay exact.
"""

from __future__ import annotations

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", np.float32, np.uint8)

_STEP = 4  # the cubic does the first enlargement; past it, straight lines between pixels are enough


def scale_up(picture: NDArray[Value], height: int, width: int) -> NDArray[Value]:
    """Return a picture at another, usually larger, size; one of bytes takes half of the time.

    A cubic makes the contour smooth; each result is then held between the extremes of the 3×3
    pixels around it in the small picture, which removes the cubic's overshoot (the limiter of
    monotone interpolation, Fritsch and Carlson 1980, in two dimensions).

    Parameters
    ----------
    picture : (h, w), a probability, 0…1, or a matte, 0…255
    height, width : the size wanted, in pixels

    Returns
    -------
    (height, width), of the same kind, a new array
    """
    if picture.ndim != 2 or 0 in picture.shape or height < 1 or width < 1:
        raise ValueError(f"cannot scale {picture.shape} to {(height, width)}")
    small = np.ascontiguousarray(picture)
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
