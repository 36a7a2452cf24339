"""The figures equal those of the reference scorer, and what arithmetic says of simple cases."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.metrics import FIGURES, Quality, mean_quality, measure, median_quality

Alpha = NDArray[np.float32]


def disc(size: int, radius: float, *, centre: tuple[float, float], ramp: float) -> Alpha:
    """Return a disc with an edge that falls from 1 to 0 over ``ramp`` pixels, in 8-bit steps."""
    y, x = np.mgrid[:size, :size]
    distance = np.hypot(y - centre[0], x - centre[1])
    alpha = ((radius - distance) / ramp + 0.5).clip(0, 1)
    return (np.rint(alpha * 255) / 255).astype(np.float32)


@pytest.fixture(scope="module")
def pair() -> tuple[Alpha, Alpha]:
    """Return a prediction that is soft, moved, and has a hole and a patch too many."""
    truth = disc(400, 110, centre=(200, 190), ramp=3)
    alpha = disc(400, 113, centre=(203, 194), ramp=17)
    alpha[190:200, 180:200] = 0.25
    alpha[20:30, 20:40] = 0.5
    return alpha, truth


def test_equals_the_reference_scorer(pair: tuple[Alpha, Alpha]) -> None:
    y, x = np.mgrid[:400, :400]
    colour = np.stack([x % 256, y % 256, (x + y) % 256], axis=-1).astype(np.uint8)
    true_colour = np.full_like(colour, (200, 100, 50))
    found = asdict(measure(*pair, colour, true_colour))
    for name, value in REFERENCE.items():
        assert found[name] == pytest.approx(value, rel=2e-5), name


REFERENCE = {
    "iou": 0.9249451,
    "mae": 0.02376637,
    "sad": 3.80262,
    "mse": 0.01079802,
    "gradient": 8.769734,
    "boundary_f": 0.2419825,
    "band": 0.2171087,
    "soft": 0.2921785,
    "far_background": 0.01166829,
    "deep_foreground": 0.006536589,
    "halo_green": 59.9104,
    "halo_white": 64.15385,
}
"""What the reference scorer (SciPy) says of the pair."""


def test_a_perfect_matte_has_no_error(pair: tuple[Alpha, Alpha]) -> None:
    _, truth = pair
    found = measure(truth, truth)
    assert found == replace(Quality(1, 0, 0, 0, 0, 1, 0, 0, 0, 0), gradient=found.gradient)
    assert found.gradient == pytest.approx(0)  # the filter rounds as its data lie in memory


def test_two_empty_mattes_agree() -> None:
    empty = np.zeros((50, 60), np.float32)
    assert measure(empty, empty) == Quality(1, 0, 0, 0, 0, 1, 0, 0, 0, 0)


def test_a_missing_matte_loses_everything(pair: tuple[Alpha, Alpha]) -> None:
    _, truth = pair
    found = measure(np.zeros_like(truth), truth)
    assert (found.iou, found.boundary_f, found.deep_foreground) == (0, 0, 1)
    assert found.sad == pytest.approx(truth.sum() / 1000)


def test_a_shifted_square_is_counted_by_hand() -> None:
    truth = np.zeros((200, 300), np.float32)
    truth[50:150, 100:200] = 1
    alpha = np.roll(truth, 5, axis=1)
    found = measure(alpha, truth)
    assert found.iou == pytest.approx(9500 / 10500)
    assert found.sad == pytest.approx(1.0)  # two strips of 5 × 100 pixels
    assert found.mae == found.mse == pytest.approx(1000 / 60000)
    assert found.far_background == found.deep_foreground == 0


def test_a_contour_within_the_tolerance_is_a_contour_in_place() -> None:
    truth = np.zeros((1500, 2000), np.float32)
    truth[300:1200, 400:1600] = 1
    assert measure(np.roll(truth, 2, axis=1), truth).boundary_f == 1  # 0.1 % of 2500 pixels
    assert measure(np.roll(truth, 4, axis=1), truth).boundary_f < 0.9


def test_left_over_background_far_away_is_a_share_of_it() -> None:
    truth = np.zeros((100, 100), np.float32)
    truth[40:60, 40:60] = 1
    alpha = truth.copy()
    alpha[:10, :10] = 0.03
    far = 100 * 100 - measure_band(truth)
    assert measure(alpha, truth).far_background == pytest.approx(100 / far)


def measure_band(truth: Alpha) -> int:
    """Return how many pixels are product or within ten pixels of its edge, by brute force."""
    inside = np.argwhere(truth >= 0.5)
    every = np.argwhere(np.ones_like(truth, bool))
    nearest = np.sqrt(((every[:, None] - inside[None]) ** 2).sum(-1).min(1))
    return int((nearest - 1 <= 10).sum())


def test_the_halo_is_measured_over_green_and_white() -> None:
    truth = disc(100, 30, centre=(50, 50), ramp=2)
    true_colour = np.full((100, 100, 3), 100, np.uint8)
    found = measure(truth, truth, true_colour + np.uint8(30), true_colour)
    assert found.halo_green == pytest.approx(found.halo_white)
    assert found.halo_green is not None
    assert 5 < found.halo_green < 25  # 30 levels on the inner half of the band
    assert measure(truth, truth).halo_green is None


def test_sizes_have_to_agree() -> None:
    with pytest.raises(ValueError, match="cannot compare"):
        measure(np.zeros((4, 4), np.float32), np.zeros((4, 5), np.float32))


@given(st.integers(0, 2**32 - 1))
def test_errors_are_shares_and_symmetric(seed: int) -> None:
    random = np.random.default_rng(seed)
    alpha, truth = random.random((2, 30, 40), dtype=np.float32)
    there, back = measure(alpha, truth), measure(truth, alpha)
    assert there.sad == pytest.approx(back.sad)
    assert there.gradient == pytest.approx(back.gradient)
    assert there.boundary_f == pytest.approx(back.boundary_f)
    shares = (there.iou, there.mae, there.mse, there.band, there.soft, there.boundary_f)
    assert all(0 <= share <= 1 for share in shares)


def test_mean_and_median_leave_out_what_was_not_measured() -> None:
    one = Quality(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, halo_green=4)
    two = Quality(0.5, 1, 2, 3, 4, 0.5, 6, 7, 8, 9)
    three = Quality(0, 10, 20, 30, 40, 0, 60, 70, 80, 90)
    mean = mean_quality([one, two, three])
    assert (mean.iou, mean.sad) == (0.5, pytest.approx(22 / 3))
    assert (mean.halo_green, mean.halo_white) == (4, None)
    assert median_quality([one, two, three]).sad == 2
    with pytest.raises(ValueError, match="no photos"):
        mean_quality([])


def test_every_figure_can_be_printed() -> None:
    quality = Quality(1, 0.25, 2, 3, 4, 5, 6, 7, 8, 9)
    texts = [figure.text(quality) for figure in FIGURES]
    assert texts[:3] == ["1.0000", "0.25000", "2.00"]
    assert texts[-2:] == ["-", "-"]
