"""What all defects are measured on: a reduced copy of photo and matte, and the backdrop behind.

A cell is a square of ``step`` × ``step`` pixels of the photo, about ``_LONG_SIDE`` along the
longer side. Colours are CIELAB (L 0…100), coverage is the mean alpha of a cell, 0…1. The photo and
its matte are kept as they came, for what has to be looked at pixel by pixel; nothing changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import fit_background
from engine.matting.defects.lab import to_lab
from engine.matting.smaller import Smaller, reduced_to, shrink

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_LONG_SIDE = 1000
_FIT_SIDE = 96  # the backdrop is smooth: fitted to as little, it costs next to nothing
_SMALLEST = 16  # pixels; what is smaller has no backdrop to speak of
_APART = 4  # cells between two that the noise is measured on
_LIT = 5.0  # a paper darker than this L is taken to have no colour of its own


@dataclass(frozen=True)
class Evidence:
    """A photo with its matte, reduced, against its backdrop; planes are (h, w).

    lab : (h, w, 3)
    cover : mean alpha, 0…1
    darker : how much darker than the backdrop, in L; negative where lighter
    tinted : difference in a and b from the backdrop as it would be at this cell's lightness:
        near 0 in every shadow on it
    texture : how fast L changes from cell to cell
    noise : the backdrop's own typical deviation, in the units of ``darker`` and ``tinted``
    paper : the backdrop's typical L, a and b
    trust : how far the backdrop is one smooth field, 0…1; what rests on its colour rests on this
    probability : the network's, 0…1; None when it is not known
    """

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    step: int
    lab: Plane
    cover: Plane
    darker: Plane
    tinted: Plane
    texture: Plane
    noise: float
    paper: tuple[float, ...]
    trust: float
    probability: Plane | None

    @cached_property
    def distance(self) -> Plane:
        """Return the difference in colour from the backdrop, in L, a and b together."""
        return np.asarray(cv2.magnitude(self.darker, self.tinted))


def gather(
    pixels: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    probability: Plane | None,
    smaller: Smaller | None = None,
) -> Evidence | None:
    """Reduce a photo and its matte and fit the backdrop; None when there is too little of either.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    alpha : (H, W)
    probability : (any size) the network's, of the whole photo, 0…1, or None
    smaller : copies of the same photo; None makes its own
    """
    height, width = alpha.shape
    if min(height, width) < _SMALLEST:
        return None
    smaller = smaller or Smaller(pixels)
    step = min(smaller.step_for(_LONG_SIDE), min(height, width) // _SMALLEST)
    small, cover = smaller.cells(step), shrink(alpha, step)
    rows, columns = cover.shape
    share = (cover / np.float32(255)).astype(np.float32)
    lab = to_lab(small)
    lightness, a, b = (np.asarray(plane, np.float32) for plane in cv2.split(lab))
    backdrop, misfit, trust = _backdrop(small, share, lightness)
    paper_lightness, paper_a, paper_b = cv2.split(backdrop)
    # A light on a face of the paper scales its chroma with its lightness; so does a shadow.
    ratio = np.minimum(lightness / np.maximum(paper_lightness, _LIT), 1.5)
    tinted = cv2.magnitude(a - paper_a * ratio, b - paper_b * ratio)
    across, down = (cv2.Sobel(lightness, cv2.CV_32F, x, 1 - x, scale=1 / 8) for x in (1, 0))
    seen = probability
    if seen is not None:
        enlarged = cv2.resize(seen, (columns, rows), interpolation=cv2.INTER_LINEAR)
        seen = np.asarray(enlarged, np.float32)
    return Evidence(
        pixels,
        alpha,
        step,
        lab,
        share,
        np.asarray(paper_lightness - lightness),
        np.asarray(tinted),
        np.asarray(cv2.magnitude(across, down)),
        misfit,
        tuple(np.median(backdrop.reshape(-1, 3)[::16], axis=0).tolist()),
        trust,
        seen,
    )


def _backdrop(
    small: NDArray[np.uint8], cover: Plane, lightness: Plane
) -> tuple[Plane, float, float]:
    """Return the backdrop in CIELAB at the reduced size, its noise in L, and its trust."""
    rows, columns = cover.shape
    factor = min(1.0, _FIT_SIDE / max(rows, columns))
    size = (max(8, round(columns * factor)), max(8, round(rows * factor)))
    share = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    fitted = fit_background(reduced_to(small, size), np.asarray(share, np.float32))
    field = cv2.cvtColor(fitted.field / 255, cv2.COLOR_RGB2LAB)
    field = cv2.resize(field, (columns, rows), interpolation=cv2.INTER_LINEAR)
    off = np.abs(lightness[::_APART, ::_APART] - field[::_APART, ::_APART, 0])
    bare = off[cover[::_APART, ::_APART] < 0.02]
    noise = 1.0 + (float(np.median(bare)) if bare.size else 0.0)
    return np.asarray(field, np.float32), noise, fitted.trust
