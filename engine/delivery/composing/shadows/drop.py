"""The shadow of a product that lies on, or hangs before, a ground close behind it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.smoothing import Plane, blurred
from presets.schema import DropShadow

_TIGHT = 0.3  # of the distance and of the softness: the shadow close to the product's edge
_TIGHT_SHARE = 0.4


def drop_shade(coverage: NDArray[np.uint8], settings: DropShadow) -> Plane:
    """Return the shade of a product's outline on the ground behind it.

    Two copies of the outline, one close and narrow, one far and wide: a single blur of one width
    looks drawn, for a real ground is nearer to the product at its edge.

    Parameters
    ----------
    coverage : (h, w) of the product on its canvas, 0…255
    settings : of the preset

    Returns
    -------
    (h, w), 0 lit to 1 black, under the product too
    """
    solid = coverage.astype(np.float32) / np.float32(255)
    side = min(coverage.shape)
    distance, softness = settings.distance * side, settings.softness * side
    tight = _moved(solid, _TIGHT * distance, _TIGHT * softness, settings.angle)
    wide = _moved(solid, distance, softness, settings.angle)
    lit = (1 - _TIGHT_SHARE * tight) * (1 - (1 - _TIGHT_SHARE) * wide)
    darkest = 1 - _TIGHT_SHARE * (1 - _TIGHT_SHARE)
    return np.asarray((1 - lit) * (settings.strength / darkest), np.float32)


def _moved(solid: Plane, distance: float, softness: float, angle: float) -> Plane:
    """Return the outline moved in a direction and softened."""
    across, down = (distance * turn(math.radians(angle)) for turn in (math.cos, math.sin))
    matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
    size = solid.shape[1], solid.shape[0]
    moved = cv2.warpAffine(solid, matrix, size, flags=cv2.INTER_LINEAR)
    return blurred(np.asarray(moved, np.float32), softness, softness)
