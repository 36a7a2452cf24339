"""Product and background of a photo as two smooth layers on the working grid, alpha being known.

Colours are float32 in levels of 0…255 per cell, coverage (the mean alpha of a cell) is 0…1,
textures are variances in squared levels: what a layer's pixels differ from its smooth part.

The background is a quadratic surface, which is what light does to a sweep, plus a membrane through
what the surface leaves (shadows, a horizon). The product is a membrane through every cell's own
solution F = (C − (1 − a)B) / a, each believed as far as the texture of B and the coverage allow:
one glass cell in front of a pattern says nothing, thousands of them together say the colour.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.membrane import draw, spread

Plane = NDArray[np.float32]

MIXING_ERROR = np.float32(0.25)
"""Of the squared contrast: cameras mix light, files hold sRGB, so that a mixed pixel is not quite
the mixture of its file values; solving the equation for it exactly would be wrong by as much."""

_NOISE = np.float32(1.5**2)  # variance of sensor and JPEG
_SMOOTH = np.float32(4.0**2)  # variance of a layer's smooth part from cell to cell
_ADJOINING = 0.05  # weight of background beside the product: alpha may be a pixel too tight there
_UNSEEN = 1e-12  # weight of a datum that only stands in where there is no other
_LEAST_COVER = 0.02  # a cell with less product tells nothing of its colour
_LEAST_SHARE = 1e-3  # of a window; with less in it, it shows nothing
_SCALES = (1, 4, 16)  # cells over which a background's pattern is looked at
_VICINITY = 9  # cells over which a texture is averaged
_ALL = (slice(None), slice(None))
_AROUND = 32  # cells around the product that still tell of the background beside it


@dataclass(frozen=True)
class Layers:
    """Both layers of a photo.

    product, background : (h, w, 4): the colour of each and its texture; far from the product
        both have the photo's own colour
    """

    product: Plane
    background: Plane


def split_layers(colour: Plane, cover: Plane) -> Layers:
    """Return the smooth layers of a photo.

    Parameters
    ----------
    colour : (h, w, 3) of its cells, 0…255
    cover : (h, w), 0…1
    """
    # A speck too faint or too near the border to be in a cell keeps the colour that it has.
    product = cv2.merge([*cv2.split(colour), np.full(cover.shape, _NOISE, np.float32)])
    layers = Layers(np.asarray(product, np.float32), np.array(product, np.float32))
    if cover.any():
        bare, apart = _background_of(cover)
        seen = np.maximum(apart, _ADJOINING * bare)
        near = _near_product(cover)
        surface = _quadratic(colour, seen, near)
        here = _split(surface, *(part[near] for part in (colour, cover, seen, apart)))
        layers.product[near], layers.background[near] = here.product, here.background
    return layers


def _background_of(cover: Plane) -> tuple[Plane, Plane]:
    """Return where there is no product, and where there is none beside it either; 0 and 1."""
    bare = (cover == 0).astype(np.float32)
    return bare, np.asarray(cv2.erode(bare, np.ones((3, 3), np.uint8)), np.float32)


def _near_product(cover: Plane) -> tuple[slice, slice]:
    """Return the rows and columns that hold the product and some background around it."""
    rows, columns = (np.flatnonzero(cover.any(axis=axis)) for axis in (1, 0))
    top, left = (max(0, int(places[0]) - _AROUND) for places in (rows, columns))
    return (
        slice(top, int(rows[-1]) + 1 + _AROUND),
        slice(left, int(columns[-1]) + 1 + _AROUND),
    )


def _split(surface: Plane, colour: Plane, cover: Plane, seen: Plane, apart: Plane) -> Layers:
    """Return the layers of a part of the photo; ``seen`` weighs its background."""
    left = colour - surface
    pattern = _pattern(left, apart)
    precision = seen * _SMOOTH / (pattern + _NOISE) + np.float32(_UNSEEN)
    background = surface + draw(left, precision)

    held = np.maximum(cover, _LEAST_COVER)
    rest = 1 - cover
    own = (colour - spread(rest, 3) * background) / spread(held, 3)
    contrast = _contrast(colour - background, cover)
    doubt = (rest**2 * (pattern + MIXING_ERROR * contrast) + _NOISE) / held**2
    precision = np.where(cover > _LEAST_COVER, _SMOOTH / doubt, np.float32(0))
    product = draw(np.asarray(own, np.float32), precision)

    solid = (cover == 1).astype(np.float32)
    return Layers(
        *(
            np.asarray(cv2.merge([*cv2.split(layer), _texture(colour, where)]), np.float32)
            for layer, where in ((product, solid), (background, apart))
        )
    )


def _quadratic(colour: Plane, weight: Plane, near: tuple[slice, slice]) -> Plane:
    """Return the surface of second order that fits the weighted colours best, (h, w, 3) of a part.

    Fitted to a reduced picture of the whole; without any weight it is 0.
    """
    height, width = weight.shape
    size = (min(width, 96), min(height, 96))
    small = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    summed = cv2.resize(colour * spread(weight, 3), size, interpolation=cv2.INTER_AREA)
    terms = _terms(*size[::-1]).reshape(-1, 6).astype(np.float64)
    believed = small.reshape(-1, 1).astype(np.float64)
    # A little ridge, but for the constant: where one side shows nothing, nothing is invented.
    ridge = 1e-4 * max(float(believed.sum()), 1e-9) * np.diag([0.0, 1, 1, 1, 1, 1])
    normal = terms.T @ (terms * believed) + ridge + 1e-12 * np.eye(6)
    factors = np.linalg.solve(normal, terms.T @ summed.reshape(-1, 3))
    surface = _terms(height, width, near) @ factors.astype(np.float32)
    return np.asarray(surface.clip(0, 255))


def _terms(height: int, width: int, part: tuple[slice, slice] = _ALL) -> Plane:
    """Return 1, x, y, x², xy, y² over a part of a rectangle of x and y from −1 to 1; (h, w, 6)."""
    y, x = np.meshgrid(
        *(
            ((np.arange(n, dtype=np.float32) * 2 + 1) / n - 1)[here]
            for n, here in zip((height, width), part, strict=True)
        ),
        indexing="ij",
    )
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)


def _pattern(left: Plane, apart: Plane) -> Plane:
    """Return the variance that white noise would have to hide the background's pattern; (h, w).

    A coarse pattern survives averaging over n cells that would remove noise; it is worth the noise
    of n times the variance that is left of it.
    """
    worst = np.zeros(apart.shape, np.float32)
    shown = left * spread(apart, 3)
    for scale in _SCALES:
        here = cv2.blur(apart, (scale, scale))
        total = cv2.blur(shown, (scale, scale))
        mean = total / spread(np.maximum(here, _LEAST_SHARE), 3)
        square = _squares(mean) * np.float32(scale**2)
        worst = np.maximum(worst, _spread(square, apart, _VICINITY * scale))
    return worst


def _contrast(difference: Plane, cover: Plane) -> Plane:
    """Return the squared difference of the layers' colours, from (h, w, 3) a(F − B) and a."""
    side = (_VICINITY, _VICINITY)
    share = np.maximum(cv2.blur(cover, side), _LEAST_COVER)
    return _squares(cv2.blur(difference, side) / spread(share, 3))


def _texture(colour: Plane, where: Plane) -> Plane:
    """Return the variance of the colours in ``where`` about their own local mean; (h, w)."""
    side = (_VICINITY, _VICINITY)
    share = np.maximum(cv2.blur(where, side), _LEAST_SHARE)
    mean = cv2.blur(colour * spread(where, 3), side) / spread(share, 3)
    return _spread(_squares(colour - mean), where, _VICINITY) + _NOISE


def _spread(values: Plane, where: Plane, side: int) -> Plane:
    """Return the local mean of the values in ``where``, drawn on to where there are none.

    A slow field: it is drawn on every second cell.
    """
    height, width = where.shape
    size = ((width + 1) // 2, (height + 1) // 2)
    window = (side // 2 + 1, side // 2 + 1)
    share, total = (
        cv2.blur(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), window)
        for plane in (where, values * where)
    )
    believed = np.where(share > _LEAST_SHARE, np.float32(1), np.float32(_UNSEEN))
    mean = np.asarray(total / np.maximum(share, _LEAST_SHARE), np.float32)
    field = draw(mean[..., None], believed)
    return np.asarray(cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR))


def _squares(colour: Plane) -> Plane:
    """Return the mean over the channels of the squared values; (h, w)."""
    return np.asarray(cv2.transform(colour * colour, np.full((1, 3), 1 / 3, np.float32)))
