"""Fields drawn through uncertain data: smooth where nothing is known, true where something is.

Minimises Σ w·(x − d)² + Σ |∇x|², the screened membrane, from coarse to fine: a coarse cell takes
the precision-weighted mean of its four fine ones, so that data too noisy to be believed one by one
are believed together. A few relaxations at every level are enough, for what they leave is smooth
and was removed one level below; cf. Germer et al., "Fast Multi-Level Foreground Estimation" (2020).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_RELAXATIONS = 4
_NEIGHBOURS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4


def draw(data: Plane, precision: Plane) -> Plane:
    """Return the membrane through ``data``.

    Parameters
    ----------
    data : (h, w, channels) float32
    precision : (h, w) float32, ≥ 0: the weight w of each datum against a difference of one to a
        neighbour; 0 where there is none

    Returns
    -------
    (h, w, channels) float32; 0 everywhere where no datum has any precision
    """
    height, width = precision.shape
    if height * width == 1:
        return np.where(precision[..., None] > 0, data, np.float32(0))
    size = ((width + 1) // 2, (height + 1) // 2)
    weight = np.asarray(cv2.resize(precision, size, interpolation=cv2.INTER_AREA), np.float32)
    channels = data.shape[2]
    total = cv2.resize(data * spread(precision, channels), size, interpolation=cv2.INTER_AREA)
    mean = total.reshape(*size[::-1], -1) / spread(np.maximum(weight, 1e-30), channels)
    coarse = draw(np.asarray(mean, np.float32), 4 * weight)
    field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    field = field.reshape(data.shape)
    # One relaxation solves each cell's own equation, its neighbours taken as they are.
    own = spread(precision / (precision + 4), channels)
    pull = data * own
    rest = 1 - own
    for _ in range(_RELAXATIONS):
        around = cv2.filter2D(field, -1, _NEIGHBOURS, borderType=cv2.BORDER_REPLICATE)
        field = np.asarray(around, np.float32).reshape(data.shape)
        field *= rest
        field += pull
    return np.asarray(field)


def spread(plane: Plane, channels: int) -> Plane:
    """Return a plane (h, w) for each of the channels, (h, w, channels).

    NumPy would spread it by itself, three values at a time: in twice the time.
    """
    wide = np.asarray(cv2.merge([plane] * channels), np.float32)
    return wide.reshape(*plane.shape, channels)
