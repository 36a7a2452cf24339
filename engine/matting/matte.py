"""From a network's small probability to the matte of a photo.

A matte is (H, W) uint8, 0 background to 255 product, at the photo's own size; the caller owns it.
Colours stay uint8 but inside small tiles, so that beside the photo and the matte little more than
a reduced picture is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import fit_background
from engine.matting.grid import Grid
from engine.matting.guided import fit_coefficients
from engine.matting.knobs import shift_edge, soften_edge
from engine.matting.likelihood import place_edge
from engine.matting.recipe import Recipe
from engine.matting.refiner import FRAME_SIDE, correct
from engine.matting.upsample import scale_up

if TYPE_CHECKING:
    import onnxruntime as ort

Matte = NDArray[np.uint8]
Field = NDArray[np.float32]

_PRODUCT = 0.8  # a patch that is nowhere this likely is no product
_TRACE = 0.02  # below this a probability is none
_RADIUS = 4  # of the guided filter's window, in cells
_RIDGE = 1e-4
_DECIDED = (0.2, 0.8)  # what the colours leave between these is kept fractional
_EDGE = (0.1, 0.9)  # the filter's averages never quite reach 0 and 1 beside an edge


def make_matte(
    pixels: NDArray[np.uint8],
    probability: Field,
    recipe: Recipe,
    refiner: ort.InferenceSession | None = None,
) -> Matte:
    """Return the matte of a photo.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (h, w), 0…1, of the whole photo, as the network gave it
    recipe : what to do with it; its model is not looked at here
    refiner : the learned refiner, ``load_network`` of refiner.py; None leaves it out

    Returns
    -------
    (H, W), 0…255; all 0 where the network is nowhere confident
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"expected (H, W, 3) pixels, got {pixels.shape}")
    confident = _without_traces(probability)
    if recipe.refine:
        if refiner is not None and confident.any():
            confident = _corrected(pixels, confident, refiner)
        matte = _refined(pixels, confident)
    else:
        height, width = pixels.shape[:2]
        matte = _levels(stretch(scale_up(confident, height, width), *_EDGE))
    return soften_edge(shift_edge(matte, recipe.edge_shift), recipe.edge_softness)


def stretch(values: Field, low: float, high: float) -> Field:
    """Return ``values`` with ``low`` at 0 and ``high`` at 1, in place.

    The same curve for every photo: what the network is sure of becomes solid, and doubt that it
    has everywhere does not become a product.
    """
    values -= low
    values *= 1 / (high - low)
    return np.clip(values, 0, 1, out=values)


def _without_traces(probability: Field) -> Field:
    """Return the probability without the patches that are nowhere likely to be a product."""
    some = (probability > _TRACE).view(np.uint8)
    count, patches = cv2.connectedComponents(some, connectivity=8)
    highest = np.zeros(count, np.float32)
    np.maximum.at(highest, np.asarray(patches, np.intp).ravel(), probability.ravel())
    highest[0] = 0  # what belongs to no patch
    return np.where(highest[patches] > _PRODUCT, probability, np.float32(0))


def _corrected(
    pixels: NDArray[np.uint8], probability: Field, refiner: ort.InferenceSession
) -> Field:
    """Return a better probability: a first matte of the reduced photo, corrected.

    Everything here happens at ``FRAME_SIDE`` or below, whatever the photo's size.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, FRAME_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    reduced = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    first = _refined(reduced, probability)
    return correct(reduced, first, probability, fit_background(reduced, probability), refiner)


def _refined(pixels: NDArray[np.uint8], probability: Field) -> Matte:
    """Return the matte whose edge lies where the photo's colours change."""
    grid = Grid.of(*pixels.shape[:2])
    prior = scale_up(probability, *grid.shape)
    if not prior.any():
        return np.zeros(pixels.shape[:2], np.uint8)
    picture = grid.reduce(pixels)
    cells = stretch(place_edge(picture, prior), *_DECIDED)
    coefficients = fit_coefficients(picture, cells, _RADIUS, _RIDGE)
    del picture, prior
    size = (grid.width, grid.height)
    matte: Matte = np.asarray(
        cv2.resize(_levels(cells), size, interpolation=cv2.INTER_NEAREST), np.uint8
    )
    for tile in grid.tiles(_near_an_edge(cells)):
        linear = grid.expand(coefficients, tile)
        colours = pixels[tile.pixels].astype(np.float32)
        alpha = linear[..., 3] + np.einsum("hwc,hwc->hw", linear[..., :3], colours) / 255
        matte[tile.pixels] = _levels(stretch(alpha, *_EDGE))
    return matte


def _near_an_edge(cells: Field) -> NDArray[np.bool_]:
    """Return where the guided filter's windows see more than one alpha."""
    side = 4 * _RADIUS + 3  # two windows, and one cell for the expansion between cells
    window = np.ones((side, side), np.uint8)
    return np.asarray(cv2.dilate(cells, window) > cv2.erode(cells, window))


def _levels(alpha: Field) -> Matte:
    """Return an alpha of 0…1 as 0…255."""
    return np.asarray(cv2.convertScaleAbs(alpha, alpha=255))
