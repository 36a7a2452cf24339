"""The gradient error: whether edges are as steep as the true ones, and in the same places.

Rhemann et al., "A Perceptually Motivated Online Benchmark for Image Matting" (CVPR 2009). Alphas
are (H, W) float32 in 0…1.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Alpha = NDArray[np.float32]

_SIGMA = 1.4
_RADIUS = 6  # 4 σ


def gradient_error(alpha: Alpha, truth: Alpha) -> float:
    """Return the sum of squared differences of the two gradients' magnitudes, in thousands."""
    difference = _gradient(alpha) - _gradient(truth)
    return float(np.square(difference).sum(dtype=np.float64)) / 1000


def _gradient(alpha: Alpha) -> NDArray[np.float32]:
    """Return the magnitude of the gradient, measured with derivatives of a Gaussian.

    The filters are scaled to unit energy, as the benchmark of Rhemann et al. has them.
    """
    x = np.arange(-_RADIUS, _RADIUS + 1, dtype=np.float64)
    smooth = np.exp(-(x**2) / (2 * _SIGMA**2))
    smooth /= smooth.sum()
    derivative = x / _SIGMA**2 * smooth
    energy = float(np.sqrt(np.square(np.outer(smooth, derivative)).sum()))
    across, down = (
        cv2.sepFilter2D(alpha, cv2.CV_32F, x_kernel, y_kernel, borderType=cv2.BORDER_REFLECT)
        for x_kernel, y_kernel in ((derivative, smooth), (smooth, derivative))
    )
    return np.asarray(cv2.magnitude(across, down) / energy)
