"""The knob from "nothing is opened" to "all that could be a hole is", on drawn products."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.matte import make_matte
from engine.matting.recipe import Recipe
from engine.matting.refiner import FINE_SIDE, Refiner, load_refiner

SIDE = 420
SENSITIVITIES = (0.0, 0.3, 0.5, 0.7, 1.0)
A_HAIR = 4  # levels: what is decided at one place moves the colours of others


@dataclass(frozen=True)
class Patch:
    """A round patch in the product; ``tone`` 0 shows the backdrop, 1 is the product's colour.

    ``seen`` is how much of it the network noticed.
    """

    x: int
    y: int
    radius: int
    tone: float
    seen: float = 0.13


PATCHES = st.lists(
    st.builds(
        Patch,
        x=st.integers(150, 270),
        y=st.integers(130, 290),
        radius=st.integers(4, 24),
        tone=st.sampled_from([0.0, 0.0, 0.1, 0.25]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def refiner() -> Refiner:
    return load_refiner(threads=1)


def photographed(patches: list[Patch]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return a plate with patches on a sweep, and what a network that hardly saw them says."""
    body = np.zeros((SIDE, SIDE), np.float32)
    cv2.rectangle(body, (100, 80), (320, 340), 1.0, -1)
    share, noticed = body.copy(), 0.98 * body
    for patch in patches:
        place, likely = (patch.x, patch.y), 0.98 - patch.seen * (1 - patch.tone)
        cv2.circle(share, place, patch.radius, patch.tone, -1, cv2.LINE_AA)
        cv2.circle(noticed, place, patch.radius, likely, -1, cv2.LINE_AA)
    said = cv2.GaussianBlur(cv2.resize(noticed, (320, 320)), (0, 0), 2.0)
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), 0.7)[..., None], np.float32)
    paper = np.linspace(190, 165, SIDE, dtype=np.float32)[:, None, None]
    mixed = share * np.array([60, 80, 130], np.float32) + (1 - share) * paper
    grain = np.random.default_rng(2).normal(0, 1.0, mixed.shape)
    return np.asarray((mixed + grain).clip(0, 255), np.uint8), np.asarray(said, np.float32)


@settings(max_examples=4)
@given(PATCHES)
def test_more_sensitivity_never_closes_what_less_opened(
    refiner: Refiner, patches: list[Patch]
) -> None:
    pixels, said = photographed(patches)
    mattes = [
        make_matte(pixels, said, Recipe("", "", hole_sensitivity=one), refiner).astype(int)
        for one in SENSITIVITIES
    ]
    for less, more in itertools.pairwise(mattes):
        # The edge of a new hole is placed by its colours, and moves its neighbours' by a hair.
        assert ((more - less) > 64).mean() <= 0.001
    assert (mattes[0][100:320, 120:300] > 250).all()


def test_it_decides_what_a_hole_is(refiner: Refiner) -> None:
    pixels, said = photographed([Patch(170, 200, 6, 0.0, seen=0.35), Patch(250, 200, 22, 0.06)])
    small, large = (
        [
            int(make_matte(pixels, said, Recipe("", "", hole_sensitivity=one), refiner)[200, x])
            for one in SENSITIVITIES
        ]
        for x in (170, 250)
    )
    # By itself the small one is a hole, and the large one a label of nearly the paper's colour.
    assert small[0] == 255
    assert small[1] > 220
    assert small[2] < 64
    assert large[0] == 255
    assert large[2] > 220
    assert small[-1] == large[-1] == 0
    for alphas in (small, large):
        assert all(more <= less + A_HAIR for less, more in itertools.pairwise(alphas))


def test_a_hole_that_a_coarse_network_filled_is_opened_and_a_fine_ones_word_counts(
    refiner: Refiner,
) -> None:
    pixels, said = photographed([Patch(210, 200, 24, 0.0, seen=0.02)])
    fine = cv2.resize(said, (FINE_SIDE, FINE_SIDE))
    coarse_said, fine_said = (
        make_matte(pixels, each, Recipe("", ""), refiner)[200, 210] for each in (said, fine)
    )
    assert coarse_said < 8
    assert fine_said > 247
    # Two looks of a coarse network give a larger map, and it knows holes no better for that.
    twice = cv2.resize(said, (640, 640))
    assert make_matte(pixels, twice, Recipe("", ""), refiner)[200, 210] < 8
    asked = make_matte(pixels, fine, Recipe("", "", hole_sensitivity=1.0), refiner)
    assert asked[200, 210] < 8
