"""Where the product stands on a preset's canvas, and how large.

A canvas position is ``scale · photo position + offset``, both measured in pixels from the upper
left corner of the first pixel. The scale is the same in both directions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.delivery.product import Box
from presets.schema import FixedCanvas, Placement


@dataclass(frozen=True)
class Placed:
    """The canvas, the way from photo to canvas, and what a person should know about it."""

    width: int
    height: int
    scale: float
    left: float
    top: float
    notes: tuple[str, ...]


def place(
    product: Box, photo_size: tuple[int, int], canvas: FixedCanvas, placement: Placement
) -> Placed:
    """Return where a product goes.

    The product's larger share of the canvas equals ``placement.fill`` (less where a margin asks
    for it), centred by its box. A product with too few pixels is not enlarged unless the preset
    says so: the canvas shrinks as far as it may, and what is still missing stays white. A side
    on which the photo's frame cuts the product goes against the same side of the canvas, where
    the cut looks like a frame instead of a saw.

    Parameters
    ----------
    product : the product's box in the photo
    photo_size : width and height of the photo in pixels
    canvas, placement : of the preset
    """
    share = min(placement.fill, 1 - 2 * placement.margin)
    width, height = canvas.width, canvas.height
    scale = share * min(width / product.width, height / product.height)
    notes = []
    if scale > 1 and placement.upscale:
        notes.append(f"enlarged {scale:.2f} times: the product has too few pixels of its own")
    elif scale > 1:
        width, height = _shrunk(canvas, scale)
        scale = 1.0
        notes.append(_small_note(product, canvas, (width, height), share))
    cut = product.touches(*photo_size)
    if cut:
        notes.append(f"the photo's frame cuts the product: {', '.join(sorted(cut))}")
    return Placed(
        width=width,
        height=height,
        scale=scale,
        left=_offset(width, photo_size[0], (product.left, product.right), scale, cut, 0),
        top=_offset(height, photo_size[1], (product.top, product.bottom), scale, cut, 1),
        notes=tuple(notes),
    )


def _shrunk(canvas: FixedCanvas, scale: float) -> tuple[int, int]:
    """Return the canvas on which the product needs no enlarging, as far as it may shrink.

    Rounding down, for a product that spans its share or a fraction of a pixel more.
    """
    if canvas.smallest_side is None:
        return canvas.width, canvas.height
    factor = max(1 / scale, canvas.smallest_side / max(canvas.width, canvas.height))
    # A hair more, so that a side that comes out whole is not lost to rounding errors.
    return (
        max(1, math.floor(canvas.width * factor + 1e-6)),
        max(1, math.floor(canvas.height * factor + 1e-6)),
    )


def _small_note(product: Box, canvas: FixedCanvas, size: tuple[int, int], share: float) -> str:
    reached = max(product.width / size[0], product.height / size[1])
    own = f"the product has only {product.width} × {product.height} pixels of its own"
    if size == (canvas.width, canvas.height):
        return f"{own}: it fills {reached:.0%} instead of {share:.0%}"
    smaller = f"{own}: the canvas is {size[0]} × {size[1]}"
    # Within a pixel of its share, nothing is missing.
    if reached + 1 / max(size) >= share:
        return smaller
    return f"{smaller}, and it fills {reached:.0%} instead of {share:.0%}"


def _offset(
    canvas: int, photo: int, span: tuple[int, int], scale: float, cut: frozenset[str], axis: int
) -> float:
    """Return the canvas position of the photo's left (top) edge along one axis."""
    first, last = ("left", "right") if axis == 0 else ("top", "bottom")
    if cut & {first, last} == {first}:
        return 0.0
    if cut & {first, last} == {last}:
        return canvas - photo * scale
    # A whole number of pixels: an unscaled product is copied, not resampled.
    start = round((canvas - (span[1] - span[0]) * scale) / 2)
    return start - span[0] * scale
