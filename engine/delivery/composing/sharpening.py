"""Sharpening after scaling: an unsharp mask that knows where the product ends.

Out = in + amount · (in − blurred), where the difference is more than a threshold. The blur is
normalised by coverage, so that nothing from outside the product darkens or lightens its edge, and
soft edges are left as they are: a sharpened outline is a halo.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.resample import Colours
from presets.schema import Sharpening

_BAND_ROWS = 512


def sharpened(colour: Colours, coverage: NDArray[np.uint8], settings: Sharpening) -> Colours:
    """Return the product's colour, sharpened where it is solid.

    Parameters
    ----------
    colour : (h, w, 3) straight, of 8 or 16 bits
    coverage : (h, w), 0…255
    settings : of the preset; radius in pixels, threshold in levels of 8 bits
    """
    most = np.iinfo(colour.dtype).max
    level = np.float32(most / 255)
    made = colour.copy()
    reach = int(np.ceil(4 * settings.radius))
    for top in range(0, len(colour), _BAND_ROWS):
        # A band with its surroundings: the whole picture as floats would be four times as large.
        first, last = max(0, top - reach), min(len(colour), top + _BAND_ROWS + reach)
        inside = np.s_[top - first : top - first + _BAND_ROWS]
        cover = coverage[first:last]
        solid = cover[inside] == 255
        if not solid.any():
            continue
        band = colour[first:last].astype(np.float32)
        share = cover.astype(np.float32) / np.float32(255)
        weight = np.maximum(cv2.GaussianBlur(share, (0, 0), settings.radius), 1e-4)
        soft = cv2.GaussianBlur(band * share[..., None], (0, 0), settings.radius)
        detail = (band - soft / weight[..., None])[inside]
        detail[np.abs(detail).max(axis=2) <= settings.threshold * level] = 0
        sharp = np.rint(band[inside] + settings.amount * detail).clip(0, most)
        made[top : top + _BAND_ROWS][solid] = sharp[solid]
    return made
