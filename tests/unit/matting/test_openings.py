"""Which openings in a matte are believable."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from discs import EVERYWHERE, SIDE, disc
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.enclosed import Compared, Patches, find_patches
from engine.matting.openings import close_solid, close_unlikely, open_holes, solid_within

Field = NDArray[np.float32]


def test_a_hole_with_a_rim_stays_open() -> None:
    body, hole = disc(50), disc(15)
    result = close_unlikely(body, body - hole, (body - hole) > 0, EVERYWHERE)
    np.testing.assert_array_equal(result, body - hole)


def test_an_opening_that_fades_into_the_product_is_closed() -> None:
    body, hole = disc(50), disc(15)
    result = close_unlikely(body, body - hole, (body - disc(35)) > 0, EVERYWHERE)
    assert result[body > 0].min() > 0.98


def test_each_opening_is_judged_by_itself() -> None:
    body = disc(55)
    left, right = disc(8, (35, 60)), disc(8, (85, 60))
    stands_out = (body - left - disc(22, (85, 60))) > 0
    result = close_unlikely(body, body - left - right, stands_out, EVERYWHERE)
    assert result[60, 35] == 0
    assert result[60, 85] > 0.98


def test_an_opening_in_wires_too_thin_to_look_beside_stays_open() -> None:
    wires = np.zeros((SIDE, SIDE), np.float32)
    wires[::12] = wires[:, ::12] = 1.0
    given = np.ones((SIDE, SIDE), np.float32)
    np.testing.assert_array_equal(close_unlikely(given, wires, wires > 0, EVERYWHERE), wires)


def test_what_was_added_is_left_alone() -> None:
    result = close_unlikely(disc(20), disc(40), ~EVERYWHERE, EVERYWHERE)
    np.testing.assert_array_equal(result, disc(40))


def test_nothing_passed_in_is_changed() -> None:
    given, better = disc(50), disc(50) - disc(15)
    before = given.copy(), better.copy()
    close_unlikely(given, better, ~EVERYWHERE, ~EVERYWHERE)
    np.testing.assert_array_equal(given, before[0])
    np.testing.assert_array_equal(better, before[1])


def test_a_streak_of_light_is_no_hole() -> None:
    body, streak = disc(50), disc(6)
    result = close_unlikely(body, body - streak, body > 0, ~EVERYWHERE)
    assert result[body > 0].min() > 0.98


@pytest.mark.parametrize(("sensitivity", "is_open"), [(0.0, False), (0.2, False), (0.8, True)])
def test_a_doubtful_hole_is_for_the_sensitivity_to_decide(
    sensitivity: float, is_open: bool
) -> None:
    body, hole = disc(50), disc(15)
    stands_out = (body - hole) > 0
    stands_out[:, 63:] = False  # less than half of its surroundings stand out
    result = close_unlikely(body, body - hole, stands_out, EVERYWHERE, sensitivity)
    assert bool(result[60, 60] == 0) is is_open


def test_at_no_sensitivity_nothing_is_opened_at_all() -> None:
    body, hole = disc(50), disc(15)
    result = close_unlikely(body, body - hole, (body - hole) > 0, EVERYWHERE, 0.0)
    np.testing.assert_array_equal(result, body)


def test_less_sensitivity_closes_the_small_openings_first() -> None:
    body = disc(55)
    small, large = disc(2, (35, 60)), disc(16, (75, 60))
    opened = body - small - large
    result = close_unlikely(body, opened, opened > 0, EVERYWHERE, 0.25)
    assert result[60, 35] > 0.98
    assert result[60, 75] == 0


def within(
    body: Field, stands_out: NDArray[np.bool_], better: Field, *, fine: bool = False
) -> Patches:
    """Return the patches of a body on gray paper, which shows where it does not stand out."""
    paper = np.full((SIDE, SIDE, 3), 170, np.float32)
    distance = np.where(stands_out, np.float32(90), np.float32(0))
    seen = Compared(
        paper - distance[..., None], paper, np.ones_like(body), distance, stands_out, ~stands_out
    )
    return find_patches(seen, body, body, better, fine=fine)


@pytest.mark.parametrize("opened", [0.0, 0.2, 1.0])
def test_what_shows_the_backdrop_is_opened_wholly(opened: float) -> None:
    body, hole, left = disc(50), disc(15), disc(15)
    left[:, 60:] = 0.0  # the network has opened this half, or nothing
    better = body - left * opened
    patches = within(body, (body - hole) > 0, better)
    assert open_holes(better, better, patches, 0.0) is better
    result = open_holes(better, better, patches)
    assert result[disc(10) > 0].max() < 0.01  # its very rim is left to the colours
    beyond = disc(20) == 0
    np.testing.assert_allclose(result[beyond], better[beyond], atol=0.01)


def test_what_the_network_has_opened_keeps_its_edge() -> None:
    body, hole = disc(50), disc(15)
    better = cv2.GaussianBlur(body - hole, (0, 0), 1.0)
    patches = within(body, (body - hole) > 0, better)
    np.testing.assert_array_equal(open_holes(better, better, patches), better)


def test_less_sensitivity_leaves_small_patches_closed() -> None:
    body, small = disc(55), disc(4)
    patches = within(body, (body - small) > 0, body)
    assert open_holes(body, body, patches, 0.2) is body
    assert open_holes(body, body, patches)[60, 60] < 0.01


def test_the_edge_of_a_body_is_no_hole() -> None:
    body = disc(50)
    patches = within(body, disc(47) > 0, body)
    assert open_holes(body, body, patches, 1.0) is body


def behind_glass(
    body: Field, glass: Field, better: Field, tint: float, *, fine: bool = False
) -> Patches:
    """Return the patches of a red body on gray paper, seen through a pane that is no hole's."""
    paper = np.full((SIDE, SIDE, 3), 170, np.float32)
    red = np.array([160, 50, 40], np.float32)
    rough = np.random.default_rng(3).normal(0, 1 + tint / 2, paper.shape)
    seen_through = paper - np.float32([tint, 0, tint / 2]) + rough
    shown = np.where(((body - glass) > 0)[..., None], red, seen_through).astype(np.float32)
    distance = np.abs(shown - paper).max(axis=2)
    clear = (body - glass) > 0
    metal = np.broadcast_to(np.arange(SIDE) < 0.75 * SIDE, clear.shape)  # it mirrors the paper
    seen = Compared(shown, paper, np.ones_like(body), distance, clear, ~clear | metal)
    return find_patches(seen, body, body, better, fine=fine)


def test_glass_that_the_network_half_opened_is_closed_and_a_hole_is_not() -> None:
    body, glass = disc(50), disc(22)
    half = body - 0.4 * glass
    through_glass = behind_glass(body, glass, half, tint=16.0)
    assert close_solid(body, half, through_glass)[60, 60] == 1
    assert close_solid(body, half, through_glass, 1.0) is half
    hole = behind_glass(body, glass, half, tint=0.0)
    assert close_solid(body, half, hole) is half
    opened = body - 0.6 * glass
    through_glass = behind_glass(body, glass, opened, tint=16.0)
    assert close_solid(body, opened, through_glass) is opened


@pytest.mark.parametrize("left", [0.4, 0.6])
def test_after_a_fine_network_what_is_no_hole_is_closed_however_far_it_was_opened(
    left: float,
) -> None:
    body, glass = disc(50), disc(22)
    opened = body - (1 - left) * glass
    through_glass = behind_glass(body, glass, opened, tint=16.0, fine=True)
    assert close_solid(body, opened, through_glass)[60, 60] == 1
    hole = behind_glass(body, glass, opened, tint=0.0, fine=True)
    assert close_solid(body, opened, hole, 0.75) is opened


@pytest.mark.parametrize("fine", [False, True])
def test_what_a_fine_network_half_believed_in_and_is_clearly_no_hole_is_made_whole(
    fine: bool,
) -> None:
    body, glass = disc(50), disc(22)
    doubted = body - 0.2 * glass
    clear = behind_glass(doubted, glass, doubted, tint=16.0, fine=fine)
    inside = disc(16) > 0  # the rim is left to the colours
    closed = close_solid(doubted, doubted, clear)
    assert (closed[inside] > 0.99).all() if fine else (closed[inside] < 0.81).all()
    np.testing.assert_array_equal(close_solid(doubted, doubted, clear, 1.0), doubted)
    hole = behind_glass(doubted, glass, doubted, tint=0.0, fine=fine)
    assert close_solid(doubted, doubted, hole, 0.75)[60, 60] < 0.81


def test_what_is_clearly_no_hole_is_held_but_for_its_narrow_parts() -> None:
    body, glass = disc(50), disc(22)
    glass[59:61, 20:80] = 1.0  # a reflection as narrow as an edge
    patches = behind_glass(body, glass, body, tint=16.0, fine=True)
    solid = solid_within(patches)
    assert solid[disc(18) > 0].all()
    assert not solid[:, 20:34].any()
    assert not solid[body == 0].any()
    assert not solid_within(patches, 1.0).any()
    hole = behind_glass(body, disc(22), body, tint=0.0, fine=True)
    assert not solid_within(hole, 0.75).any()


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_more_sensitivity_never_closes_what_less_opened(
    seed: int, one: float, other: float, fine: bool
) -> None:
    draw = np.random.default_rng(seed)
    body = disc(55)
    holes, stands_out, backdrop = body.copy(), body > 0, body > 2
    for _ in range(5):
        at = (int(draw.integers(25, 95)), int(draw.integers(25, 95)))
        holes = np.minimum(holes, 1 - disc(int(draw.integers(2, 9)), at) * draw.uniform(0.2, 1))
        stands_out &= disc(int(draw.integers(2, 12)), at) == 0
        backdrop |= disc(int(draw.integers(2, 9)), at) > 0
    found = holes.astype(np.float32)
    patches = within(body, stands_out, found, fine=fine)

    def decided(sensitivity: float) -> Field:
        likely = close_unlikely(body, found, stands_out, backdrop, sensitivity)
        opened = open_holes(found, likely, patches, sensitivity)
        return close_solid(body, opened, patches, sensitivity)

    low, high = (decided(sensitivity) for sensitivity in sorted((one, other)))
    assert (high <= low + 1e-5).all()
