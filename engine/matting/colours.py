"""The matte whose edge lies where the photo's colours change; no learned network takes part.

Mattes are (H, W) uint8, probabilities float32 in 0…1. No array passed in is changed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.grid import Grid
from engine.matting.guided import carry_up, stretch
from engine.matting.likelihood import place_edge
from engine.matting.scaling import scale_up

_RADIUS = 4  # of the guided filter's window, in cells
_ROUNDS, _SETTLED_ROUNDS = 3, 2  # of samples: an edge that is nearly right takes fewer
_DECIDED = (0.2, 0.8)  # what the colours leave between these is kept fractional


def refine_by_colours(
    pixels: NDArray[np.uint8], probability: NDArray[np.float32], *, settled: bool = False
) -> NDArray[np.uint8]:
    """Return the matte that a photo's colours make of a probability.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    probability : (h, w) of the whole photo, at any resolution
    settled : whether a learned network, which saw the backdrop, has settled what is product

    Returns
    -------
    (H, W), 0…255
    """
    grid = Grid.of(*pixels.shape[:2])
    prior = scale_up(probability, *grid.shape)
    if not prior.any():
        return np.zeros(pixels.shape[:2], np.uint8)
    picture = grid.shrink(pixels)
    colours = picture.astype(np.float32) / np.float32(255)
    cells = stretch(place_edge(colours, prior, _SETTLED_ROUNDS if settled else _ROUNDS), *_DECIDED)
    return carry_up(pixels, picture, cells, grid, _RADIUS)
