"""What a preset promises of a product's place holds in the file, whatever shape it has."""

from __future__ import annotations

import cv2
import numpy as np
from drawn import (
    PIXEL,
    Alpha,
    delivered,
    fixed_canvases,
    placements,
    products,
    quick,
    spare,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.delivery.composing.compose import Cutout, compose
from engine.delivery.product import FAINT, Box, find_product
from presets.schema import Preset


@quick
@given(alpha=products(), canvas=fixed_canvases, placement=placements)
def test_a_product_keeps_to_its_room_and_fills_it(
    alpha: Alpha, canvas: dict[str, object], placement: dict[str, object]
) -> None:
    file = delivered(alpha, canvas=canvas, placement=placement)
    assert (file.width, file.height) == (canvas["width"], canvas["height"])
    assert spare(file) >= -PIXEL
    assert spare(file) <= PIXEL or file.noted_smaller
    assert file.made.scale <= 1 or placement["upscale"]


@st.composite
def stout_products(draw: st.DrawFn) -> Alpha:
    """Draw the matte of a disc or a box, hard or a little soft, somewhere in its photo."""
    side, softness = draw(st.integers(60, 200)), draw(st.sampled_from([0.0, 2.0]))
    alpha = np.zeros((2 * side, 3 * side), np.uint8)
    # A soft edge ends within the photo: otherwise the frame would cut the product.
    reach = round(3 * softness)
    left = draw(st.integers(1 + reach, 2 * side - reach - 1))
    top = draw(st.integers(1 + reach, side - reach - 1))
    if draw(st.booleans()):
        radius = side // 2
        cv2.circle(alpha, (left + radius, top + radius), radius - 1, 255, -1, cv2.LINE_AA)
    else:
        lower = top + draw(st.integers(side // 3, side - 1))
        cv2.rectangle(alpha, (left, top), (left + side - 1, lower), 255, -1)
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), softness) if softness else alpha, np.uint8)


@quick
@given(alpha=stout_products(), fill=st.floats(0.3, 0.8), side=st.integers(100, 500))
def test_a_product_without_thin_parts_always_fills_its_room(
    alpha: Alpha, fill: float, side: int
) -> None:
    canvas = {"kind": "fixed", "width": side, "height": side}
    file = delivered(alpha, canvas=canvas, placement={"fill": fill, "upscale": True})
    assert -PIXEL <= spare(file) <= PIXEL


def test_a_part_too_thin_to_be_seen_takes_no_room() -> None:
    alpha = np.zeros((400, 400), np.uint8)
    cv2.circle(alpha, (200, 220), 120, 255, -1, cv2.LINE_AA)
    alpha[40:110, 200] = 255  # on this canvas a wire of a third of a pixel
    canvas = {"kind": "fixed", "width": 100, "height": 100}
    file = delivered(alpha, canvas=canvas, placement={"fill": 0.6})
    assert -PIXEL <= spare(file) <= PIXEL
    assert not file.noted_smaller


@quick
@given(alpha=products(), canvas=fixed_canvases, placement=placements)
def test_margins_stay_free_and_the_product_stands_in_the_middle(
    alpha: Alpha, canvas: dict[str, object], placement: dict[str, object]
) -> None:
    file = delivered(alpha, canvas=canvas, placement=placement)
    assume(not file.made.cut)
    margin = file.preset.placement.margin if file.preset.placement else 0
    box = file.box
    free = {
        "left": box.left - margin * file.width,
        "right": file.width - box.right - margin * file.width,
        "top": box.top - margin * file.height,
        "bottom": file.height - box.bottom - margin * file.height,
    }
    assert min(free.values()) >= -PIXEL
    if not any("thin or faint parts" in note for note in file.made.notes):
        assert abs(free["left"] - free["right"]) <= PIXEL
        assert abs(free["top"] - free["bottom"]) <= PIXEL


def on_a_wire() -> Alpha:
    """Return a disc that hangs on a wire, which half of the size makes too thin to count."""
    alpha = np.zeros((300, 300), np.uint8)
    cv2.circle(alpha, (150, 200), 60, 255, -1, cv2.LINE_AA)
    alpha[10:150, 150] = 200
    return alpha


@quick
@given(alpha=products(), canvas=fixed_canvases, placement=placements)
@example(
    alpha=on_a_wire(),
    canvas={"kind": "fixed", "width": 100, "height": 100},
    placement={"fill": 0.95, "margin": 0.0, "upscale": True},
)
def test_no_part_that_can_be_seen_leaves_the_canvas(
    alpha: Alpha, canvas: dict[str, object], placement: dict[str, object]
) -> None:
    file = delivered(alpha, canvas=canvas, placement=placement)
    assume(not file.made.cut)
    meant = find_product(alpha > FAINT)
    shown = find_product(file.made.coverage > FAINT)
    assert meant is not None
    assert shown is not None
    # What is missing has faded, being thinner than a pixel, or is a soft edge; or it has left.
    soft_edges = 2 * (max(1.0, 0.01 * max(file.width, file.height)) + file.made.scale + 2)
    missing = max(
        meant.box.width * file.made.scale - shown.box.width,
        meant.box.height * file.made.scale - shown.box.height,
    )
    assert missing <= soft_edges or not shown.box.touches(file.width, file.height)


borders = st.sampled_from([0.0, 0.02, 0.1, 0.3, 0.45])
margins = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("top", "right", "bottom", "left"), borders)
)


@quick
@given(
    alpha=products(),
    canvas=fixed_canvases,
    placement=placements,
    margins=margins,
    align=st.sampled_from(["centre", "baseline"]),
)
def test_each_side_keeps_its_own_margin_and_the_product_stands_on_its_line(
    alpha: Alpha,
    canvas: dict[str, object],
    placement: dict[str, object],
    margins: dict[str, float],
    align: str,
) -> None:
    wanted = placement | {"margins": margins, "align": align}
    file = delivered(alpha, canvas=canvas, placement=wanted)
    assume(not file.made.cut)
    assert spare(file) >= -PIXEL
    assert spare(file) <= PIXEL or file.noted_smaller
    free = dict.fromkeys(("top", "right", "bottom", "left"), placement["margin"]) | margins
    box = file.box
    left, right = box.left - free["left"] * file.width, file.width - box.right
    right -= free["right"] * file.width
    top, bottom = box.top - free["top"] * file.height, file.height - box.bottom
    bottom -= free["bottom"] * file.height
    assert min(left, right, top, bottom) >= -PIXEL
    if any("thin or faint parts" in note for note in file.made.notes):
        return
    assert abs(left - right) <= PIXEL
    assert abs(bottom) <= PIXEL if align == "baseline" else abs(top - bottom) <= PIXEL


def test_a_view_is_placed_as_it_was_said_for_it() -> None:
    preset = Preset.model_validate(
        {
            "schema_version": 1,
            "name": "drawn",
            "version": "2026-11",
            "title": "Drawn",
            "canvas": {"kind": "fixed", "width": 400, "height": 400},
            "placement": {"fill": 0.8, "align": "baseline", "margins": {"bottom": 0.1}},
            "views": [{"view": "top", "fill": 0.5, "align": "centre", "margins": {}}],
            "background": {"kind": "colour"},
            "file": {"format": "png"},
        }
    )
    alpha = np.zeros((600, 600), np.uint8)
    alpha[50:550, 50:550] = 255

    def box(view: str) -> Box:
        made = compose(
            Cutout(np.zeros((600, 600, 3), np.uint8), alpha), preset.for_view(view), "drawn"
        )
        found = find_product(made.coverage > 127)
        assert found is not None
        return found.box

    assert box("front") == Box(40, 40, 360, 360)
    assert box("Top") == Box(100, 100, 300, 300)
