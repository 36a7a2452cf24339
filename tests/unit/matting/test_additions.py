"""Which additions to a matte are believable."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from discs import EVERYWHERE, SIDE, disc
from numpy.typing import NDArray

from engine.matting.additions import bridge, drop_borrowed, drop_shadows, keep_attached

Field = NDArray[np.float32]


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


def aerial() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Return a body, the same with an aerial whose foot is missing, and what looks like product."""
    body, whole = disc(20), disc(20)
    whole[59:62, 60:110] = 1.0
    better = whole.copy()
    better[59:62, 80:86] = 0.0
    return body, better, whole > 0


def test_an_aerial_whose_foot_was_missed_is_joined_to_the_product() -> None:
    body, better, looks_own = aerial()
    np.testing.assert_array_equal(keep_attached(body, better)[:, 90:], body[:, 90:])
    joined = keep_attached(body, bridge(better, looks_own))
    np.testing.assert_array_equal(joined, looks_own.astype(np.float32))


def test_nothing_is_joined_across_the_backdrop() -> None:
    _, better, looks_own = aerial()
    looks_own[:, 82:84] = False
    np.testing.assert_array_equal(bridge(better, looks_own), better)


def test_what_only_looks_like_product_beside_one_part_is_not_added() -> None:
    better = np.maximum(disc(12, (30, 60)), disc(12, (90, 60)))
    looks_own = (disc(15, (30, 60)) > 0) | (disc(15, (90, 60)) > 0)
    np.testing.assert_array_equal(bridge(better, looks_own), better)


def test_parts_of_the_product_that_lie_apart_both_stay() -> None:
    pair = np.maximum(disc(12, (30, 60)), disc(12, (90, 60)))
    np.testing.assert_array_equal(keep_attached(pair, pair), pair)


def ring() -> tuple[Field, Field]:
    """Return a ring whose inside a network half believed in, and where its inside was added."""
    around = disc(50) - disc(35)
    return around + np.float32(0.3) * disc(35), disc(50)


@pytest.mark.parametrize(("odds", "inside"), [(-3.0, 0.0), (0.0, 1.0), (3.0, 1.0)])
def test_what_has_the_backdrops_colours_is_no_part(odds: float, inside: float) -> None:
    given, better = ring()
    result = drop_borrowed(given, better, np.float32(odds) * disc(35))
    assert result[60, 60] == pytest.approx(inside, abs=0.01)
    np.testing.assert_array_equal(result[given == 1], 1.0)


def test_a_small_part_may_have_a_colour_of_the_backdrop() -> None:
    body, strap = disc(20, (40, 60)), np.zeros((SIDE, SIDE), np.float32)
    strap[60, 60:80] = 1.0
    better = np.maximum(body, strap)
    np.testing.assert_array_equal(drop_borrowed(body, better, -3 * strap), better)
