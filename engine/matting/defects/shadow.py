"""Pieces of the backdrop, mostly its shadow, that the matte keeps beside the product.

They have the backdrop's hue and are smooth; and where the matte ends there, the photo goes on.
"""

from __future__ import annotations

import numpy as np

from engine.matting.defects.contrast import step_across
from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import Region, defect_in_cells, grown, opened, regions

_KEPT, _NONE = 0.15, 0.1
_SMALLEST = 1e-4  # of the frame
_MARGIN = 6  # cells around a region that are looked at
_STEP = 1.4  # times the noise: more is an edge
_SHARED = 5.0  # least length of the border to the outside, in roots of the region's area
_DARKEST = 50.0
_TRUSTED = 0.6


def find_shadow(evidence: Evidence) -> list[Defect]:
    """Return the smooth pieces of the matte that end where the photo has no edge."""
    if evidence.trust < _TRUSTED:
        return []
    noise = evidence.noise
    like = (evidence.tinted < 3 + 1.5 * noise) & (evidence.darker > -2 - noise)
    like &= (evidence.darker < _DARKEST) & (evidence.texture < 1.2 + noise)
    like &= evidence.cover > _KEPT
    found = []
    for region in regions(opened(like, 2), max(12, _SMALLEST * like.size)):
        step = _step(evidence, region)
        if step < _STEP * noise:
            score = 0.5 + 0.3 * (1 - step / (_STEP * noise)) + 5 * region.area / like.size
            size = evidence.alpha.shape
            found.append(defect_in_cells("shadow left", score, region.box, evidence.step, size))
    return found


def _step(evidence: Evidence, region: Region) -> float:
    """Return the typical step to the outside; infinite where there is hardly any outside."""
    box, cells = region.around(_MARGIN, evidence.cover.shape)
    outside = evidence.cover[box] < _NONE
    if not (outside & grown(cells, 3)).any():
        return np.inf
    steps = step_across(evidence.lab[box], cells, outside)
    if len(steps) < _SHARED * region.area**0.5:
        return np.inf
    return float(np.median(steps))
