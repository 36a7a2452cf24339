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

from engine.matting.grid import Grid, Tile
from engine.matting.layers import MIXING_ERROR, Layers, split_layers

_CELLS = 900  # along the longer side at most: both layers are smooth

Picture = NDArray[np.uint8]


def estimate_foreground(
    pixels: Picture, alpha: NDArray[np.uint8], *, in_place: bool = False
) -> Picture:
    """Return the straight foreground colour of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    alpha : (H, W), the matte
    in_place : write into ``pixels``, which spares a copy of a whole photo

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
    grid = Grid.of(alpha.shape[0], alpha.shape[1], _CELLS)
    layers: Layers | None = None
    for tile in grid.tiles(np.ones(grid.shape, np.bool_)):
        inside = alpha[tile.pixels]
        soft = (inside > 0) & (inside < 255)
        if soft.any():
            layers = layers or split_layers(grid, pixels, alpha)
            colour[tile.pixels][soft] = _solve(grid, layers, tile, soft, colour, inside[soft])
    return colour


def _solve(
    grid: Grid,
    layers: Layers,
    tile: Tile,
    soft: NDArray[np.bool_],
    pixels: Picture,
    alpha: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """Return the foreground colours (n, 3) of the soft pixels of a tile."""
    product, background, product_texture, background_texture = (
        grid.expand(field, tile)[soft]
        for field in (
            layers.product,
            layers.background,
            layers.product_texture[..., None],
            layers.background_texture[..., None],
        )
    )
    share = (alpha.astype(np.float32) / 255)[:, None]
    rest = 1 - share
    left = pixels[tile.pixels][soft] - share * product - rest * background
    contrast = np.square(product - background).mean(1, keepdims=True)
    own = share**2 * product_texture.reshape(-1, 1)
    other = rest**2 * background_texture.reshape(-1, 1)
    error = MIXING_ERROR * contrast * (share * rest) ** 2
    refined = product + own / share * left / (own + other + error)
    return np.asarray(np.clip(refined + 0.5, 0, 255).astype(np.uint8))
