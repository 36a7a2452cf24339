"""Holes in the matte that are none in the product.

What shows in a true hole is the backdrop, and the photo has an edge at its rim. What shows in an
eaten one is unlike the backdrop, and goes on beyond the rim as it is inside.
"""

from __future__ import annotations

import numpy as np

from engine.matting.defects.contrast import step_across
from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import Region, defect_in_cells, grown, regions, shrunk

_NONE, _SOLID = 0.3, 0.9
_SMALLEST = 12  # cells
_MARGIN = 6  # cells around a hole that are looked at
_UNLIKE = 5.0  # distance from the backdrop that noise and reflected light do not explain
_EDGE = 12.0  # step at the rim that shading of one surface does not explain
_FOREIGN = 15.0  # distance that no light reflected into a hole explains


def find_eaten(evidence: Evidence) -> list[Defect]:
    """Return the enclosed openings of the matte that show product."""
    empty = evidence.cover < _NONE
    found = []
    for region in regions(empty, _SMALLEST):
        if not _is_enclosed(region, empty.shape):
            continue
        score = _score(evidence, region)
        if score > 0:
            size = evidence.alpha.shape
            found.append(defect_in_cells("hole eaten", score, region.box, evidence.step, size))
    return found


def _is_enclosed(region: Region, shape: tuple[int, ...]) -> bool:
    return all(
        side.start > 0 and side.stop < length
        for side, length in zip(region.box, shape, strict=True)
    )


def _score(evidence: Evidence, region: Region) -> float:
    """Return 0 for a true hole, else how far its content is from the backdrop."""
    box, cells = region.around(_MARGIN, evidence.cover.shape)
    inner = shrunk(cells, 1)
    if not inner.any():
        return 0.0
    distance = float(np.median(evidence.distance[box][inner]))
    steps = step_across(evidence.lab[box], inner, ~grown(cells, 1) & (evidence.cover[box] > _SOLID))
    step = float(np.median(steps)) if len(steps) else np.inf
    least = _UNLIKE + evidence.noise
    lighter_or_tinted = (evidence.tinted[box] > least) | (-evidence.darker[box] > least)
    foreign = distance > _FOREIGN and float(lighter_or_tinted[inner].mean()) > 0.6
    if distance > least and (step < _EDGE or (foreign and evidence.trust > 0.5)):
        return 0.5 + distance / 40
    return 0.0
