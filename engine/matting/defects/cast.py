"""A colour cast, of the light or of the cutout.

The light's shows on the seamless: a paper that is nearly neutral was meant to be. One that is
clearly coloured says nothing of the light. The cutout's shows where the product is solid: there
its colour has to be the photo's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.lab import to_lab
from engine.matting.defects.regions import clipped
from engine.matting.smaller import shrink

_TINGED, _COLOURED = 3.5, 10.0  # chroma of a paper
_TRUSTED = 0.8
_LIGHT = 30.0  # L; a darker paper has no chroma to speak of
_CHANGED = 2.0  # difference from the photo in CIELAB
_SOLID = 0.99


def find_cast(evidence: Evidence, foreground: NDArray[np.uint8] | None) -> list[Defect]:
    """Return a defect for the light and one for the cutout, where they have a cast.

    Parameters
    ----------
    foreground : (H, W, 3) the cutout's colour, or None
    """
    height, width = evidence.alpha.shape
    found = []
    chroma = float(np.hypot(evidence.paper[1], evidence.paper[2]))
    if evidence.trust > _TRUSTED and evidence.paper[0] > _LIGHT and _TINGED < chroma < _COLOURED:
        score = clipped(0.5 + 0.5 * (chroma - _TINGED) / (_COLOURED - _TINGED))
        found.append(Defect("colour cast", score, 0, 0, width, height))
    solid = evidence.cover > _SOLID
    if foreground is not None and solid.any():
        colour = to_lab(shrink(foreground, evidence.step))
        change = np.abs(np.median((colour - evidence.lab)[solid], axis=0))
        changed = float(np.sqrt(np.square(change).sum()))
        if changed > _CHANGED:
            ys, xs = np.nonzero(solid)
            x, y = int(xs.min()) * evidence.step, int(ys.min()) * evidence.step
            right = (int(xs.max()) + 1) * evidence.step
            bottom = (int(ys.max()) + 1) * evidence.step
            score = clipped(0.5 + changed / 20)
            found.append(Defect("colour cast", score, x, y, right - x, bottom - y))
    return found
