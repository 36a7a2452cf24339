"""Which changes of a matte are believable."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.changes import close_unlikely, drop_shadows, keep_attached

SIDE = 120
EVERYWHERE = np.ones((SIDE, SIDE), bool)
Field = NDArray[np.float32]


def disc(radius: int, at: tuple[int, int] = (SIDE // 2, SIDE // 2)) -> Field:
    """Return 1 inside a disc."""
    picture = np.zeros((SIDE, SIDE), np.float32)
    cv2.circle(picture, at, radius, 1.0, -1)
    return picture


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


def test_a_soft_shadow_is_no_part() -> None:
    body = disc(20, (40, 60))
    shade = cv2.GaussianBlur(disc(35, (80, 60)), (0, 0), 20)
    added = np.maximum(body, (shade > 0.4).astype(np.float32))
    result = drop_shadows(body, added, body, 60 * shade, EVERYWHERE)
    assert result[60, 85] < 0.05
    assert result[60, 40] == 1.0


def test_a_wire_that_was_missed_is_a_part_even_in_the_shadows_colour() -> None:
    body, wire = disc(20, (40, 60)), np.zeros((SIDE, SIDE), np.float32)
    cv2.line(wire, (58, 60), (115, 90), 1.0, 3)
    both = np.maximum(body, wire)
    np.testing.assert_array_equal(drop_shadows(body, both, body, 60 * both, EVERYWHERE), both)


def test_what_the_network_half_believed_in_is_no_shadow() -> None:
    body = disc(20, (40, 60))
    shade = cv2.GaussianBlur(disc(35, (80, 60)), (0, 0), 20)
    added = np.maximum(body, (shade > 0.4).astype(np.float32))
    belief = np.maximum(body, 0.5 * shade)
    np.testing.assert_array_equal(drop_shadows(body, added, belief, 60 * shade, EVERYWHERE), added)


def test_a_part_that_hangs_on_the_product_is_kept() -> None:
    body, wire = disc(20), np.zeros((SIDE, SIDE), np.float32)
    wire[60, 60:110] = 1.0
    better = np.maximum(body, wire)
    np.testing.assert_array_equal(keep_attached(body, better), better)


def test_a_neighbour_in_the_frame_is_not_added() -> None:
    body, clamp = disc(20), disc(8, (100, 20))
    result = keep_attached(body, np.maximum(body, cv2.GaussianBlur(clamp, (0, 0), 1.0)))
    assert result[10:30, 90:110].max() < 0.1
    np.testing.assert_array_equal(result[:, :80], body[:, :80])


def test_parts_of_the_product_that_lie_apart_both_stay() -> None:
    pair = np.maximum(disc(12, (30, 60)), disc(12, (90, 60)))
    np.testing.assert_array_equal(keep_attached(pair, pair), pair)
