"""A product that is cut off by the frame: opaque contact with the border."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Defect
from engine.matting.defects.regions import clipped

_OPAQUE = 128
_LEAST = 0.004  # of the side: less contact is a hair, or a fault of its own
_GRAVE = 0.1  # of the side
_DEPTH = 0.02  # of the frame, of the box that shows the contact


def find_crop(alpha: NDArray[np.uint8]) -> list[Defect]:
    """Return a defect for every side of the frame that the product runs out of.

    Parameters
    ----------
    alpha : (H, W), not empty
    """
    height, width = alpha.shape
    deep, wide = max(1, round(_DEPTH * height)), max(1, round(_DEPTH * width))
    found = []
    for line, along_x, start in (
        (alpha[0], True, 0),
        (alpha[-1], True, height - deep),
        (alpha[:, 0], False, 0),
        (alpha[:, -1], False, width - wide),
    ):
        contact = np.flatnonzero(line >= _OPAQUE)
        share = len(contact) / len(line)
        if len(contact) < 2 or share < _LEAST:
            continue
        first, length = int(contact[0]), int(contact[-1] - contact[0]) + 1
        score = clipped(0.5 + 0.5 * share / _GRAVE)
        box = (first, start, length, deep) if along_x else (start, first, wide, length)
        found.append(Defect("wrong crop", score, *box))
    return found
