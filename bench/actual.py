"""What is wrong with a matte by the truth, in the words of `engine.matting.defects`.

Alphas are (H, W) uint8. Lengths are in thousandths of the mean side, so that a defect is as large
as a person would mind in a catalogue picture, whatever the resolution.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Kind

Matte = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_WIDE = 3e-3  # of the mean side: what is thinner is an edge that lies beside the true one
_AREA = 1e-4  # of the frame
_SOFT = (51, 204)
_WRONG = 51
_HALO = 1e-3  # of the mean side: typical excess of alpha along the outline


def actual_defects(alpha: Matte, truth: Matte) -> set[Kind]:
    """Return the kinds of defects that a matte has, as far as the truth can tell."""
    unit = sum(alpha.shape) / 2
    wide = max(1, round(_WIDE * unit))
    found: set[Kind] = set()
    if not 0.001 < alpha.mean() / 255 < 0.98:
        return {"blank or full"}
    holes = _enclosed(truth < 128)
    openings = _enclosed(alpha < 77)
    body = cv2.dilate((truth > 127).astype(np.uint8), np.ones((8 * wide + 1,) * 2, np.uint8)) > 0
    if _has_region((truth < 13) & (alpha > 230) & holes, wide // 2):
        found.add("hole filled")
    if _has_region((truth > 230) & openings, wide // 2):
        found.add("hole eaten")
    if _has_region((truth > 230) & (alpha < 26) & ~openings, wide):
        found.add("part missing")
    if _has_region((truth < 13) & (alpha > 77) & body & ~holes, wide):
        found.add("shadow left")
    if _has_region((truth < 13) & (alpha > 77) & ~body, 1):
        found.add("islands")
    if _excess(alpha, truth, 3 * wide) > _HALO * unit:
        found.add("halo")
    return found


def wrong_where_soft(alpha: Matte, truth: Matte, box: tuple[int, int, int, int]) -> bool:
    """Return whether what a matte leaves half transparent in a box (x, y, w, h) is wrong there.

    Wrong is an alpha that differs by ``_WRONG`` on average.
    """
    x, y, width, height = box
    made, true = (each[y : y + height, x : x + width] for each in (alpha, truth))
    soft = (made > _SOFT[0]) & (made < _SOFT[1])
    return bool(soft.any() and cv2.absdiff(made, true)[soft].mean() > _WRONG)


def _has_region(mask: Mask, radius: int) -> bool:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1,) * 2)
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disc)
    areas = cv2.connectedComponentsWithStats(opened)[2][1:, cv2.CC_STAT_AREA]
    return bool(areas.max(initial=0) > _AREA * mask.size)


def _enclosed(empty: Mask) -> Mask:
    """Return the part of a mask whose regions do not touch the frame."""
    count, labels = cv2.connectedComponents(empty.astype(np.uint8), connectivity=4)
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    inner = np.ones(count, np.bool_)
    inner[border] = False
    inner[0] = False
    return np.asarray(inner[labels])


def _excess(alpha: Matte, truth: Matte, reach: int) -> float:
    """Return by how many pixels alpha reaches past the true outline, typically."""
    solid = (truth > 127).astype(np.uint8)
    distance = cv2.distanceTransform(1 - solid, cv2.DIST_L2, 5)
    near = (distance > 0) & (distance <= reach)
    outline = np.count_nonzero(cv2.dilate(solid, np.ones((3, 3), np.uint8)) - solid)
    more = np.maximum(alpha[near].astype(np.float64) - truth[near], 0).sum() / 255
    return float(more / max(1, outline))
