"""Products that are drawn, delivered, decoded and measured: what is judged is what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.delivery.composing.compose import Composition, Cutout, compose
from engine.delivery.encoding import encode
from engine.delivery.product import Box, find_product
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
