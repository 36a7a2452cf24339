"""Whose colour it is: the product's or the backdrop's, anywhere in the photo.

The field tells what the backdrop looks like at a place, and is wrong where there is an edge in it:
inside a ring that stands before the end of a table it is neither the table nor the wall. But what
is seen through the ring is seen beside it, too. So the colours of all that is surely product, and
of all that is surely backdrop, are counted: histograms as of Swain and Ballard ("Color Indexing",
IJCV 1991), and the ratio of both as in Rother, Kolmogorov and Blake ("GrabCut", SIGGRAPH 2004).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

_STEPS = 16  # of each channel
_SURE = 0.95  # probability, or one less than it
_APART = 5  # pixels around that have to be as sure: no colour of an edge counts
_UNSEEN = 1e-5  # share of the pixels that a colour may have that is not seen


def log_odds(photo: NDArray[np.uint8], probability: Field) -> Field:
    """Return how much rather each pixel's colour is the product's than the backdrop's.

    Parameters
    ----------
    photo : (h, w, 3) sRGB, a reduced one: every pixel is counted
    probability : (h, w) of product, 0…1

    Returns
    -------
    (h, w), in nats; 0 for a colour that neither has, and everywhere if nothing is sure
    """
    cells = photo // np.uint8(256 // _STEPS)
    index = (cells[..., 0].astype(np.intp) * _STEPS + cells[..., 1]) * _STEPS + cells[..., 2]
    square = np.ones((_APART, _APART), np.uint8)
    product, backdrop = (
        _shares(index[cv2.erode(sure.view(np.uint8), square) > 0])
        for sure in (probability > _SURE, probability < 1 - _SURE)
    )
    odds = np.log((product + _UNSEEN) / (backdrop + _UNSEEN)).astype(np.float32)
    return np.asarray(odds[index])


def _shares(cells: NDArray[np.intp]) -> Field:
    """Return how large a share of some pixels has each colour, or nearly it; (_STEPS³,)."""
    counts = np.bincount(cells, minlength=_STEPS**3).astype(np.float32)
    cube: Field = counts.reshape(_STEPS, _STEPS, _STEPS)
    for axis in range(3):
        ends = [(1, 1) if each == axis else (0, 0) for each in range(3)]
        wide = np.pad(cube, ends, mode="edge")
        before, after = (np.take(wide, np.arange(_STEPS) + shift, axis) for shift in (0, 2))
        cube = (before + 2 * cube + after) * np.float32(0.25)
    return np.asarray(cube.ravel() / max(1, cells.size), np.float32)
