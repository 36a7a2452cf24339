"""Where the product stands on a preset's canvas, and how large.

A canvas position is ``scale · photo position + offset``, both measured in pixels from the upper
left corner of the first pixel. The scale is the same in both directions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.delivery.product import Box
from presets.schema import FixedCanvas, Placement


class Extent(NamedTuple):
    """A rectangle in pixels of the photo, which need not be whole ones."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @classmethod
    def of(cls, box: Box) -> Extent:
        """Return the extent of a box of whole pixels."""
        return cls(box.left, box.top, box.right, box.bottom)


@dataclass(frozen=True)
class Placed:
    """The canvas, the way from photo to canvas, and what a person should know about it."""

    width: int
    height: int
    scale: float
    left: float
    top: float
    notes: tuple[str, ...]

    def on_canvas(self, extent: Extent) -> Extent:
        """Return where an extent of the photo lies on the canvas, in its pixels."""
        return Extent(
            extent.left * self.scale + self.left,
            extent.top * self.scale + self.top,
            extent.right * self.scale + self.left,
            extent.bottom * self.scale + self.top,
        )

    def in_photo(self, box: Box) -> Extent:
        """Return a box of the canvas in pixels of the photo."""
        return Extent(
            (box.left - self.left) / self.scale,
            (box.top - self.top) / self.scale,
            (box.right - self.left) / self.scale,
            (box.bottom - self.top) / self.scale,
        )


def place(
    product: Extent,
    cut: frozenset[str],
    photo_size: tuple[int, int],
    canvas: FixedCanvas,
    placement: Placement,
) -> Placed:
    """Return where a product goes.

    The product's larger share of the canvas equals ``placement.fill`` (less where a margin asks
    for it), centred by its box. A product with too few pixels is not enlarged unless the preset
    says so: the canvas shrinks as far as it may, and what is still missing stays white. A side
    on which the photo's frame cuts the product goes against the same side of the canvas, where
    the cut looks like a frame instead of a saw.

    Parameters
    ----------
    product : what counts as the product in the photo
    cut : the sides of the photo's frame that cut it
    photo_size : width and height of the photo in pixels
    canvas, placement : of the preset
    """
    width, height = canvas.width, canvas.height
    room = room_on(width, height, placement)
    scale = min(room[0] / product.width, room[1] / product.height)
    notes = []
    if scale > 1 and placement.upscale:
        notes.append(f"enlarged {scale:.2f} times: the product has too few pixels of its own")
    elif scale > 1:
        width, height = _shrunk(canvas, scale)
        scale = 1.0
        notes.append(_small_note(product, canvas, (width, height), placement))
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


def room_on(width: int, height: int, placement: Placement) -> tuple[float, float]:
    """Return how wide and how high a product may be on a canvas, in its pixels."""
    share = min(placement.fill, 1 - 2 * placement.margin)
    return share * width, share * height


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


def _small_note(
    product: Extent, canvas: FixedCanvas, size: tuple[int, int], placement: Placement
) -> str:
    reached = max(product.width / size[0], product.height / size[1])
    share = room_on(1, 1, placement)[0]
    own = f"the product has only {product.width:.0f} × {product.height:.0f} pixels of its own"
    if size == (canvas.width, canvas.height):
        return f"{own}: it fills {reached:.0%} instead of {share:.0%}"
    smaller = f"{own}: the canvas is {size[0]} × {size[1]}"
    # Within a pixel of its share, nothing is missing.
    if reached + 1 / max(size) >= share:
        return smaller
    return f"{smaller}, and it fills {reached:.0%} instead of {share:.0%}"


def set_on(placed: Placed, shown: Box, cut: frozenset[str]) -> Placed:
    """Return a placing moved by whole pixels, so that what it shows stands where it has to.

    Whole pixels change nothing of the picture but its place.

    Parameters
    ----------
    placed : the placing
    shown : the product's box on its canvas
    cut : the sides of the photo's frame that cut the product: nothing moves along them
    """
    across = 0 if cut & {"left", "right"} else _start(placed.width, shown.width) - shown.left
    down = 0 if cut & {"top", "bottom"} else _start(placed.height, shown.height) - shown.top
    return replace(placed, left=placed.left + across, top=placed.top + down)


def _offset(
    canvas: int, photo: int, span: tuple[float, float], scale: float, cut: frozenset[str], axis: int
) -> float:
    """Return the canvas position of the photo's left (top) edge along one axis."""
    first, last = ("left", "right") if axis == 0 else ("top", "bottom")
    if cut & {first, last} == {first}:
        return 0.0
    if cut & {first, last} == {last}:
        return canvas - photo * scale
    offset = _start(canvas, (span[1] - span[0]) * scale) - span[0] * scale
    # An unscaled product is copied, not resampled.
    return float(round(offset)) if scale == 1 else offset


def _start(canvas: int, length: float) -> int:
    """Return where a product of some length begins on the canvas."""
    return round((canvas - length) / 2)
