"""The product's own colour under soft edges: what is left when the background is taken out.

A photo is I = αF + (1 − α)B. Straight alpha stores F; keeping I instead leaves the background in
the edge (a halo on every other colour), and storing αF darkens it. Colours are (H, W, 3) uint8
sRGB, alpha (H, W) uint8.

Both layers are drawn as membranes on the working grid: B through the pixels without any product, F
through the pixels' own solutions of the equation, each as precise as B's texture lets it be. Each
pixel then shares what the two smooth layers do not explain between them, in proportion to how much
texture each layer has close by (the maximum a posteriori estimate of Chuang et al., "A Bayesian
Approach to Digital Matting", CVPR 2001, with known alpha): on a smooth sweep all texture is the
product's.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.grid import Grid
from engine.matting.membrane import draw

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]

_NOISE = np.float32(1.5**2)  # variance of sensor and JPEG, in levels of 0…255
_SMOOTHNESS = np.float32(4.0**2)  # variance of a layer's smooth part from cell to cell
_CERTAIN = 1e4
_ADJOINING = 0.05  # weight of background beside the product: alpha may be a pixel too tight there
_UNSEEN = 1e-4
K1=.25
K2=.25


def estimate_foreground(pixels: Picture, alpha: NDArray[np.uint8]) -> Picture:
    """Return the straight foreground colour of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    alpha : (H, W), the matte

    Returns
    -------
    (H, W, 3), a new array, equal to ``pixels`` wherever alpha is 255; where alpha is 0 the colour
    means nothing
    """
    if pixels.shape != (*alpha.shape, 3):
        raise ValueError(f"a photo of {pixels.shape} and a matte of {alpha.shape}")
    result = pixels.copy()
    grid = Grid.of(*alpha.shape)
    soft = cv2.inRange(alpha, 1, 254)
    if not soft.any():
        return result
    layers = _Layers(grid, pixels, alpha)
    every = np.ones(grid.shape, np.bool_)
    for tile in grid.tiles(every):
        mask = soft[tile.pixels] > 0
        if mask.any():
            result[tile.pixels][mask] = layers.solve(
                tile, mask, pixels[tile.pixels][mask], alpha[tile.pixels][mask]
            )
    return result


class _Layers:
    """The smooth part and the texture of product and background, on the grid."""

    def __init__(self, grid: Grid, pixels, alpha) -> None:
        self._grid = grid
        colour = 255 * grid.reduce(pixels)
        cover = grid.reduce(alpha)
        empty = (cover == 0).astype(np.float32)
        apart = cv2.erode(empty, np.ones((3, 3), np.uint8))
        seen = np.where(apart > 0, _CERTAIN, empty * _ADJOINING).astype(np.float32)
        self.background = draw(colour, seen)
        self.bvar = self._texture(colour, self.background, apart)
        rest = 1 - cover
        own = (colour - rest[..., None] * self.background) / np.maximum(cover, 0.02)[..., None]
        apart = np.square(colour - self.background).mean(2)
        doubt = ((rest**2) * self.bvar + _NOISE + K1 * rest**2 * apart) / np.maximum(cover, 0.02) ** 2
        precision = np.where(cover > 0.02, _SMOOTHNESS / doubt, 0).astype(np.float32)
        solid = (cover == 1).astype(np.float32)
        self.product = draw(own, precision)
        self.fvar = self._texture(colour, self.product, solid)

    def _texture(self, colour, smooth, where):
        square = np.square(colour - cv2.blur(smooth, (5, 5))).mean(2) * where
        w = where * 0.1
        d = cv2.blur(square, (9, 9)) / np.maximum(cv2.blur(where, (9, 9)), 1e-6)
        w = w + np.float32(_UNSEEN)
        d = np.where(where > 0, d, 0)
        return draw(d[..., None].astype(np.float32), w).reshape(w.shape) + _NOISE

    def solve(self, tile, mask, colour, alpha):
        e = lambda v: self._grid.expand(v, tile)[mask]
        a = (alpha.astype(np.float32) / 255)[:, None]
        F, B = e(self.product), e(self.background)
        vf, vb = e(self.fvar)[:, None], e(self.bvar)[:, None]
        r = colour - a * F - (1 - a) * B
        m = K2 * np.square((F - B)).mean(1,keepdims=True) * (a * (1 - a)) ** 2
        out = F + a * vf * r / (a * a * vf + (1 - a) ** 2 * vb + m)
        return np.clip(out + 0.5, 0, 255).astype(np.uint8)
