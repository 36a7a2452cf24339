"""Areas where the network does not know, or that the matte leaves half transparent."""

from __future__ import annotations

import cv2
import numpy as np

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence, Mask, Plane
from engine.matting.defects.regions import defect_in_cells, opened, regions
from engine.matting.smaller import shrink

_LOW, _HIGH = 0.2, 0.8
_MOST = 127  # of 255: half of the pixels
_WIDE = 2  # cells to either side: an edge in focus is soft over less
_SMALLEST = 0.0002  # of the frame
_COARSE = 4  # cells are looked at four by four: a network's edge may be soft over 20
_COARSE_WIDE = 2  # of those
_COARSE_SMALLEST = 0.002  # of the frame
_GRAVE = 0.03


def find_doubt(evidence: Evidence) -> list[Defect]:
    """Return the areas that are wider than an edge and neither product nor backdrop.

    By the matte, whose edges follow the photo's: of what it leaves half transparent over more than
    an edge, nine parts in ten are wrong (``bench/defects.md``). And by the network's probability
    where it is known, whose edges are wide: the matte may look decided there.
    """
    doubt = _half_transparent(evidence)
    if evidence.probability is not None:
        doubt |= _undecided(evidence.probability, evidence.cover.shape)
    found = []
    for region in regions(doubt, max(1, _SMALLEST * doubt.size)):
        score = 0.5 + 0.5 * region.area / doubt.size / _GRAVE
        size = evidence.alpha.shape
        found.append(defect_in_cells("low confidence", score, region.box, evidence.step, size))
    return found


def _half_transparent(evidence: Evidence) -> Mask:
    """Return the cells of which most pixels are, in the midst of others like them.

    Half of a comb's every cell is teeth, without any doubt: so it is told by the pixels.
    """
    soft = cv2.inRange(evidence.alpha, round(255 * _LOW), round(255 * _HIGH))
    return opened(shrink(np.asarray(soft, np.uint8), evidence.step) > _MOST, _WIDE)


def _undecided(probability: Plane, shape: tuple[int, ...]) -> Mask:
    """Return the cells in wide areas of which a network does not know."""
    rows, columns = shape
    size = (max(1, columns // _COARSE), max(1, rows // _COARSE))
    small = cv2.resize(probability, size, interpolation=cv2.INTER_AREA)
    doubt = opened((small > _LOW) & (small < _HIGH), _COARSE_WIDE)
    wide = np.zeros(doubt.shape, np.uint8)
    for region in regions(doubt, max(1, _COARSE_SMALLEST * doubt.size)):
        wide[region.box][region.cells] = 1
    return np.asarray(cv2.resize(wide, (columns, rows), interpolation=cv2.INTER_NEAREST) > 0)
