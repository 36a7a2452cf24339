"""Smaller copies of a photo are the means of its cells, whichever copy they were made from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting import smaller as smaller_module
from engine.matting.smaller import MIDDLE_SIDE, Smaller, at_most, shrink

SIDES = st.integers(1, 90)


def photo(height: int, width: int) -> NDArray[np.uint8]:
    rng = np.random.default_rng(height * 1000 + width)
    return np.asarray(rng.integers(0, 256, (height, width, 3)), np.uint8)


def means(picture: NDArray[np.uint8], step: int) -> NDArray[np.float64]:
    """Return the mean of every whole cell, by the definition."""
    rows, columns = picture.shape[0] // step, picture.shape[1] // step
    cells = picture[: rows * step, : columns * step].reshape(rows, step, columns, step, 3)
    return np.asarray(cells.mean((1, 3)))


@pytest.fixture(autouse=True, scope="module")
def small_middle() -> Iterator[None]:
    """Have a photo of 90 pixels be a large one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smaller_module, "MIDDLE_SIDE", 30)
        yield


@given(SIDES, SIDES, st.integers(1, 40))
def test_cells_are_means_from_whichever_copy(height: int, width: int, side: int) -> None:
    pixels = photo(height, width)
    copies = Smaller(pixels)
    step = copies.step_for(side)
    assert 1 <= step <= min(height, width)
    # Each of up to three roundings is off by a half.
    np.testing.assert_allclose(copies.cells(step), means(pixels, step), atol=1.5)
    np.testing.assert_allclose(copies.middle, means(pixels, copies.step), atol=1)


@given(SIDES, SIDES, st.sampled_from([1, 3, 5, 7]))
def test_odd_cells_are_rounded_once(height: int, width: int, step: int) -> None:
    pixels = photo(max(height, step), max(width, step))
    np.testing.assert_allclose(shrink(pixels, step), means(pixels, step), atol=0.5 + 1e-6)
    # A part of a larger array, whose rows do not follow each other, has the same means.
    part = np.pad(pixels, ((2, 3), (1, 4), (0, 0)))[2:-3, 1:-4]
    np.testing.assert_array_equal(shrink(part, step), shrink(pixels, step))


@given(SIDES, SIDES, st.integers(1, 40))
def test_there_are_about_as_many_cells_as_asked_for(height: int, width: int, side: int) -> None:
    copies = Smaller(photo(height, width))
    step = copies.step_for(side)
    if step < min(height, width):  # a photo too thin for its cells gets thinner ones
        assert max(height, width) / step <= 1.1 * side + 1


@given(SIDES, SIDES, st.integers(1, 40))
def test_at_most_a_side_and_in_proportion(height: int, width: int, side: int) -> None:
    copy = Smaller(photo(height, width)).at_most(side)
    scale = min(1.0, side / max(height, width))
    expected = [max(1, round(length * scale)) for length in (height, width)]
    assert np.abs(np.array(copy.shape[:2]) - expected).max() <= 1


def test_a_small_photo_is_its_own_middle_and_never_enlarged() -> None:
    pixels = photo(20, 25)
    copies = Smaller(pixels)
    assert copies.middle is pixels
    np.testing.assert_array_equal(copies.at_most(100), pixels)
    np.testing.assert_array_equal(at_most(pixels, 100), pixels)


def test_who_writes_over_the_photo_keeps_the_copies() -> None:
    pixels = photo(90, 60)
    copies = Smaller(pixels)
    before = copies.middle.copy()
    pixels[:] = 0
    np.testing.assert_array_equal(copies.middle, before)
    np.testing.assert_array_equal(copies.cells(2 * copies.step), shrink(before, 2))


def test_a_photo_of_24_megapixels_is_read_once() -> None:
    assert MIDDLE_SIDE == 2600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smaller_module, "MIDDLE_SIDE", MIDDLE_SIDE)
        copies = Smaller(np.zeros((4000, 6000, 3), np.uint8))
        assert copies.middle.shape == (1333, 2000, 3)
        read: list[tuple[int, ...]] = []

        def noted(picture: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
            read.append(picture.shape)
            return shrink(picture, step)

        patch.setattr(smaller_module, "shrink", noted)
        for side in (700, 1000):
            copies.cells(copies.step_for(side))
        assert len(read) == 2
        assert max(map(max, read)) <= 2000, "each was made from the middle copy"
