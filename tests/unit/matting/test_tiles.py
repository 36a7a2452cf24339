"""Tiles along an edge hold what is wanted, once, and are put together without steps."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.tiles import FADE, TILE, Mosaic, places_of

SIDE = TILE + 2 * FADE


@st.composite
def edges(draw: st.DrawFn) -> NDArray[np.bool_]:
    """Masks up to 200 pixels wide with a few thin marks."""
    height, width = draw(st.integers(1, 200)), draw(st.integers(1, 200))
    wanted = np.zeros((height, width), np.bool_)
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        wanted[top : top + draw(st.integers(1, 90)), left : left + draw(st.integers(1, 5))] = True
    return wanted


@given(edges())
def test_tiles_hold_everything_wanted_and_nothing_twice(wanted: NDArray[np.bool_]) -> None:
    held = np.zeros((wanted.shape[0] + TILE, wanted.shape[1] + TILE), np.uint8)
    for top, left in places_of(wanted):
        held[top : top + TILE, left : left + TILE] += 1
    assert held.max(initial=0) <= 1
    assert held[: wanted.shape[0], : wanted.shape[1]][wanted].all()


@given(edges(), st.integers(0, 255))
def test_tiles_that_agree_are_shown_as_they_are(wanted: NDArray[np.bool_], level: int) -> None:
    places = list(places_of(wanted))
    mosaic = Mosaic(*wanted.shape)
    for place in places:
        mosaic.add(place, np.full((SIDE, SIDE), level, np.uint8))
    for place in places:
        assert (mosaic.tile(place) == level).all()


@given(edges(), st.integers(0, 2**32 - 1))
def test_what_is_shown_lies_between_what_was_drawn(wanted: NDArray[np.bool_], seed: int) -> None:
    random = np.random.default_rng(seed)
    places = list(places_of(wanted))
    mosaic = Mosaic(*wanted.shape)
    levels = {place: int(random.integers(256)) for place in places}
    for place, level in levels.items():
        mosaic.add(place, np.full((SIDE, SIDE), level, np.uint8))
    for place in places:
        found = mosaic.tile(place)
        assert found.min() >= min(levels.values())
        assert found.max() <= max(levels.values())
        assert (found[FADE:-FADE, FADE:-FADE] == levels[place]).all()


def test_two_tiles_that_disagree_fade_into_each_other() -> None:
    for other in ((0, TILE), (TILE, 0)):
        mosaic = Mosaic(2 * TILE, 2 * TILE)
        mosaic.add((0, 0), np.zeros((SIDE, SIDE), np.uint8))
        mosaic.add(other, np.full((SIDE, SIDE), 255, np.uint8))
        both = np.concatenate(
            [mosaic.tile((0, 0)), mosaic.tile(other)], axis=1 if other[1] else 0
        ).astype(int)
        across = np.abs(np.diff(both, axis=1 if other[1] else 0))
        assert across.max() <= 255 / (2 * FADE) + 1


def test_a_tile_that_reaches_beyond_the_picture_is_no_error() -> None:
    mosaic = Mosaic(3, 5)
    mosaic.add((0, 0), np.full((SIDE, SIDE), 9, np.uint8))
    assert (mosaic.tile((0, 0)) == 9).all()
