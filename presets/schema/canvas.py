"""The size of the file."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.schema.part import MOST_PIXELS, Part, Pixels

RatioPart = Annotated[int, Field(ge=1, le=1_000)]


class PhotoCanvas(Part):
    """The photo's own frame: nothing is moved, scaled or cropped."""

    kind: Literal["photo"]
    """``photo``: the file is as large as the photo, every pixel where the camera put it."""


class FixedCanvas(Part):
    """A canvas of one size, on which the product is placed."""

    kind: Literal["fixed"]
    """``fixed``: the size is given here."""
    width: Pixels
    """Width of the file in pixels."""
    height: Pixels
    """Height of the file in pixels."""
    smallest_side: Pixels | None = None
    """How far the longer side may shrink for a product that has too few pixels of its own, so
    that it fills its share without being enlarged. Without it the canvas never shrinks."""

    @model_validator(mode="after")
    def _shrinks(self) -> Self:
        if self.smallest_side is not None and self.smallest_side > max(self.width, self.height):
            raise ValueError("smallest_side is longer than the canvas")
        return self


class FitCanvas(Part):
    """A canvas that is cut to the product: as long as asked, of a ratio or as the product is."""

    kind: Literal["fit"]
    """``fit``: the size follows from the product."""
    longest: Pixels | None = None
    """Length of the longer side in pixels. Without it nothing is scaled: the canvas is as large as
    the product's own pixels make it."""
    ratio: tuple[RatioPart, RatioPart] | None = None
    """Width to height, as in ``[4, 5]``. Without it the product has the same border all round."""
    smallest_side: Pixels | None = None
    """How far the longer side may shrink for a product that has too few pixels of its own. Without
    it, a canvas with ``longest`` never shrinks."""

    @model_validator(mode="after")
    def _shrinks(self) -> Self:
        if self.smallest_side is not None and self.smallest_side > (self.longest or MOST_PIXELS):
            raise ValueError("smallest_side is longer than longest")
        return self


class ProductCanvas(Part):
    """The product's own frame: nothing is scaled, and what lies around the product is trimmed."""

    kind: Literal["product"]
    """``product``: the photo's own pixels, as far as the product reaches."""
    margin: Annotated[int, Field(ge=0, le=5_000)] = 0
    """Pixels kept around the product; none on a side where the photo's frame cuts it."""
