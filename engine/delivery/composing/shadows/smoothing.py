"""Wide blurs and soft ends, at a cost that does not grow with their width."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_PASSES = 3
_FADE = 0.04  # of the canvas's shorter side, over which a shadow ends before the frame


def blurred(plane: Plane, across: float, down: float) -> Plane:
    """Return a plane blurred by close to a Gaussian; beyond its border lies 0.

    Three uniform filters one after the other: Wells, "Efficient synthesis of Gaussian filters by
    cascaded uniform filters" (IEEE PAMI, 1986).

    Parameters
    ----------
    plane : (h, w) or (h, w, channels)
    across, down : standard deviations in pixels
    """
    size = _width(across), _width(down)
    for _ in range(_PASSES):
        plane = np.asarray(cv2.blur(plane, size, borderType=cv2.BORDER_CONSTANT), np.float32)
    return plane


def frame_fade(height: int, width: int) -> Plane:
    """Return (h, w) weights: 0 at the frame, 1 a little inside; nothing ends abruptly."""
    reach = max(1.0, _FADE * min(height, width))
    down, across = (smooth_step(_to_end(length) / reach) for length in (height, width))
    return np.asarray(down[:, None] * across[None, :], np.float32)


def smooth_step(rise: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return 0 up to 0, 1 from 1 on, and no corner between."""
    held = rise.clip(0, 1)
    return np.asarray(held * held * (3 - 2 * held))


def _to_end(length: int) -> NDArray[np.floating]:
    """Return how far each pixel of a row is from the nearer end."""
    steps = np.arange(length, dtype=np.float32)
    return np.minimum(steps, length - 1 - steps)


def _width(deviation: float) -> int:
    """Return the odd width of one of the uniform filters; n of them have n(w² − 1) / 12."""
    return 2 * round((math.sqrt(12 * deviation**2 / _PASSES + 1) - 1) / 2) + 1
