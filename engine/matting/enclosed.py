"""Patches of a product that look like the backdrop: holes, or labels and windows of its colour.

The refiner's network sees each pixel's neighbourhood. Whether a patch is a hole shows in figures
of all of it: how exactly it has the field's colour, in one light everywhere; whether product lies
around it; what was said of all of its pixels. A judge makes a score of them: a perceptron with one
hidden layer (Rumelhart, Hinton and Williams, 1986) that has learned from rendered products
(``bench/refiner/holes.py``). What a fine network calls product is so more often: after those,
another judge is asked.

Mattes are float32 0…1. No array passed in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from models.packaged import hole_judge

FIGURES = ("outside", "own", "off", "residual", "light", "misfit", "belief", "better")
"""What is known of a patch, in the order of ``figures``:

outside : share of it that lies at the edge of the matte
own : share of the product around it that is neither the backdrop nor a shadow on it
off : distance of its mean colour from the field's, in levels, as a logarithm
residual : mean distance of its pixels from the field in the patch's light, as a logarithm
light : that light, 1 where it is the field's
misfit : of the field there, in levels, as a logarithm
belief : the coarse network's mean probability, as a logit
better : the mean of the refiner's matte, as a logit
"""

_SOLID = 0.5  # alpha
_NEAR, _FAR = 1, 5  # pixels: where the surroundings are looked at
_AROUND = _FAR + 1  # pixels that are seen with the patches
_LEAST = 2e-5  # of the frame: what is smaller is left to the network
_RIM = 0.25  # share of a patch at the edge of the matte
_LEVEL = 0.1  # levels: finer differences tell nothing
_SURE = 0.005  # probabilities nearer to 0 and 1 say no more
_CLOSED = -0.4  # logit of a patch's mean alpha; what is lower has been opened, finely
_HALF = 0.3  # logit of a patch's mean alpha; what is higher is not even half open
_BLACK, _WHITE = 32.0, 245.0  # levels of paper beyond which products are as dark or as light
_DOUBTFUL = -2.0  # the most that a patch scores there
_HAIR = 1.0  # what scores no further from 0 might as well be the other
_USUAL = 4.0  # deviations: further from the patches that it knows, the judge is not asked

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]
_Each = NDArray[np.float64]  # a figure of each patch


@dataclass(frozen=True)
class Compared:
    """A photo beside the field of its backdrop.

    photo, field : (H, W, 3) levels
    misfit : (H, W) of the field, in levels
    distance : (H, W) of the photo from the field, in levels
    stands_out : (H, W) whether the photo differs clearly from the field
    backdrop : (H, W) whether it could be the backdrop, lit or in shadow
    """

    photo: Field
    field: Field
    misfit: Field
    distance: Field
    stands_out: Mask
    backdrop: Mask


@dataclass(frozen=True)
class Patches:
    """The patches of one matte; number 0 is all that belongs to none.

    labels : (H, W) int32, numbers
    areas : (n,) shares of the frame
    figures : (n, 8), see `FIGURES`
    levels : (n,) of the field there, 0…255
    fine : whether the coarse network saw more than the refiner
    """

    labels: NDArray[np.int32]
    areas: _Each
    figures: Field
    levels: _Each
    fine: bool

    def closed(self) -> Mask:
        """Return which of them the refiner's network has left closed, by and large; (n,)."""
        return np.asarray(self.figures[:, FIGURES.index("better")] > _CLOSED)

    def half_closed(self) -> Mask:
        """Return which lie within the product and have more of the refiner's alpha than not; (n,).

        By a little more: a hole that is half open is a hole.
        """
        figures = dict(zip(FIGURES, self.figures.T, strict=True))
        return np.asarray((figures["better"] > _HALF) & (figures["outside"] <= _RIM))

    def below(self, score: float | _Each) -> Mask:
        """Return which lie within the product and score less than that, (n,)."""
        scores = self.scores()
        return np.asarray(np.isfinite(scores) & (scores < score))

    def undecided(self) -> float:
        """Return the share of the frame that is a hole, or is none, by a hair."""
        return float(self.areas[np.abs(self.scores()) < _HAIR].sum())

    def scores(self) -> Field:
        """Return how likely each patch is a hole, (n,), as a logit.

        Number 0 is none at all, nor is what lies along the edge: that has been placed already.
        After a coarse network none is likely on white paper: labels and dials are as white; nor on
        black, where a few levels are all that sets a black machine apart.
        """
        judge = _judge(self.fine)
        usual = ((self.figures - judge.mean) / judge.deviation).clip(-_USUAL, _USUAL)
        hidden = np.tanh(usual @ judge.weights.T + judge.bias)
        scores = hidden @ judge.out + judge.out_bias
        scores[self.figures[:, FIGURES.index("outside")] > _RIM] = -np.inf
        scores[0] = -np.inf
        if not self.fine:
            beyond = (self.levels < _BLACK) | (self.levels > _WHITE)
            scores = np.where(beyond, np.minimum(scores, _DOUBTFUL), scores)
        return np.asarray(scores, np.float32)


def find_patches(
    compared: Compared, belief: Field, given: Field, better: Field, *, fine: bool = False
) -> Patches:
    """Return what lies within a matte and looks like the backdrop.

    Parameters
    ----------
    belief : (H, W) coarse probability
    given, better : (H, W) matte that it comes to, and the refiner's
    fine : whether that network saw more than the refiner
    """
    labels = np.zeros(given.shape, np.int32)
    solid = given > _SOLID
    alike = (solid & ~compared.stands_out).view(np.uint8)
    left, top, width, height = cv2.boundingRect(alike)
    rows = slice(max(0, top - _AROUND), top + height + _AROUND)
    columns = slice(max(0, left - _AROUND), left + width + _AROUND)
    part = rows, columns
    labels[part], sizes = _numbered(alike[part], _LEAST * given.size)
    figures = np.zeros((len(sizes), len(FIGURES)), np.float32)
    levels = np.zeros(len(sizes))
    if len(sizes) > 1:
        near = Compared(*(each[part] for each in vars(compared).values()))
        inside = labels[part] > 0
        levels = _summed(labels[part][inside], near.field[inside].mean(axis=1)) / sizes
        figures[1:] = _figures(labels[part], sizes, near, belief[part], solid[part], better[part])[
            1:
        ]
    return Patches(labels, sizes / given.size, figures, levels, fine)


def _figures(
    labels: NDArray[np.int32],
    sizes: _Each,
    compared: Compared,
    belief: Field,
    solid: Mask,
    better: Field,
) -> Field:
    """Return what is known of each patch, (n, 8)."""
    inside = labels > 0
    of = labels[inside]
    shown, field = compared.photo[inside], compared.field[inside]
    full = np.maximum(_summed(of, np.square(field).sum(axis=1)), 1)
    light = _summed(of, (shown * field).sum(axis=1)) / full
    off = np.stack([_summed(of, channel) for channel in (shown - field).T]) / sizes
    lit = field * light[of].astype(np.float32)[:, None]
    at_edge = dilated((~solid).astype(np.float32), _NEAR)[inside] > 0
    columns = (
        _summed(of, at_edge) / sizes,
        _own_around(labels, solid, compared),
        _log(np.abs(off).max(axis=0)),
        _log(_summed(of, np.abs(shown - lit).mean(axis=1)) / sizes),
        light,
        _log(_summed(of, compared.misfit[inside]) / sizes),
        _logit(_summed(of, belief[inside]) / sizes),
        _logit(_summed(of, better[inside]) / sizes),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def dilated(picture: Field, radius: int) -> Field:
    """Return the largest value within ``radius`` pixels of each, along rows and columns."""
    square = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.dilate(picture, square), np.float32)


@dataclass(frozen=True)
class _Judge:
    """Mean and deviation of the figures, and the layers of the perceptron."""

    mean: Field
    deviation: Field
    weights: Field
    bias: Field
    out: Field
    out_bias: Field


@cache
def _judge(fine: bool) -> _Judge:
    learned = hole_judge(fine=fine)
    return _Judge(**{name: np.asarray(values, np.float32) for name, values in learned.items()})


def _numbered(mask: NDArray[np.uint8], least: float) -> tuple[NDArray[np.int32], _Each]:
    """Return the parts of a mask that are large enough, numbered from 1, and all sizes."""
    _, parts, about, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    sizes = about[:, cv2.CC_STAT_AREA]
    kept = sizes >= least
    kept[0] = False
    number = np.cumsum(kept, dtype=np.int32) * kept
    return number[parts], np.concatenate(([1.0], sizes[kept])).astype(np.float64)


def _own_around(labels: NDArray[np.int32], solid: Mask, compared: Compared) -> _Each:
    """Return how much of the product around each patch cannot be the backdrop, 0…1."""
    spread = dilated(labels.astype(np.float32), _FAR)
    alike = (solid & ~compared.stands_out).astype(np.float32)
    beside = (spread > 0) & (dilated(alike, _NEAR) == 0) & solid
    owner, own = spread[beside].astype(np.int32), compared.stands_out & ~compared.backdrop
    count = int(labels.max()) + 1
    around = np.bincount(owner, minlength=count)
    return np.bincount(owner, own[beside], count) / np.maximum(around, 1)


def _summed(of: NDArray[np.int32], values: NDArray[np.generic]) -> _Each:
    """Return the sum of the values of each patch's pixels; they belong to the patches ``of``."""
    return np.asarray(np.bincount(of, values), np.float64)


def _log(levels: _Each) -> _Each:
    return np.asarray(np.log(levels + _LEVEL))


def _logit(share: _Each) -> _Each:
    sure = np.clip(share, _SURE, 1 - _SURE)
    return np.asarray(np.log(sure / (1 - sure)))
