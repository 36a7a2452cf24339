"""The colour guided filter: an alpha that follows the photo's own edges.

In every small window alpha is taken as a linear function of colour, α = a·I + b, fitted by ridge
regression to a rough alpha; see He, Sun and Tang, "Guided Image Filtering" (ECCV 2010, PAMI 2013).
As in their fast form (2015) the coefficients come from a reduced picture and are applied to the
full one, so that the edge gets the photo's sharpness at the price of the small picture.
"""

from __future__ import annotations

from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.grid import Grid

Plane = NDArray[np.float32]
Matte = NDArray[np.uint8]
Picture = NDArray[np.uint8]

_FLAT = np.float32(1e-6)  # a variance of alpha that is none
_ENOUGH = np.float32(0.25)  # of alpha's variance: with less explained, the colours are not trusted
_RIDGE = 1e-4
_EDGE = (0.1, 0.9)  # the filter's averages never quite reach 0 and 1 beside an edge


def carry_up(pixels: Picture, picture: Picture, alpha: Plane, grid: Grid, radius: int) -> Matte:
    """Return the matte of a photo from the alpha of its cells.

    Parameters
    ----------
    pixels : (H, W, 3), 0…255
    picture : (rows, columns, 3), 0…255, the cells' colours
    alpha : (rows, columns) float32, 0…1
    grid : the cells of the photo
    radius : of the filter's window, in cells

    Returns
    -------
    (H, W) uint8, 0…255; equal to the cell's alpha wherever the windows around see one alpha only
    """
    cells = levels(alpha)
    rows = grid.shape[0]
    # Rows are repeated whole: half of the time that resizing both ways would take.
    wide = cv2.resize(cells, (grid.width, rows), interpolation=cv2.INTER_NEAREST)
    matte: Matte = np.asarray(wide, np.uint8)[np.arange(grid.height) * rows // grid.height]
    for _, band in groupby(grid.tiles(_near_an_edge(cells, radius)), lambda tile: tile.cells[0]):
        tiles = list(band)
        # Two windows of the filter, and one cell for the expansion between cells.
        windows = [grid.window(tile, 2 * radius + 1) for tile in tiles]
        fitted = _fit_side_by_side(picture, alpha, windows, radius)
        for tile, window, coefficients in zip(tiles, windows, fitted, strict=True):
            linear = grid.expand(coefficients, tile, window)
            matte[tile.pixels] = levels(stretch(_applied(linear, pixels[tile.pixels]), *_EDGE))
    return matte


def _fit_side_by_side(
    picture: Picture, alpha: Plane, windows: list[tuple[slice, slice]], radius: int
) -> list[Plane]:
    """Return the coefficients of windows of the same rows, from left to right, fitted as one.

    The filter's many small steps take less time on one picture than on several. What it sees
    across the seams stays in the windows' margins; a side of the photo is a side of the picture.
    """
    fitted = fit_coefficients(
        np.hstack([picture[window] for window in windows]),
        np.hstack([alpha[window] for window in windows]),
        radius,
        _RIDGE,
    )
    seams = np.cumsum([columns.stop - columns.start for _, columns in windows])[:-1]
    return np.split(fitted, seams, axis=2)


def _applied(linear: list[Plane], colours: Picture) -> Plane:
    """Return the sum of colours (h, w, 3), each by its factor, and the constant; (h, w).

    The constant's plane is overwritten with it. Plane by plane, since OpenCV and NumPy are slow
    at sums across the channels of a pixel.
    """
    *factors, total = linear
    for factor, channel in zip(factors, cv2.split(colours), strict=True):
        cv2.accumulateProduct(factor, channel.astype(np.float32), total)
    return total


def stretch(values: Plane, low: float, high: float) -> Plane:
    """Return ``values`` with ``low`` at 0 and ``high`` at 1, in place.

    The same curve for every photo: what the network is sure of becomes solid, and doubt that it
    has everywhere does not become a product.
    """
    values -= low
    values *= 1 / (high - low)
    return np.clip(values, 0, 1, out=values)


def levels(alpha: Plane) -> Matte:
    """Return an alpha of 0…1 as 0…255."""
    return np.asarray(cv2.convertScaleAbs(alpha, alpha=255))


def _near_an_edge(cells: Matte, radius: int) -> NDArray[np.bool_]:
    """Return where the filter's windows see more than one alpha."""
    side = 4 * radius + 3
    window = np.ones((side, side), np.uint8)
    return np.asarray(cv2.dilate(cells, window) > cv2.erode(cells, window))


def fit_coefficients(picture: Picture, alpha: Plane, radius: int, ridge: float) -> Plane:
    """Return the local linear coefficients that give ``alpha`` from the colours of ``picture``.

    Parameters
    ----------
    picture : (h, w, 3), 0…255
    alpha : (h, w) float32, 0…1
    radius : of the window, in pixels of ``picture``
    ridge : ε: contrasts of variance below it are smoothed over; at least 1e-5, for float32's sake

    Returns
    -------
    (4, h, w) float32: three factors for the channels as they are, 0…255, and the constant. Where
    colour and alpha have nothing to do with each other the factors are 0 and the constant is
    alpha: the plain filter would blur it there.
    """
    side = 2 * radius + 1

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT))

    # Variance does not care for the origin; centred values keep its digits.
    channels = [channel / np.float32(255) - np.float32(0.5) for channel in cv2.split(picture)]
    centres = [mean(channel) for channel in channels]
    level = mean(alpha)
    shared = [
        mean(channel * alpha) - centre * level
        for channel, centre in zip(channels, centres, strict=True)
    ]

    def covariance(i: int, j: int) -> Plane:
        return mean(channels[i] * channels[j]) - centres[i] * centres[j]

    a, d, f = (covariance(i, i) + np.float32(ridge) for i in range(3))
    b, c, e = covariance(0, 1), covariance(0, 2), covariance(1, 2)
    # (Σ + εU) x = cov(I, α), solved by cofactors.
    k00, k01, k02 = d * f - e * e, c * e - b * f, b * e - c * d
    k11, k12, k22 = a * f - c * c, b * c - a * e, a * d - b * b
    determinant = a * k00 + b * k01 + c * k02
    x, y, z = shared
    factors = [
        (k00 * x + k01 * y + k02 * z) / determinant,
        (k01 * x + k11 * y + k12 * z) / determinant,
        (k02 * x + k12 * y + k22 * z) / determinant,
    ]
    constant = level - sum(factor * centre for factor, centre in zip(factors, centres, strict=True))
    # Each pixel lies in many windows; their mean is its own (eq. 8 of the paper).
    trust = mean(_explained(factors, shared, mean(alpha * alpha) - level * level))
    averaged = [mean(factor) * trust for factor in factors]
    offset = trust * mean(constant) + (1 - trust) * alpha - 0.5 * sum(averaged)
    return np.stack([*(factor / np.float32(255) for factor in averaged), offset])


def _explained(factors: list[Plane], shared: list[Plane], variance: Plane) -> Plane:
    """Return how far the colours of a window account for its alpha, from 0 to 1 for enough."""
    accounted = sum(factor * common for factor, common in zip(factors, shared, strict=True))
    return np.asarray((accounted / np.maximum(_ENOUGH * variance, _FLAT)).clip(0, 1), np.float32)
