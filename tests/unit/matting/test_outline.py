"""The learned outline on pictures drawn here: nearer to the truth, and nothing else touched."""

from __future__ import annotations

import math

import cv2
import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.background import Background, fit_background
from engine.matting.outline import draw_outline
from engine.matting.refiner import load_refiner
from engine.matting.tiles import TILE

Picture = NDArray[np.uint8]
HEIGHT, WIDTH = 300, 420


@pytest.fixture(scope="module")
def network() -> ort.InferenceSession:
    return load_refiner(threads=1).outline


def ellipse(sigma: float, grow: int = 0) -> NDArray[np.float32]:
    """Return the alpha of a product whose edge the lens has blurred by ``sigma`` pixels."""
    big = np.zeros((HEIGHT * 4, WIDTH * 4), np.uint8)
    axes = (4 * (120 + grow), 4 * (80 + grow))
    cv2.ellipse(big, (WIDTH * 2, HEIGHT * 2), axes, 20, 0, 360, 255, -1)
    alpha = cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) / np.float32(255)
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), sigma), np.float32)


def photographed(alpha: NDArray[np.float32]) -> tuple[Picture, Background]:
    """Return a green product on gray paper, and the paper."""
    paper = np.linspace(190, 160, HEIGHT, dtype=np.float32)[:, None, None] * np.ones((1, WIDTH, 3))
    mixed = paper * (1 - alpha[..., None]) + np.array([50.0, 120.0, 60.0]) * alpha[..., None]
    grain = np.random.default_rng(3).normal(0, 1.5, mixed.shape)
    pixels = np.asarray(np.round(mixed + grain).clip(0, 255), np.uint8)
    return pixels, fit_background(pixels, alpha)


def error(matte: Picture, alpha: NDArray[np.float32]) -> float:
    """Return the sum of absolute differences."""
    return float(np.abs(matte / np.float32(255) - alpha).sum())


@pytest.mark.parametrize(("twice", "closely"), [(False, 0.0), (False, 1.0), (True, math.inf)])
@pytest.mark.parametrize("sigma", [0.6, 1.0, 2.0])
@pytest.mark.parametrize("grow", [-2, 2])
def test_an_edge_beside_the_true_one_is_drawn_where_it_is(
    network: ort.InferenceSession, sigma: float, grow: int, twice: bool, closely: float
) -> None:
    alpha = ellipse(sigma)
    pixels, background = photographed(alpha)
    given_ = np.asarray(np.round((ellipse(0.6, grow) > 0.5) * 255), np.uint8)
    drawn = draw_outline(pixels, given_, background, network, twice=twice, closely=closely)
    assert error(drawn, alpha) < 0.5 * error(given_, alpha)


def test_a_second_look_leaves_less_to_chance(network: ort.InferenceSession) -> None:
    once, both = [], []
    for grow in (-4, -2, 2, 4):
        alpha = ellipse(1.0)
        pixels, background = photographed(alpha)
        given_ = np.asarray(np.round((ellipse(0.6, grow) > 0.5) * 255), np.uint8)
        for errors, twice in ((once, False), (both, True)):
            drawn = draw_outline(pixels, given_, background, network, twice=twice)
            errors.append(error(drawn, alpha))
    assert sum(both) < sum(once)


def shifted(
    network: ort.InferenceSession, closely: float, grow: int = 2
) -> tuple[Picture, NDArray[np.float32]]:
    """Return what is drawn of an edge handed in ``grow`` pixels too far out, and the truth."""
    alpha = ellipse(0.3)
    pixels, background = photographed(alpha)
    given_ = np.asarray(np.round(ellipse(2.0, grow) * 255), np.uint8)
    return draw_outline(pixels, given_, background, network, closely=closely), alpha


@pytest.mark.parametrize("grow", [-3, -1, 2, 4])
def test_through_the_glass_a_sharp_edge_is_placed_more_exactly(
    network: ort.InferenceSession, grow: int
) -> None:
    bare, closer = (error(*shifted(network, closely, grow)) for closely in (0.0, math.inf))
    assert closer < 0.9 * bare


def test_no_more_is_looked_at_through_the_glass_than_was_asked_for(
    network: ort.InferenceSession,
) -> None:
    bare, some, every = (shifted(network, closely)[0] for closely in (0.0, 0.4, math.inf))
    changed = some != bare
    assert 0 < np.count_nonzero(changed) < 0.5 * np.count_nonzero(every != bare)
    assert cv2.connectedComponents(changed.view(np.uint8))[0] > 1
    np.testing.assert_array_equal(shifted(network, 0.01)[0], bare)  # less than a whole tile


def test_the_softest_of_an_edge_is_looked_at_first(network: ort.InferenceSession) -> None:
    alpha = ellipse(0.3)
    alpha[80:220, 130:190:10] = 0.4  # threads, beside a plain edge
    pixels, background = photographed(alpha)
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    bare, some = (draw_outline(pixels, matte, background, network, closely=c) for c in (0.0, 0.3))
    columns = np.nonzero((bare != some).any(axis=0))[0]
    assert columns.size
    assert columns.min() >= 130 - TILE
    assert columns.max() < 190 + TILE


def test_an_edge_out_of_focus_is_not_looked_at_through_the_glass(
    network: ort.InferenceSession,
) -> None:
    alpha = ellipse(5.0)
    pixels, background = photographed(alpha)
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    bare, closer = (
        draw_outline(pixels, matte, background, network, closely=closely)
        for closely in (0.0, math.inf)
    )
    np.testing.assert_array_equal(bare, closer)


def test_an_edge_further_away_than_it_may_move_is_followed_once(
    network: ort.InferenceSession,
) -> None:
    alpha = ellipse(0.8)
    pixels, background = photographed(alpha)
    given_ = np.asarray(np.round((ellipse(0.6, -9) > 0.5) * 255), np.uint8)
    drawn = draw_outline(pixels, given_, background, network)
    assert error(drawn, alpha) < 0.07 * error(given_, alpha)


@pytest.mark.parametrize("across", [0, 150, 300])
def test_how_much_paper_lies_around_makes_no_difference(
    network: ort.InferenceSession, across: int
) -> None:
    """The part of the frame that is looked at is the product's; a speck makes it the whole."""
    room = np.zeros((HEIGHT, WIDTH + 300), np.float32)
    room[:, across : across + WIDTH] = ellipse(0.8, 1)
    slope = np.linspace(100, 220, WIDTH + 300, dtype=np.float32)[None, :, None]
    field = np.broadcast_to(slope, (HEIGHT, WIDTH + 300, 3)).astype(np.float32)
    background = Background(field, np.ones(field.shape[:2], np.float32), 1.0)
    green = np.array([50.0, 120.0, 60.0], np.float32)
    pixels = np.asarray(field + (green - field) * room[..., None], np.uint8)
    alone = np.asarray(np.round(room * 255), np.uint8)
    with_specks = alone.copy()
    with_specks[[0, 0, -1, -1], [0, -1, 0, -1]] = 1  # too faint for an edge
    drawn, whole = (
        draw_outline(pixels, each, background, network) for each in (alone, with_specks)
    )
    assert (drawn != alone).any()
    np.testing.assert_array_equal(drawn[1:-1], whole[1:-1])


def test_what_is_far_from_the_edge_stays(network: ort.InferenceSession) -> None:
    alpha = ellipse(0.8)
    pixels, background = photographed(alpha)
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    pixels[140:160, 200:220] = 175  # a label of the paper's colour, which the matte keeps
    drawn = draw_outline(pixels, matte, background, network)
    solid = matte == 255
    deep = cv2.erode(solid.view(np.uint8), np.ones((15, 15), np.uint8)) > 0
    assert deep.any()
    assert (drawn[deep] == 255).all()
    empty = cv2.erode((matte == 0).view(np.uint8), np.ones((15, 15), np.uint8)) > 0
    assert (drawn[empty] == 0).all()


def test_a_label_of_the_papers_colour_gets_no_patches_with_straight_borders(
    network: ort.InferenceSession,
) -> None:
    alpha = ellipse(0.8)
    pixels, background = photographed(alpha)
    label = (slice(110, 190), slice(160, 260))
    pixels[label] = photographed(np.zeros_like(alpha))[0][label]
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    cv2.circle(matte, (210, 150), 2, 180, -1)  # a doubt in the middle of it
    drawn = draw_outline(pixels, matte, background, network)
    assert (drawn[label] > 128).all()


def pot() -> NDArray[np.float32]:
    """Return the alpha of a flower pot: a rim, and what is narrower below it."""
    big = np.zeros((HEIGHT * 4, WIDTH * 4), np.uint8)
    right = [(310, 60), (310, 130), (285, 145), (260, 270)]
    left = [(WIDTH - x, y) for x, y in reversed(right)]
    cv2.fillPoly(big, [np.array(right + left, np.int32) * 4], 255)
    alpha = cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) / np.float32(255)
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.8), np.float32)


def test_no_piece_of_a_wall_is_drawn_under_the_rim_of_a_pot_on_a_table(
    network: ort.InferenceSession,
) -> None:
    alpha = pot()
    room = np.full((HEIGHT, WIDTH, 3), (100.0, 105.0, 110.0))
    room[165:] = 200, 190, 180
    mixed = room + (np.array([230.0, 160.0, 120.0]) - room) * alpha[..., None]
    grain = np.random.default_rng(3).normal(0, 1.5, mixed.shape)
    pixels = np.asarray((mixed + grain).clip(0, 255), np.uint8)
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    drawn = draw_outline(pixels, matte, fit_background(pixels, alpha), network, twice=True)
    beyond = cv2.dilate((alpha > 0.02).view(np.uint8), np.ones((5, 5), np.uint8)) == 0
    assert np.count_nonzero(drawn[beyond] > 128) == 0


def test_a_small_hole_that_the_matte_only_doubts_is_opened(network: ort.InferenceSession) -> None:
    alpha = ellipse(0.8)
    hole = np.zeros_like(alpha)
    cv2.circle(hole, (210, 150), 4, 1, -1, cv2.LINE_AA)
    alpha *= 1 - hole
    pixels, background = photographed(alpha)
    matte = np.asarray(np.round(ellipse(0.8) * 255), np.uint8)
    cv2.circle(matte, (210, 150), 4, 180, -1)
    drawn = draw_outline(pixels, matte, background, network)
    assert drawn[150, 210] < 64


def test_nothing_passed_in_changes_and_the_same_comes_back(network: ort.InferenceSession) -> None:
    alpha = ellipse(0.8)
    pixels, background = photographed(alpha)
    matte = np.asarray(np.round(alpha * 255), np.uint8)
    before = pixels.copy(), matte.copy()
    first, second = (draw_outline(pixels, matte, background, network, closely=1) for _ in "12")
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(pixels, before[0])
    np.testing.assert_array_equal(matte, before[1])


@settings(max_examples=12, deadline=None)
@given(height=st.integers(1, 90), width=st.integers(1, 90), seed=st.integers(0, 99))
def test_any_size_gives_a_matte_of_that_size(height: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (height, width, 3)).astype(np.uint8)
    matte = rng.integers(0, 256, (height, width)).astype(np.uint8)
    background = Background(np.full((4, 4, 3), 200, np.float32), np.ones((4, 4), np.float32), 1.0)
    outline = load_refiner(threads=1).outline
    drawn = draw_outline(pixels, matte, background, outline, closely=math.inf)
    assert drawn.shape == (height, width)
    assert drawn.dtype == np.uint8
