"""Placing a cutout: the fill law, clean edges, exact backgrounds."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.delivery.composing.background import flatten
from engine.delivery.composing.compose import Cutout, compose
from engine.delivery.product import find_product
from engine.errors import NothingToPlace
from presets.schema import Preset

ORANGE = (200, 100, 50)


def preset(**changes: object) -> Preset:
    content: dict[str, object] = {
        "schema_version": 1,
        "name": "test",
        "version": "2026-11",
        "title": "Test",
        "canvas": {"kind": "fixed", "width": 400, "height": 400},
        "background": {"kind": "colour"},
        "placement": {"fill": 0.85},
        "file": {"format": "png"},
    }
    return Preset.model_validate(content | changes)


def rectangle(
    photo: tuple[int, int], product: tuple[int, int], corner: tuple[int, int] | None = None
) -> NDArray[np.uint8]:
    """Return the matte (height, width) of an upright rectangle; centred unless told."""
    alpha = np.zeros(photo, np.uint8)
    top, left = corner or ((photo[0] - product[0]) // 2, (photo[1] - product[1]) // 2)
    alpha[top : top + product[0], left : left + product[1]] = 255
    return alpha


def plain(alpha: NDArray[np.uint8], rgb: tuple[int, int, int] = ORANGE) -> NDArray[np.uint8]:
    return np.full((*alpha.shape, 3), rgb, np.uint8)


@settings(max_examples=60, deadline=None)
@given(
    product=st.tuples(st.integers(40, 500), st.integers(40, 500)),
    canvas=st.tuples(st.integers(200, 600), st.integers(200, 600)),
    fill=st.floats(0.3, 1),
    margin=st.sampled_from([0.0, 0.05, 0.2]),
    upscale=st.booleans(),
)
def test_the_larger_share_is_the_fill_within_a_pixel_and_the_product_is_centred(
    product: tuple[int, int],
    canvas: tuple[int, int],
    fill: float,
    margin: float,
    upscale: bool,
) -> None:
    alpha = rectangle((600, 600), product)
    made = compose(
        Cutout(plain(alpha), alpha),
        preset(
            canvas={"kind": "fixed", "width": canvas[0], "height": canvas[1]},
            placement={"fill": fill, "margin": margin, "upscale": upscale},
        ),
        "photo",
    )
    assert made.pixels.shape == (canvas[1], canvas[0], 3)
    found = find_product(made.coverage > 127)
    assert found is not None
    box = found.box
    share = min(fill, 1 - 2 * margin)
    if made.scale == 1 and not upscale:
        assert box.width <= share * canvas[0] + 1
        assert box.height <= share * canvas[1] + 1
    else:
        short = min(share * canvas[0] - box.width, share * canvas[1] - box.height)
        assert abs(short) <= 1
    assert upscale or made.scale <= 1
    assert abs(box.left - (canvas[0] - box.right)) <= 2
    assert abs(box.top - (canvas[1] - box.bottom)) <= 2


@settings(max_examples=40, deadline=None)
@given(
    product=st.tuples(st.integers(30, 300), st.integers(30, 300)),
    fill=st.floats(0.5, 1),
    side=st.integers(400, 1000),
)
def test_a_shrinking_canvas_keeps_fill_and_ratio_and_the_photos_own_pixels(
    product: tuple[int, int], fill: float, side: int
) -> None:
    alpha = rectangle((320, 320), product)
    photo = np.random.default_rng(3).integers(0, 256, (320, 320, 3), np.uint8)
    made = compose(
        Cutout(photo, alpha),
        preset(
            canvas={"kind": "fixed", "width": side, "height": side, "smallest_side": 20},
            placement={"fill": fill},
        ),
        "photo",
    )
    height, width = made.pixels.shape[:2]
    assert width == height
    found = find_product(made.coverage > 127)
    assert found is not None
    assert abs(max(found.box.width, found.box.height) - fill * width) <= 1
    if max(product) < fill * side:
        assert made.scale == 1
        box = found.box
        kept = made.pixels[box.top : box.bottom, box.left : box.right]
        top, left = (320 - product[0]) // 2, (320 - product[1]) // 2
        assert np.array_equal(kept, photo[top : top + product[0], left : left + product[1]])


def test_a_small_product_is_not_enlarged_and_the_note_says_so() -> None:
    alpha = rectangle((200, 200), (100, 80))
    made = compose(Cutout(plain(alpha), alpha), preset(), "photo")
    assert made.scale == 1
    assert any("80 × 100 pixels" in note and "25% instead of 85%" in note for note in made.notes)


def test_enlarging_is_done_only_on_demand_and_noted() -> None:
    alpha = rectangle((200, 200), (100, 80))
    made = compose(Cutout(plain(alpha), alpha), preset(placement={"upscale": True}), "photo")
    assert made.scale == pytest.approx(3.4)
    assert any("enlarged 3.40 times" in note for note in made.notes)


def soft_disc(size: int, radius: float, softness: float) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[:size, :size]
    distance = np.hypot(rows - size / 2, columns - size / 2)
    return np.rint(255 * ((radius - distance) / softness + 0.5).clip(0, 1)).astype(np.uint8)


@pytest.mark.parametrize("softness", [1, 8, 40])
def test_scaled_edges_keep_the_products_colour_whatever_lies_behind_them(softness: float) -> None:
    alpha = soft_disc(900, 350, softness)
    foreground = plain(alpha)
    foreground[alpha == 0] = (0, 255, 0)
    made = compose(
        Cutout(foreground, alpha), preset(background={"kind": "transparent"}), "photo"
    ).pixels
    seen = made[..., 3] >= 8
    assert np.abs(made[seen][:, :3].astype(int) - ORANGE).max() <= 2


def test_scaling_draws_no_ghost_outline_and_leaves_the_background_exact() -> None:
    alpha = soft_disc(900, 350, 1)
    made = compose(Cutout(plain(alpha, (0, 0, 0)), alpha), preset(), "photo")
    far = cv2.distanceTransform((made.coverage < 128).astype(np.uint8), cv2.DIST_L2, 5) > 2
    assert (made.pixels[far] == 255).all()
    solid = cv2.distanceTransform((made.coverage > 127).astype(np.uint8), cv2.DIST_L2, 5) > 2
    assert (made.pixels[solid] == 0).all()


def test_scaled_detail_stays_sharp_inside() -> None:
    alpha = rectangle((800, 800), (700, 700))
    photo = plain(alpha, (128, 128, 128))
    photo[:, ::8] = photo[:, 1::8] = photo[:, 2::8] = photo[:, 3::8] = 30
    made = compose(Cutout(photo, alpha), preset(), "photo").pixels[150:250, 150:250].astype(int)
    assert made.max() - made.min() > 90


@settings(max_examples=50, deadline=None)
@given(
    rgb=st.tuples(*[st.integers(0, 255)] * 3),
    alpha=st.lists(st.integers(0, 255), min_size=16, max_size=16),
)
def test_a_colour_over_itself_stays_itself(rgb: tuple[int, int, int], alpha: list[int]) -> None:
    coverage = np.array(alpha, np.uint8).reshape(4, 4)
    assert (flatten(plain(coverage, rgb), coverage, rgb) == rgb).all()


@given(colour=st.integers(0, 255), background=st.integers(0, 255), alpha=st.integers(0, 255))
def test_flattening_rounds_to_the_nearest_level(colour: int, background: int, alpha: int) -> None:
    flat = flatten(
        np.full((1, 1, 3), colour, np.uint8),
        np.full((1, 1), alpha, np.uint8),
        (background, background, background),
    )
    exact = background + (colour - background) * alpha / 255
    assert flat[0, 0, 0] == math.floor(exact + 0.5)


def test_a_master_is_the_photos_own_frame_untouched() -> None:
    alpha = soft_disc(120, 40, 6)
    photo = np.random.default_rng(5).integers(0, 256, (120, 120, 3), np.uint8)
    before = photo.copy(), alpha.copy()
    master = preset(canvas={"kind": "photo"}, background={"kind": "transparent"}, placement=None)
    made = compose(Cutout(photo, alpha), master, "photo")
    assert np.array_equal(made.pixels, np.dstack(before))
    assert np.array_equal(photo, before[0])
    assert np.array_equal(alpha, before[1])


def test_specks_do_not_count_as_product_and_are_named() -> None:
    alpha = rectangle((600, 600), (300, 300))
    alpha[5:7, 5:7] = 255
    made = compose(Cutout(plain(alpha), alpha), preset(), "photo")
    assert any("specks beside the product: 1" in note for note in made.notes)
    found = find_product(made.coverage > 127)
    assert found is not None
    assert found.box.left == 50


@pytest.mark.parametrize(
    ("corner", "side", "edge"),
    [
        ((150, 0), "left", np.s_[150:250, 0]),
        ((0, 150), "top", np.s_[0, 150:250]),
        ((150, 300), "right", np.s_[150:250, -1]),
        ((300, 150), "bottom", np.s_[-1, 150:250]),
    ],
)
def test_a_product_that_the_frame_cuts_goes_against_that_side(
    corner: tuple[int, int], side: str, edge: tuple[object, ...]
) -> None:
    alpha = rectangle((600, 600), (300, 300), corner)
    made = compose(Cutout(plain(alpha), alpha), preset(placement={"fill": 0.6}), "photo")
    assert made.cut == {side}
    assert any(f"cuts the product: {side}" in note for note in made.notes)
    assert (made.coverage[edge] == 255).all()


@pytest.mark.parametrize("level", [0, 127])
def test_an_empty_matte_is_refused_with_the_photos_name(level: int) -> None:
    alpha = np.full((50, 50), level, np.uint8)
    with pytest.raises(NothingToPlace, match=r"SKU1\.jpg: its matte is empty") as caught:
        compose(Cutout(plain(alpha), alpha), preset(), "SKU1.jpg")
    assert caught.value.exit_status == 1


def test_hairs_too_thin_for_the_canvas_do_not_count_for_fill_and_centre() -> None:
    alpha = rectangle((1200, 1200), (900, 600))
    alpha[80:150, 600] = 255
    made = compose(Cutout(plain(alpha), alpha), preset(), "photo")
    found = find_product(made.coverage > 127)
    assert found is not None
    assert abs(found.box.height - 340) <= 1
    assert abs(found.box.top - (400 - found.box.bottom)) <= 2


def test_a_thin_part_stays_on_the_canvas_and_inside_the_margin() -> None:
    alpha = np.zeros((3000, 3000), np.uint8)
    cv2.circle(alpha, (1500, 1900), 700, 255, -1, cv2.LINE_AA)
    cv2.line(alpha, (1500, 1300), (1700, 200), 255, 1, cv2.LINE_AA)
    changes = {
        "canvas": {"kind": "fixed", "width": 1000, "height": 1000},
        "placement": {"fill": 0.85, "margin": 0.05},
    }
    made = compose(Cutout(plain(alpha), alpha), preset(**changes), "photo")
    rows = np.flatnonzero((made.coverage > 0).any(axis=1))
    assert rows[0] >= 50
    assert rows[-1] < 950
    assert len(rows) == pytest.approx(2400 * made.scale, abs=4)
    assert any("thin or faint parts keep the product smaller" in note for note in made.notes)


def test_soft_edges_that_are_enlarged_do_not_exceed_the_room() -> None:
    alpha = soft_disc(60, 8, 12)
    made = compose(
        Cutout(plain(alpha), alpha), preset(placement={"fill": 0.6, "upscale": True}), "photo"
    )
    found = find_product(made.coverage > 127)
    assert found is not None
    assert abs(found.box.width - 240) <= 1
    assert found.box.left == 400 - found.box.right


def textured(amount: float | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return picture and coverage of a soft-edged disc with a fine texture, scaled by half."""
    alpha = soft_disc(600, 250, 8)
    rows = np.mgrid[:600, :600][0]
    foreground = np.repeat((120 + 40 * np.sin(rows / 3))[..., None], 3, axis=2).astype(np.uint8)
    sharpen = {} if amount is None else {"sharpen": {"amount": amount, "threshold": 0}}
    wanted = preset(placement={"fill": 0.6, **sharpen}, background={"kind": "transparent"})
    made = compose(Cutout(foreground, alpha), wanted, "photo")
    return made.pixels, made.coverage


def test_sharpening_brings_out_texture_and_leaves_soft_edges_alone() -> None:
    plain, coverage = textured(None)
    sharp, same = textured(1.0)
    assert np.array_equal(coverage, same)
    inside = np.s_[150:250, 150:250, 0]
    assert sharp[inside].astype(int).std() > 1.08 * plain[inside].astype(int).std()
    soft = coverage < 255
    assert np.array_equal(plain[soft], sharp[soft])


def test_sharpening_draws_no_outline_where_the_product_meets_the_background() -> None:
    alpha = soft_disc(600, 250, 2)
    wanted = preset(placement={"fill": 0.6, "sharpen": {"amount": 3, "radius": 3}})
    made = compose(Cutout(plain(alpha), alpha), wanted, "photo")
    assert np.abs(made.pixels[made.coverage == 255].astype(int) - ORANGE).max() <= 1


def test_noise_below_the_threshold_and_unscaled_products_are_not_sharpened() -> None:
    alpha = rectangle((600, 600), (500, 500))
    noise = np.random.default_rng(2).integers(118, 122, (600, 600, 3)).astype(np.uint8)

    def made(**placement: object) -> NDArray[np.uint8]:
        return compose(Cutout(noise, alpha), preset(placement=placement), "photo").pixels

    sharpen = {"amount": 2, "threshold": 6}
    assert np.array_equal(made(fill=0.6), made(fill=0.6, sharpen=sharpen))
    small = rectangle((600, 600), (90, 90))
    cutout = Cutout(noise, small)
    unscaled = compose(cutout, preset(placement={"fill": 0.9, "sharpen": {"amount": 3}}), "photo")
    assert unscaled.scale == 1
    box = np.s_[155:245, 155:245]
    assert np.array_equal(unscaled.pixels[box], noise[255:345, 255:345])
