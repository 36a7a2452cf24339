"""A network is asked once; of the mirrored photo, too, where a hole or much doubt hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.matting.coarse import is_doubtful
from engine.matting.matte import make_matte
from engine.matting.network import Network
from engine.matting.recipe import Recipe
from engine.matting.refiner import Refiner, load_refiner
from engine.matting.sight import look
from models.spec import Look
from models.store import ModelStore

Pixels = NDArray[np.uint8]
Field = NDArray[np.float32]

SIDE, HOLE, RADIUS = 420, (150, 170), 42
CLOSED, HALF_OPEN, OPEN = 0.96, 0.3, 0.0


def plate(tone: float, radius: int = RADIUS) -> tuple[Pixels, Field]:
    """Return a plate with a patch, 0 of the backdrop's colour, 1 of its own, and where that is."""
    body, patch = np.zeros((2, SIDE, SIDE), np.float32)
    cv2.rectangle(body, (60, 50), (370, 380), 1.0, -1)
    cv2.circle(patch, HOLE, radius, 1.0, -1, cv2.LINE_AA)
    share = cv2.GaussianBlur(body * (1 - patch * (1 - tone)), (0, 0), 0.7)[..., None]
    paper = np.linspace(190, 165, SIDE, dtype=np.float32)[:, None, None]
    mixed = share * np.array([60, 80, 130], np.float32) + (1 - share) * paper
    grain = np.random.default_rng(2).normal(0, 1.0, mixed.shape)
    return np.asarray((mixed + grain).clip(0, 255), np.uint8), patch


class Telling:
    """A network that says how likely the patch is product: first of the photo, then mirrored."""

    def __init__(self, patch: Field, *answers: float) -> None:
        self.spec = ModelStore().spec("u2netp")
        self.asked = 0
        self.looks: list[Look] = []
        self._patch, self._answers = patch, answers

    def probability(self, pixels: Pixels, look: Look) -> Field:
        """Return the plate, with the next answer where the patch is."""
        mirrored = self.asked % 2 == 1
        likely = self._answers[self.asked]
        self.asked += 1
        self.looks.append(look)
        said = np.zeros((SIDE, SIDE), np.float32)
        cv2.rectangle(said, (60, 50), (370, 380), 0.98, -1)
        said += (likely - said) * self._patch
        small = cv2.resize(said, (look.side, look.side), interpolation=cv2.INTER_AREA)
        return np.asarray(small[:, ::-1] if mirrored else small, np.float32)


@pytest.fixture(scope="module")
def refiner() -> Refiner:
    return load_refiner(threads=1)


@pytest.fixture(scope="module")
def doubtful(refiner: Refiner) -> tuple[Pixels, Field]:
    """Return a plate whose patch is a hole by a hair, or none, where a network saw none."""
    for tone in np.linspace(0.02, 0.12, 51):
        pixels, patch = plate(float(tone))
        network = Telling(patch, CLOSED, CLOSED)
        look(pixels, cast("Network", network), refiner)
        if network.asked == 2:
            return pixels, patch
    pytest.fail("some shade between a hole's and a label's is neither")


@pytest.mark.parametrize("tone", [0.0, 0.9])
def test_what_is_clear_is_asked_once(refiner: Refiner, tone: float) -> None:
    pixels, patch = plate(tone)
    network = Telling(patch, OPEN if tone == 0.0 else CLOSED)
    seen = look(pixels, cast("Network", network), refiner).seen
    assert network.asked == 1
    assert seen is not None
    assert not seen.undecided


def test_what_is_not_refined_is_asked_once(doubtful: tuple[Pixels, Field]) -> None:
    pixels, patch = doubtful
    network = Telling(patch, CLOSED)
    assert look(pixels, cast("Network", network), None).seen is None
    assert network.asked == 1


def test_the_mirrored_photo_decides_what_was_open(
    refiner: Refiner, doubtful: tuple[Pixels, Field]
) -> None:
    pixels, patch = doubtful
    network = Telling(patch, CLOSED, HALF_OPEN)
    found = look(pixels, cast("Network", network), refiner)
    matte = make_matte(pixels, found.probability, Recipe("", ""), refiner, found.seen)
    assert matte[HOLE[1], HOLE[0]] < 8
    inside = cv2.resize(patch, found.probability.shape) > 0.99
    assert found.probability[inside].mean() == pytest.approx((CLOSED + HALF_OPEN) / 2, abs=0.03)


def test_both_ways_of_asking_are_counted_to_their_steps(
    refiner: Refiner, doubtful: tuple[Pixels, Field]
) -> None:
    pixels, patch = doubtful
    steps = []

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        steps.append(step)
        yield

    look(pixels, cast("Network", Telling(patch, CLOSED, CLOSED)), refiner, timed=timed)
    assert steps == ["network", "refine", "network", "refine"]


def test_what_a_quick_look_left_in_doubt_gets_a_finer_one(refiner: Refiner) -> None:
    pixels, patch = plate(0.9, radius=70)
    network = Telling(patch, HALF_OPEN, CLOSED)
    found = look(pixels, cast("Network", network), refiner)
    assert network.looks == [network.spec.quick, network.spec.close]
    inside = cv2.resize(patch, found.probability.shape) > 0.99
    assert found.probability[inside].mean() == pytest.approx((CLOSED + HALF_OPEN) / 2, abs=0.03)


def test_a_network_without_a_finer_look_is_asked_once(refiner: Refiner) -> None:
    pixels, patch = plate(0.9, radius=70)
    network = Telling(patch, HALF_OPEN)
    network.spec = replace(network.spec, quick_size=network.spec.input_size)
    look(pixels, cast("Network", network), refiner)
    assert network.asked == 1


@pytest.mark.parametrize(("radius", "much"), [(70, True), (20, False)])
def test_doubt_counts_by_how_much_of_the_product_it_is(radius: int, much: bool) -> None:
    _, patch = plate(0.9, radius)
    said = Telling(patch, 0.5).probability(np.zeros((SIDE, SIDE, 3), np.uint8), Look(2, 256))
    assert is_doubtful(said) is much


def test_a_haze_over_an_empty_frame_is_no_doubt() -> None:
    assert not is_doubtful(np.full((256, 256), 0.4, np.float32))


@pytest.mark.parametrize("softness", [0.0, 2.0])
def test_an_edge_is_no_doubt(softness: float) -> None:
    _, patch = plate(0.9)
    said = Telling(patch, CLOSED).probability(np.zeros((SIDE, SIDE, 3), np.uint8), Look(2, 256))
    soft = cv2.GaussianBlur(said, (0, 0), softness) if softness else said
    assert not is_doubtful(np.asarray(soft, np.float32))
