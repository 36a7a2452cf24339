"""Patches for the frame network: cut from composed photos where the work is, and disturbed.

The matte to be corrected is a network's probability, stretched a little, or the true matte,
degraded: so that one refiner serves networks of any resolution and can be applied again to its own
result at a finer scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from patches import Window, faded, turned

from engine.matting.guided import stretch

Picture = np.ndarray
SIDE = 160
CERTAIN = (0.1, 0.9)  # none and all in the matte; as `_CERTAIN` in `engine.matting.refiner`
OWN = 0.4  # share of the draws that show a product on its own backdrop


@dataclass(frozen=True)
class Photo:
    """One composed photo with everything that the network sees, and where it is worth looking."""

    pixels: Picture
    truth: Picture
    coarse: list[Picture]
    mattes: list[Picture]
    field: Picture
    misfit: Picture
    places: list[Picture]


def load(file: Path) -> Photo:
    """Read one photo and find its true edges, unsure pixels, large errors and inside."""
    with np.load(file) as stored:
        truth = stored["matte"]
        height, width = truth.shape
        coarse = [
            np.clip(cv2.resize(one.astype(np.float32), (width, height)), 0, 1)
            for one in stored["coarse"]
        ]
        mattes = [np.round(stretch(one.copy(), *CERTAIN) * 255).astype(np.uint8) for one in coarse]
        fraction = ((truth > 5) & (truth < 250)).astype(np.uint8)
        edge = cv2.dilate(fraction, np.ones((5, 5), np.uint8)) > 0
        unsure = (coarse[0] > 0.05) & (coarse[0] < 0.95)
        wrong = np.abs(mattes[0].astype(np.int16) - truth) > 60
        inside = truth > 128
        masks = (edge, edge, unsure, wrong, wrong, inside)
        places = [np.argwhere(mask[::4, ::4]) * 4 for mask in masks]
        return Photo(
            stored["photo"],
            truth,
            [np.round(one * 255).astype(np.uint8) for one in coarse],
            mattes,
            stored["field"],
            stored["misfit"],
            [spots for spots in places if len(spots)],
        )


def degraded(rng: np.random.Generator, truth: Picture, network: Picture) -> Picture:
    """Return the true matte as a finer network, or this one at a lower scale, might give it."""
    side = truth.shape[0]
    small = max(16, int(side / rng.choice((1.0, 1.5, 2.0, 3.0, 4.0))))
    matte = cv2.resize(truth, (small, small), interpolation=cv2.INTER_AREA)
    matte = cv2.GaussianBlur(matte, (0, 0), rng.uniform(0.3, 1.2))
    matte = cv2.resize(matte, (side, side), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:  # thin parts and small holes lost
        reach = int(rng.choice((3, 5, 9)))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        lost = cv2.MORPH_OPEN if rng.random() < 0.5 else cv2.MORPH_CLOSE
        matte = cv2.morphologyEx(matte, lost, kernel)
    if rng.random() < 0.6:  # the network's mistakes left in some places
        where = rng.random((5, 5), dtype=np.float32)
        where = cv2.resize(where, (side, side), interpolation=cv2.INTER_CUBIC)
        keep = np.clip((where - rng.uniform(0.4, 0.8)) * 6, 0, 1)
        matte = matte * (1 - keep) + network * keep
    return np.clip(matte, 0, 1)


def patch(rng: np.random.Generator, photo: Photo) -> tuple[Picture, Picture]:
    """Return one training pair, float32 in 0…1.

    pictures (9, SIDE, SIDE), and (2, SIDE, SIDE) the true matte and that every pixel counts
    """
    height, width = photo.truth.shape
    scale = float(rng.choice((0.5, 0.7, 1.0, 1.0, 1.0, 1.4, 2.0)))
    span = min(int(SIDE * scale), height, width)
    spots = photo.places[rng.integers(len(photo.places))]
    y, x = spots[rng.integers(len(spots))]
    top = int(np.clip(y - span // 2 + rng.integers(-span // 3, span // 3 + 1), 0, height - span))
    left = int(np.clip(x - span // 2 + rng.integers(-span // 3, span // 3 + 1), 0, width - span))
    window = (slice(top, top + span), slice(left, left + span))

    def crop(picture: Picture) -> Picture:
        part = picture[window].astype(np.float32) / 255
        method = cv2.INTER_AREA if span > SIDE else cv2.INTER_LINEAR
        return cv2.resize(part, (SIDE, SIDE), interpolation=method)

    smooth = Window((height, width), top, left, span, SIDE)
    pixels, truth = crop(photo.pixels), crop(photo.truth)
    which = rng.integers(len(photo.coarse))
    coarse, matte = crop(photo.coarse[which]), crop(photo.mattes[which])
    field, misfit = smooth.cut(photo.field), smooth.cut(photo.misfit)
    sure = coarse[truth > 0.95]
    if sure.size and sure.mean() > 0.75 and rng.random() < 0.35:
        pixels = faded(rng, pixels, field, truth)
    draw = rng.random()
    if draw < 0.3:
        matte = degraded(rng, truth, matte)
    if draw < 0.1:
        coarse = degraded(rng, truth, coarse)
    elif draw > 0.8:
        coarse = cv2.GaussianBlur(coarse, (0, 0), rng.uniform(1, 6))
    if rng.random() < 0.15:  # an unsure network, or one that was stretched to 0…1
        coarse = np.clip((coarse - rng.uniform(0, 0.1)) * rng.uniform(0.5, 1.2), 0, 1)
    # One change of light for photo and field alike.
    gain, power = rng.uniform(0.75, 1.25, 3), rng.uniform(0.8, 1.25)
    order = rng.permutation(3) if rng.random() < 0.3 else np.arange(3)
    pixels = np.clip(np.clip(pixels, 0, 1) ** power * gain, 0, 1)[..., order]
    field = np.clip(np.clip(field, 0, 1) ** power * gain, 0, 1)[..., order]
    field = field + rng.normal(0, 1.5 / 255, 3)
    pixels = pixels + rng.normal(0, rng.uniform(0, 2.5) / 255, pixels.shape)
    pictures = np.dstack([pixels, field, misfit, coarse, matte]).transpose(2, 0, 1)
    return turned(rng, pictures, np.stack([truth, np.ones_like(truth)]))
