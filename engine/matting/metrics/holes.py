"""Holes that the matte filled, and product that it opened.

Alphas are (H, W) float32 in 0…1; half is the line between product and background.

A hole is a region of the truth with an alpha below ½, its pixels connected by their sides, that
does not touch the frame and is larger than 0.02 % of it: smaller gaps are texture to whoever looks
at a catalogue. It is open where the matte, too, is below ½ in at least half of its pixels.

The solid interior is what has a true alpha of 0.98 or more and lies farther than the band from the
true edge. What of it is below ½ in the matte is lost, whether as a window inside the product or as
a bay from outside: to the picture they are the same.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Alpha = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SMALLEST = 0.0002  # of the frame
_OPEN_SHARE = 0.5  # of a hole's pixels


def count_holes(alpha: Alpha, truth: Alpha) -> tuple[int, int]:
    """Return how many of the true holes are open in the matte, and how many there are.

    Parameters
    ----------
    alpha, truth : (H, W), 0…1, of the whole frame, whose size decides what is a hole
    """
    empty = (truth < 0.5).view(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(empty, connectivity=4)
    open_holes = total = 0
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in boxes[label])
        on_frame = x == 0 or y == 0 or x + width == truth.shape[1] or y + height == truth.shape[0]
        if on_frame or area <= _SMALLEST * truth.size:
            continue
        part = slice(y, y + height), slice(x, x + width)
        opened = int(np.count_nonzero(alpha[part][labels[part] == label] < 0.5))
        total += 1
        open_holes += opened >= _OPEN_SHARE * area
    return open_holes, total


def solid_lost(alpha: Alpha, solid: Mask) -> float:
    """Return the share of the solid interior that is open in the matte, 0…1.

    Parameters
    ----------
    alpha : (H, W), 0…1
    solid : (H, W), the solid interior of the truth
    """
    inside = alpha[solid]
    return float(np.count_nonzero(inside < 0.5)) / inside.size if inside.size else 0.0
