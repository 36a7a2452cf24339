"""The learned refiner: corrects a coarse network's answer where photo and backdrop contradict it.

Its network sees the photo, the fitted field of the backdrop, how well that fits, the coarse
probability, and the matte that this comes to; its answer is a better matte (``bench/refiner`` tells
how it was trained). What a small network filled or missed (openwork, holes, wires) is found by the
difference between photo and backdrop.

It works on a reduced photo, at most ``FRAME_SIDE`` on its longer side, seen whole: it settles what
belongs to the product; where exactly the edge lies is left to ``outline`` afterwards. Measured on
ground truth that is better than refining tiles at full resolution too, at a third of the time.

Corrections count as much as the backdrop's field has a say: not at all in a room.
Mattes are float32 0…1 inside and uint8 0…255 outside. No array passed in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.additions import bridge, drop_borrowed, drop_shadows, keep_attached
from engine.matting.background import Background, largest_difference, sample
from engine.matting.enclosed import Compared, Patches, find_patches
from engine.matting.guided import stretch
from engine.matting.openings import (
    NEUTRAL,
    close_solid,
    close_unlikely,
    open_holes,
    solid_within,
)
from engine.matting.palette import log_odds
from engine.matting.runtime.ort import session
from models.packaged import weights

if TYPE_CHECKING:
    import onnxruntime as ort

FRAME_SIDE = 640
"""Longer side, in pixels, of the reduced photo that the network looks at."""

FINE_SIDE = 1000
"""Longer side, in pixels, of the answers of networks that see more than that, such as IS-Net's. Two
looks of a coarse one may make a map of 640; it does not know holes for that."""

_STRIDE = 16  # of the network: its input sides are multiples of this
_HAZE = 0.04  # alpha; what is handed in as 0 or 1 and is not corrected comes back as 0.02 or 0.98
_CERTAIN = (0.1, 0.9)  # probabilities beyond these are none and all in the matte to be corrected
_CONTRAST, _MISFITS = 10.0, 3.0  # levels, and misfits, by which a product stands out
_ALIKE, _DEEPEST_SHADOW = 6.0, 0.45  # levels, and share of the light, of what may be backdrop


Matte = NDArray[np.float32]


@dataclass(frozen=True)
class Refiner:
    """The learned networks that come with packshot, ready to run.

    frame : corrects what belongs to the product (this file)
    outline : draws its edge (``outline.py``)
    """

    frame: ort.InferenceSession
    outline: ort.InferenceSession


def load_refiner(threads: int = 0) -> Refiner:
    """Return the packaged networks; ``threads`` 0 lets ONNX Runtime choose.

    The outline's has one: it draws small tiles, and those side by side.

    Raises
    ------
    ModelChanged : a file is not the one that its description was made for
    """
    return Refiner(session(weights("frame"), threads), session(weights("outline"), 1))


def is_fine(probability: Matte) -> bool:
    """Return whether a network, whose answer is (h, w), saw more of the photo than the refiner."""
    return bool(max(probability.shape) >= FINE_SIDE)


@dataclass(frozen=True)
class Judgement:
    """What the network says of a photo, before anybody decides what a hole is; all (H, W).

    belief : the coarse probability, 0…1
    given, better : the matte that it comes to, and the network's, 0…1
    distance : of the photo from the backdrop's field, in levels
    stands_out : whether it differs clearly from that
    backdrop : whether it could be the backdrop, lit or in shadow
    patches : what in the given matte looks like it
    say : how much say the field has in what is product, 0…1
    odds : how much rather a colour is the product's than the backdrop's, in nats, where the field
        does not fit everywhere; None where it does
    """

    belief: Matte
    given: Matte
    better: Matte
    distance: Matte
    stands_out: NDArray[np.bool_]
    backdrop: NDArray[np.bool_]
    patches: Patches
    say: float
    odds: Matte | None = None

    @property
    def fine(self) -> bool:
        """Whether the coarse network saw more than the refiner; then it knows holes by itself."""
        return self.patches.fine

    @property
    def judged(self) -> bool:
        """Whether the judge of patches is asked: after a fine network where the field fits."""
        return not self.fine or self.say == 1.0


def judge(
    photo: NDArray[np.uint8],
    probability: Matte,
    background: Background,
    network: ort.InferenceSession,
) -> Judgement:
    """Return what the network says of a photo.

    Parameters
    ----------
    photo : (H, W, 3) sRGB, reduced to about ``FRAME_SIDE``, the scale that the network knows
    probability : (h, w) raw, 0…1, of the whole photo, at any resolution
    background : fitted to the same photo
    network : ``Refiner.frame``
    """
    frame = _View(photo, probability, background)
    belief = frame.belief()
    given = stretch(belief.copy(), *_CERTAIN)
    better = _run(network, frame.pictures(given))[: given.shape[0], : given.shape[1]]
    seen, fine = frame.compared(), is_fine(probability)
    return Judgement(
        belief,
        given,
        better,
        seen.distance,
        seen.stands_out,
        seen.backdrop,
        find_patches(seen, belief, given, better, fine=fine),
        background.say(fine=fine),
        log_odds(photo, belief) if background.trust < 1.0 else None,
    )


def decide(judgement: Judgement, hole_sensitivity: float = NEUTRAL) -> Matte:
    """Return what belongs to the product, (H, W) float32, 0…1, a new array.

    Corrections count as far as the backdrop's field has a say.

    Parameters
    ----------
    hole_sensitivity : 0…1, how readily holes are opened; at 0 none is
    """
    given, found = judgement.given, judgement.better
    stands_out, backdrop = judgement.stands_out, judgement.backdrop
    better = close_unlikely(given, found, stands_out, backdrop, hole_sensitivity)
    if judgement.judged or hole_sensitivity > NEUTRAL:
        better = open_holes(found, better, judgement.patches, hole_sensitivity)
    if judgement.judged:
        better = close_solid(given, better, judgement.patches, hole_sensitivity)
    better = drop_shadows(given, better, judgement.belief, judgement.distance, backdrop)
    if judgement.odds is not None:
        better = drop_borrowed(given, better, judgement.odds)
    better = keep_attached(given, bridge(better, stands_out & ~backdrop))
    return given + (better - given) * np.float32(judgement.say)


def beyond_doubt(judgement: Judgement, hole_sensitivity: float = NEUTRAL) -> NDArray[np.bool_]:
    """Return where the product is one though it looks like the backdrop there, (H, W).

    Parameters
    ----------
    hole_sensitivity : 0…1, how readily holes are opened
    """
    if not (judgement.fine and judgement.judged):
        return np.zeros(judgement.given.shape, np.bool_)
    return solid_within(judgement.patches, hole_sensitivity)


@dataclass(frozen=True)
class _View:
    """What the network is to look at, at one scale."""

    pixels: NDArray[np.uint8]
    probability: Matte
    background: Background

    def pictures(self, matte: Matte) -> NDArray[np.float32]:
        """Return the network's input, (9, h, w), a little beyond the frame, whose edge repeats."""
        height, width = self.pixels.shape[:2]
        rows, columns = (slice(0, _whole(length)) for length in (height, width))
        beyond = ((0, rows.stop - height), (0, columns.stop - width), (0, 0))
        pictures = np.empty((9, rows.stop, columns.stop), np.float32)
        pictures[0:3] = np.pad(self.pixels, beyond, mode="edge").transpose(2, 0, 1)
        field = sample(self.background.field, (height, width), rows, columns)
        pictures[3:6] = field.transpose(2, 0, 1)
        pictures[6] = sample(self.background.misfit, (height, width), rows, columns)
        pictures[:7] *= np.float32(1.0 / 255.0)
        pictures[7] = sample(self.probability, (height, width), rows, columns).clip(0.0, 1.0)
        pictures[8] = np.pad(matte, beyond[:2], mode="edge")
        return pictures

    def belief(self) -> Matte:
        """Return the coarse network's probability at this scale."""
        height, width = self.pixels.shape[:2]
        belief = sample(self.probability, (height, width), slice(0, height), slice(0, width))
        return belief.clip(0.0, 1.0)

    def compared(self) -> Compared:
        """Compare the photo with the backdrop's field."""
        size = (self.pixels.shape[1], self.pixels.shape[0])
        field, misfit = (
            np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.float32)
            for part in (self.background.field, self.background.misfit)
        )
        photo = self.pixels.astype(np.float32)
        distance = largest_difference(photo, field)
        stands_out = np.asarray(distance > _CONTRAST + _MISFITS * misfit, np.bool_)
        # Shadow takes the same share from every channel.
        light = _summed(photo * field) / (_summed(field * field) + np.float32(1))
        shaded = field * light.clip(_DEEPEST_SHADOW, 1.0)[..., None]
        backdrop = largest_difference(photo, shaded) < _ALIKE + 2.0 * misfit
        return Compared(photo, field, misfit, distance, stands_out, backdrop)


def _summed(picture: Matte) -> Matte:
    """Return the sum of the channels; (h, w) of (h, w, 3)."""
    return np.asarray(cv2.transform(picture, np.ones((1, 3), np.float32)), np.float32)


def _run(network: ort.InferenceSession, pictures: NDArray[np.float32]) -> Matte:
    """Return the network's matte, what is all but empty or full made so: a haze would be seen."""
    raw: Matte = network.run(None, {"pictures": pictures[None]})[0][0, 0]
    clear = (raw - np.float32(_HAZE)) * np.float32(1.0 / (1.0 - 2.0 * _HAZE))
    return np.asarray(np.clip(clear, 0.0, 1.0), np.float32)


def _whole(length: int) -> int:
    """Round a length up to what the network can halve as often as it does."""
    return -(-length // _STRIDE) * _STRIDE
