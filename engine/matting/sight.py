"""What the networks see in a photo, whatever a recipe chooses but the network that is asked.

Nothing of a photo changes when it is mirrored; what a network says of it does, and neither answer
is the better one. Where a hole is opened or left closed by a hair, that much decides. So there the
network is asked of the mirrored photo, too, and what counts is the mean (test-time augmentation, as
in Krizhevsky, Sutskever and Hinton, NIPS 2012); and where a quick look has left much of a product
in doubt, with a finer look. Everywhere else it would only take its time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.coarse import ask, is_doubtful
from engine.matting.matte import look_at
from engine.matting.network import Network
from engine.matting.refiner import Refiner
from engine.matting.settle import Seen
from engine.matting.smaller import Smaller

_ENOUGH = 1024  # pixels on the longer side: what a network sees is no different

Field = NDArray[np.float32]


@dataclass(frozen=True)
class Sight:
    """What every matte of a photo begins with.

    probability : (h, w), 0…1, of the whole photo, as the network gave it
    seen : what the refiner makes of it; None where nothing is refined, or nothing was found
    """

    probability: Field
    seen: Seen | None


def look(
    pixels: NDArray[np.uint8],
    network: Network,
    refiner: Refiner | None,
    smaller: Smaller | None = None,
    timed: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> Sight:
    """Ask a network of a photo, and the refiner of its answer.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    network : the one to ask
    refiner : the learned networks; None where the answer will not be refined
    smaller : copies of the same photo; None makes its own
    timed : what to count either's time with, under ``network`` and ``refine``

    Raises
    ------
    ModelInvalid : the network cannot be loaded
    """
    smaller = smaller or Smaller(pixels)
    with timed("network"):
        said = ask(pixels, network, refined=refiner is not None, smaller=smaller)
    if refiner is None:
        return Sight(said.probability, None)
    doubtful = network.spec.close != network.spec.quick and is_doubtful(said.probability)
    if not doubtful:
        with timed("refine"):
            seen = look_at(pixels, said.probability, refiner, smaller, said.background)
        if seen is None or not seen.undecided:
            return Sight(said.probability, seen)
    with timed("network"):
        enough = max(smaller.half.shape[:2]) >= _ENOUGH
        view = smaller.half if enough else smaller.middle
        mirrored = np.ascontiguousarray(view[:, ::-1])
        other = ask(mirrored, network, refined=True, finely=doubtful).probability[:, ::-1]
        probability = _mean(said.probability, np.ascontiguousarray(other))
    with timed("refine"):
        return Sight(probability, look_at(pixels, probability, refiner, smaller))


def _mean(one: Field, other: Field) -> Field:
    """Return the mean of two maps of one photo, as fine as the finer."""
    height, width = (max(lengths) for lengths in zip(one.shape, other.shape, strict=True))
    first, second = (
        each
        if each.shape == (height, width)
        else cv2.resize(each, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        for each in (one, other)
    )
    return np.asarray((first + second) / np.float32(2), np.float32)
