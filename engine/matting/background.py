"""The seamless behind a product, as a smooth colour field, and how far it can be trusted.

Colours are sRGB levels 0…255 in float32. A field is kept small (at most ``FIT_SIDE`` on its longer
side) because it is smooth; whoever needs it at full resolution samples it where needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.polynomial import fit_polynomial

FIT_SIDE = 288
"""Longer side, in pixels, of the reduced photo that the field is fitted to."""

_FINE = 4.0  # pixels of deviation that a Gaussian is computed with at least
_ROUNDS = 5  # of reweighting; the weights have settled by then
_SAMPLES = 4_000  # pixels that the polynomial is fitted to
# Residuals, in levels, of the backdrops that the refiner was trained on: sweeps and paper 0.3…1.6,
# with few up to 4; tables 1.7…7. Trust ends between them. What the refiner finds through the bars
# of a cage is right on blotched paper and plain tables, too; on 164 photos of families that nothing
# was trained on it did more harm than good from 4.9 on.
_SEAMLESS, _SCENE = 2.5, 5.0
_HELPS, _HARMS = 4.5, 5.1


@dataclass(frozen=True)
class Background:
    """The backdrop without the product.

    field : (h, w, 3) colour of the backdrop at every place, behind the product too
    misfit : (h, w) typical distance of the backdrop's pixels from the field nearby, in levels
    residual : the median of that distance over the whole backdrop, in levels
    """

    field: NDArray[np.float32]
    misfit: NDArray[np.float32]
    residual: float

    @property
    def trust(self) -> float:
        """How well the field describes the backdrop: 1 a sweep or paper, 0 a table or a room."""
        return min(1.0, max(0.0, (_SCENE - self.residual) / (_SCENE - _SEAMLESS)))

    def say(self, *, fine: bool) -> float:
        """Return how much say the field has in what is product, 0…1.

        Against a coarse network even a rough one is right more often than not; one that saw more
        than the refiner (``fine``) is contradicted where the field can be trusted.
        """
        if fine:
            return self.trust
        return min(1.0, max(0.0, (_HARMS - self.residual) / (_HARMS - _HELPS)))


def fit_background(pixels: NDArray[np.uint8], probability: NDArray[np.float32]) -> Background:
    """Fit the field of the seamless to what the network is sure is not the product.

    A polynomial is fitted by iteratively reweighted least squares with Cauchy weights (Holland and
    Welsch, "Robust regression using iteratively reweighted least-squares", 1977), so that thin
    parts that the network missed, hard shadows and a horizon pull little. What remains is smooth
    shading (soft shadow, falloff of a light); it is added by normalised convolution (Knutsson and
    Westin, 1993), coarse to fine, from the same pixels.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (any size) coarse matte of the whole photo, 0…1

    Returns
    -------
    Background, at reduced size
    """
    small = _reduced(pixels)
    height, width = small.shape[:2]
    coarse = np.asarray(
        cv2.resize(probability, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
    sure = _sure_background(coarse)
    field, weight = _robust_polynomial(small, sure)
    for sigma in (height + width) / 2 * np.array([0.10, 0.035]):
        support = _blur(weight, sigma)
        correction = _blur((small - field) * weight[..., None], sigma)
        # Far from any backdrop pixel (deep behind the product) the polynomial stands alone.
        field = field + correction / (support + 0.02)[..., None]
    distance = largest_difference(small, field)
    seen = sure.astype(np.float32)
    reach = (height + width) / 2 * 0.06
    wide = float((distance * seen).sum() / seen.sum())
    misfit = (_blur(np.minimum(distance, 60.0) * seen, reach) + 0.01 * wide) / (
        _blur(seen, reach) + 0.01
    )
    return Background(
        np.clip(field, 0.0, 255.0).astype(np.float32),
        misfit.astype(np.float32),
        float(np.median(distance[sure])),
    )


def sample(
    small: NDArray[np.float32], size: tuple[int, int], rows: slice, columns: slice
) -> NDArray[np.float32]:
    """Return a window of a small picture as if it had been scaled up bilinearly to ``size``.

    Parameters
    ----------
    small : (h, w) or (h, w, channels)
    size : (H, W) of the whole picture scaled up
    rows, columns : the window in it; it may reach over the border, where the edge is repeated
    """
    scale_y, scale_x = small.shape[0] / size[0], small.shape[1] / size[1]
    # Pixel centres stay centres, as in cv2.resize.
    shift = np.array(
        [
            [scale_x, 0.0, (columns.start + 0.5) * scale_x - 0.5],
            [0.0, scale_y, (rows.start + 0.5) * scale_y - 0.5],
        ]
    )
    window = cv2.warpAffine(
        small,
        shift,
        (columns.stop - columns.start, rows.stop - rows.start),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(window, np.float32)


def largest_difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the largest difference of any channel; (h, w) of (h, w, 3)."""
    red, green, blue = cv2.split(cv2.absdiff(one, other))
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def _reduced(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    scale = min(1.0, FIT_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _sure_background(coarse: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark what the network calls background, away from its edge; if that is little, the rim."""
    for limit in (0.06, 0.15, 0.3):
        sure = cv2.erode((coarse < limit).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        if sure.mean() > 0.06:
            return sure
    rim = max(2, min(coarse.shape) // 20)
    sure = np.ones(coarse.shape, bool)
    sure[rim:-rim, rim:-rim] = False
    return sure


def _robust_polynomial(
    small: NDArray[np.float32], sure: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the fitted field and each pixel's weight in it, (h, w, 3) and (h, w)."""

    def apart(residuals: NDArray[np.float32]) -> NDArray[np.float32]:
        red, green, blue = np.abs(residuals).T  # an axis of three is slow to look along
        return np.asarray(np.maximum(np.maximum(red, green), blue), np.float32)

    def spread(off: NDArray[np.float32]) -> float:
        return 1.5 * float(np.median(off)) + 0.7

    def weigh(residuals: NDArray[np.float32]) -> NDArray[np.float32]:
        off = apart(residuals)
        return np.asarray(1.0 / (1.0 + (off / spread(off)) ** 2), np.float32)

    field, residuals = fit_polynomial(small, sure, weigh, samples=_SAMPLES, rounds=_ROUNDS)
    off = largest_difference(small, field)
    # Wider here than in the fit: soft shadow is to be followed, a missed part is not.
    trust = sure / (1.0 + (off / (3.0 * spread(apart(residuals)))) ** 2)
    return field, trust.astype(np.float32)


def _blur(picture: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Return a picture blurred by a Gaussian; a wide one on fewer pixels, which shows no more."""
    height, width = picture.shape[:2]
    fewer = max(1, int(sigma / _FINE))
    size = (-(-width // fewer), -(-height // fewer))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), float(sigma) / fewer, borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR))
