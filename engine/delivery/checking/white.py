"""Whether a background is pure white, told apart from what JPEG does beside the product.

JPEG rings within its 8- or 16-pixel blocks: close to the product, pixels fall below 255 in every
JPEG file. Beyond that distance a flat white stays exactly 255, so that one darker pixel there is
a stain, a shadow or an off-white corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RING = 17
"""Pixels around the product in which JPEG ringing is tolerated: one 16-pixel block and one."""

_GLOW = 245
"""Ringing scatters around white; a ring mostly darker than this is a shadow or a glow."""


@dataclass(frozen=True)
class Whiteness:
    """Shares are of the background beyond the ring; ``lowest`` is its darkest channel value.

    ``near`` is the part of the stains that may be a pale part of the product, where its outline
    is only estimated: inside its convex hull, or going on from the ring, and not from the frame.
    """

    stained: float
    near: float
    lowest: int
    glow: bool


def whiteness(pixels: NDArray[np.uint8], product: NDArray[np.bool_]) -> Whiteness:
    """Measure the background of a picture.

    Parameters
    ----------
    pixels : (H, W, 3) decoded from the finished file
    product : (H, W) mask of everything that belongs to the product, soft edges included
    """
    lowest = darkest(pixels)
    # The greater of the distances across and down: blocks are square.
    distance = cv2.distanceTransform((~product).view(np.uint8), cv2.DIST_C, 3)
    far = distance > RING
    ring = ~far & ~product
    stains = far & (lowest < 255)
    count = max(1, int(far.sum()))
    return Whiteness(
        stained=float(stains.sum()) / count,
        near=float(_near_stains(stains, ~far).sum()) / count,
        lowest=int(lowest[far].min()) if far.any() else 255,
        glow=bool(ring.any() and np.median(lowest[ring]) < _GLOW),
    )


def darkest(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the lowest of each pixel's three channels: (H, W) of (H, W, 3)."""
    red, green, blue = cv2.split(pixels)  # several times quicker than a minimum over an axis of 3
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def _near_stains(stains: NDArray[np.bool_], surroundings: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the stains that go with the product's surroundings and not with the frame."""
    if not stains.any():
        return stains
    inside = _convex(surroundings)
    count, labels = cv2.connectedComponents((stains | inside).view(np.uint8), connectivity=8)
    reached = np.zeros(count, bool)
    reached[labels[inside]] = True
    for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
        reached[labels[edge][stains[edge]]] = False
    near: NDArray[np.bool_] = stains & reached[labels]
    return near


def _convex(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the convex hull of a mask."""
    outlines, _ = cv2.findContours(mask.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = np.zeros(mask.shape, np.uint8)
    if outlines:
        cv2.fillConvexPoly(hull, cv2.convexHull(np.concatenate(outlines)), 1)
    return hull.astype(np.bool_)
