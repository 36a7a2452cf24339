"""What of a photo is product: a matte that is right about that, and within pixels of the edge.

On a seamless the field of the backdrop tells it, with the learned refiner, and then the colours;
on a table or in a room those alone, and finely, for nothing else knows where its edge lies.

Mattes are (H, W) uint8, probabilities float32 in 0…1. No array passed in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, fit_background
from engine.matting.colours import refine_by_colours
from engine.matting.guided import levels
from engine.matting.openings import NEUTRAL
from engine.matting.reach import near_the_edge
from engine.matting.refiner import FRAME_SIDE, Judgement, decide, is_fine, judge
from engine.matting.scaling import scale_up
from engine.matting.smaller import Smaller

if TYPE_CHECKING:
    import onnxruntime as ort

_OWN = 2  # pixels from the edge: what a fine probability says there is not left to the colours
_MUCH = 0.02  # of the frame, that may be a hole or not
_TURNED = 0.5  # change of a probability
_SURE, _WIDE = 0.03, 7  # of a probability, and pixels: an edge is narrower


@dataclass(frozen=True)
class Seen:
    """A photo as far as no choice of a recipe but its network's has a part in it.

    view : (H, W, 3) sRGB, the photo's middle copy
    probability : raw, of the whole photo, at any resolution
    background : fitted to the same photo
    frame, judgement : the photo reduced, and what the refiner says of it; None where the backdrop's
        field is not to be trusted at all
    """

    view: NDArray[np.uint8]
    probability: NDArray[np.float32]
    background: Background
    frame: NDArray[np.uint8]
    judgement: Judgement | None

    @property
    def undecided(self) -> bool:
        """Whether a large patch is a hole or not by a hair, as far as the refiner can tell."""
        judgement = self.judgement
        if judgement is None or judgement.fine:
            return False
        return judgement.patches.undecided() > _MUCH


def see(
    smaller: Smaller,
    probability: NDArray[np.float32],
    network: ort.InferenceSession,
    background: Background | None = None,
) -> Seen:
    """Fit the backdrop of a photo and have the refiner judge it.

    Parameters
    ----------
    smaller : copies of the photo; the matte is made for its middle one
    probability : raw, 0…1, of the whole photo, at any resolution
    network : ``Refiner.frame``
    background : fitted to the same photo and probability; None fits it now
    """
    frame = smaller.at_most(FRAME_SIDE)
    background = background or fit_background(frame, probability)
    heard = background.say(fine=is_fine(probability)) > 0
    judgement = judge(frame, probability, background, network) if heard else None
    return Seen(smaller.middle, probability, background, frame, judgement)


def settle(seen: Seen, hole_sensitivity: float = NEUTRAL) -> NDArray[np.uint8]:
    """Return the matte of a photo, (H, W), 0…255, its outline still to be drawn.

    Parameters
    ----------
    hole_sensitivity : 0…1, how readily holes are opened; at 0 none is
    """
    if seen.judgement is None:
        return refine_by_colours(seen.view, seen.probability)
    corrected = decide(seen.judgement, hole_sensitivity)
    if seen.judgement.say < 1.0:
        return refine_by_colours(seen.view, corrected)
    fine = seen.judgement.fine
    if fine:
        corrected = _turned_over(seen.judgement.given, corrected)
    coloured = refine_by_colours(seen.frame, corrected, settled=True)
    alpha = coloured.astype(np.float32) / np.float32(255)
    if fine:
        edge = near_the_edge(coloured, _OWN)
        alpha[edge] = corrected[edge]
    return scale_up(levels(alpha), *seen.view.shape[:2])


def _turned_over(given: NDArray[np.float32], corrected: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what was given, corrected where product became background or the other way round.

    A probability that is as fine as what the corrector sees has the better edges. What is unsure
    over more than the width of an edge is none: there, whatever makes a product more certain
    counts, lest the colours take a light on its chrome for the backdrop.
    """
    turned = np.abs(corrected - given) > _TURNED
    unsure = cv2.inRange(given, np.array(_SURE), np.array(1 - _SURE))
    wide = cv2.morphologyEx(unsure, cv2.MORPH_OPEN, np.ones((_WIDE, _WIDE), np.uint8)) > 0
    return np.where(turned | (wide & (corrected > given)), corrected, given)
