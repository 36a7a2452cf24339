"""Small pieces that lie apart from the product: dust, marks on the paper, a piece of a stand."""

from __future__ import annotations

import cv2
import numpy as np

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.regions import defect_in_cells, grown, regions

_SOME = 0.3  # coverage
_GAP = 3  # cells on either side: what is nearer hangs together by something thin
_SMALLEST = 4  # cells
_LARGEST = 0.02  # of the largest piece; what is larger is a second product


def find_islands(evidence: Evidence) -> list[Defect]:
    """Return the pieces of the matte that are small and apart; not those of a second product."""
    solid = evidence.cover > _SOME
    pieces = list(regions(grown(solid, _GAP), 1))
    areas = [int(np.count_nonzero(piece.cells & solid[piece.box])) for piece in pieces]
    largest = max(areas, default=0)
    found = []
    for piece, area in zip(pieces, areas, strict=True):
        if not _SMALLEST <= area <= _LARGEST * largest:
            continue
        strength = float(cv2.minMaxLoc(evidence.cover[piece.box])[1])
        score = 0.5 + 0.5 * strength * min(1.0, area / 100)
        found.append(
            defect_in_cells("islands", score, piece.box, evidence.step, evidence.alpha.shape)
        )
    return found
