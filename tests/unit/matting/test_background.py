"""The backdrop's colour field: found behind the product, robust, and honest about its fit."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.background import FIT_SIDE, fit_background, sample

HEIGHT, WIDTH = 360, 480


def sweep() -> NDArray[np.float32]:
    """Return a gray sweep lit from one side, with a vignette."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    level = 150 + 25 * x - 20 * y - 15 * (x * x + y * y)
    return (level[..., None] * np.array([1.0, 0.98, 0.95])).astype(np.float32)


def product() -> NDArray[np.float32]:
    """Return the alpha of a disc in the middle."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.circle(alpha, (WIDTH // 2, HEIGHT // 2), 90, 1.0, -1)
    return alpha


def photo(plate: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return a dark product on a plate, with a little noise."""
    noise = np.random.default_rng(1).normal(0, 1, plate.shape)
    mixed = plate * (1 - alpha[..., None]) + 30 * alpha[..., None] + noise
    return np.clip(np.round(mixed), 0, 255).astype(np.uint8)


def difference(background_field: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far a field is from the sweep, everywhere."""
    full = cv2.resize(background_field, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.abs(full - sweep()).max(axis=2)


def test_the_field_is_the_sweep_and_goes_on_behind_the_product() -> None:
    alpha = product()
    background = fit_background(photo(sweep(), alpha), alpha)
    assert background.trust == 1.0
    assert background.residual < 2
    assert np.percentile(difference(background.field), 99) < 4


def test_the_field_is_small_whatever_the_photo() -> None:
    alpha = product()
    background = fit_background(photo(sweep(), alpha), cv2.resize(alpha, (64, 64)))
    assert max(background.field.shape) == FIT_SIDE
    assert background.misfit.shape == background.field.shape[:2]


def test_a_thin_part_that_the_network_missed_does_not_pull_the_field() -> None:
    alpha = product()
    missed = alpha.copy()
    cv2.line(missed, (20, 20), (WIDTH - 20, HEIGHT - 40), 1.0, 5)
    background = fit_background(photo(sweep(), missed), alpha)
    assert np.percentile(difference(background.field), 95) < 4


def test_a_texture_is_no_seamless() -> None:
    texture = np.random.default_rng(2).uniform(40, 220, (45, 60, 3)).astype(np.float32)
    plate = cv2.resize(texture, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    background = fit_background(photo(plate, product()), product())
    assert background.trust == background.say(fine=False) == 0.0


def test_blotched_paper_is_no_seamless_and_has_a_say_in_what_is_product() -> None:
    rough = np.random.default_rng(4).normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)
    blotches = cv2.GaussianBlur(rough, (0, 0), 6)
    plate = sweep() + (6.0 / blotches.std() * blotches)[..., None]
    background = fit_background(photo(plate, product()), product())
    assert 0 < background.trust < 1
    assert background.say(fine=False) == 1.0
    assert background.say(fine=True) == background.trust  # a fine network is not contradicted


def test_the_misfit_is_local() -> None:
    plate = sweep()
    busy = np.random.default_rng(3).uniform(-60, 60, (HEIGHT // 3, WIDTH, 1))
    plate[-(HEIGHT // 3) :] += cv2.blur(busy, (5, 5))[..., None]
    background = fit_background(photo(plate, product()), product())
    rows = background.misfit.shape[0]
    assert background.misfit[-rows // 6 :].mean() > 3 * background.misfit[: rows // 3].mean()


def test_a_product_that_fills_the_frame_leaves_a_finite_field() -> None:
    everywhere = np.ones((20, 20), np.float32)
    background = fit_background(photo(sweep(), product()), everywhere)
    assert np.isfinite(background.field).all()
    assert np.isfinite(background.misfit).all()


def test_nothing_passed_in_is_changed() -> None:
    alpha = product()
    pixels = photo(sweep(), alpha)
    before = pixels.copy(), alpha.copy()
    fit_background(pixels, alpha)
    np.testing.assert_array_equal(pixels, before[0])
    np.testing.assert_array_equal(alpha, before[1])


@settings(max_examples=30, deadline=None)
@given(
    top=st.integers(0, 150),
    left=st.integers(0, 200),
    rows=st.integers(1, 49),
    columns=st.integers(1, 55),
)
def test_a_window_is_the_same_as_in_the_whole_scaled_up(
    top: int, left: int, rows: int, columns: int
) -> None:
    small = np.random.default_rng(4).uniform(0, 255, (23, 31, 3)).astype(np.float32)
    whole = cv2.resize(small, (255, 199), interpolation=cv2.INTER_LINEAR)
    window = sample(small, (199, 255), slice(top, top + rows), slice(left, left + columns))
    # OpenCV places samples on a grid of 1/32 pixel here: 8 levels of a step of 255 at most.
    np.testing.assert_allclose(window, whole[top : top + rows, left : left + columns], atol=9)
