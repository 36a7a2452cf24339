"""A matte finds the photo's edge, keeps the network's word where colours say nothing."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.matte import make_matte, stretch
from engine.matting.recipe import Recipe
from engine.matting.refiner import load_refiner
from engine.matting.scaling import scale_up

RECIPE = Recipe("", "")
PLAIN = Recipe("", "", refine=False)
HEIGHT, WIDTH = 700, 900

Pixels = NDArray[np.uint8]
Field = NDArray[np.float32]


def truth(height: int = HEIGHT, width: int = WIDTH) -> Field:
    """Return a bottle-like outline with anti-aliased edges."""
    canvas = np.zeros((height * 4, width * 4), np.uint8)
    s = 4 * height / 700
    box = [round(v * s) for v in (330, 220, 580, 610)]
    cv2.rectangle(canvas, box[:2], box[2:], 255, -1)
    cv2.circle(canvas, (round(455 * s), round(190 * s)), round(90 * s), 255, -1)
    small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / 255)


def photo(alpha: Field, product: tuple[int, int, int], paper: tuple[int, int, int]) -> Pixels:
    """Return the product on a sweep with a gradient and camera noise."""
    height, width = alpha.shape
    light = np.linspace(1.0, 0.85, height)[:, None, None]
    background = np.array(paper) * light
    mixed = np.array(product) * alpha[..., None] + background * (1 - alpha[..., None])
    noise = np.random.default_rng(5).normal(0, 2, (height, width, 3))
    return (mixed + noise).clip(0, 255).astype(np.uint8)


def vague(alpha: Field, side: int = 320, sigma: float = 2.0, shift: int = 1) -> Field:
    """Return what a small network would say: blurred, and not quite in place."""
    small = cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA)
    return np.roll(np.asarray(cv2.GaussianBlur(small, (0, 0), sigma)), shift, axis=1)


def error(matte: NDArray[np.uint8], alpha: Field) -> float:
    return float(np.abs(matte / 255 - alpha).sum())


COLOURS = st.tuples(*[st.integers(0, 240)] * 3)


@settings(max_examples=15, deadline=None)
@given(COLOURS, COLOURS)
def test_refinement_never_harms_and_helps_where_the_colours_differ(
    product: tuple[int, int, int], paper: tuple[int, int, int]
) -> None:
    alpha = truth(350, 450)
    pixels, probability = photo(alpha, product, paper), vague(alpha)
    refined = error(make_matte(pixels, probability, RECIPE), alpha)
    plain = error(make_matte(pixels, probability, PLAIN), alpha)
    apart = np.abs(np.subtract(product, paper)).max()
    assert refined <= 1.1 * plain
    if apart > 60:
        assert refined <= 0.3 * plain


def test_a_product_of_the_papers_colour_keeps_the_networks_outline() -> None:
    alpha = truth()
    pixels = photo(alpha, (238, 238, 238), (240, 240, 240))
    matte = make_matte(pixels, vague(alpha), RECIPE)
    assert (matte[280:570, 360:550] == 255).all()  # no hole is eaten into the body
    assert (matte[:, :250] == 0).all()
    assert error(matte, alpha) <= 1.1 * error(make_matte(pixels, vague(alpha), PLAIN), alpha)


def test_a_reflection_of_the_paper_deep_inside_is_no_hole() -> None:
    alpha = truth()
    pixels = photo(alpha, (40, 40, 45), (200, 200, 200))
    pixels[350:500, 430:480] = (185, 185, 185)
    probability = vague(alpha)
    probability[160:230, 150:172] = 0.93  # the network wavers there
    assert (make_matte(pixels, probability, RECIPE)[360:490, 440:470] == 255).all()


@pytest.mark.parametrize("value", [0, 90, 255])
@pytest.mark.parametrize("doubt", [0.0, 0.01, 0.3, 0.75])
def test_doubt_alone_makes_no_product(value: int, doubt: float) -> None:
    pixels = np.full((300, 400, 3), value, np.uint8)
    probability = np.full((320, 320), doubt, np.float32)
    for recipe in (RECIPE, PLAIN):
        assert not make_matte(pixels, probability, recipe).any()


def test_a_region_that_a_network_half_believes_in_stays_background() -> None:
    rng, alpha = np.random.default_rng(3), truth()
    blotches = cv2.resize(rng.random((23, 30)), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    pattern = np.where(blotches[..., None] > 0.5, (70, 190, 150), (140, 90, 120))
    pattern[:60] = (150, 150, 200)  # of all that is surely background this is the nearest
    pixels = photo(alpha, (225, 235, 220), (0, 0, 0)) + np.uint8(1 - alpha[..., None]) * pattern
    doubted = vague(alpha)
    region = np.zeros_like(doubted)
    region[27:200, 110:] = rng.uniform(0.3, 0.45, (173, 210))
    matte = make_matte(
        np.asarray(pixels, np.uint8), np.maximum(doubted, region), RECIPE, load_refiner()
    )
    assert error(matte, alpha) < 0.02 * alpha.sum()


def test_a_whisper_beside_the_product_is_removed() -> None:
    alpha = truth()
    probability = vague(alpha)
    probability[20:40, 20:40] = 0.6
    matte = make_matte(photo(alpha, (30, 60, 160), (220, 220, 220)), probability, RECIPE)
    assert not matte[:120, :150].any()


def test_a_full_frame_is_full() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    assert (make_matte(pixels, np.ones((320, 320), np.float32), RECIPE) == 255).all()


def test_a_mesh_that_mirrors_the_paper_keeps_the_smooth_edge_that_a_fine_network_found() -> None:
    alpha = truth(1400, 1800)
    pixels = photo(alpha, (170, 40, 35), (160, 160, 160))
    rows, columns = np.mgrid[:1400, :1800]
    stripes = (rows % 20 < 6) & (columns > 1146) & (columns < 1164) & (rows > 500) & (rows < 1150)
    pixels[stripes] = photo(np.zeros_like(alpha), (0, 0, 0), (160, 160, 160))[stripes]
    fine = cv2.resize(alpha, (1024, 1024), interpolation=cv2.INTER_AREA)
    matte = make_matte(pixels, fine, RECIPE, load_refiner(threads=1))
    assert (matte[stripes & (alpha == 1)] > 128).mean() > 0.8


def test_without_refinement_the_matte_is_the_networks_own_edge() -> None:
    alpha = truth()
    probability = vague(alpha)
    made = make_matte(photo(alpha, (200, 30, 30), (250, 250, 250)), probability, PLAIN)
    expected = stretch(scale_up(probability, HEIGHT, WIDTH), 0.1, 0.9) * 255
    assert np.abs(made - expected).max() <= 1


def test_the_knobs_reach_the_matte() -> None:
    alpha = truth()
    pixels, probability = photo(alpha, (200, 30, 30), (250, 250, 250)), vague(alpha)
    plain = make_matte(pixels, probability, RECIPE)
    grown = make_matte(pixels, probability, Recipe("", "", edge_shift=3))
    shrunk = make_matte(pixels, probability, Recipe("", "", edge_shift=-3))
    soft = make_matte(pixels, probability, Recipe("", "", edge_softness=4))
    assert shrunk.sum() < plain.sum() < grown.sum()
    fractional = [np.count_nonzero((m > 12) & (m < 243)) for m in (plain, soft)]
    assert fractional[1] > 3 * fractional[0]


def test_the_same_photo_gives_the_same_bytes() -> None:
    alpha = truth()
    pixels, probability = photo(alpha, (200, 30, 30), (250, 250, 250)), vague(alpha)
    first = make_matte(pixels, probability, RECIPE)
    assert (make_matte(pixels.copy(), probability.copy(), RECIPE) == first).all()


@pytest.fixture
def threads() -> Iterator[None]:
    """Put OpenCV's number of threads back."""
    before = cv2.getNumThreads()
    yield
    cv2.setNumThreads(before)


@pytest.mark.usefixtures("threads")
def test_the_number_of_threads_changes_nothing_visible() -> None:
    alpha = truth()
    pixels, probability = photo(alpha, (150, 140, 120), (200, 195, 190)), vague(alpha)
    made = []
    for count in (1, 4):
        cv2.setNumThreads(count)
        made.append(make_matte(pixels, probability, RECIPE).astype(int))
    assert np.abs(made[0] - made[1]).max() <= 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (2, 3), (1201, 5), (37, 2403), (1300, 1301)])
def test_any_size_is_cut_to_its_own_size(shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    probability = np.zeros((320, 320), np.float32)
    probability[:, 160:] = 1
    matte = make_matte(pixels, probability, RECIPE)
    assert matte.shape == shape
    assert matte.dtype == np.uint8
    if shape[1] > 100:
        assert not matte[:, : shape[1] // 3].any()
        assert (matte[:, -(shape[1] // 3) :] == 255).all()


def test_large_photos_get_their_edge_at_full_resolution() -> None:
    alpha = truth(2100, 2700)
    pixels = photo(alpha, (60, 70, 150), (225, 225, 220))
    matte, plain = (make_matte(pixels, vague(alpha), recipe) for recipe in (RECIPE, PLAIN))
    edge = (alpha > 0.02) & (alpha < 0.98)
    assert error(matte, alpha) < 0.05 * error(plain, alpha)
    assert np.count_nonzero((matte > 12) & (matte < 243)) < 4 * np.count_nonzero(edge)


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        make_matte(np.zeros((5, 5), np.uint8), np.zeros((3, 3), np.float32), RECIPE)
