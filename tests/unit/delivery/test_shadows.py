"""Shadows that a preset makes: under the product, off the frame, and never part of the fill."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.delivery.composing.compose import Composition, Cutout, compose
from engine.delivery.needs import Needs, needs_of
from presets.schema import Preset

RED = (180, 40, 30)
KINDS: list[dict[str, Any]] = [
    {"kind": "contact"},
    {"kind": "contact", "strength": 1, "size": 3},
    {"kind": "drop"},
    {"kind": "drop", "distance": 0.2, "softness": 0.1, "angle": 200},
    {"kind": "reflection", "strength": 1, "length": 1},
]


def preset(shadow: dict[str, Any] | None, **changes: object) -> Preset:
    content = {
        "schema_version": 1,
        "name": "test",
        "version": "2026-11",
        "title": "Test",
        "canvas": {"kind": "fixed", "width": 400, "height": 400},
        "background": {"kind": "colour"},
        "placement": {"fill": 0.5},
        "file": {"format": "png"},
    }
    return Preset.model_validate(content | changes | ({"shadow": shadow} if shadow else {}))


def box_of(height: int, width: int) -> Cutout:
    alpha = np.zeros((600, 600), np.uint8)
    top, left = (600 - height) // 2, (600 - width) // 2
    alpha[top : top + height, left : left + width] = 255
    return Cutout(np.full((600, 600, 3), RED, np.uint8), alpha)


BOX = box_of(400, 400)  # on the canvas: rows and columns 100 to 300


def made(shadow: dict[str, Any] | None, cutout: Cutout = BOX, **changes: object) -> Composition:
    return compose(cutout, preset(shadow, **changes), "photo")


def grey(picture: Composition) -> NDArray[np.int_]:
    return picture.pixels.astype(int).mean(axis=2)


@settings(max_examples=40)
@given(
    shadow=st.sampled_from(KINDS),
    size=st.tuples(st.integers(20, 590), st.integers(20, 590)),
    turn=st.integers(0, 180),
    align=st.sampled_from(["centre", "baseline"]),
    fill=st.floats(0.2, 0.95),
)
def test_a_shadow_moves_nothing_hides_nothing_and_does_not_reach_the_frame(
    shadow: dict[str, Any], size: tuple[int, int], turn: int, align: str, fill: float
) -> None:
    alpha = np.zeros((600, 600), np.uint8)
    axes = size[0] // 2, size[1] // 2
    cv2.ellipse(alpha, (300, 300), axes, turn, 0, 360, 255, -1, cv2.LINE_AA)
    alpha[0] = alpha[-1] = alpha[:, 0] = alpha[:, -1] = 0
    cutout = Cutout(np.full((600, 600, 3), RED, np.uint8), alpha)
    placement = {"fill": fill, "align": align, "margins": {"bottom": 0.02}}
    plain = made(None, cutout, placement=placement)
    shaded = made(shadow, cutout, placement=placement)
    assert np.array_equal(plain.coverage, shaded.coverage)
    whole = plain.coverage == 255
    assert np.array_equal(plain.pixels[whole], shaded.pixels[whole])
    for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
        free = plain.coverage[edge] == 0
        assert (shaded.pixels[edge][free] == 255).all()


def test_a_contact_shadow_is_darkest_where_the_product_stands() -> None:
    shades = grey(made({"kind": "contact", "strength": 0.6}))
    below = shades[300:400, 200]
    assert below[0] < 255 * 0.6
    assert (np.diff(below) >= -1e-9).all()
    assert below[60] > 250
    assert (shades[:200, 320:] == 255).all(), "beside the product's upper half there is light"
    assert shades[301, 60] > shades[301, 110] > shades[301, 200] - 1


def test_a_contact_shadow_follows_a_round_foot_and_leaves_what_hangs() -> None:
    alpha = np.zeros((600, 600), np.uint8)
    cv2.ellipse(alpha, (260, 400), (150, 60), 0, 0, 360, 255, -1)
    alpha[150:400, 110:411] = 255
    cv2.ellipse(alpha, (420, 270), (90, 80), 0, 0, 360, 255, 20)  # a handle
    shades = grey(made({"kind": "contact"}, Cutout(np.zeros((600, 600, 3), np.uint8), alpha)))
    product = made(None, Cutout(np.zeros((600, 600, 3), np.uint8), alpha)).coverage
    foot = [int(np.flatnonzero(product[:, x] > 127)[-1]) for x in (120, 160, 200)]
    for x, y in zip((120, 160, 200), foot, strict=True):
        assert shades[y + 2, x] < 200
    handle = int(np.flatnonzero(product[:, 275] > 127)[-1])
    assert shades[handle + 3, 275] > 235


def test_size_makes_a_contact_shadow_reach_farther() -> None:
    small, large = (grey(made({"kind": "contact", "size": size})) for size in (0.5, 2.0))
    assert small[330, 200] > large[330, 200] + 5


@pytest.mark.parametrize(
    ("angle", "dark", "light"),
    [(90, (325, 200), (75, 200)), (0, (200, 325), (200, 75)), (270, (75, 200), (325, 200))],
)
def test_a_drop_shadow_falls_where_its_angle_says(
    angle: float, dark: tuple[int, int], light: tuple[int, int]
) -> None:
    shadow = {"kind": "drop", "distance": 0.1, "softness": 0.02, "angle": angle, "strength": 0.5}
    shades = grey(made(shadow))
    assert shades[dark] < 200
    assert shades[light] == 255


def test_a_drop_shadow_is_as_dark_as_it_was_asked_to_be() -> None:
    shadow = {"kind": "drop", "distance": 0.15, "softness": 0.0, "angle": 90, "strength": 0.4}
    made_of = made(shadow, background={"kind": "transparent"}).pixels
    assert abs(int(made_of[310, 200, 3]) - round(0.4 * 255)) <= 2
    assert not made_of[310, 200, :3].any()


def test_a_reflection_is_the_product_upside_down_and_fades() -> None:
    colour = np.full((600, 600, 3), RED, np.uint8)
    colour[450:500] = (20, 60, 200)  # a blue foot, 25 rows high on the canvas
    picture = made({"kind": "reflection", "strength": 0.5}, Cutout(colour, BOX.alpha)).pixels
    near, above_foot = picture[305, 200].astype(int), picture[340, 200].astype(int)
    assert near[2] > near[0] + 40
    assert above_foot[0] > above_foot[2]
    below = picture[300:360, 200].astype(int).sum(axis=1)
    assert below[-1] > below[30] > below[2]
    assert (picture[362:, 200] == 255).all()


def test_of_a_kept_shadow_and_none_the_preset_decides() -> None:
    shade = np.zeros((600, 600), np.uint8)
    shade[500:540, 100:500] = 120
    with_shade = Cutout(BOX.colour, BOX.alpha, shade)
    assert grey(made({"kind": "kept"}, with_shade))[305, 200] < 200
    assert grey(made(None, with_shade))[305, 200] < 200

    kept, none, silent = preset({"kind": "kept"}), preset({"kind": "none"}), preset(None)
    for recipe_keeps in (True, False):
        assert needs_of([kept], recipe_keeps_shadow=recipe_keeps) == Needs(shade=True)
        assert needs_of([none], recipe_keeps_shadow=recipe_keeps) == Needs(shade=False)
        assert needs_of([silent], recipe_keeps_shadow=recipe_keeps) == Needs(shade=recipe_keeps)


def test_a_view_can_be_without_the_shadow_that_the_others_have() -> None:
    views = [{"view": "top", "shadow": {"kind": "none"}}]
    wanted = preset({"kind": "contact"}, views=views)
    assert grey(compose(BOX, wanted.for_view("front"), "photo"))[302, 200] < 255
    assert grey(compose(BOX, wanted.for_view("TOP"), "photo"))[302, 200] == 255


def test_a_kept_background_takes_no_made_shadow() -> None:
    with pytest.raises(ValueError, match="has its own shadow"):
        preset({"kind": "contact"}, background={"kind": "keep"})
    assert preset({"kind": "kept"}, background={"kind": "keep"})
