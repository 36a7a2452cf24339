"""The knobs move and soften an edge by what they say, and nothing else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.knobs import shift_edge, soften_edge


def disc(radius: float, sigma: float = 0) -> NDArray[np.uint8]:
    y, x = np.mgrid[:300, :300]
    sharp = ((radius - np.hypot(y - 150, x - 150) + 0.5).clip(0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(sharp, (0, 0), sigma)) if sigma else sharp


def radius_of(matte: NDArray[np.uint8]) -> float:
    return float(np.sqrt(matte.sum() / 255 / np.pi))


@pytest.mark.parametrize("distance", [-20, -5.5, -1, -0.4, 0.4, 1, 2.5, 7, 20])
@pytest.mark.parametrize("sigma", [0, 4])
def test_the_edge_moves_by_its_distance(distance: float, sigma: float) -> None:
    moved = radius_of(shift_edge(disc(80, sigma), distance)) - radius_of(disc(80, sigma))
    assert moved == pytest.approx(distance, rel=0.08, abs=0.12)


def test_a_moved_soft_edge_is_as_soft_as_before() -> None:
    before, after = disc(80, 4), shift_edge(disc(80, 4), 6)
    row = slice(150, 299)
    width_before, width_after = (
        np.count_nonzero((m[150, row] > 25) & (m[150, row] < 230)) for m in (before, after)
    )
    assert abs(width_before - width_after) <= 1


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_a_larger_shift_keeps_at_least_as_much(one: float, other: float) -> None:
    matte = disc(60, 2)
    low, high = sorted((one, other))
    assert (shift_edge(matte, high).astype(int) >= shift_edge(matte, low).astype(int) - 1).all()


@pytest.mark.parametrize("sigma", [0.5, 2, 3.9, 4.1, 9, 30])
def test_a_softened_edge_is_a_gaussian_of_that_width(sigma: float) -> None:
    matte = np.zeros((300, 600), np.uint8)
    matte[:, 300:] = 255
    profile = np.diff(soften_edge(matte, sigma)[150].astype(float) / 255)
    place = np.arange(len(profile)) - 299
    assert profile.sum() == pytest.approx(1, abs=0.01)
    assert (place * profile).sum() == pytest.approx(0, abs=0.3)
    assert np.sqrt((place**2 * profile).sum()) == pytest.approx(sigma, rel=0.12, abs=0.1)


def test_nothing_to_do_changes_nothing() -> None:
    matte = disc(50, 3)
    kept = matte.copy()
    assert shift_edge(matte, 0) is matte
    assert soften_edge(matte, 0) is matte
    shift_edge(matte, 3.5)
    soften_edge(matte, 12)
    assert (matte == kept).all()


@pytest.mark.parametrize("value", [0, 255])
def test_a_flat_matte_stays_flat(value: int) -> None:
    matte = np.full((40, 60), value, np.uint8)
    for made in (shift_edge(matte, 4.5), shift_edge(matte, -4.5), soften_edge(matte, 40)):
        assert (made == value).all()
