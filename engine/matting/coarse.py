"""What a network thinks of a photo: how far it is asked, and how often.

Quickly on a seamless, whose field corrects the answer and whose outline is drawn later; wholly
where its own outline counts; and once more, from closer, where the subject is small in the frame.

Photos are (H, W, 3) uint8 sRGB, probabilities (h, w) float32 in 0…1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.background import fit_background
from engine.matting.network import Network
from engine.matting.second_look import merge, where_to_look
from engine.matting.smaller import Smaller

_ENOUGH = 2  # times the network's size: what it sees of a larger photo is no different
_FINER = 1.5  # times the network's size: a smaller photo shows no more from close by


def coarse_probability(
    pixels: NDArray[np.uint8],
    network: Network,
    *,
    refined: bool,
    smaller: Smaller | None = None,
) -> NDArray[np.float32]:
    """Return the probability of "product" that a matte is made from.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    network : the one to ask
    refined : whether its answer will be refined
    smaller : copies of the same photo; None makes its own

    Returns
    -------
    (h, w), 0…1, of the whole photo; h and w are at most the side of what the network saw, and
    multiples of that where a small subject got a closer look

    Raises
    ------
    ModelInvalid : the network cannot be loaded
    """
    spec = network.spec
    quick, close = spec.quick, spec.close
    whole = spec.whole if refined else spec.exact
    frame = (smaller or Smaller(pixels)).at_most(_ENOUGH * whole.side)
    first = network.probability(frame, quick if refined else whole)
    seamless = refined and (quick == whole or fit_background(frame, first).trust == 1.0)
    if refined and not seamless:
        first = network.probability(frame, whole)
    box = where_to_look(first)
    if box is None or max(pixels.shape[:2]) < _FINER * whole.side:
        return first
    closer = pixels[box.within(*pixels.shape[:2])]
    return merge(first, network.probability(closer, close if seamless else whole), box)
