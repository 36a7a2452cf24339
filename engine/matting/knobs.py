"""What a person may turn on a finished matte: its edge in or out, its edge softer.

Mattes are (H, W) uint8; both functions leave their argument alone and return it itself where
there is nothing to do.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Matte = NDArray[np.uint8]

_DIRECT_SIGMA = 4.0  # pixels; a wider blur is done on a reduced matte, where it looks the same


def shift_edge(matte: Matte, distance: float) -> Matte:
    """Return the matte grown by ``distance`` pixels, shrunk where it is negative.

    Grey-scale dilation keeps the profile of a soft edge and moves it. Three crosses to one square
    make an octagon of a disc's mean width; a fraction of a pixel is a mixture of the two whole
    shifts around it.
    """
    if distance == 0:
        return matte
    move = cv2.dilate if distance > 0 else cv2.erode
    cross, square = (
        cv2.getStructuringElement(kind, (3, 3)) for kind in (cv2.MORPH_CROSS, cv2.MORPH_RECT)
    )
    shapes = [cross, cross, square, cross]
    fraction, whole = math.modf(abs(distance))
    moved = matte
    for step in range(int(whole)):
        moved = np.asarray(move(moved, shapes[step % 4]), np.uint8)
    if fraction:
        further = move(moved, shapes[int(whole) % 4])
        return np.asarray(cv2.addWeighted(moved, 1 - fraction, further, fraction, 0))
    return moved


def soften_edge(matte: Matte, sigma: float) -> Matte:
    """Return the matte with its edges blurred by a Gaussian of ``sigma`` pixels."""
    if sigma == 0:
        return matte
    height, width = matte.shape
    factor = min(math.ceil(sigma / _DIRECT_SIGMA), height, width)
    if factor == 1:
        return np.asarray(cv2.GaussianBlur(matte, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))
    size = (-(-width // factor), -(-height // factor))
    small = cv2.resize(matte, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))
