"""Wide areas where the network does not know, or that are half transparent."""

from __future__ import annotations

import cv2
import numpy as np

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import defect_in_cells, opened, regions
from engine.matting.smaller import shrink

_LOW, _HIGH = 0.2, 0.8
_MOST = 127  # of 255: half of the pixels
_COARSE = 4  # cells are looked at four by four: an edge may be soft over 20, doubt is wider
_RADIUS = 2  # of those
_SMALLEST = 0.002  # of the frame
_GRAVE = 0.03


def find_doubt(evidence: Evidence) -> list[Defect]:
    """Return the areas that are wider than an edge and neither product nor backdrop.

    By the network's probability where it is known (the matte may look decided there), and by the
    matte itself: by its pixels, since half of a comb's every cell is teeth, without any doubt.
    """
    rows, columns = evidence.cover.shape
    size = (max(1, columns // _COARSE), max(1, rows // _COARSE))
    soft = cv2.inRange(evidence.alpha, round(255 * _LOW), round(255 * _HIGH))
    soft = shrink(np.asarray(soft, np.uint8), evidence.step)
    doubt = opened(cv2.resize(soft, size, interpolation=cv2.INTER_AREA) > _MOST, _RADIUS)
    if evidence.probability is not None:
        small = cv2.resize(evidence.probability, size, interpolation=cv2.INTER_AREA)
        doubt |= opened((small > _LOW) & (small < _HIGH), _RADIUS)
    found = []
    for region in regions(doubt, max(1, _SMALLEST * doubt.size)):
        score = 0.5 + 0.5 * region.area / doubt.size / _GRAVE
        step = _COARSE * evidence.step
        found.append(
            defect_in_cells("low confidence", score, region.box, step, evidence.alpha.shape)
        )
    return found
