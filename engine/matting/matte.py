"""From a network's small probability to the matte of a photo.

A matte is (H, W) uint8, 0 background to 255 product, at the photo's own size; the caller owns it.
Colours stay uint8 but inside small tiles, so that beside the photo and the matte little more than
a reduced picture is held.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import fit_background
from engine.matting.changes import NEUTRAL
from engine.matting.colours import refine_by_colours
from engine.matting.grid import Grid
from engine.matting.guided import carry_up, levels, stretch
from engine.matting.knobs import shift_edge, soften_edge
from engine.matting.outline import OUTLINE_SIDE, draw_outline
from engine.matting.recipe import Recipe
from engine.matting.refiner import FRAME_SIDE, Refiner
from engine.matting.scaling import at_most, scale_up
from engine.matting.settle import settle

Matte = NDArray[np.uint8]
Field = NDArray[np.float32]

_PRODUCT = 0.8  # a patch that is nowhere this likely is no product
_TRACE = 0.02  # below this a probability is none
_CLOSE = 2  # radius of the guided filter's window, in cells whose alpha has been drawn finely
_SURE = (0.1, 0.9)  # probabilities beyond these are none and all


def make_matte(
    pixels: NDArray[np.uint8],
    probability: Field,
    recipe: Recipe,
    refiner: Refiner | None = None,
) -> Matte:
    """Return the matte of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (h, w), 0…1, of the whole photo, as the network gave it
    recipe : what to do with it; its model is not looked at here
    refiner : the learned networks, from ``load_refiner``; None leaves them out

    Returns
    -------
    (H, W), 0…255; all 0 where the network is nowhere confident
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"expected (H, W, 3) pixels, got {pixels.shape}")
    confident = _without_traces(probability)
    if recipe.refine:
        if refiner is not None and confident.any():
            matte = _learned(pixels, confident, recipe, refiner)
        else:
            matte = refine_by_colours(pixels, confident)
    else:
        height, width = pixels.shape[:2]
        matte = levels(stretch(scale_up(confident, height, width), *_SURE))
    return soften_edge(shift_edge(matte, recipe.edge_shift), recipe.edge_softness)


def _without_traces(probability: Field) -> Field:
    """Return the probability without the patches that are nowhere likely to be a product."""
    some = (probability > _TRACE).view(np.uint8)
    count, patches = cv2.connectedComponents(some, connectivity=8)
    highest = np.zeros(count, np.float32)
    np.maximum.at(highest, np.asarray(patches, np.intp).ravel(), probability.ravel())
    highest[0] = 0  # what belongs to no patch
    return np.where(highest[patches] > _PRODUCT, probability, np.float32(0))


def _learned(
    pixels: NDArray[np.uint8], probability: Field, recipe: Recipe, refiner: Refiner
) -> Matte:
    """Return the matte that both learned steps had a part in: what is product, and its outline.

    Everything is done on reduced photos, whose size does not grow with the photo's; what they
    give is carried up to the photo's pixels.
    """
    height, width = pixels.shape[:2]
    grid = Grid.of(height, width, OUTLINE_SIDE)
    view = pixels if grid.step == 1 else grid.shrink(pixels)
    frame = at_most(view, FRAME_SIDE)
    background = fit_background(frame, probability)
    matte = settle(view, frame, probability, background, refiner.frame, recipe.hole_sensitivity)
    dips = min(1.0, recipe.hole_sensitivity / NEUTRAL)
    drawn = draw_outline(view, matte, background, refiner.outline, dips)
    if grid.step == 1:
        return drawn
    colours, alpha = (part.astype(np.float32) / np.float32(255) for part in (view, drawn))
    return carry_up(pixels, colours, alpha, grid, _CLOSE)
