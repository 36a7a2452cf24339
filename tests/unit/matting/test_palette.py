"""Whose colour a colour is, in drawn photos of two of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.palette import log_odds

HEIGHT, WIDTH = 40, 90
Colour = tuple[int, int, int]
COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def photo(*colours: Colour) -> NDArray[np.uint8]:
    """Return as many upright stripes, from left to right."""
    stripes = np.array(colours, np.uint8)[None]
    return np.repeat(np.repeat(stripes, WIDTH // len(colours), axis=1), HEIGHT, axis=0)


def believed(*probabilities: float) -> NDArray[np.float32]:
    stripes = np.array(probabilities, np.float32)[None]
    return np.repeat(np.repeat(stripes, WIDTH // len(probabilities), axis=1), HEIGHT, axis=0)


@given(COLOURS, COLOURS)
def test_a_doubtful_colour_is_the_one_sides_as_much_as_it_is_not_the_others(
    product: Colour, backdrop: Colour
) -> None:
    odds = log_odds(photo(product, backdrop, product), believed(1, 0, 0.5))
    other = log_odds(photo(product, backdrop, product), believed(0, 1, 0.5))
    np.testing.assert_allclose(odds, -other, atol=1e-4)
    if np.abs(np.subtract(product, backdrop)).max() > 48:
        assert odds[:, 60:].min() > 3
        assert odds[:, 30:60].max() < -3


@given(COLOURS)
def test_nothing_is_said_of_colours_where_nothing_is_sure(colour: Colour) -> None:
    assert not log_odds(photo(colour), believed(0.5)).any()


def test_a_colour_that_neither_has_is_nobodys() -> None:
    odds = log_odds(photo((200, 0, 0), (0, 0, 200), (0, 200, 0)), believed(1, 0, 0.5))
    assert not odds[:, 60:].any()
