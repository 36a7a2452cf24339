"""One model tried on one photo: time, matte, defects and small pictures to judge by eye.

Small pictures are at most ``SHOWN`` pixels on the longer side; mattes to compare are uint8, reduced
to ``COMPARED``. Nothing is written.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_jpeg
from engine.matting.defects.find import find_defects
from engine.matting.foreground import estimate_foreground
from engine.matting.matte import make_matte
from engine.matting.recipe import Recipe
from engine.session.records import PhotoRecord
from engine.work.warm import network, refiner, sight

SHOWN, COMPARED = 360, 512
_BEHIND = (255, 0, 255)  # magenta: a colour that no product and no backdrop hides in
_JPEG_QUALITY = 85

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class TrialJob:
    """A photo to be cut with a model, for comparison only."""

    photo: Path
    recipe: Recipe
    model_home: Path


@dataclass(frozen=True)
class Trial:
    """What a model made of a photo.

    ``seconds`` are those of network and refinement with the model warm; ``small`` is the matte to
    compare; ``defects`` their kinds, the worst first; the pictures are JPEG files.
    """

    model: str
    provider: str
    photo: Path
    seconds: float
    small: Picture
    defects: tuple[str, ...]
    photo_picture: bytes
    cutout_picture: bytes
    matte_picture: bytes


@dataclass(frozen=True)
class Disagreement:
    """How far two mattes are apart: mean difference in percent of the frame, and IoU, 0…1."""

    percent: float
    iou: float


def sample(photos: Sequence[PhotoRecord], count: int) -> list[PhotoRecord]:
    """Return about evenly spread photos: of as many SKUs as possible, the views in turn.

    The same photos give the same sample.
    """
    skus = [list(group) for _, group in groupby(photos, key=lambda photo: photo.sku)]
    if len(skus) >= count:
        places = [place * len(skus) // count for place in range(count)]
        return [skus[place][turn % len(skus[place])] for turn, place in enumerate(places)]
    rounds = range(max((len(group) for group in skus), default=0))
    in_turn = [group[turn] for turn in rounds for group in skus if turn < len(group)]
    return in_turn[:count]


def try_model(job: TrialJob) -> Trial:
    """Cut a photo with a model; runs in a worker process.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network cannot be loaded
    """
    pixels = read_photo(job.photo).pixels
    loaded = network(job.recipe.model, job.model_home)  # not part of the time
    edges = refiner()
    started = time.monotonic()
    looked = sight(pixels, job.recipe.model, job.model_home, refined=job.recipe.refine)
    matte = make_matte(pixels, looked.probability, job.recipe, edges, looked.seen)
    seconds = time.monotonic() - started
    found = find_defects(pixels, matte, looked.probability)
    shown, alpha = _reduced(pixels, SHOWN), _reduced(matte, SHOWN)
    return Trial(
        model=job.recipe.model,
        provider=loaded.provider,
        photo=job.photo,
        seconds=seconds,
        small=_reduced(matte, COMPARED),
        defects=tuple(defect.kind for defect in found),
        photo_picture=_jpeg(shown),
        cutout_picture=_jpeg(_over(estimate_foreground(shown, alpha), alpha)),
        matte_picture=_jpeg(np.repeat(alpha[..., None], 3, axis=2)),
    )


def compare(one: Picture, other: Picture) -> Disagreement:
    """Compare two mattes of the same photo; two empty ones agree."""
    percent = float(cv2.absdiff(one, other).mean()) / 2.55
    inside, beside = one > 127, other > 127
    either = int((inside | beside).sum())
    return Disagreement(percent, int((inside & beside).sum()) / either if either else 1.0)


def _reduced(picture: Picture, side: int) -> Picture:
    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _over(colour: Picture, alpha: Picture) -> Picture:
    share = alpha[..., None].astype(np.float32) / 255
    mixed = colour * share + np.array(_BEHIND, np.float32) * (1 - share)
    return np.asarray(np.rint(mixed), np.uint8)


def _jpeg(picture: Picture) -> bytes:
    return encode_jpeg(picture, quality=_JPEG_QUALITY, subsampling="4:4:4", progressive=False)
