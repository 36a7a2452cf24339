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

from engine.delivery.composing.compose import Composition, compose
from engine.delivery.deliver import encode
from engine.delivery.product import FAINT, Box, find_product
from engine.delivery.provenance import Provenance
from engine.errors import NothingToPlace
from engine.imaging.decode import read_photo
from presets.schema import Preset

Alpha = NDArray[np.uint8]
PROVENANCE = Provenance("0" * 64, "1" * 64)


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
        made = compose(np.zeros((*alpha.shape, 3), np.uint8), alpha, preset, "drawn")
    except NothingToPlace:
        assume(False)
    photo = read_photo(Path("drawn"), encode(made.pixels, preset, PROVENANCE))
    coverage = photo.alpha if photo.alpha is not None else 255 - photo.pixels[..., 1]
    found = find_product(coverage > 127)
    assert found is not None
    height, width = coverage.shape
    return File(preset, alpha, made, width, height, found.box)


def share_of(file: File) -> float:
    placement = file.preset.placement
    assert placement is not None
    return min(placement.fill, 1 - 2 * placement.margin)


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
quick = settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much])


@quick
@given(alpha=products(), canvas=fixed_canvases, placement=placements)
def test_a_product_keeps_to_its_room_and_fills_it(
    alpha: Alpha, canvas: dict[str, object], placement: dict[str, object]
) -> None:
    file = delivered(alpha, canvas=canvas, placement=placement)
    assert (file.width, file.height) == (canvas["width"], canvas["height"])
    share = share_of(file)
    spare = min(share * file.width - file.box.width, share * file.height - file.box.height)
    assert spare >= -1
    assert spare <= 1 or file.noted_smaller
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
    assert min(free.values()) >= -1
    if not any("keep the product smaller" in note for note in file.made.notes):
        assert abs(free["left"] - free["right"]) <= 1
        assert abs(free["top"] - free["bottom"]) <= 1


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
    share = share_of(file)
    spare = min(share * file.width - file.box.width, share * file.height - file.box.height)
    assert spare >= -1
    assert file.made.scale <= 1
    if max(file.width, file.height) > smallest:
        assert spare <= 1 or any("keep the product smaller" in note for note in file.made.notes)
