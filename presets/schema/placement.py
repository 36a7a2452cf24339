"""Where the product stands, and how large."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from presets.schema.part import Part, Share


class Placement(Part):
    """Where the product stands on a fixed canvas, and how large."""

    fill: Share = 0.85
    """Share of the canvas that the product spans, in the direction in which it spans more."""
    margin: Annotated[float, Field(ge=0, lt=0.5)] = 0.0
    """Share of the canvas kept free on each side; the product is made smaller where needed."""
    upscale: bool = False
    """Whether a product with too few pixels may be enlarged; every enlargement is noted."""
