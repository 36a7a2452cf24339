"""A shadow on the sweep is kept as black, in the strength that gives the photo back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.shadow import cast_shadow, joint_alpha, lay_over

HEIGHT, WIDTH = 360, 480
PRODUCT = (40.0, 90.0, 160.0)

Field = NDArray[np.float32]
Pixels = NDArray[np.uint8]


def sweep(paper: tuple[int, int, int]) -> Field:
    """Return a lit sweep: lighter above, falling off to one side."""
    y = np.linspace(1.0, 0.88, HEIGHT, dtype=np.float32)[:, None]
    x = np.linspace(0.95, 1.0, WIDTH, dtype=np.float32)[None, :]
    return np.asarray((y * x)[..., None] * np.array(paper, np.float32), np.float32)


def body(at: tuple[int, int] = (240, 150)) -> Pixels:
    """Return the matte of an upright product, its edge a pixel soft."""
    big = np.zeros((HEIGHT * 4, WIDTH * 4), np.uint8)
    cv2.ellipse(big, (at[0] * 4, at[1] * 4), (180, 360), 0, 0, 360, 255, -1)
    return np.asarray(cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def blob(at: tuple[int, int], wide: int, deep: float, blur: float) -> Field:
    """Return the shares that a soft, flat shadow takes."""
    drawn = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(drawn, at, (wide, wide // 4), 0, 0, 360, deep, -1)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), blur), np.float32)


def photo(matte: Pixels, lit: Field, shade: Field, noise: float = 1.0) -> Pixels:
    """Return product and shadow on the sweep, as a camera with a little noise sees them."""
    share = matte[..., None] / np.float32(255)
    mixed = share * np.array(PRODUCT) + (1 - share) * (1 - shade[..., None]) * lit
    grain = np.random.default_rng(3).normal(0, noise, mixed.shape)
    return np.asarray((mixed + grain + 0.5).clip(0, 255), np.uint8)


def over(colour: Pixels, alpha: Pixels, ground: Field | tuple[float, float, float]) -> Field:
    share = alpha[..., None] / np.float32(255)
    return np.asarray(colour * share + np.asarray(ground, np.float32) * (1 - share), np.float32)


def product_colour() -> Pixels:
    return np.broadcast_to(np.array(PRODUCT, np.uint8), (HEIGHT, WIDTH, 3)).copy()


@settings(max_examples=8)
@given(
    paper=st.tuples(*[st.integers(90, 245)] * 3),
    deep=st.floats(0.15, 0.6),
    wide=st.integers(50, 100),
    blur=st.floats(3, 12),
    left=st.integers(210, 290),
)
def test_over_the_lit_sweep_the_cutout_gives_the_photo_back(
    paper: tuple[int, int, int], deep: float, wide: int, blur: float, left: int
) -> None:
    lit, matte, shade = sweep(paper), body(), blob((left, 240), wide, deep, blur)
    pixels = photo(matte, lit, shade)
    found = cast_shadow(pixels, matte)
    assert found is not None
    colour = product_colour()
    alpha = lay_over(colour, matte, found)
    off = np.abs(cv2.blur(over(colour, alpha, lit) - pixels, (3, 3))).max(axis=2)
    # At the product's outline the shade is drawn on from beside it.
    beside = cv2.dilate(matte, np.ones((9, 9), np.uint8)) == 0
    assert off[beside].max() < 7
    assert np.quantile(off[beside], 0.99) < 4
    assert off[beside].mean() < 1


@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_paper_without_a_shadow_leaves_no_haze(noise: float) -> None:
    matte = body()
    pixels = photo(matte, sweep((236, 234, 230)), np.zeros((HEIGHT, WIDTH), np.float32), noise)
    found = cast_shadow(pixels, matte)
    assert found is not None
    assert not found[matte == 0].any()


@pytest.mark.parametrize("noise", [0.5, 4.0])
def test_noise_beside_a_shadow_leaves_no_haze(noise: float) -> None:
    matte, shade = body(), blob((240, 240), 80, 0.5, 4)
    # Grain that darkens all channels alike is what a shadow does, too.
    grain = np.random.default_rng(1).normal(0, noise, (HEIGHT, WIDTH, 1))
    clean = photo(matte, sweep((190, 190, 190)), shade)
    found = cast_shadow(np.asarray((clean + grain).clip(0, 255), np.uint8), matte)
    assert found is not None
    beside = cv2.dilate((shade > 0.05).astype(np.uint8), np.ones((41, 41), np.uint8)) > 0
    lit = (shade < 0.001) & (matte == 0) & beside
    assert (found[lit] > 0).mean() < 0.002


def test_a_shadow_that_leaves_the_frame_fades_before_it() -> None:
    matte, shade = body(), blob((420, 240), 240, 0.5, 8)
    found = cast_shadow(photo(matte, sweep((200, 200, 200)), shade), matte)
    assert found is not None
    assert found[240, 330] > 90
    assert found[240, 468] < 0.5 * found[240, 440]
    assert not np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]]).any()


def test_the_shadow_of_something_else_stays_out() -> None:
    matte, shade = body((150, 150)), blob((400, 90), 40, 0.5, 5)
    found = cast_shadow(photo(matte, sweep((200, 200, 200)), shade), matte)
    assert found is not None
    assert not found[:, 320:].any()


def test_the_bend_of_the_sweep_behind_the_product_is_no_shadow() -> None:
    matte, lit = body(), sweep((210, 210, 210))
    band = np.zeros((HEIGHT, WIDTH), np.float32)
    band[135:165] = 0.04
    lit *= 1 - cv2.GaussianBlur(band, (0, 0), 5)[..., None]
    shade = blob((240, 240), 60, 0.5, 5)
    found = cast_shadow(photo(matte, lit, shade), matte)
    assert found is not None
    assert not found[120:180, :150].any()
    assert not found[120:180, 330:].any()
    assert found[245, 240] > 110


def test_the_light_of_a_coloured_product_on_the_paper_is_no_shadow() -> None:
    lit, matte = sweep((220, 220, 220)), body()
    spill = blob((240, 240), 80, 0.4, 8)
    lit[..., 1:] *= 1 - spill[..., None]
    found = cast_shadow(photo(matte, lit, np.zeros((HEIGHT, WIDTH), np.float32)), matte)
    assert found is not None
    assert found[matte == 0].max() <= 8


def test_the_shadow_goes_on_under_the_soft_edge() -> None:
    matte, shade = body(), blob((240, 240), 90, 0.5, 4)
    found = cast_shadow(photo(matte, sweep((200, 200, 200)), shade), matte)
    assert found is not None
    soft = (matte > 0) & (matte < 255)
    soft[:235] = soft[246:] = False
    assert np.abs(found[soft] / 255 - shade[soft]).max() < 0.08


def test_a_table_has_no_shadow_that_could_be_told() -> None:
    matte = body()
    boards = np.tile(np.repeat([90.0, 170.0, 120.0, 200.0], 7), WIDTH)[:WIDTH]
    lit = sweep((255, 255, 255)) * (boards / 255)[None, :, None].astype(np.float32)
    assert cast_shadow(photo(matte, lit, blob((240, 240), 80, 0.4, 6)), matte) is None


@pytest.mark.parametrize("value", [0, 255])
def test_nothing_and_a_full_frame_cast_none(value: int) -> None:
    pixels = np.full((40, 60, 3), 200, np.uint8)
    assert cast_shadow(pixels, np.full((40, 60), value, np.uint8)) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 90), (3, 2), (37, 1301), (1300, 41)])
def test_any_size_has_a_shade_of_its_own_size(shape: tuple[int, int]) -> None:
    matte = np.zeros(shape, np.uint8)
    matte[shape[0] // 3 : shape[0] // 2 + 1, shape[1] // 3 : shape[1] // 2 + 1] = 255
    found = cast_shadow(np.full((*shape, 3), 210, np.uint8), matte)
    assert found is None or found.shape == shape


def test_a_photo_and_a_matte_of_two_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="a matte of"):
        cast_shadow(np.zeros((5, 6, 3), np.uint8), np.zeros((6, 5), np.uint8))


LEVEL = st.integers(0, 255)
TRIPLE = st.tuples(LEVEL, LEVEL, LEVEL)


@given(TRIPLE, LEVEL, LEVEL, TRIPLE)
def test_one_cutout_looks_like_the_product_over_its_shadow(
    product: tuple[int, int, int], coverage: int, shade: int, ground: tuple[int, int, int]
) -> None:
    colour = np.full((1, 1, 3), product, np.uint8)
    matte, dark = np.full((1, 1), coverage, np.uint8), np.full((1, 1), shade, np.uint8)
    alpha = lay_over(colour, matte, dark)
    m, s = coverage / 255, shade / 255
    expected = m * np.array(product) + (1 - m) * (1 - s) * np.array(ground)
    assert np.abs(over(colour, alpha, ground)[0, 0] - expected).max() <= 1.5
    np.testing.assert_array_equal(alpha, joint_alpha(matte, dark))
    if coverage == 0 and shade > 0:
        assert not colour.any()
    if shade == 0:
        np.testing.assert_array_equal(colour[0, 0], product)
