"""Patches for the outline network: cut along the edges of photos, and disturbed.

The matte to be redrawn is what packshot makes of the photo with the frame network alone, where the
photo comes with such mattes; else, and in four of ten patches, the true one with an edge that
wanders; and in a quarter the true one nearly as it is, as a fine network gives it. Its pixels are
up to six of the photo's wide, as those of a reduced photo are.

Only a band around that matte's edge counts, and only what is ``MARGIN`` pixels inside the patch:
further out the network sees too little. That is how ``engine/matting/outline.py`` uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from patches import Window, faded, turned

Picture = np.ndarray
TILE, MARGIN = 56, 8  # what is used of a patch, and what is only seen around it
SIDE = TILE + 2 * MARGIN
REACH = 6  # pixels from the edge that count
FINE = 0.25  # share of the patches whose matte is nearly right
OWN = 0.5  # share of the draws that show a product on its own backdrop

SEEN = SIDE + 32  # so much is disturbed, so that blur and displacement have something to draw from
TRIES = 20  # to find a part of a photo that has an edge


@dataclass(frozen=True)
class Photo:
    """One photo with everything that the network sees, and where it is worth looking.

    mattes : what packshot makes of it with the frame network alone; none for some photos
    """

    pixels: Picture
    truth: Picture
    mattes: list[Picture]
    field: Picture
    misfit: Picture
    places: list[Picture]


def load(file: Path) -> Photo:
    """Read one photo and find its true edges, and what is wrong in the first matte."""
    with np.load(file) as stored:
        truth, mattes = stored["matte"], list(stored["present"])
        fraction = ((truth > 5) & (truth < 250)).astype(np.uint8)
        masks = [cv2.dilate(fraction, np.ones((5, 5), np.uint8)) > 0]
        masks += [np.abs(one.astype(np.int16) - truth) > 50 for one in mattes[:1]]
        places = [np.argwhere(mask)[::3].astype(np.int16) for mask in masks]
        return Photo(
            stored["photo"],
            truth,
            mattes,
            stored["field"].astype(np.float16),
            stored["misfit"].astype(np.float16),
            [spots for spots in places if len(spots)],
        )


def displaced(rng: np.random.Generator, matte: Picture, reach: float) -> Picture:
    """Return the matte moved about by a smooth field of about ``reach`` pixels."""
    side, cells = matte.shape[0], int(rng.integers(3, 14))
    grids = reach * rng.standard_normal((2, cells, cells), dtype=np.float32)
    across, down = (cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC) for grid in grids)
    y, x = np.mgrid[:side, :side].astype(np.float32)
    return cv2.remap(matte, x + across, y + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def misdrawn(rng: np.random.Generator, truth: Picture) -> Picture:
    """Return the true matte as if drawn carelessly: hard, off, too wide or narrow, details lost."""
    matte = truth
    if rng.random() < 0.7:
        matte = (truth > rng.uniform(0.35, 0.65)).astype(np.float32)
    matte = displaced(rng, matte, rng.uniform(0, 3.5))
    if rng.random() < 0.3:
        grow_or_shrink = cv2.dilate if rng.random() < 0.5 else cv2.erode
        matte = grow_or_shrink(matte, np.ones((3, 3), np.uint8), iterations=rng.integers(1, 3))
    if rng.random() < 0.2:
        lost = cv2.MORPH_OPEN if rng.random() < 0.5 else cv2.MORPH_CLOSE
        reach = rng.choice((3, 5, 7))
        matte = cv2.morphologyEx(matte, lost, np.ones((reach, reach), np.uint8))
    return matte


def nearly(rng: np.random.Generator, truth: Picture) -> Picture:
    """Return the true matte as a network gives it that sees nearly every pixel."""
    matte = displaced(rng, truth, rng.uniform(0, 0.7))
    matte = cv2.GaussianBlur(matte, (0, 0), rng.uniform(0.4, 2.0))
    return np.clip((matte - 0.5) * rng.uniform(1, 1.6) + 0.5, 0, 1)


def reduced(rng: np.random.Generator, matte: Picture) -> Picture:
    """Return the matte as if carried up from a smaller photo, sometimes with more contrast."""
    side = matte.shape[0]
    small = round(side / rng.choice((1, 2, 2, 3, 4, 5, 6)))
    matte = cv2.resize(matte, (small, small), interpolation=cv2.INTER_AREA)
    matte = cv2.resize(matte, (side, side), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.3:
        matte = np.clip((matte - 0.5) * rng.uniform(1, 2) + 0.5, 0, 1)
    return matte


def relit(rng: np.random.Generator, pixels: Picture, field: Picture) -> tuple[Picture, Picture]:
    """Return photo and field in another light, with other colours or none."""
    gain, power = rng.uniform(0.7, 1.2), rng.uniform(0.8, 1.25)
    order = rng.permutation(3) if rng.random() < 0.5 else np.arange(3)
    gray = rng.random() < 0.1

    def change(picture: Picture) -> Picture:
        picture = (np.clip(picture, 0, 1) ** power * gain)[..., order]
        return picture.mean(axis=2, keepdims=True).repeat(3, axis=2) if gray else picture

    return change(pixels), change(field)


def sharpened(rng: np.random.Generator, pixels: Picture) -> Picture:
    """Return the photo with the halo along its edges that a camera's sharpening leaves."""
    blurred = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.6, 1.6))
    return pixels + rng.uniform(0.3, 1.5) * (pixels - blurred)


def recorded(rng: np.random.Generator, pixels: Picture) -> Picture:
    """Return the photo with noise, in 256 levels, half of the time as JPEG."""
    noise = rng.choice((0, 0.003, 0.006, 0.012, 0.025))
    pixels = pixels + noise * rng.standard_normal(pixels.shape, dtype=np.float32)
    levels = np.round(np.clip(pixels, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.5:
        quality = int(rng.choice((80, 90, 95)))
        packed = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        levels = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return levels.astype(np.float32) / 255


def band(matte: Picture) -> Picture:
    """Return how much every pixel of a patch counts: 1 near the matte's edge, 0 elsewhere."""
    edge = ((matte > 0.02) & (matte < 0.98)).astype(np.uint8)
    near = cv2.dilate(edge, np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8))
    counts = np.zeros_like(matte)
    inner = slice(MARGIN, MARGIN + TILE)
    counts[inner, inner] = near[inner, inner]
    return counts


def cut(rng: np.random.Generator, photo: Photo) -> tuple[Picture, ...]:
    """Return photo, field, misfit, matte and true matte of a part of a photo, (SIDE, SIDE, …).

    A quarter is blurred, as if out of focus: a network that only knows sharp edges makes every edge
    sharp.
    """
    spots = photo.places[rng.integers(len(photo.places))]
    y, x = spots[rng.integers(len(spots))] + rng.uniform(-12, 12, 2)
    scale = rng.choice((0.8, 1, 1, 1.4, 2, 2.5, 3.2))
    span = SEEN / scale
    window = Window(photo.truth.shape, y - span / 2, x - span / 2, span, SEEN)
    pixels = window.cut(photo.pixels, cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR)
    field, misfit = (window.cut(one.astype(np.float32)) for one in (photo.field, photo.misfit))
    truth = window.cut(photo.truth)
    if rng.random() < 0.2:
        pixels = faded(rng, pixels, field, truth)
    if rng.random() < 0.25:
        sigma = rng.uniform(0.4, 4.0)
        pixels, truth = (cv2.GaussianBlur(one, (0, 0), sigma) for one in (pixels, truth))
    if rng.random() < FINE:
        matte = nearly(rng, truth)
    elif photo.mattes and rng.random() < 0.6:
        matte = window.cut(photo.mattes[rng.integers(len(photo.mattes))])
        if rng.random() < 0.5:
            matte = displaced(rng, matte, rng.uniform(0, 1.5))
        matte = reduced(rng, matte)
    else:
        matte = reduced(rng, misdrawn(rng, truth))
    inner = slice((SEEN - SIDE) // 2, (SEEN + SIDE) // 2)
    return tuple(one[inner, inner] for one in (pixels, field, misfit, matte, truth))


def patch(rng: np.random.Generator, photo: Photo) -> tuple[Picture, Picture]:
    """Return one training pair, float32 in 0…1.

    pictures (8, SIDE, SIDE), and (2, SIDE, SIDE) the true matte and how much every pixel counts
    """
    for _ in range(TRIES):
        pixels, field, misfit, matte, truth = cut(rng, photo)
        counts = band(matte)
        if counts.any():
            break
    if rng.random() < 0.3:
        pixels = sharpened(rng, pixels)
    pixels, field = relit(rng, pixels, field)
    if rng.random() < 0.4:
        field = field + rng.normal(0, 0.01, 3)
    matte = np.round(matte * 255) / 255
    pictures = np.dstack([recorded(rng, pixels), np.clip(field, 0, 1), misfit, matte])
    return turned(rng, pictures.transpose(2, 0, 1), np.stack([truth, counts]))
