"""The matte that a mask from outside comes to: somebody else has found the product.

A mask is (h, w) uint8, 0 background to 255 product, of the whole photo; it may be smaller than the
photo. The arrays are the caller's and are not changed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.knobs import shift_edge, soften_edge
from engine.matting.matte import make_matte
from engine.matting.recipe import Recipe
from engine.matting.refiner import Refiner
from engine.matting.scaling import scale_up

Matte = NDArray[np.uint8]


def matte_of_mask(
    pixels: NDArray[np.uint8], mask: Matte, recipe: Recipe, refiner: Refiner | None = None
) -> Matte:
    """Return the matte of a photo whose mask was made outside.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    mask : (h, w), 0…255, of the whole photo
    recipe : refined, the mask stands in the network's place and the photo's colours place the
        edge; not refined, a mask of the photo's size is the matte as it is, down to its faintest
        value, and a smaller one is enlarged. The edge is shifted and softened in both cases.
    refiner : the learned networks, from ``load_refiner``; None leaves them out

    Returns
    -------
    (H, W), 0…255
    """
    if recipe.refine:
        said = mask.astype(np.float32) / np.float32(255)
        return make_matte(pixels, said, recipe, refiner, graded=False)
    height, width = pixels.shape[:2]
    matte = mask
    if mask.shape != (height, width):
        matte = scale_up(mask, height, width)
    return soften_edge(shift_edge(matte, recipe.edge_shift), recipe.edge_softness)
