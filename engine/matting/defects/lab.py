"""CIELAB, in which defects are measured."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_BYTES = np.arange(256, dtype=np.float32)
# What OpenCV's bytes stand for, (256, 1, 3): L as a share of 255, a and b from 128 on.
_LAB_OF_BYTES = np.stack((_BYTES * np.float32(100 / 255), _BYTES - 128, _BYTES - 128), -1)[:, None]


def to_lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return CIELAB (H, W, 3), L 0…100, of sRGB pixels; 8 bits are finer than any threshold."""
    return np.asarray(cv2.LUT(cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB), _LAB_OF_BYTES), np.float32)


def fill_tables() -> None:
    """Have OpenCV fill its tables of CIELAB, which it takes a tenth of a second for when asked."""
    to_lab(np.zeros((1, 1, 3), np.uint8))
