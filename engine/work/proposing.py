"""Mattes of a recipe that is being tried, quickly: on the reduced photo, and kept while it is.

Runs in the worker process that makes pictures. The network runs once for a photo, the refinement
once for each choice that it depends on; the knobs of the finished edge cost nothing to speak of,
for they are applied to what the screen shows.
"""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import Photo, read_reduced
from engine.matting.imported import matte_of_mask
from engine.matting.knobs import shift_edge, soften_edge
from engine.matting.matte import make_matte
from engine.matting.recipe import Recipe
from engine.matting.sight import Sight
from engine.work.jobs import Proposal, unedged
from engine.work.masks import read_mask
from engine.work.warm import refiner, sight

Matte = NDArray[np.uint8]

_SIDE = 1024  # pixels on the longer side of the photo that a recipe is tried on


def propose(photo: Path, stamp: int, proposal: Proposal) -> Matte:
    """Return the matte of a recipe before its edge is moved: (h, w), the photo reduced.

    Parameters
    ----------
    photo : the file
    stamp : changes with the file's content
    proposal : what to try; the array is shared with later calls and must not be changed

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network cannot be loaded
    MaskMissing : the recipe's mask from outside is not in the session
    """
    return _matte(photo, stamp, unedged(proposal.recipe), proposal.model_home, proposal.mask)


def with_edge(alpha: Matte, recipe: Recipe, scale: float) -> Matte:
    """Return a matte with the recipe's edge, where ``scale`` of its pixels are one of the photo."""
    return soften_edge(shift_edge(alpha, recipe.edge_shift * scale), recipe.edge_softness * scale)


@functools.lru_cache(maxsize=8)
def _matte(photo: Path, stamp: int, recipe: Recipe, home: Path, mask: Path | None) -> Matte:
    read = _reduced(photo, stamp)
    if read.alpha is not None:
        return read.alpha  # it came cut out: no recipe changes that
    if recipe.mask_sha256 is not None:
        height, width = read.pixels.shape[:2]
        whole = read_mask(photo, mask)
        reduced = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
        return matte_of_mask(read.pixels, np.asarray(reduced, np.uint8), recipe, refiner())
    found = _sight(photo, stamp, recipe.model, home, recipe.refine)
    return make_matte(read.pixels, found.probability, recipe, refiner(), found.seen)


@functools.lru_cache(maxsize=4)
def _sight(photo: Path, stamp: int, model: str, home: Path, refined: bool) -> Sight:
    return sight(_reduced(photo, stamp).pixels, model, home, refined=refined)


@functools.lru_cache(maxsize=2)
def _reduced(photo: Path, stamp: int) -> Photo:
    return read_reduced(photo, _SIDE)
