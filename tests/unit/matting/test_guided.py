"""The guided filter fits alpha by the colours of its window."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.grid import Grid, Tile
from engine.matting.guided import carry_up, fit_coefficients

Plane = NDArray[np.float32]
Picture = NDArray[np.uint8]


def applied(coefficients: Plane, picture: Picture) -> Plane:
    *factors, constant = coefficients
    return np.asarray((np.stack(factors, -1) * picture).sum(-1) + constant)


def coloured(seed: int, height: int, width: int) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def test_an_alpha_that_is_linear_in_colour_is_found_again() -> None:
    picture = coloured(1, 60, 80)
    alpha = (0.2 + picture / 255 @ np.array([0.5, -0.3, 0.4], np.float32)).astype(np.float32)
    found = fit_coefficients(picture, alpha, 4, 1e-5)
    assert np.allclose(applied(found, picture), alpha, atol=2e-3)


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
def test_a_flat_alpha_stays_flat(level: float) -> None:
    picture = coloured(2, 40, 50)
    alpha = np.full((40, 50), level, np.float32)
    assert np.allclose(
        applied(fit_coefficients(picture, alpha, 3, 1e-4), picture), level, atol=1e-3
    )


def test_a_blurred_alpha_gets_the_photos_edge() -> None:
    picture = np.full((80, 80, 3), (204, 204, 191), np.uint8)
    picture[:, 40:] = (51, 26, 77)
    sharp = np.zeros((80, 80), np.float32)
    sharp[:, 40:] = 1
    rough = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 2))
    better = applied(fit_coefficients(picture, rough, 6, 1e-4), picture)
    assert np.abs(better - sharp).mean() < np.abs(rough - sharp).mean()
    assert better[40, 40] - better[40, 39] > 0.6  # one step, where the colours change
    assert rough[40, 40] - rough[40, 39] < 0.25


def test_a_picture_without_edges_leaves_alpha_as_it_was() -> None:
    picture = np.full((60, 60, 3), 128, np.uint8)
    rough = np.random.default_rng(3).random((60, 60), dtype=np.float32)
    assert np.allclose(
        applied(fit_coefficients(picture, rough, 3, 1e-4), picture), rough, atol=1e-4
    )


@given(
    size=st.tuples(st.integers(20, 300), st.integers(20, 500)),
    step=st.integers(1, 3),
    patches=st.lists(st.tuples(*[st.floats(0, 1)] * 4), max_size=6),
    radius=st.integers(1, 4),
    seed=st.integers(0, 2**32),
)
def test_tiles_are_carried_up_as_the_whole_would_be(
    size: tuple[int, int],
    step: int,
    patches: list[tuple[float, float, float, float]],
    radius: int,
    seed: int,
) -> None:
    grid = Grid(*size, step)
    rows, columns = grid.shape
    alpha = np.zeros(grid.shape, np.float32)
    for top, left, height, width in patches:
        upper, outer = int(top * rows), int(left * columns)
        alpha[upper : upper + 1 + int(height * 40), outer : outer + 1 + int(width * 40)] = 1
    pixels = coloured(seed, *size)
    picture = grid.shrink(pixels)
    matte = carry_up(pixels, picture, alpha, grid, radius)

    all_of_it = Tile((slice(0, rows), slice(0, columns)), (slice(0, size[0]), slice(0, size[1])))
    linear = grid.expand(fit_coefficients(picture, alpha, radius, 1e-4), all_of_it)
    expected = ((applied(np.stack(linear), pixels) - 0.1) / 0.8).clip(0, 1) * 255
    assert np.abs(matte - expected).max() < 1
