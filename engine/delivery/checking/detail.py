"""How much detail a picture really holds: how sharp its sharpest edges are, and signs of enlarging.

Both are told from edges, so that a plain product is not taken for a blurred one: where there are
too few edges, there is no answer. Neither is a proof; rules that ask for them only warn.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 1000
"""Pixels of the product's longer side at which blur is judged: what a zoom on a page shows."""

_REACH = 6  # pixels to either side in which an edge's whole contrast is looked for
_CONTRAST = 40.0  # levels that an edge needs to be one
_FLAT = 2.0  # levels a pixel; a plateau beside an edge is no place of its own
_LEAST_EDGES = 200  # edge pixels without which nothing can be said
_SHARPEST = 5  # per cent of the edges that count as the sharpest
_RIM = 5  # pixels around the product in which its outline is looked for
_SLOW = 4.0  # sigma, in pixels, of what counts as a trend of the second differences
_LOWEST = 0.15  # cycles a pixel; below, the product's own shapes dominate
_LENGTH = 8192  # of the transform; more than twice the widest canvases that sellers ask for
_BLOCK = 32  # pixels; 8 or 16 of JPEG, 16 of WebP, 32 of AVIF
_BESIDE = 0.00375  # cycles a pixel to either side of a block's periods that are its own
_NEIGHBOURS = 200  # bins to either side that a peak is held against


@dataclass(frozen=True)
class Detail:
    """What the edges of a product tell.

    ``width`` is that of its sharpest edges in pixels, from a tenth to nine tenths as a lens draws
    them; two is as sharp as pixels can be. ``trace`` is how much the strongest period in its
    second differences stands out from the others: enlarging leaves such a period behind, at
    factors other than two.
    """

    width: float
    trace: float


def detail(grey: NDArray[np.float32], product: NDArray[np.bool_]) -> Detail | None:
    """Measure the detail of a product; None where it has too few edges to tell.

    Parameters
    ----------
    grey : (H, W) levels of the finished file as a viewer shows it, 0…255
    product : (H, W) mask of the product
    """
    width = edge_width(grey, product)
    return None if width is None else Detail(width, resampling_trace(grey))


def edge_width(grey: NDArray[np.float32], product: NDArray[np.bool_]) -> float | None:
    """Return the width of the sharpest edges in pixels; None where there are too few.

    The width is the local contrast over the steepest slope: 2 for a step between two pixels,
    2.5 σ for a step that was blurred by a Gaussian of σ pixels. The outline counts as well: plain
    products have no other edge.
    """
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    slope = cv2.magnitude(across, down)
    area = np.ones((2 * _REACH + 1, 2 * _REACH + 1), np.uint8)
    contrast = cv2.dilate(grey, area) - cv2.erode(grey, area)
    steepest = slope >= cv2.dilate(slope, np.ones((3, 3), np.uint8))
    edges = steepest & (contrast >= _CONTRAST) & (slope > _FLAT)
    rim = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)
    edges &= cv2.dilate(product.view(np.uint8), rim).astype(np.bool_)
    if np.count_nonzero(edges) < _LEAST_EDGES:
        return None
    return float(np.percentile(contrast[edges] / slope[edges], _SHARPEST))


def resampling_trace(grey: NDArray[np.float32]) -> float:
    """Return how far the strongest period of a picture's second differences stands out.

    Interpolation mixes neighbours by weights that recur with the factor's period, and so does the
    variance of the second difference (Gallagher, "Detection of linear and cubic interpolation in
    JPEG compressed images", 2005). The blocks that files are coded by recur as well, and are left
    out, which makes a factor of two invisible. About 3 for a picture that was never enlarged.
    """
    return max(_trace_across(grey), _trace_across(grey.T))


def _trace_across(grey: NDArray[np.float32]) -> float:
    second = np.abs(2 * grey[:, 1:-1] - grey[:, :-2] - grey[:, 2:])
    mean = np.log(np.minimum(second, 20).mean(axis=0) + 0.01)
    if mean.size < 64:
        return 0.0
    trend = cv2.GaussianBlur(mean[None], (0, 0), _SLOW, borderType=cv2.BORDER_REFLECT)[0]
    spectrum = np.abs(np.fft.rfft((mean - trend) * np.hanning(mean.size), _LENGTH))
    frequency = np.arange(spectrum.size) / _LENGTH
    coded = np.abs(frequency - np.rint(frequency * _BLOCK) / _BLOCK) < _BESIDE
    spectrum = spectrum[(frequency > _LOWEST) & ~coded]
    level = _running_median(spectrum)
    return float((spectrum / np.maximum(level, 1e-9)).max())


def _running_median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median around each value, looked up at every sixteenth and joined by lines."""
    at = np.arange(0, values.size, 16)
    medians = [np.median(values[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS]) for i in at]
    return np.interp(np.arange(values.size), at, medians)
