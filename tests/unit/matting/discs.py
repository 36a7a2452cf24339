"""Small mattes that are drawn of discs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 120
EVERYWHERE = np.ones((SIDE, SIDE), bool)


def disc(radius: int, at: tuple[int, int] = (SIDE // 2, SIDE // 2)) -> NDArray[np.float32]:
    """Return 1 inside a disc."""
    picture = np.zeros((SIDE, SIDE), np.float32)
    cv2.circle(picture, at, radius, 1.0, -1)
    return picture
