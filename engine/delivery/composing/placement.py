"""Where the product stands on a preset's canvas, and how large.

A canvas position is ``scale · photo position + offset``, both measured in pixels from the upper
left corner of the first pixel. The scale is the same in both directions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from engine.delivery.composing.extent import Extent
from engine.delivery.composing.sheet import Frame, Sheet, sheet_for
from engine.delivery.product import Box
from presets.schema import FitCanvas, FixedCanvas, Placement


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
    canvas: FixedCanvas | FitCanvas,
    placement: Placement,
    frame: Frame | None = None,
) -> Placed:
    """Return where a product goes.

    The product's larger share of the canvas equals ``placement.fill`` (less where a margin asks
    for it), in the middle between its margins or on the baseline. A product with too few pixels is
    enlarged only as far as the preset says: the canvas shrinks as far as it may, and what is still
    missing stays background. A side on which the photo's frame cuts the product goes against the
    same side of the canvas, where the cut looks like a frame instead of a saw.

    Parameters
    ----------
    product : what counts as the product in the photo
    cut : the sides of the photo's frame that cut it
    photo_size : width and height of the photo in pixels
    canvas, placement : of the preset
    frame : canvas and scale where they were chosen for several photos together
    """
    notes: list[str] = []
    if frame is not None:
        width, height, scale, mixed = frame
        if mixed:
            notes.append("one scale for photos of different sizes: products may look too small")
    else:
        sheet = sheet_for(canvas, product, placement)
        width, height = sheet.width, sheet.height
        scale = full_scale(sheet, product, placement)
        if scale > sheet.most_scale:
            width, height = _shrunk(sheet, scale / sheet.most_scale)
            scale = sheet.most_scale
            notes.extend(_small_note(product, sheet, (width, height), placement))
    if scale > 1:
        notes.append(f"enlarged {scale:.2f} times: the product has too few pixels of its own")
    notes.extend(cut_notes(cut))
    across, down = _axes(cut, placement)
    return Placed(
        width=width,
        height=height,
        scale=scale,
        left=across.offset(width, photo_size[0], (product.left, product.right), scale),
        top=down.offset(height, photo_size[1], (product.top, product.bottom), scale),
        notes=tuple(notes),
    )


def room_on(width: int, height: int, placement: Placement) -> tuple[float, float]:
    """Return how wide and how high a product may be on a canvas, in its pixels."""
    sides = placement.sides
    across = min(placement.fill, 1 - (sides.left + sides.right))
    down = min(placement.fill, 1 - (sides.top + sides.bottom))
    return across * width, down * height


def full_scale(sheet: Sheet, product: Extent, placement: Placement) -> float:
    """Return the scale at which a product fills its room on a canvas, however large that is."""
    room = room_on(sheet.width, sheet.height, placement)
    return min(room[0] / product.width, room[1] / product.height)


def set_on(placed: Placed, shown: Box, cut: frozenset[str], placement: Placement) -> Placed:
    """Return a placing moved by whole pixels, so that what it shows stands where it has to.

    Whole pixels change nothing of the picture but its place.

    Parameters
    ----------
    placed : the placing
    shown : the product's box on its canvas
    cut : the sides of the photo's frame that cut the product: nothing moves along them
    placement : of the preset
    """
    across, down = _axes(cut, placement)
    return replace(
        placed,
        left=placed.left + across.step(placed.width, (shown.left, shown.right)),
        top=placed.top + down.step(placed.height, (shown.top, shown.bottom)),
    )


def cut_notes(cut: frozenset[str]) -> tuple[str, ...]:
    """Return what to say of a product that the photo's frame cuts on some sides."""
    return (f"the photo's frame cuts the product: {', '.join(sorted(cut))}",) if cut else ()


@dataclass(frozen=True)
class _Axis:
    """How a product stands along one direction of the canvas.

    ``before`` and ``after`` are the shares that are kept free; ``cut`` says whether the photo's
    frame cuts the product there; ``on_line`` that it stands at the end of its room.
    """

    before: float
    after: float
    cut: tuple[bool, bool]
    on_line: bool = False

    def offset(self, canvas: int, photo: int, span: tuple[float, float], scale: float) -> float:
        """Return the canvas position of the photo's left (top) edge."""
        if self.cut == (True, False):
            return 0.0
        if self.cut == (False, True):
            return canvas - photo * scale
        offset = self._start(canvas, (span[1] - span[0]) * scale) - span[0] * scale
        # An unscaled product is copied, not resampled.
        return float(round(offset)) if scale == 1 else offset

    def step(self, canvas: int, span: tuple[int, int]) -> int:
        """Return by how many pixels a product has to be moved."""
        return 0 if any(self.cut) else self._start(canvas, span[1] - span[0]) - span[0]

    def _start(self, canvas: int, length: float) -> int:
        """Return where a product of some length begins on the canvas."""
        if self.on_line:
            return round(canvas * (1 - self.after) - length)
        return round((canvas * (1 + (self.before - self.after)) - length) / 2)


def _axes(cut: frozenset[str], placement: Placement) -> tuple[_Axis, _Axis]:
    """Return how a product stands across and down."""
    sides = placement.sides
    return (
        _Axis(sides.left, sides.right, ("left" in cut, "right" in cut)),
        _Axis(
            sides.top,
            sides.bottom,
            ("top" in cut, "bottom" in cut),
            on_line=placement.align == "baseline",
        ),
    )


def _shrunk(sheet: Sheet, factor: float) -> tuple[int, int]:
    """Return the canvas ``factor`` times smaller, as far as it may shrink.

    Rounding down, for a product that spans its share or a fraction of a pixel more.
    """
    if sheet.smallest_side is None:
        return sheet.width, sheet.height
    share = max(1 / factor, sheet.smallest_side / max(sheet.width, sheet.height))
    # A hair more, so that a side that comes out whole is not lost to rounding errors.
    return (
        max(1, math.floor(sheet.width * share + 1e-6)),
        max(1, math.floor(sheet.height * share + 1e-6)),
    )


def _small_note(
    product: Extent, sheet: Sheet, size: tuple[int, int], placement: Placement
) -> tuple[str, ...]:
    """Return what to say of a product that may not be as large as it was meant to be."""
    scaled = product.width * sheet.most_scale, product.height * sheet.most_scale
    room = room_on(*size, placement)
    short = min(room[0] - scaled[0], room[1] - scaled[1])
    own = f"the product has only {product.width:.0f} × {product.height:.0f} pixels of its own"
    told = [] if size == (sheet.width, sheet.height) else [f"the canvas is {size[0]} × {size[1]}"]
    # Within a pixel of its share, nothing is missing.
    if short > 1:
        reached = max(scaled[0] / size[0], scaled[1] / size[1])
        share = max(room[0] / size[0], room[1] / size[1])
        told.append(f"it fills {reached:.0%} instead of {share:.0%}")
    return (f"{own}: {', and '.join(told)}",) if told else ()
