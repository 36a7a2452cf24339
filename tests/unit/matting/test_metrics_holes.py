"""Holes are counted as a person would count them on a drawing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.matting.metrics import FIGURES, Quality, mean_quality, measure, median_quality

Alpha = NDArray[np.float32]
HOLES = next(figure for figure in FIGURES if figure.heading == "HOLES")


def plate() -> Alpha:
    """Return a plate with two holes of 20 × 20 pixels, a pin hole, and a notch in its edge."""
    truth = np.zeros((400, 500), np.float32)
    truth[100:300, 100:400] = 1
    truth[150:170, 150:170] = 0
    truth[150:170, 250:270] = 0
    truth[200:206, 200:206] = 0  # 36 pixels; 0.02 % of the frame are 40
    truth[100:140, 350:380] = 0
    return truth


def counts(alpha: Alpha, truth: Alpha) -> tuple[int, int]:
    found = measure(alpha, truth)
    return found.holes_open, found.holes_total


def test_only_large_enclosed_background_is_a_hole() -> None:
    truth = plate()
    assert counts(truth, truth) == (2, 2)


def test_a_hole_is_open_from_half_of_its_pixels() -> None:
    truth = plate()
    alpha = truth.copy()
    alpha[150:160, 150:170] = 1
    assert counts(alpha, truth) == (2, 2)
    alpha[160, 150] = 0.5
    assert counts(alpha, truth) == (1, 2)
    assert counts(np.ones_like(truth), truth) == (0, 2)


def test_a_hole_that_the_frame_cuts_is_none() -> None:
    truth = plate()
    cut = truth[155:190].copy()
    assert counts(cut, cut) == (0, 0)
    assert HOLES.text(measure(cut, cut)) == "-"


def test_background_that_touches_by_a_corner_only_is_enclosed() -> None:
    truth = np.zeros((200, 200), np.float32)
    truth[50:150, 50:150] = 1
    truth[50:100, 50:100] = 0  # a bite out of the corner
    truth[100:120, 100:120] = 0  # meets the bite in one corner
    assert counts(truth, truth) == (1, 1)


def test_holes_weigh_alike_however_many_a_photo_has() -> None:
    truth = plate()
    photos = [measure(truth, truth), measure(np.ones_like(truth), truth)]
    single = np.zeros((400, 500), np.float32)
    single[100:300, 100:400] = 1
    photos.append(measure(single, single))
    for summary in (mean_quality(photos), median_quality(photos)):
        assert HOLES.text(summary) == "2/4"
        assert HOLES.value(summary) == 0.5
    assert HOLES.value(photos[2]) is None


def test_the_solid_interior_is_lost_by_windows_and_by_bays() -> None:
    truth = np.zeros((300, 300), np.float32)
    truth[50:250, 50:250] = 1
    solid = 178 * 178  # the edge's own pixel and ten more on every side are no interior
    alpha = truth.copy()
    alpha[100:110, 100:120] = 0.4
    assert measure(alpha, truth).solid_lost == pytest.approx(200 / solid)
    alpha[150:152, 50:251] = 0
    assert measure(alpha, truth).solid_lost == pytest.approx((200 + 2 * 178) / solid)
    alpha[200:220, 200:220] = 0.6
    assert measure(alpha, truth).solid_lost == pytest.approx((200 + 2 * 178) / solid)


def test_glass_is_no_solid() -> None:
    truth = np.zeros((300, 300), np.float32)
    truth[50:250, 50:250] = 0.7
    assert measure(np.zeros_like(truth), truth).solid_lost == 0


def test_counts_without_holes_have_no_share() -> None:
    empty = Quality(1, 0, 0, 0, 0, 1, 0, 0, 0, 0)
    assert HOLES.value(empty) is None
