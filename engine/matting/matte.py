"""From a network's small probability to the matte of a photo.

A matte is (H, W) uint8, 0 background to 255 product, at the photo's own size; the caller owns it.
Colours stay uint8 but inside small tiles, so that beside the photo and the matte little more than
a reduced picture is held.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background
from engine.matting.colours import refine_by_colours
from engine.matting.grid import Grid
from engine.matting.guided import carry_up, levels, stretch
from engine.matting.knobs import shift_edge, soften_edge
from engine.matting.openings import NEUTRAL
from engine.matting.outline import draw_outline
from engine.matting.recipe import Recipe
from engine.matting.refiner import Refiner, beyond_doubt, is_fine
from engine.matting.scaling import scale_up
from engine.matting.settle import Seen, see, settle
from engine.matting.smaller import Smaller

Matte = NDArray[np.uint8]
Field = NDArray[np.float32]

_PRODUCT = 0.8  # a patch that is nowhere this likely is no product
_TRACE = 0.02  # below this a probability is none
_CLOSE = 2  # radius of the guided filter's window, in cells whose alpha has been drawn finely
_SURE = (0.1, 0.9)  # probabilities beyond these are none and all
_CLOSELY = 0.3  # looks at an outline through the glass, for each one before, in a large photo
_WITHIN = 200  # levels; beyond, a pixel lies within what is product
_ALL, _NONE = (252, 242), (3, 13)  # levels beyond which a fine network and the refiner are sure


def make_matte(
    pixels: NDArray[np.uint8],
    probability: Field,
    recipe: Recipe,
    refiner: Refiner | None = None,
    seen: Seen | None = None,
    smaller: Smaller | None = None,
    *,
    graded: bool = True,
) -> Matte:
    """Return the matte of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (h, w), 0…1, of the whole photo, as the network gave it
    recipe : what to do with it; its model is not looked at here
    refiner : the learned networks, from ``load_refiner``; None leaves them out
    seen : of the same photo and probability, from :func:`look_at`; None looks now
    smaller : copies of the same photo; None makes its own
    graded : whether it is less sure towards an edge, as a network's is; a mask's is not

    Returns
    -------
    (H, W), 0…255; all 0 where the network is nowhere confident
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"expected (H, W, 3) pixels, got {pixels.shape}")
    if recipe.refine and refiner is not None:
        seen = seen or look_at(pixels, probability, refiner, smaller)
        if seen is None:
            return np.zeros(pixels.shape[:2], np.uint8)
        matte = _learned(pixels, seen, recipe, refiner, graded=graded)
    elif recipe.refine:
        matte = refine_by_colours(pixels, _without_traces(probability))
    else:
        scaled = scale_up(_without_traces(probability), *pixels.shape[:2])
        matte = levels(stretch(scaled, *_SURE))
    return soften_edge(shift_edge(matte, recipe.edge_shift), recipe.edge_softness)


def _without_traces(probability: Field) -> Field:
    """Return the probability without the patches that are nowhere likely to be a product."""
    some = (probability > _TRACE).view(np.uint8)
    count, patches = cv2.connectedComponents(some, connectivity=8)
    highest = np.zeros(count, np.float32)
    np.maximum.at(highest, np.asarray(patches, np.intp).ravel(), probability.ravel())
    highest[0] = 0  # what belongs to no patch
    return np.where(highest[patches] > _PRODUCT, probability, np.float32(0))


def look_at(
    pixels: NDArray[np.uint8],
    probability: Field,
    refiner: Refiner,
    smaller: Smaller | None = None,
    background: Background | None = None,
) -> Seen | None:
    """Return what every matte of a photo begins with, whatever the recipe chooses but its network.

    It saves half of the time where recipes are tried one after the other (``make_matte``'s
    ``seen``). None where the network is nowhere confident.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (h, w), 0…1, of the whole photo, as the network gave it
    refiner : the learned networks
    smaller : copies of the same photo; None makes its own
    background : fitted to the same photo and probability, if it has been
    """
    confident = _without_traces(probability)
    if not confident.any():
        return None
    if ((confident == 0) & (probability > _TRACE)).any():
        background = None  # it was fitted around a patch that is no product
    return see(smaller or Smaller(pixels), confident, refiner.frame, background)


def _learned(
    pixels: NDArray[np.uint8], seen: Seen, recipe: Recipe, refiner: Refiner, *, graded: bool
) -> Matte:
    """Return the matte that both learned steps had a part in: what is product, and its outline.

    Everything is done on reduced photos, whose size does not grow with the photo's; what they
    give is carried up to the photo's pixels.
    """
    matte = settle(seen, recipe.hole_sensitivity)
    dips = min(1.0, recipe.hole_sensitivity / NEUTRAL)
    grid = Grid(pixels.shape[0], pixels.shape[1], Smaller(pixels).step)
    # Beside a fine network's own time another look at the outline is nothing; beside a coarse one's
    # it is much, except where the photo is so large that all the rest takes longer.
    fine = is_fine(seen.probability)
    closely = math.inf if fine else _CLOSELY if grid.step > 1 else 0.0
    drawn = draw_outline(
        seen.view, matte, seen.background, refiner.outline, dips, twice=fine, closely=closely
    )
    if fine and graded and seen.judgement is not None:
        solid = beyond_doubt(seen.judgement, recipe.hole_sensitivity)
        drawn = _where_in_doubt(matte, drawn, seen.probability, seen.judgement.better, solid)
    if grid.step == 1:
        return drawn
    alpha = drawn.astype(np.float32) / np.float32(255)
    return carry_up(pixels, seen.view, alpha, grid, _CLOSE)


def _where_in_doubt(
    settled: Matte, drawn: Matte, probability: Field, better: Field, solid: NDArray[np.bool_]
) -> Matte:
    """Return the drawn matte, and the settled one where both networks that saw the whole are sure.

    The outline's knows a few pixels around an edge. What mirrors the paper there, such as the mesh
    of a loudspeaker, looks to it like paper, and a shadow like a part; a fine network knows better.

    Parameters
    ----------
    settled, drawn : (H, W), 0…255, the latter with its edge redrawn
    probability : (h, w), 0…1, that a fine network gave
    better : (h, w), 0…1, what the refiner's made of it
    solid : (h, w), whether the judge of patches has no doubt that it is product
    """
    size = settled.shape[0], settled.shape[1]
    said, made, judged = (
        scale_up(levels(each), *size) for each in (probability, better, solid.astype(np.float32))
    )
    product = ((said > _ALL[0]) & (made > _ALL[1])) | (judged > _WITHIN)
    backdrop = (said < _NONE[0]) & (made < _NONE[1])
    held = (product & (drawn < settled)) | (backdrop & (drawn > settled))
    return np.where(held, settled, drawn)
