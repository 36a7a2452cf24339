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

_CELLS = 700  # about, along the longer side: both layers are smooth
_AT_ONCE = 1 << 18  # pixels that are looked through together

Picture = NDArray[np.uint8]


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
    smaller = smaller or Smaller(pixels)
    grid = Grid(height, width, smaller.step_for(_CELLS))
    layers: Layers | None = None
    band = max(1, _AT_ONCE // width)
    for top in range(0, height, band):
        inside = alpha[top : top + band].ravel()
        soft = np.flatnonzero(inside - np.uint8(1) < 254)  # 0 comes round to 255
        if soft.size:
            layers = layers or _layers_of(smaller, alpha, grid)
            rows, columns = np.divmod(soft, width)
            mixed = colour[top + rows, columns]
            here = grid.at(layers.fields, top + rows, columns)
            colour[top + rows, columns] = _solve(mixed, inside[soft], here)
    return colour


def _layers_of(smaller: Smaller, alpha: NDArray[np.uint8], grid: Grid) -> Layers:
    return split_layers(smaller.cells(grid.step).astype(np.float32), grid.reduce(alpha))


def _solve(
    mixed: NDArray[np.uint8], alpha: NDArray[np.uint8], fields: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Return the foreground colours (n, 3) of pixels from their own colours and the layers'."""
    product, background = fields[:, 0:3], fields[:, 3:6]
    share = (alpha.astype(np.float32) / 255)[:, None]
    rest = 1 - share
    left = mixed - share * product - rest * background
    contrast = np.square(product - background).mean(1, keepdims=True)
    own = share**2 * fields[:, 6:7]
    other = rest**2 * fields[:, 7:8]
    error = MIXING_ERROR * contrast * (share * rest) ** 2
    refined = product + own / share * left / (own + other + error)
    return np.asarray(np.clip(refined + 0.5, 0, 255).astype(np.uint8))
