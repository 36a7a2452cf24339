"""What a preset promises of a file holds in the file, whatever shape the product has.

Products are drawn, delivered, decoded and measured: what is judged is what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.delivery.composing.compose import Composition, Cutout, compose
from engine.delivery.encoding import encode
from engine.delivery.product import FAINT, Box, find_product
from engine.errors import NothingToPlace
from engine.imaging.decode import read_photo
from presets.schema import Preset

Alpha = NDArray[np.uint8]
PIXEL = 1 + 1e-6  # one, but for the rounding of floating numbers
SIDES = ("left", "top", "right", "bottom")


@st.composite
def products(draw: st.DrawFn) -> Alpha:
    """Draw the matte of a product: solid and soft shapes, thin wires, several pieces, specks."""
    width, height = draw(st.integers(30, 320)), draw(st.integers(30, 320))
    alpha = np.zeros((height, width), np.uint8)
    points = st.tuples(st.integers(0, width - 1), st.integers(0, height - 1))
    for _ in range(draw(st.integers(1, 4))):
        start, end = draw(points), draw(points)
        kind = draw(st.sampled_from(["disc", "box", "ellipse", "wire"]))
        if kind == "disc":
            cv2.circle(alpha, start, draw(st.integers(1, 90)), 255, -1, cv2.LINE_AA)
        elif kind == "box":
            cv2.rectangle(alpha, start, end, 255, -1)
        elif kind == "ellipse":
            axes = draw(st.integers(2, 120)), draw(st.integers(1, 30))
            cv2.ellipse(alpha, start, axes, draw(st.integers(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
        else:
            cv2.line(alpha, start, end, 255, draw(st.integers(1, 3)), cv2.LINE_AA)
    softness = draw(st.sampled_from([0.0, 0.0, 1.5, 6.0]))
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), softness) if softness else alpha, np.uint8)


@dataclass(frozen=True)
class File:
    """A delivered file, decoded and measured, beside what it was made of."""

    preset: Preset
    alpha: Alpha
    made: Composition
    width: int
    height: int
    box: Box

    @property
    def noted_smaller(self) -> bool:
        """Whether a note says why the product is smaller than its preset says."""
        return any(
            words in note
            for note in self.made.notes
            for words in ("pixels of its own", "keep the product smaller")
        )


def delivered(alpha: Alpha, **content: object) -> File:
    """Deliver a black product on white, decode the file, and measure the product in it."""
    preset = Preset.model_validate(
        {
            "schema_version": 1,
            "name": "drawn",
            "version": "2026-11",
            "title": "Drawn",
            "background": {"kind": "colour"},
            "file": {"format": "png"},
            **content,
        }
    )
    try:
        made = compose(Cutout(np.zeros((*alpha.shape, 3), np.uint8), alpha), preset, "drawn")
    except NothingToPlace:
        assume(False)
    photo = read_photo(Path("drawn"), encode(made.pixels, preset).data)
    coverage = photo.alpha if photo.alpha is not None else 255 - photo.pixels[..., 1]
    found = find_product(coverage > 127)
    assert found is not None
    height, width = coverage.shape
    return File(preset, alpha, made, width, height, found.box)


def spare(file: File) -> float:
    """Return by how many pixels the product could be larger; negative where it is too large."""
    placement = file.preset.placement
    assert placement is not None
    free = dict.fromkeys(("top", "right", "bottom", "left"), placement.margin)
    if placement.margins is not None:
        free |= placement.margins.model_dump(exclude_none=True)
    across = min(placement.fill, 1 - free["left"] - free["right"]) * file.width
    down = min(placement.fill, 1 - free["top"] - free["bottom"]) * file.height
    return min(across - file.box.width, down - file.box.height)


fixed_canvases = st.fixed_dictionaries(
    {"kind": st.just("fixed"), "width": st.integers(20, 500), "height": st.integers(20, 500)},
)
placements = st.fixed_dictionaries(
    {
        "fill": st.floats(0.2, 1),
        "margin": st.sampled_from([0.0, 0.03, 0.1, 0.3]),
        "upscale": st.booleans(),
    }
)
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])


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


@quick
@given(alpha=products(), canvas=fixed_canvases, placement=placements)
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


@quick
@given(
    alpha=products(),
    canvas=fixed_canvases,
    placement=placements,
    shrink=st.floats(0.05, 1),
)
def test_a_shrinking_canvas_keeps_its_ratio_and_its_limit(
    alpha: Alpha, canvas: dict[str, int], placement: dict[str, object], shrink: float
) -> None:
    longer = max(canvas["width"], canvas["height"])
    smallest = max(1, round(shrink * longer))
    file = delivered(
        alpha,
        canvas=canvas | {"smallest_side": smallest},
        placement=placement | {"upscale": False},
    )
    assert smallest - 1 <= max(file.width, file.height) <= longer
    assert file.width <= canvas["width"]
    assert abs(file.width * canvas["height"] - file.height * canvas["width"]) <= longer + 1
    assert spare(file) >= -PIXEL
    assert file.made.scale <= 1
    if max(file.width, file.height) > smallest:
        assert spare(file) <= PIXEL or any(
            "keep the product smaller" in note for note in file.made.notes
        )


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


@quick
@given(
    alpha=products(),
    placement=placements,
    longest=st.integers(20, 500) | st.none(),
    ratio=st.tuples(st.integers(1, 5), st.integers(1, 5)) | st.none(),
    shrink=st.floats(0.05, 1) | st.none(),
)
def test_a_fitted_canvas_has_its_length_its_ratio_and_its_fill(
    alpha: Alpha,
    placement: dict[str, object],
    longest: int | None,
    ratio: tuple[int, int] | None,
    shrink: float | None,
) -> None:
    smallest = None if shrink is None else max(1, round(shrink * (longest or 400)))
    canvas = {"kind": "fit", "longest": longest, "ratio": ratio, "smallest_side": smallest}
    file = delivered(alpha, canvas=canvas, placement=placement)
    longer = max(file.width, file.height)
    if longest is not None:
        assert longer <= longest
        assert longer >= (smallest or longest) - 1
    elif smallest is not None:
        assert longer >= smallest
    if ratio is not None:
        assert abs(file.width * ratio[1] / ratio[0] - file.height) <= max(1, ratio[1] / ratio[0])
    assert spare(file) >= -PIXEL
    assert spare(file) <= PIXEL or file.noted_smaller
    assert file.made.scale <= 1 or placement["upscale"]


def test_a_fitted_canvas_without_a_ratio_has_one_border_all_round() -> None:
    alpha = np.zeros((300, 400), np.uint8)
    alpha[100:200, 100:300] = 255
    file = delivered(alpha, canvas={"kind": "fit"}, placement={"fill": 0.8})
    assert (file.width, file.height) == (250, 150)
    assert (file.box.left, file.box.top) == (25, 25)
    assert file.made.scale == 1


@quick
@given(alpha=products(), margin=st.integers(0, 40))
def test_a_trimmed_canvas_holds_all_that_can_be_seen_unscaled(alpha: Alpha, margin: int) -> None:
    background = {"kind": "transparent"}
    file = delivered(alpha, canvas={"kind": "product", "margin": margin}, background=background)
    seen = find_product(alpha > FAINT)
    assert seen is not None
    around = {side: 0 if side in file.made.cut else margin for side in SIDES}
    assert file.width == seen.box.width + around["left"] + around["right"]
    assert file.height == seen.box.height + around["top"] + around["bottom"]
    shown = file.made.pixels[..., 3]
    inner = shown[around["top"] : around["top"] + seen.box.height]
    inner = inner[:, around["left"] : around["left"] + seen.box.width]
    box = seen.box
    assert np.array_equal(inner, alpha[box.top : box.bottom, box.left : box.right])


@quick
@given(alpha=products(), canvas=fixed_canvases, limit=st.floats(1.1, 4), fill=st.floats(0.3, 1))
def test_a_product_is_never_enlarged_beyond_its_limit(
    alpha: Alpha, canvas: dict[str, object], limit: float, fill: float
) -> None:
    placement = {"fill": fill, "upscale": True, "upscale_limit": limit}
    file = delivered(alpha, canvas=canvas, placement=placement)
    assert file.made.scale <= limit
    assert spare(file) >= -PIXEL
    assert spare(file) <= PIXEL or file.noted_smaller


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
