"""One matte held against the truth. Alphas are (H, W) float32 in 0…1, of the same photo."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.matting.metrics.contour import boundary_f, contour, distance_to
from engine.matting.metrics.cutout_error import GREEN, WHITE, delta_e, halo
from engine.matting.metrics.gradient import gradient_error
from engine.matting.metrics.holes import count_holes, solid_lost
from engine.matting.metrics.quality import Quality

Alpha = NDArray[np.float32]
Mask = NDArray[np.bool_]

BAND_RADIUS = 10
"""Pixels to either side of the true edge."""

_MARGIN = 40  # pixels kept around what is to be compared; more than any filter reaches
_SOFT_LOW, _SOFT_HIGH = 0.02, 0.98  # past these an alpha counts as none or all
_TOLERANCE = 0.001  # of the photo's diagonal; how far a contour may lie beside the true one


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
    colour, true_colour : (H, W, 3) straight foreground colour; with both, the halo and ΔE are
        measured

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
    holes_open, holes_total = count_holes(alpha, truth)
    # The rest looks at the neighbourhood of the product; an empty surrounding costs only time.
    part = _part_that_matters(alpha, truth)
    a, g, e = alpha[part], truth[part], error[part]
    soft = (g > _SOFT_LOW) & (g < _SOFT_HIGH)
    edge = soft | contour(g >= 0.5) | contour(g < 0.5)
    distance = distance_to(edge)
    band = distance <= BAND_RADIUS
    far = ~band & (g < 0.5)
    deep = ~band & (g >= 0.5)
    far_pixels = max(1, int(np.count_nonzero(far)) + truth.size - g.size)
    colours: tuple[float | None, float | None, float | None] = (None, None, None)
    if colour is not None and true_colour is not None and band.any():
        cutouts = colour[part][band], a[band], true_colour[part][band], g[band]
        colours = halo(*cutouts, GREEN), halo(*cutouts, WHITE), delta_e(*cutouts)
    return Quality(
        iou=shared / union if union else 1.0,
        mae=sad / truth.size,
        sad=sad / 1000,
        mse=float(np.square(error).sum(dtype=np.float64)) / truth.size,
        gradient=gradient_error(a, g),
        boundary_f=boundary_f(a >= 0.5, g >= 0.5, _tolerance(truth.shape)),
        band=_mean(e[band]),
        soft=_mean(e[soft]),
        far_background=int(np.count_nonzero(a[far] > _SOFT_LOW)) / far_pixels,
        deep_foreground=_mean(a[deep] < _SOFT_HIGH),
        solid_lost=solid_lost(a, deep & (g >= _SOFT_HIGH)),
        holes_open=holes_open,
        holes_total=holes_total,
        halo_green=colours[0],
        halo_white=colours[1],
        delta_e=colours[2],
    )


def _part_that_matters(alpha: Alpha, truth: Alpha) -> tuple[slice, slice]:
    """Return the box around everything that either of the two keeps, with a margin."""
    kept = (alpha > 0) | (truth > 0)
    rows, columns = np.flatnonzero(kept.any(1)), np.flatnonzero(kept.any(0))
    if not rows.size:
        return slice(None), slice(None)
    return _padded(rows), _padded(columns)


def _padded(line: NDArray[np.intp]) -> slice:
    return slice(max(0, int(line[0]) - _MARGIN), int(line[-1]) + _MARGIN + 1)


def _tolerance(shape: tuple[int, ...]) -> float:
    return max(1.0, _TOLERANCE * math.hypot(*shape))


def _mean(values: NDArray[np.float32] | Mask) -> float:
    return float(values.mean(dtype=np.float64)) if values.size else 0.0
