"""All defects of a matte: what a person would have to look at, the worst first.

Needs neither the network nor the truth; how often it is right is measured by `bench/defects.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.blank import find_blank
from engine.matting.defects.cast import find_cast
from engine.matting.defects.confidence import find_doubt
from engine.matting.defects.crop import find_crop
from engine.matting.defects.defect import KINDS, Defect
from engine.matting.defects.eaten import find_eaten
from engine.matting.defects.evidence import gather
from engine.matting.defects.filled import find_filled
from engine.matting.defects.halo import find_halo
from engine.matting.defects.islands import find_islands
from engine.matting.defects.jagged import find_jagged
from engine.matting.defects.missing import find_missing
from engine.matting.defects.outline import trace
from engine.matting.defects.profiles import cross
from engine.matting.defects.shadow import find_shadow
from engine.matting.smaller import Smaller

OF_A_KIND = 8
"""Defects of one kind that are named at most; the worst."""


def find_defects(
    pixels: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    probability: NDArray[np.float32] | None = None,
    foreground: NDArray[np.uint8] | None = None,
    smaller: Smaller | None = None,
) -> tuple[Defect, ...]:
    """Return what is wrong with a matte, the worst first.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    alpha : (H, W), the matte
    probability : (any size) what the network said of the whole photo, 0…1, if it is known
    foreground : (H, W, 3) the cutout's colour, if there is one
    smaller : copies of the same photo; None makes its own

    Returns
    -------
    at most ``OF_A_KIND`` of each kind; nothing for a picture without pixels
    """
    if pixels.shape != (*alpha.shape, 3):
        raise ValueError(f"a photo of {pixels.shape} and a matte of {alpha.shape}")
    if foreground is not None and foreground.shape != pixels.shape:
        raise ValueError(f"a photo of {pixels.shape} and a foreground of {foreground.shape}")
    if not alpha.size:
        return ()
    # Of an empty matte all else would be said, too, and mean the same.
    found = find_blank(alpha)
    if not found:
        found = find_crop(alpha)
        evidence = gather(pixels, alpha, probability, smaller)
        if evidence is not None:
            found += find_islands(evidence) + find_eaten(evidence) + find_filled(evidence)
            found += find_missing(evidence) + find_shadow(evidence) + find_doubt(evidence)
            found += find_cast(evidence, foreground)
            outline = trace(alpha)
            found += find_jagged(evidence, outline)
            found += find_halo(evidence, cross(evidence, outline))
    return _the_worst(found)


def _the_worst(found: list[Defect]) -> tuple[Defect, ...]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    found = sorted(found, key=lambda each: (-each.score, order[each.kind], each.y, each.x))
    kept = dict.fromkeys(KINDS, 0)
    worst = []
    for defect in found:
        kept[defect.kind] += 1
        if kept[defect.kind] <= OF_A_KIND:
            worst.append(defect)
    return tuple(worst)
