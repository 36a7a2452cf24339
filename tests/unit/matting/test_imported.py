"""A mask that was made outside becomes a matte: exactly, enlarged, or refined by the photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.matting.imported import matte_of_mask
from engine.matting.recipe import Recipe
from engine.matting.refiner import load_refiner

EXACT = Recipe("", "", refine=False)


def disc(side: int, radius: int) -> np.ndarray:
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), radius, 255, -1, cv2.LINE_AA)
    return mask


@given(arrays(np.uint8, (12, 17)))
def test_a_mask_of_the_photos_size_is_the_matte_value_for_value(mask: np.ndarray) -> None:
    matte = matte_of_mask(np.zeros((12, 17, 3), np.uint8), mask, EXACT)
    assert np.array_equal(matte, mask)


@given(st.integers(1, 4))
def test_a_smaller_mask_is_enlarged_in_place(factor: int) -> None:
    small = disc(64, 20)
    side = 64 * factor
    matte = matte_of_mask(np.zeros((side, side, 3), np.uint8), small, EXACT)
    assert matte.shape == (side, side)
    wanted = disc(side, 20 * factor)
    assert np.abs(matte.astype(int) - wanted).mean() < 6
    rows, columns = np.nonzero(matte > 127)
    assert abs(rows.mean() - (side - 1) / 2) < 1 + factor / 2
    assert abs(columns.mean() - (side - 1) / 2) < 1 + factor / 2


def test_the_edge_is_shifted_and_softened_as_the_recipe_says() -> None:
    mask, photo = disc(64, 20), np.zeros((64, 64, 3), np.uint8)
    grown = matte_of_mask(photo, mask, Recipe("", "", refine=False, edge_shift=2.0))
    soft = matte_of_mask(photo, mask, Recipe("", "", refine=False, edge_softness=3.0))
    assert (grown > 127).sum() > (mask > 127).sum()
    assert ((soft > 20) & (soft < 235)).sum() > ((mask > 20) & (mask < 235)).sum()


def test_refined_it_lets_the_photos_colours_place_the_edge() -> None:
    photo = np.full((256, 256, 3), 220, np.uint8)
    cv2.circle(photo, (128, 128), 80, (30, 60, 120), -1, cv2.LINE_AA)
    small = cv2.resize(disc(256, 82), (24, 24), interpolation=cv2.INTER_AREA)

    def error(recipe: Recipe) -> float:
        matte = matte_of_mask(photo, small, recipe).astype(int)
        return float(np.abs(matte - disc(256, 80)).mean())

    assert error(Recipe("", "")) < 0.5 * error(EXACT)


@pytest.mark.parametrize("radius", [297, 303])
def test_a_large_mask_drawn_by_hand_is_mended_at_its_edge(radius: int) -> None:
    paper = np.full((1200, 1200, 3), (190, 186, 180), np.float32)
    share = (disc(1200, 300) / np.float32(255))[..., None]
    mixed = paper * (1 - share) + np.float32((60, 80, 120)) * share
    noise = np.random.default_rng(4).normal(0, 1.5, mixed.shape)
    photo = (mixed + noise).clip(0, 255).astype(np.uint8)
    rough, exact = disc(1200, radius), disc(1200, 300)
    matte = matte_of_mask(photo, rough, Recipe("", ""), load_refiner(threads=1))
    assert np.abs(matte.astype(int) - exact).mean() < 0.3 * np.abs(rough.astype(int) - exact).mean()


def test_a_mask_is_not_changed() -> None:
    mask = disc(64, 20)
    before = mask.copy()
    matte_of_mask(np.zeros((64, 64, 3), np.uint8), mask, Recipe("", "", edge_shift=2.0))
    assert np.array_equal(mask, before)


@pytest.mark.parametrize("refine", [True, False])
def test_an_empty_mask_is_an_empty_matte(refine: bool) -> None:
    empty = np.zeros((40, 40), np.uint8)
    photo = np.full((40, 40, 3), 200, np.uint8)
    assert not matte_of_mask(photo, empty, Recipe("", "", refine=refine)).any()
