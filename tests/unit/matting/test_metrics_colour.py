"""CIEDE2000 gives the published numbers, and the edge's colour error follows from it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matting.metrics import measure
from engine.matting.metrics.colour_difference import ciede2000, srgb_to_lab

# Table 1 of Sharma, Wu and Dalal (2005): L*a*b* of both colours, and their difference.
PAIRS = np.array(
    [
        (50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425),
        (50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615),
        (50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412),
        (50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000),
        (50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000),
        (50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000),
        (50, 0, 0, 50, -1, 2, 2.3669),
        (50, -1, 2, 50, 0, 0, 2.3669),
        (50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792),
        (50, 2.4900, -0.0010, 50, -2.4900, 0.0010, 7.1792),
        (50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195),
        (50, 2.4900, -0.0010, 50, -2.4900, 0.0012, 7.2195),
        (50, -0.0010, 2.4900, 50, 0.0009, -2.4900, 4.8045),
        (50, -0.0010, 2.4900, 50, 0.0010, -2.4900, 4.8045),
        (50, -0.0010, 2.4900, 50, 0.0011, -2.4900, 4.7461),
        (50, 2.5, 0, 50, 0, -2.5, 4.3065),
        (50, 2.5, 0, 73, 25, -18, 27.1492),
        (50, 2.5, 0, 61, -5, 29, 22.8977),
        (50, 2.5, 0, 56, -27, -3, 31.9030),
        (50, 2.5, 0, 58, 24, 15, 19.4535),
        (50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000),
        (50, 2.5, 0, 50, 3.2972, 0, 1.0000),
        (50, 2.5, 0, 50, 1.8634, 0.5757, 1.0000),
        (50, 2.5, 0, 50, 3.2592, 0.3350, 1.0000),
        (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
        (63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630),
        (61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731),
        (35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645),
        (22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373),
        (36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146),
        (90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441),
        (90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381),
        (6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377),
        (2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082),
    ]
)


def test_equals_the_published_pairs() -> None:
    found = ciede2000(PAIRS[:, :3], PAIRS[:, 3:6])
    assert found == pytest.approx(PAIRS[:, 6], abs=5e-5)


def test_float32_is_exact_enough() -> None:
    single = PAIRS.astype(np.float32)
    steep = slice(8, 15)  # pairs on both sides of a jump of the formula, closer than float32 tells
    found = np.delete(ciede2000(single[:, :3], single[:, 3:6]), steep)
    assert found.dtype == np.float32
    assert found == pytest.approx(np.delete(PAIRS[:, 6], steep), abs=2e-3)


def test_lab_of_known_colours() -> None:
    colours = np.array(
        [(255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 255, 0), (119, 119, 119)], "f4"
    )
    lab = [(100, 0, 0), (0, 0, 0), (53.24, 80.09, 67.20), (87.73, -86.18, 83.18), (50.03, 0, 0)]
    assert srgb_to_lab(colours) == pytest.approx(np.array(lab), abs=0.02)


_COLOUR = st.tuples(*[st.integers(0, 255)] * 3)


@given(_COLOUR, _COLOUR)
def test_a_difference_is_symmetric_and_none_only_between_equals(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    first, second = srgb_to_lab(np.array([one, other], np.float64))
    there, back = float(ciede2000(first, second)), float(ciede2000(second, first))
    assert there == pytest.approx(back)
    assert (there == 0) == (one == other)


def test_the_edge_is_seen_over_three_papers() -> None:
    truth = np.zeros((60, 60), np.float32)
    truth[:, 30:] = 1
    colour = np.full((60, 60, 3), 200, np.uint8)
    assert measure(truth, truth, colour, colour).delta_e == 0
    assert measure(truth, truth).delta_e is None

    moved = np.roll(truth, -1, axis=1)  # one column of 22 shows the product instead of the paper
    moved[:, -1] = 1
    product = srgb_to_lab(np.full(3, 200.0))
    papers = srgb_to_lab(np.array([(0, 0, 0), (255, 255, 255), (0, 255, 0)], np.float64))
    expected = ciede2000(papers, np.broadcast_to(product, (3, 3))).mean() / 22
    assert measure(moved, truth, colour, colour).delta_e == pytest.approx(expected, rel=1e-3)


def test_premultiplied_colour_is_an_error_where_alpha_is_soft() -> None:
    truth = np.zeros((60, 60), np.float32)
    truth[:, 30:] = 1
    truth[:, 28:32] = 0.5
    colour = np.full((60, 60, 3), 200, np.uint8)
    darkened = (colour * truth[..., None]).astype(np.uint8)
    found = measure(truth, truth, darkened, colour).delta_e
    assert found is not None and found > 1
