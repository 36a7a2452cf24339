"""Parts of the product that the matte leaves out: what stands out from the backdrop outside it.

Shadow stands out, too. It is darker than the backdrop and has its hue, and there is an edge
between it and the product. So a part that was left out has to go on inside the matte without an
edge; or else to be tinted or lighter with an edge of its own, which the product's reflection in
the paper has not.
"""

from __future__ import annotations

import numpy as np

from engine.matting.defects.contrast import step_across
from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import Region, defect_in_cells, grown, opened, regions, shrunk

_NONE, _SOLID = 0.1, 0.9
_APART = 2  # cells from the matte: nearer, its edge is what stands out
_SMALLEST = 1e-4  # of the frame
_MARGIN = 6  # cells around a region that are looked at
_STEP = 8.0  # at the matte's border, of a surface that goes on
_GOES_ON = 0.3  # of the shared border has to have less
_SHARED = 0.5  # least length of that border, in roots of the region's area
_HARD = 3.0  # L per cell, on the better quarter of a region's own edge
_TRUSTED = 0.6
_WORTH = 0.65  # score; below, it is a reflection or a light on the paper as often as a part


def find_missing(evidence: Evidence) -> list[Defect]:
    """Return the regions outside the matte that are product."""
    if evidence.trust < _TRUSTED:
        return []
    noise = evidence.noise
    outside = ~grown(evidence.cover > _NONE, _APART)
    coloured = ((evidence.tinted > 7 + 2 * noise) | (evidence.darker < -6 - 2 * noise)) & outside
    darker = (evidence.distance > 6 + 3 * noise) & outside
    smallest = max(12, _SMALLEST * outside.size)
    found = [
        _defect(evidence, region)
        for region in regions(opened(coloured, 1), smallest)
        if _goes_on(evidence, region) or _has_an_edge(evidence, region)
    ]
    found += [
        _defect(evidence, region)
        for region in regions(opened(darker & ~grown(coloured, 2), 1), smallest)
        if _goes_on(evidence, region)
    ]
    return [defect for defect in found if defect.score > _WORTH]


def _goes_on(evidence: Evidence, region: Region) -> bool:
    """Tell whether the surface of a region goes on inside the matte."""
    box, cells = region.around(_MARGIN, evidence.cover.shape)
    steps = step_across(evidence.lab[box], cells, evidence.cover[box] > _SOLID)
    if len(steps) < _SHARED * region.area**0.5:
        return False
    return float((steps < _STEP).mean()) > _GOES_ON


def _has_an_edge(evidence: Evidence, region: Region) -> bool:
    """Tell whether a region ends sharply where it does not end at the matte."""
    box, cells = region.around(_MARGIN, evidence.cover.shape)
    away = ~grown(evidence.cover[box] > _NONE, _APART + 2)
    edge = grown(cells, 2) & ~shrunk(cells, 2) & away
    return bool(edge.any() and np.percentile(evidence.texture[box][edge], 75) > _HARD)


def _defect(evidence: Evidence, region: Region) -> Defect:
    contrast = float(np.median(evidence.distance[region.box][region.cells]))
    score = 0.5 + contrast / 100 + 10 * region.area / evidence.cover.size
    size = evidence.alpha.shape
    return defect_in_cells("part missing", score, region.box, evidence.step, size)
