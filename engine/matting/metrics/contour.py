"""Contours of masks, (H, W) bool, and how far apart two of them lie."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def contour(mask: Mask) -> Mask:
    """Return the pixels of ``mask`` that touch its outside; the frame is no outside."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    return np.asarray(mask & (cv2.erode(mask.view(np.uint8), cross) == 0))


def distance_to(mask: Mask) -> NDArray[np.float32]:
    """Return the Euclidean distance to the nearest pixel of ``mask``; infinite without one."""
    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32)
    apart = (~mask).view(np.uint8)
    return np.asarray(cv2.distanceTransform(apart, cv2.DIST_L2, cv2.DIST_MASK_PRECISE))


def boundary_f(inside: Mask, true_inside: Mask, tolerance: float) -> float:
    """Return the boundary F-measure of two shapes, 0…1.

    The harmonic mean of the share of the contour that lies no farther than ``tolerance`` pixels
    from the true one, and of the share of the true one that lies so close to the contour: Martin,
    Fowlkes and Malik, "Learning to Detect Natural Image Boundaries Using Local Brightness, Color,
    and Texture Cues" (PAMI 2004).
    """
    own, true = contour(inside), contour(true_inside)
    if not own.any() and not true.any():
        return 1.0
    if not own.any() or not true.any():
        return 0.0
    precision = float((distance_to(true)[own] <= tolerance).mean())
    recall = float((distance_to(own)[true] <= tolerance).mean())
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0
