"""Which patches of a product are holes: what is known of them, and what the judge makes of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.enclosed import FIGURES, Compared, Patches, find_patches

SIDE = 200
BODY = (30, 40, 170, 160)  # left, top, right, bottom
Field = NDArray[np.float32]


def body() -> Field:
    """Return the matte of a box."""
    picture = np.zeros((SIDE, SIDE), np.float32)
    picture[BODY[1] : BODY[3], BODY[0] : BODY[2]] = 1.0
    return picture


def spot(radius: int, at: tuple[int, int] = (100, 100)) -> NDArray[np.bool_]:
    """Return where a round spot is."""
    picture = np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(picture, at, radius, 1, -1)
    return picture > 0


def seen(photo: Field, field: Field) -> Compared:
    """Compare a photo with its field, which is known within a level."""
    misfit = np.ones(photo.shape[:2], np.float32)
    distance = np.abs(photo - field).max(axis=2)
    light = (photo * field).sum(axis=2) / np.square(field).sum(axis=2)
    shaded = field * light.clip(0.45, 1)[..., None]
    shadow = np.abs(photo - shaded).max(axis=2) < 8
    return Compared(photo, field, misfit, distance, distance > 13, shadow)


def judged(
    colour: tuple[int, int, int] | None,
    *,
    grain: float = 1.0,
    brightest: int = 190,
    fine: bool = False,
) -> Patches:
    """Return the patches of a red box that has a round one of a colour; None shows the paper."""
    paper = np.linspace(brightest, brightest - 25, SIDE, dtype=np.float32)[:, None, None]
    field = np.broadcast_to(paper, (SIDE, SIDE, 3)).astype(np.float32)
    photo = np.where(body()[..., None] > 0, np.array([150, 60, 50], np.float32), field)
    patch = spot(20)
    photo[patch] = field[patch] if colour is None else colour
    rough = np.random.default_rng(1).normal(0, grain, photo.shape)
    photo = np.asarray(photo + rough, np.float32)
    belief = np.where(patch, np.float32(0.97), body())
    better = np.where(patch, np.float32(0.9), body())
    return find_patches(seen(photo, field), belief, body(), better, fine=fine)


def test_what_shows_the_paper_in_its_light_is_a_hole() -> None:
    patches = judged(None)
    assert patches.labels[100, 100] == 1
    assert patches.areas[1] == pytest.approx(spot(20).sum() / SIDE**2, rel=0.02)
    assert patches.scores()[1] > 0


def test_a_label_of_nearly_the_papers_colour_is_none() -> None:
    patches = judged((184, 176, 170), grain=3.0)
    assert patches.labels[100, 100] == 1
    assert patches.scores()[1] < 0


def test_what_is_as_white_as_white_paper_may_be_a_label() -> None:
    assert judged(None, brightest=230).scores()[1] > 0
    assert judged(None, brightest=262).scores()[1] < -1


def test_what_is_as_black_as_black_paper_may_be_a_machine() -> None:
    assert judged(None, brightest=90).scores()[1] > 0
    assert judged(None, brightest=35).scores()[1] < -1


def test_what_a_fine_network_calls_product_takes_more_to_be_a_hole() -> None:
    assert judged(None, fine=True).scores()[1] > 0
    assert judged((184, 176, 170), grain=3.0, fine=True).scores()[1] < 0
    assert judged((180, 166, 160), fine=True).scores()[1] < 0


def test_of_a_plain_product_there_is_nothing_to_judge() -> None:
    patches = judged((150, 60, 50))
    assert patches.labels.max() == 0
    assert patches.scores().tolist() == [-np.inf]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 255), st.floats(0, 80))
def test_whatever_is_seen_has_figures_and_a_score(seed: int, tone: int, contrast: float) -> None:
    draw = np.random.default_rng(seed)
    field = np.full((SIDE, SIDE, 3), tone, np.float32)
    matte = cv2.GaussianBlur(draw.random((SIDE, SIDE)).astype(np.float32), (0, 0), 6)
    matte = ((matte - matte.min()) / np.ptp(matte)).astype(np.float32)
    rough = cv2.GaussianBlur(draw.normal(0, 12, field.shape).astype(np.float32), (0, 0), 3)
    photo = np.asarray((field + contrast * rough).clip(0, 255), np.float32)
    patches = find_patches(seen(photo, field), matte, matte, 1 - matte)
    numbers, sizes = np.unique(patches.labels, return_counts=True)
    assert patches.figures.shape == (len(patches.areas), len(FIGURES))
    assert np.isfinite(patches.figures).all()
    assert not np.isnan(patches.scores()).any()
    assert numbers.max() == len(patches.areas) - 1
    np.testing.assert_allclose(patches.areas[1:], sizes[numbers > 0] / SIDE**2)
    assert ((patches.labels == 0) | (matte > 0.5)).all()


def test_what_lies_along_the_edge_has_been_placed_already() -> None:
    field = np.full((SIDE, SIDE, 3), 180, np.float32)
    inner = cv2.erode(body(), np.ones((9, 9), np.uint8)) > 0
    photo = np.where(inner[..., None], np.float32(60), field)
    patches = find_patches(seen(photo, field), body(), body(), body())
    assert patches.labels[BODY[1] + 1, 100] == 1
    assert patches.scores()[1] == -np.inf


def test_nothing_passed_in_is_changed() -> None:
    photo, field = (
        np.full((SIDE, SIDE, 3), 90, np.float32),
        np.full((SIDE, SIDE, 3), 92, np.float32),
    )
    compared, matte = seen(photo, field), body()
    before = [each.copy() for each in (compared.photo, compared.field, matte)]
    find_patches(compared, matte, matte, matte).scores()
    for each, kept in zip((compared.photo, compared.field, matte), before, strict=True):
        np.testing.assert_array_equal(each, kept)
