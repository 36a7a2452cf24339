"""Colours and alpha along short lines across the outline of a matte."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.evidence import Evidence
from engine.matting.defects.outline import Outline

_PROFILES = 3000
_REACH = 10  # samples to either side
_END = 4  # samples at either end that show product and backdrop alone
_UNIT = 2000  # pixels of the longer side, of a photo whose samples are a pixel apart
_CONTRAST = 30.0  # levels between the ends; below it the edge has no place
_PURE = 0.05  # alpha that an end may have of the other


@dataclass(frozen=True)
class Profiles:
    """Lines across the outline, in its order; offsets grow outwards.

    points : (n, 2) x and y where the outline is crossed
    excess : (n,) by how many samples alpha reaches past the edge of the photo
    rim : (n,) how much the colour on the alpha's border is the product's, 0…1
    spacing : pixels between two samples
    """

    points: NDArray[np.int32]
    excess: NDArray[np.float32]
    rim: NDArray[np.float32]
    spacing: float


def cross(evidence: Evidence, outline: Outline) -> Profiles:
    """Compare alpha with the photo across the outline, where the photo has an edge to find.

    With F and B the colours at the ends of a line, the photo's own alpha is the projection
    t = (C − B)·(F − B) / ‖F − B‖²; the excess is the sum of alpha − t along the line.
    """
    height, width = evidence.alpha.shape
    spacing = max(1.0, max(height, width) / _UNIT)
    points = outline.points[:: max(1, -(-len(outline.points) // _PROFILES))]
    outwards = _outwards(evidence, points)
    offsets = np.arange(-_REACH, _REACH + 1, dtype=np.float32) * np.float32(spacing)
    place = points[:, None, :] + outwards[:, None, :] * offsets[None, :, None]
    inside = (
        (place >= 0).all(axis=(1, 2))
        & (place[..., 0] <= width - 1).all(axis=1)
        & (place[..., 1] <= height - 1).all(axis=1)
        & outwards.any(axis=1)
    )
    points, place = points[inside], np.rint(place[inside]).astype(np.intp)
    place = place[..., 1] * width + place[..., 0]
    alpha = evidence.alpha.ravel().take(place).astype(np.float32) / 255
    pure = (alpha[:, :_END].min(axis=1, initial=1) > 1 - _PURE) & (
        alpha[:, -_END:].max(axis=1, initial=0) < _PURE
    )
    points, place, alpha = points[pure], place[pure], alpha[pure]
    colour = evidence.pixels.reshape(-1, 3).take(place, axis=0).astype(np.float32)
    product, backdrop = colour[:, :_END].mean(axis=1), colour[:, -_END:].mean(axis=1)
    way = product - backdrop
    square = np.square(way).sum(axis=1)
    clear = square > _CONTRAST**2
    points, alpha, colour = points[clear], alpha[clear], colour[clear]
    way, square, backdrop = way[clear], square[clear], backdrop[clear]
    share = ((colour - backdrop[:, None]) * way[:, None]).sum(axis=2) / square[:, None]
    share = np.clip(share, 0, 1)
    return Profiles(points, (alpha - share).sum(axis=1), share[:, _REACH], spacing)


def _outwards(evidence: Evidence, points: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the unit vectors that point out of the matte, (n, 2); 0 where there is no telling."""
    smooth = cv2.GaussianBlur(evidence.cover, (0, 0), 1.5)
    rows, columns = smooth.shape
    x = np.minimum(points[:, 0] // evidence.step, columns - 1)
    y = np.minimum(points[:, 1] // evidence.step, rows - 1)
    slope = np.stack(
        [-cv2.Sobel(smooth, cv2.CV_32F, 1, 0)[y, x], -cv2.Sobel(smooth, cv2.CV_32F, 0, 1)[y, x]], 1
    )
    length = np.sqrt(np.square(slope).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(slope, length, out=np.zeros_like(slope), where=length > 1e-3))
