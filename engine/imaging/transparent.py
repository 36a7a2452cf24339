"""What colour wholly transparent pixels get where an encoder loses detail.

Nobody sees them, and yet they count: a lossy encoder lets them bleed into the edge beside them,
spends bytes on them, and whoever drops the alpha sees the studio. Black, as in lossless files,
would darken edges; here they continue the product's colour block by block, and end in its mean.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_CELL = 8  # pixels: the smallest block that JPEG-like encoders transform at once
_ROWS = 64 * _CELL  # taken at once
_REACH = 4  # cells around the product that continue it: an encoder's largest blocks have 64 pixels


def continued(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels whose wholly transparent ones continue the colour of the visible ones.

    Parameters
    ----------
    pixels : (H, W, 3) or (H, W, 4) uint8, straight; left alone. Without alpha, or without a
        transparent pixel, they are returned as they are.
    """
    if pixels.shape[2] == 3 or pixels[..., 3].all():
        return pixels
    colours = cv2.resize(
        _cells(pixels),
        None,
        fx=_CELL,
        fy=_CELL,
        interpolation=cv2.INTER_NEAREST,
    )
    height, width = pixels.shape[:2]
    filled: NDArray[np.uint8] = np.dstack(
        (colours[:height, :width], np.zeros((height, width), np.uint8))
    )
    cv2.copyTo(pixels, np.ascontiguousarray(pixels[..., 3]), filled)
    return filled


def _cells(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the mean visible colour of every cell, and what continues it in empty ones."""
    bands = [_sums(pixels[top : top + _ROWS]) for top in range(0, len(pixels), _ROWS)]
    sums = np.concatenate(bands)
    colour, weight = sums[..., :3], sums[..., 3:]
    near = cv2.blur(sums, (2 * _REACH + 1, 2 * _REACH + 1), borderType=cv2.BORDER_CONSTANT)
    mean = colour.sum((0, 1)) / max(float(weight.sum()), 1e-6)
    around = np.where(near[..., 3:] > 1e-6, near[..., :3] / np.maximum(near[..., 3:], 1e-6), mean)
    own = np.where(weight > 1e-6, colour / np.maximum(weight, 1e-6), around)
    return np.asarray(np.clip(np.rint(own), 0, 255), np.uint8)


def _sums(band: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the visible colour of each cell of a band and how much of it is visible, (h, w, 4)."""
    height, width = band.shape[:2]
    visible = (band[..., 3:] > 0).astype(np.float32)
    below, right = -height % _CELL, -width % _CELL
    both = np.concatenate((band[..., :3] * visible, visible), axis=2)
    whole = cv2.copyMakeBorder(both, 0, below, 0, right, cv2.BORDER_CONSTANT)
    size = (whole.shape[1] // _CELL, whole.shape[0] // _CELL)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.float32)
