"""EXIF orientation applied to pixels: (height, width) or (height, width, channels)."""

from __future__ import annotations

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = TypeVar("Pixels", NDArray[np.uint8], NDArray[np.uint16])

TURNED = frozenset({5, 6, 7, 8})
"""Orientations that exchange width and height."""


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Return pixels as the photographer saw them; the same array where nothing has to be turned.

    ``orientation`` is EXIF's tag 0x0112, 1…8: where the stored first row and column belong.
    """
    match orientation:
        case 2:
            turned = cv2.flip(pixels, 1)
        case 3:
            turned = cv2.rotate(pixels, cv2.ROTATE_180)
        case 4:
            turned = cv2.flip(pixels, 0)
        case 5:
            turned = cv2.transpose(pixels)
        case 6:
            turned = cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
        case 7:
            turned = cv2.rotate(cv2.transpose(pixels), cv2.ROTATE_180)
        case 8:
            turned = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
        case _:
            return pixels
    return np.asarray(turned, pixels.dtype)
