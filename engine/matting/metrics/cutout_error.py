"""The error that a person sees: of the cutout laid over a plain paper.

Pixels are (n, 3) uint8 straight sRGB with their alphas (n,) float32 in 0…1; papers and layers are
coded sRGB, as every viewer mixes them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.metrics.colour_difference import ciede2000, srgb_to_lab

Paper = tuple[int, int, int]
Colours = NDArray[np.uint8]
Alphas = NDArray[np.float32]

BLACK: Paper = (0, 0, 0)
WHITE: Paper = (255, 255, 255)
GREEN: Paper = (0, 255, 0)


def halo(
    colour: Colours, alpha: Alphas, true_colour: Colours, truth: Alphas, paper: Paper
) -> float:
    """Return the mean difference of the two cutouts over ``paper``, per channel, 0…255."""
    difference = _over(colour, alpha, paper) - _over(true_colour, truth, paper)
    return float(np.abs(difference).mean())


def delta_e(colour: Colours, alpha: Alphas, true_colour: Colours, truth: Alphas) -> float:
    """Return the mean CIEDE2000 of the two cutouts over black, white and green."""
    total = 0.0
    for paper in (BLACK, WHITE, GREEN):
        own, true = _over(colour, alpha, paper), _over(true_colour, truth, paper)
        apart = (own != true).any(1)  # the formula is dear, and much of a good cutout is right
        difference = ciede2000(srgb_to_lab(own[apart]), srgb_to_lab(true[apart]))
        total += float(difference.sum(dtype=np.float64)) / len(own)
    return total / 3


def _over(colour: Colours, alpha: Alphas, paper: Paper) -> NDArray[np.float32]:
    share = alpha[:, None]
    return np.asarray(colour * share + np.array(paper, np.float32) * (1 - share))
