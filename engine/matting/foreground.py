"""The product's own colour under soft edges: what is left when the background is taken out.

A photo is I = αF + (1 − α)B. Straight alpha stores F; keeping I instead leaves the background in
the edge (a halo on every other colour), and storing αF darkens it. Colours are (H, W, 3) uint8
sRGB, alpha (H, W) uint8; only pixels with an alpha between the two ends are computed.

Smooth layers B and F come from `layers`. What they leave unexplained in a pixel is shared between
them in proportion to how much texture each has close by: the maximum a posteriori estimate of
Chuang et al., "A Bayesian Approach to Digital Matting" (CVPR 2001), for a known alpha. On a smooth
sweep all texture is the product's; in front of a textured wall behind clear glass none is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.grid import Grid
from engine.matting.layers import MIXING_ERROR, Layers, split_layers
from engine.matting.smaller import Smaller

_CELLS = 500  # about, along the longer side: both layers are smooth
_AT_ONCE = 1 << 18  # pixels in a band of rows

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]


def estimate_foreground(
    pixels: Picture,
    alpha: NDArray[np.uint8],
    *,
    in_place: bool = False,
    smaller: Smaller | None = None,
) -> Picture:
    """Return the straight foreground colour of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    alpha : (H, W), the matte
    in_place : write into ``pixels``, which spares a copy of a whole photo
    smaller : copies of the same photo; None makes its own

    Returns
    -------
    (H, W, 3), a new array or ``pixels``, equal to the photo wherever alpha is 255; where alpha is
    0 the colour means nothing
    """
    if pixels.shape != (*alpha.shape, 3):
        raise ValueError(f"a photo of {pixels.shape} and a matte of {alpha.shape}")
    colour = pixels if in_place else pixels.copy()
    if not pixels.size:
        return colour
    height, width = alpha.shape
    rows = max(1, _AT_ONCE // width)
    bands = [slice(top, top + rows) for top in range(0, height, rows)]
    if any(_soft(alpha[band]).size for band in bands):
        smaller = smaller or Smaller(pixels)
        grid = Grid(height, width, smaller.step_for(_CELLS))
        layers = _layers_of(smaller, alpha, grid)
        for band in bands:
            _clean(colour, alpha, band, grid, layers)
    return colour


def _soft(alpha: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the places, counted along the rows, where alpha is neither 0 nor 255."""
    return np.flatnonzero(alpha.ravel() - np.uint8(1) < 254)  # 0 comes round to 255


def _clean(
    colour: Picture, alpha: NDArray[np.uint8], band: slice, grid: Grid, layers: Layers
) -> None:
    """Put the product's own colour where a band of rows is soft."""
    soft = _soft(alpha[band])
    if soft.size:
        rows, columns = np.divmod(soft, alpha.shape[1])
        fields = (
            grid.at(layer, band.start + rows, columns)
            for layer in (layers.product, layers.background)
        )
        mixed = colour[band].reshape(-1, 3).take(soft, axis=0)
        colour[band.start + rows, columns] = _solve(mixed, alpha[band].ravel()[soft], *fields)


def _layers_of(smaller: Smaller, alpha: NDArray[np.uint8], grid: Grid) -> Layers:
    return split_layers(smaller.cells(grid.step).astype(np.float32), grid.reduce(alpha))


def _solve(mixed: Picture, alpha: NDArray[np.uint8], product: Plane, background: Plane) -> Picture:
    """Return the foreground colours (n, 3) of pixels.

    ``mixed`` are their own colours (n, 3); ``product`` and ``background`` (4, n) the layers'
    colours and textures there.
    """
    share = alpha.astype(np.float32) / np.float32(255)
    rest = 1 - share
    own = share**2 * product[3]
    other = rest**2 * background[3]
    contrast = np.square(product[:3] - background[:3]).mean(0)
    error = MIXING_ERROR * contrast * (share * rest) ** 2
    left = mixed.T - share * product[:3] - rest * background[:3]
    refined = product[:3] + own / (share * (own + other + error)) * left
    return np.asarray(np.clip(refined + 0.5, 0, 255).astype(np.uint8).T)
