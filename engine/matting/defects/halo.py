"""A rim of backdrop inside the matte: on another colour it glows around the product.

The matte's border has to lie where the photo's colour turns from the product's to the backdrop's.
In a halo it lies where all is backdrop already. A product whose own rim reflects the backdrop, or
is in deep shade, looks alike; but seldom along so much of the outline as a matte that is too wide.
"""

from __future__ import annotations

import numpy as np

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.profiles import Profiles
from engine.matting.defects.regions import defect_in_cells

_WINDOW = 15  # profiles along the outline that are judged together
_FEW = 60  # profiles; fewer tell nothing
_PURE = 0.12  # how much of the product may be in the colour on the border
_WIDE = 1.5  # samples; the least excess
_SHARE = 0.4  # of the outline


def find_halo(evidence: Evidence, profiles: Profiles) -> list[Defect]:
    """Return one defect if a good part of the outline has a halo; its box holds that part."""
    if len(profiles.points) < _FEW:
        return []
    rim, excess = (
        np.median(np.lib.stride_tricks.sliding_window_view(values, _WINDOW), axis=1)
        for values in (profiles.rim, profiles.excess)
    )
    halo = (rim < _PURE) & (excess > _WIDE)
    share = float(halo.mean())
    if share < _SHARE:
        return []
    points = profiles.points[_WINDOW // 2 :][: len(halo)][halo] // evidence.step
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    box = (slice(int(top), int(bottom) + 1), slice(int(left), int(right) + 1))
    width = float(np.median(excess[halo]))
    score = 0.4 + 0.3 * share + 0.05 * width
    return [defect_in_cells("halo", score, box, evidence.step, evidence.alpha.shape)]
