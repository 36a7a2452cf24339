"""The size of the file."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from presets.schema.part import Part, Pixels


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
