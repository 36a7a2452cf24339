"""How far a matte is from the truth: the figures of the matting literature, per photo.

Alphas are (H, W) float32 in 0…1, colours (H, W, 3) uint8 straight sRGB. "Edge" is where the true
alpha is fractional or crosses one half; the band reaches ten pixels to either side of it.

The gradient error is that of Rhemann et al., "A Perceptually Motivated Online Benchmark for Image
Matting" (CVPR 2009); the boundary F-measure that of Martin, Fowlkes and Malik (PAMI 2004).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Alpha = NDArray[np.float32]
Mask = NDArray[np.bool_]

BAND_RADIUS = 10  # pixels to either side of the true edge
_MARGIN = 40  # pixels kept around what is to be compared; more than any filter below reaches
_SOFT_LOW, _SOFT_HIGH = 0.02, 0.98  # past these an alpha counts as none or all
_GRADIENT_SIGMA = 1.4
_GRADIENT_RADIUS = 6  # 4 σ
_TOLERANCE = 0.001  # of the photo's diagonal; how far a contour may lie beside the true one
_GREEN, _WHITE = (0, 255, 0), (255, 255, 255)


@dataclass(frozen=True)
class Quality:
    """The figures of one photo, or their mean over several; lower is better unless said."""

    iou: float
    """Intersection over union of alpha ≥ ½; higher is better."""
    mae: float
    """Mean absolute error of the whole frame, 0…1."""
    sad: float
    """Sum of absolute errors, in thousands."""
    mse: float
    """Mean squared error of the whole frame."""
    gradient: float
    """Sum of squared differences of the gradient's magnitude, in thousands."""
    boundary_f: float
    """How much of the contour lies where it should, and back; higher is better."""
    band: float
    """Mean absolute error within ten pixels of the true edge."""
    soft: float
    """Mean absolute error where the true alpha is fractional."""
    far_background: float
    """Share of the background beyond the band that the matte keeps."""
    deep_foreground: float
    """Share of the product inside the band that the matte loses."""
    halo_green: float | None = None
    """Mean error of the cutout over green in the band, 0…255; None without true colours."""
    halo_white: float | None = None
    """The same over white."""


@dataclass(frozen=True)
class Figure:
    """How one field of `Quality` is printed and compared."""

    name: str
    heading: str
    decimals: int
    better: Literal["higher", "lower"] = "lower"

    def text(self, quality: Quality) -> str:
        """Return the figure as it is printed; a dash where it was not measured."""
        value = getattr(quality, self.name)
        return "-" if value is None else f"{value:.{self.decimals}f}"


FIGURES = (
    Figure("iou", "IoU", 4, "higher"),
    Figure("mae", "MAE", 5),
    Figure("sad", "SAD", 2),
    Figure("mse", "MSE", 5),
    Figure("gradient", "GRAD", 2),
    Figure("boundary_f", "BF", 4, "higher"),
    Figure("band", "BAND", 4),
    Figure("soft", "SOFT", 4),
    Figure("far_background", "FPfar", 5),
    Figure("deep_foreground", "FNdeep", 5),
    Figure("halo_green", "HALO", 2),
    Figure("halo_white", "HALOw", 2),
)
"""Every figure, in the order of the tables."""


def measure(
    alpha: Alpha,
    truth: Alpha,
    colour: NDArray[np.uint8] | None = None,
    true_colour: NDArray[np.uint8] | None = None,
) -> Quality:
    """Compare a matte with the truth.

    Parameters
    ----------
    alpha, truth : (H, W), 0…1
    colour, true_colour : (H, W, 3) straight foreground colour; with both the halo is measured

    Raises
    ------
    ValueError : the two are of different sizes
    """
    if alpha.shape != truth.shape or alpha.ndim != 2:
        raise ValueError(f"cannot compare a matte of {alpha.shape} with a truth of {truth.shape}")
    inside, true_inside = alpha >= 0.5, truth >= 0.5
    union = int(np.count_nonzero(inside | true_inside))
    shared = int(np.count_nonzero(inside & true_inside))
    error = np.abs(alpha - truth)
    sad = float(error.sum(dtype=np.float64))
    # The rest looks at the neighbourhood of the product; an empty surrounding costs only time.
    part = _part_that_matters(alpha, truth)
    a, g, e = alpha[part], truth[part], error[part]
    soft = (g > _SOFT_LOW) & (g < _SOFT_HIGH)
    edge = soft | _contour(g >= 0.5) | _contour(g < 0.5)
    distance = _distance_to(edge)
    band = distance <= BAND_RADIUS
    far = (distance > BAND_RADIUS) & (g < 0.5)
    deep = (distance > BAND_RADIUS) & (g >= 0.5)
    far_pixels = max(1, int(np.count_nonzero(far)) + truth.size - g.size)
    halo: list[float | None] = [None, None]
    if colour is not None and true_colour is not None and band.any():
        own, true = colour[part][band], true_colour[part][band]
        halo = [_halo(own, a[band], true, g[band], paper) for paper in (_GREEN, _WHITE)]
    return Quality(
        iou=shared / union if union else 1.0,
        mae=sad / truth.size,
        sad=sad / 1000,
        mse=float(np.square(error).sum(dtype=np.float64)) / truth.size,
        gradient=_gradient_error(a, g),
        boundary_f=_boundary_f(a >= 0.5, g >= 0.5, _tolerance(truth.shape)),
        band=_mean(e[band]),
        soft=_mean(e[soft]),
        far_background=int(np.count_nonzero(a[far] > _SOFT_LOW)) / far_pixels,
        deep_foreground=_mean(a[deep] < _SOFT_HIGH),
        halo_green=halo[0],
        halo_white=halo[1],
    )


def mean_quality(photos: Sequence[Quality]) -> Quality:
    """Return the mean of every figure over the photos that have it.

    Raises
    ------
    ValueError : there are no photos
    """
    return _summary(photos, statistics.fmean)


def median_quality(photos: Sequence[Quality]) -> Quality:
    """Return the median of every figure over the photos that have it.

    Raises
    ------
    ValueError : there are no photos
    """
    return _summary(photos, statistics.median)


def _summary(photos: Sequence[Quality], middle: Callable[[list[float]], float]) -> Quality:
    if not photos:
        raise ValueError("a summary of no photos")
    columns = {
        field.name: [value for photo in photos if (value := getattr(photo, field.name)) is not None]
        for field in fields(Quality)
    }
    values: dict[str, Any] = {
        name: middle(found) if found else None for name, found in columns.items()
    }
    return Quality(**values)


def _part_that_matters(alpha: Alpha, truth: Alpha) -> tuple[slice, slice]:
    """Return the box around everything that either of the two keeps, with a margin."""
    kept = (alpha > 0) | (truth > 0)
    rows, columns = np.flatnonzero(kept.any(1)), np.flatnonzero(kept.any(0))
    if not rows.size:
        return slice(None), slice(None)
    return _padded(rows), _padded(columns)


def _padded(line: NDArray[np.intp]) -> slice:
    return slice(max(0, int(line[0]) - _MARGIN), int(line[-1]) + _MARGIN + 1)


def _contour(mask: Mask) -> Mask:
    """Return the pixels of ``mask`` that touch its outside; the frame is no outside."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    return np.asarray(mask & (cv2.erode(mask.view(np.uint8), cross) == 0))


def _distance_to(mask: Mask) -> NDArray[np.float32]:
    """Return the Euclidean distance to the nearest pixel of ``mask``; infinite without one."""
    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32)
    apart = (~mask).view(np.uint8)
    return np.asarray(cv2.distanceTransform(apart, cv2.DIST_L2, cv2.DIST_MASK_PRECISE))


def _boundary_f(inside: Mask, true_inside: Mask, tolerance: float) -> float:
    contour, true_contour = _contour(inside), _contour(true_inside)
    if not contour.any() and not true_contour.any():
        return 1.0
    if not contour.any() or not true_contour.any():
        return 0.0
    precision = _mean(_distance_to(true_contour)[contour] <= tolerance)
    recall = _mean(_distance_to(contour)[true_contour] <= tolerance)
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _tolerance(shape: tuple[int, ...]) -> float:
    return max(1.0, _TOLERANCE * math.hypot(*shape))


def _gradient_error(alpha: Alpha, truth: Alpha) -> float:
    difference = _gradient(alpha) - _gradient(truth)
    return float(np.square(difference).sum(dtype=np.float64)) / 1000


def _gradient(alpha: Alpha) -> NDArray[np.float32]:
    """Return the magnitude of the gradient, measured with derivatives of a Gaussian.

    The filters are scaled to unit energy, as the benchmark of Rhemann et al. has them.
    """
    x = np.arange(-_GRADIENT_RADIUS, _GRADIENT_RADIUS + 1, dtype=np.float64)
    smooth = np.exp(-(x**2) / (2 * _GRADIENT_SIGMA**2))
    smooth /= smooth.sum()
    derivative = x / _GRADIENT_SIGMA**2 * smooth
    energy = float(np.sqrt(np.square(np.outer(smooth, derivative)).sum()))
    across, down = (
        cv2.sepFilter2D(alpha, cv2.CV_32F, x_kernel, y_kernel, borderType=cv2.BORDER_REFLECT)
        for x_kernel, y_kernel in ((derivative, smooth), (smooth, derivative))
    )
    return np.asarray(cv2.magnitude(across, down) / energy)


def _halo(
    colour: NDArray[np.uint8],
    alpha: Alpha,
    true_colour: NDArray[np.uint8],
    truth: Alpha,
    paper: tuple[int, int, int],
) -> float:
    """Return the mean difference of the two cutouts laid over ``paper``, 0…255."""
    a, g = alpha[:, None], truth[:, None]
    over = np.array(paper, np.float32)
    return float(np.abs(colour * a + over * (1 - a) - true_colour * g - over * (1 - g)).mean())


def _mean(values: NDArray[np.float32] | Mask) -> float:
    return float(values.mean(dtype=np.float64)) if values.size else 0.0
