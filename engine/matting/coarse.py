"""What a network thinks of a photo: how far it is asked, and how often.

Quickly on a seamless, whose field corrects the answer and whose outline is drawn later; wholly
where its own outline counts; and once more, from closer, where the subject is small in the frame.
Where it doubts what lies well inside of what it has found, a finer look is worth its time.

Photos are (H, W, 3) uint8 sRGB, probabilities (h, w) float32 in 0…1.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, fit_background
from engine.matting.network import Network
from engine.matting.second_look import merge, where_to_look
from engine.matting.smaller import Smaller

Field = NDArray[np.float32]

_ENOUGH = 2  # times the network's size: what it sees of a larger photo is no different
_FINER = 1.5  # times the network's size: a smaller photo shows no more from close by
_CELLS = 256  # cells along each side, among which doubt is looked for
_UNSURE = (0.1, 0.9)  # probabilities between are neither
_WIDE = 5  # cells: doubt at an edge is narrower
_MUCH = 0.06  # of the product
_LEAST = 0.01  # of the frame: what is smaller than this counts as much


@dataclass(frozen=True)
class Coarse:
    """What a network said of a photo.

    probability : (h, w), 0…1, of the whole photo; h and w are at most the side of what the network
        saw, and multiples of that where a small subject got a closer look
    background : fitted to the photo and that very probability, where it has been
    """

    probability: Field
    background: Background | None = None


def ask(
    pixels: NDArray[np.uint8],
    network: Network,
    *,
    refined: bool,
    finely: bool = False,
    smaller: Smaller | None = None,
) -> Coarse:
    """Return the probability of "product" that a matte is made from.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    network : the one to ask
    refined : whether its answer will be refined
    finely : whether the first look is as fine as those from closer
    smaller : copies of the same photo; None makes its own

    Raises
    ------
    ModelInvalid : the network cannot be loaded
    """
    spec = network.spec
    close = spec.close
    quick = close if finely else spec.quick
    whole = spec.whole if refined else spec.exact
    frame = (smaller or Smaller(pixels)).at_most(_ENOUGH * whole.side)
    first = network.probability(frame, quick if refined else whole)
    background = fit_background(frame, first) if refined and quick != whole else None
    seamless = refined and (background is None or background.trust == 1.0)
    if refined and not seamless:
        first, background = network.probability(frame, whole), None
    box = where_to_look(first)
    if box is None or max(pixels.shape[:2]) < _FINER * whole.side:
        return Coarse(first, background)
    closer = pixels[box.within(*pixels.shape[:2])]
    return Coarse(merge(first, network.probability(closer, close if seamless else whole), box))


def is_doubtful(probability: Field) -> bool:
    """Whether much of a product is neither product nor background, and that is no edge.

    There a network's quick look and its finer one often differ, and the finer one is right. Where
    it is sure of nothing, there is no product to be in doubt about.

    Parameters
    ----------
    probability : (h, w), 0…1, of the whole photo
    """
    cells = cv2.resize(probability, (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    unsure = (cells > _UNSURE[0]) & (cells < _UNSURE[1])
    wide = cv2.erode(unsure.view(np.uint8), np.ones((_WIDE, _WIDE), np.uint8))
    much = wide.mean() > _MUCH * max(float((cells > 0.5).mean()), _LEAST)
    return bool(much and cells.max() > _UNSURE[1])
