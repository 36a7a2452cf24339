"""Holes of the product that the matte covers: opaque places that show the backdrop.

A place is one if its colour is the backdrop's to within its noise, if nothing is drawn on it, and
if what surrounds it stands out from the backdrop with a hard edge. A white label on white paper
answers to that as well; a highlight on a glaze does not.
"""

from __future__ import annotations

import numpy as np

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import Region, defect_in_cells, grown, opened, regions, shrunk

_SOLID = 0.9
_SMALLEST = 3e-5  # of the frame
_MARGIN = 6  # cells around a place that are looked at
_LIKE = 1.45  # times the noise: how far a hole's typical cell is from the backdrop
_AROUND = 0.9  # of what surrounds it has to stand out
_EDGE = 2.5  # L per cell
_TRUSTED = 0.6  # on a table or in a room any colour is the backdrop's somewhere


def find_filled(evidence: Evidence) -> list[Defect]:
    """Return the opaque places that are holes."""
    if evidence.trust < _TRUSTED:
        return []
    like = evidence.distance < 3 + 2 * evidence.noise
    like &= shrunk(evidence.cover > _SOLID, 1)
    like &= evidence.texture < 1 + evidence.noise
    found = []
    for region in regions(opened(like, 1), max(12, _SMALLEST * like.size)):
        score = _score(evidence, region)
        if score > 0:
            size = evidence.alpha.shape
            found.append(defect_in_cells("hole filled", score, region.box, evidence.step, size))
    return found


def _score(evidence: Evidence, region: Region) -> float:
    box, cells = region.around(_MARGIN, evidence.cover.shape)
    ring = grown(cells, 4) & ~grown(cells, 2)
    edge = grown(cells, 2) & ~cells
    if not ring.any() or not edge.any():
        return 0.0
    stands_out = evidence.distance[box] > 8 + 2 * evidence.noise
    around = float(stands_out[ring].mean())
    like = float(np.median(evidence.distance[box][cells])) / evidence.noise
    hard = float(np.median(evidence.texture[box][edge]))
    if around < _AROUND or like > _LIKE or hard < _EDGE:
        return 0.0
    return 0.5 + 0.5 * (1 - like / _LIKE) + 5 * region.area / evidence.cover.size
