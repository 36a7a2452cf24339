"""What a preset promises of a canvas's size and of scale holds in the file."""

from __future__ import annotations

import numpy as np
from drawn import (
    PIXEL,
    SIDES,
    Alpha,
    delivered,
    fixed_canvases,
    placements,
    products,
    quick,
    spare,
)
from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.product import FAINT, find_product


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
