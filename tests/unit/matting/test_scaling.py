"""Scaling up never leaves the values that were there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.matting.scaling import scale_up

PROBABILITIES = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12),
    elements=st.floats(0, 1, width=32),
)


@given(PROBABILITIES, st.integers(1, 90), st.integers(1, 90))
def test_values_stay_between_the_smallest_and_the_largest(
    small: np.ndarray, height: int, width: int
) -> None:
    large = scale_up(small, height, width)
    assert large.shape == (height, width)
    assert large.dtype == np.float32
    assert small.min() - 1e-6 <= large.min() <= large.max() <= small.max() + 1e-6


@given(hnp.arrays(np.uint8, (7, 5)), st.integers(1, 90), st.integers(1, 90))
def test_a_matte_of_bytes_is_scaled_as_a_probability_is(
    small: np.ndarray, height: int, width: int
) -> None:
    large = scale_up(small, height, width)
    exact = scale_up(small.astype(np.float32) / np.float32(255), height, width)
    assert large.shape == (height, width)
    assert large.dtype == np.uint8
    assert np.abs(large / 255 - exact).max() <= 2 / 255


def test_nothing_rings_beside_an_edge() -> None:
    step = np.zeros((20, 20), np.float32)
    step[:, 10:] = 1
    large = scale_up(step, 400, 400)
    assert (np.diff(large, axis=1) >= -1e-6).all()
    assert (large[:, :170] == 0).all()
    assert (large[:, -170:] == 1).all()


def test_the_edge_stays_where_it_was() -> None:
    step = np.zeros((20, 20), np.float32)
    step[:, 10:] = 1
    for size in (100, 400, 2000):
        assert scale_up(step, size, size).mean() == pytest.approx(0.5, abs=1e-4)


def test_the_same_size_is_the_same_picture() -> None:
    small = np.random.default_rng(0).random((30, 40), dtype=np.float32)
    assert np.allclose(scale_up(small, 30, 40), small, atol=1e-6)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (3,), (3, 3, 1)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot scale"):
        scale_up(np.zeros(shape, np.float32), 5, 5)
