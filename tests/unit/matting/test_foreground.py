"""Straight foreground colour: the product's own under every soft alpha, on any background."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pymatting import estimate_foreground_ml

from engine.matting.foreground import estimate_foreground

Alpha = NDArray[np.uint8]
PRODUCT = np.array([200, 100, 50], np.float64)
HEIGHT, WIDTH = 220, 300

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def backgrounds(draw: st.DrawFn) -> NDArray[np.float64]:
    """Draw a flat, a graded, a vignetted or a textured background."""
    one, other = (np.array(draw(COLOURS), np.float64) for _ in range(2))
    y, x = np.mgrid[:HEIGHT, :WIDTH] / np.array([HEIGHT, WIDTH])[:, None, None]
    angle = draw(st.floats(0, 2 * np.pi))
    ramp = 0.5 + 0.5 * (np.cos(angle) * (2 * x - 1) + np.sin(angle) * (2 * y - 1)) / np.sqrt(2)
    kind = draw(st.sampled_from(["flat", "gradient", "vignette", "texture"]))
    if kind == "gradient":
        return one + (other - one) * ramp[..., None]
    flat = np.broadcast_to(one, (HEIGHT, WIDTH, 3))
    if kind == "vignette":
        return flat * (1 - 0.6 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))[..., None]
    if kind == "texture":
        random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        return (flat + random.normal(0, draw(st.floats(1, 15)), (HEIGHT, WIDTH, 1))).clip(0, 255)
    return flat


@st.composite
def mattes(draw: st.DrawFn) -> Alpha:
    """Draw a product that is half transparent all over, or soft at its edge."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(y - HEIGHT / 2, x - WIDTH / 2)
    kind = draw(st.sampled_from(["disc of glass", "box of glass", "label on glass", "soft edge"]))
    if kind == "disc of glass":
        return np.where(distance < draw(st.integers(25, 70)), 128, 0).astype(np.uint8)
    if kind == "box of glass":
        box = (abs(y - HEIGHT / 2) < 50) & (abs(x - WIDTH / 2) < draw(st.integers(20, 100)))
        return np.where(box, 128, 0).astype(np.uint8)
    if kind == "label on glass":
        return np.select([distance < 25, distance < 70], [255, 128], 0).astype(np.uint8)
    width = draw(st.floats(1, 30))
    return ((0.5 + (60 - distance) / width).clip(0, 1) * 255).astype(np.uint8)


def composed(alpha: Alpha, background: NDArray[np.float64]) -> NDArray[np.uint8]:
    share = alpha[..., None] / 255
    return np.rint(PRODUCT * share + background * (1 - share)).clip(0, 255).astype(np.uint8)


@settings(max_examples=60, deadline=None)
@given(backgrounds(), mattes())
def test_the_products_colour_comes_out_on_any_background(
    background: NDArray[np.float64], alpha: Alpha
) -> None:
    found = estimate_foreground(composed(alpha, background), alpha)
    clear = alpha >= 100
    assert np.abs(found[clear] - PRODUCT).max() <= 6


@settings(max_examples=20, deadline=None)
@given(COLOURS, mattes())
def test_a_solid_pixel_keeps_its_own_colour(colour: tuple[int, int, int], alpha: Alpha) -> None:
    random = np.random.default_rng(sum(colour))
    pixels = random.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    kept = pixels.copy()
    found = estimate_foreground(pixels, alpha)
    assert (found[alpha == 255] == pixels[alpha == 255]).all()
    assert (pixels == kept).all()
    assert found.dtype == np.uint8


def test_it_is_about_as_close_to_the_truth_as_the_multi_level_method() -> None:
    """A striped product with a soft outline on grey; PyMatting's estimate is the reference."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(y - HEIGHT / 2, x - WIDTH / 2)
    alpha = ((0.5 + (70 - distance) / 6).clip(0, 1) * 255).astype(np.uint8)
    product = np.stack([120 + 80 * np.sin(x / 9), 90 + 60 * np.cos(y / 7), 60 + 0 * x], axis=-1)
    share = alpha[..., None] / 255
    paper = 170 + 30 * (y / HEIGHT)[..., None]
    pixels = np.rint(product * share + paper * (1 - share)).astype(np.uint8)
    soft = (alpha > 0) & (alpha < 255)

    def error(colour: NDArray[np.float64]) -> float:
        return float((np.abs(colour - product) * share)[soft].mean())

    ours = error(estimate_foreground(pixels, alpha).astype(np.float64))
    theirs = error(255 * estimate_foreground_ml(pixels / 255, alpha / 255))
    kept = error(pixels.astype(np.float64))
    assert ours < 1.25 * theirs
    assert ours < 0.25 * kept


def test_where_no_background_shows_the_photo_is_kept() -> None:
    pixels = np.full((60, 80, 3), (90, 120, 30), np.uint8)
    found = estimate_foreground(pixels, np.full((60, 80), 128, np.uint8))
    assert np.abs(found.astype(int) - pixels).max() <= 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "product", [slice(200, 400), slice(0, 0)], ids=["far away", "nothing else"]
)
@pytest.mark.parametrize(("row", "column", "alpha"), [(-1, -1, 128), (700, 900, 1)])
def test_a_speck_that_no_cell_shows_keeps_its_colour(
    product: slice, row: int, column: int, alpha: int
) -> None:
    pixels = np.full((1503, 2003, 3), 180, np.uint8)
    pixels[row, column] = (150, 60, 40)
    alphas = np.zeros(pixels.shape[:2], np.uint8)
    alphas[product, product] = 255
    alphas[row, column] = alpha
    found = estimate_foreground(pixels, alphas)
    if alpha == 128:
        assert np.abs(found[row, column].astype(int) - pixels[row, column]).max() <= 2


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (3, 2), (1, 4000)])
def test_small_and_thin_photos(shape: tuple[int, int]) -> None:
    alpha = (np.arange(shape[0] * shape[1]) % 256).astype(np.uint8).reshape(shape)
    assert estimate_foreground(np.full((*shape, 3), 77, np.uint8), alpha).shape == (*shape, 3)


def test_sizes_have_to_agree() -> None:
    with pytest.raises(ValueError, match="a photo of"):
        estimate_foreground(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 5), np.uint8))
