"""The product's box: half-open, specks left out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.product import Box, find_product


def test_nothing_solid_is_no_product() -> None:
    assert find_product(np.zeros((20, 30), bool)) is None


@given(
    left=st.integers(0, 40),
    top=st.integers(0, 40),
    width=st.integers(1, 40),
    height=st.integers(1, 40),
)
def test_the_box_of_a_rectangle_is_the_rectangle(
    left: int, top: int, width: int, height: int
) -> None:
    solid = np.zeros((80, 80), bool)
    solid[top : top + height, left : left + width] = True
    found = find_product(solid)
    assert found is not None
    assert found.box == Box(left, top, left + width, top + height)
    assert found.specks == 0


@pytest.mark.parametrize(("side", "specks"), [(3, 1), (4, 0)])
def test_a_piece_below_a_thousandth_of_the_area_is_a_speck(side: int, specks: int) -> None:
    solid = np.zeros((200, 200), bool)
    solid[50:170, 50:170] = True  # 14,400 pixels, so that a speck has 14 at most
    solid[5 : 5 + side, 5 : 5 + side] = True
    found = find_product(solid)
    assert found is not None
    assert found.specks == specks
    assert found.box.left == (50 if specks else 5)


def test_a_ring_counts_with_its_hole() -> None:
    solid = np.zeros((200, 200), bool)
    solid[20:180, 20:180] = True
    solid[21:179, 21:179] = False
    solid[100:104, 100:104] = True  # inside the ring: part of what the ring encloses
    solid[0:4, 0:4] = True  # 16 pixels of 25,600: a speck, though the ring itself has only 636
    found = find_product(solid)
    assert found is not None
    assert found.specks == 1
    assert found.box == Box(20, 20, 180, 180)


def test_many_equal_pieces_are_all_product() -> None:
    solid = np.zeros((100, 100), bool)
    solid[::2, ::2] = True
    found = find_product(solid)
    assert found is not None
    assert found.specks == 0
    assert found.box == Box(0, 0, 99, 99)


def test_the_sides_that_a_box_touches() -> None:
    assert Box(0, 2, 10, 8).touches(10, 10) == {"left", "right"}
    assert Box(1, 0, 9, 10).touches(10, 10) == {"top", "bottom"}
    assert Box(1, 1, 9, 9).touches(10, 10) == frozenset()
