"""Where the product stands, and how large."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from presets.schema.part import Border, Part, Share

Alignment = Literal["centre", "baseline"]


class Sides(NamedTuple):
    """Shares of the canvas that are kept free, by side."""

    top: float
    right: float
    bottom: float
    left: float


class Margins(Part):
    """What is kept free of the canvas, each side for itself."""

    top: Border | None = None
    """Share of the canvas's height kept free above the product; as ``margin`` where it is left
    out."""
    right: Border | None = None
    """Share of the canvas's width kept free on the right."""
    bottom: Border | None = None
    """Share of the canvas's height kept free below; with ``align = "baseline"`` the line that the
    product stands on."""
    left: Border | None = None
    """Share of the canvas's width kept free on the left."""


class Sharpening(Part):
    """How much a scaled product is sharpened; soft edges never are."""

    amount: Annotated[float, Field(gt=0, le=3)] = 0.5
    """How much of the difference to a blurred copy is added: 0.5 is discreet, 1 plain to see."""
    radius: Annotated[float, Field(ge=0.3, le=5)] = 0.7
    """How wide the blur is, in pixels of the file (its standard deviation)."""
    threshold: Annotated[float, Field(ge=0, le=50)] = 2.0
    """Differences up to so many levels are taken for noise and left alone."""


class Placement(Part):
    """Where the product stands on its canvas, and how large."""

    fill: Share = 0.85
    """Share of the canvas that the product spans, in the direction in which it spans more."""
    margin: Border = 0.0
    """Share of the canvas kept free on each side; the product is made smaller where needed."""
    upscale: bool = False
    """Whether a product with too few pixels may be enlarged; every enlargement is noted."""
    upscale_limit: Annotated[float, Field(gt=1, le=8)] | None = None
    """How many times a product may be enlarged at most; beyond it the canvas shrinks as far as it
    may, and what is still missing stays background."""
    scale: Literal["photo", "sku", "family"] | None = None
    """For what one scale is chosen: each ``photo`` for itself, or all photos of a ``sku`` or of a
    ``family`` of SKUs together, so that the largest of them fits and the others keep their size
    beside it. Without it: each photo for itself."""
    sharpen: Sharpening | None = None
    """Sharpening after the product was scaled; without it there is none. A product that is not
    scaled is not sharpened."""
    margins: Margins | None = None
    """Sides that are kept free otherwise than ``margin`` says."""
    align: Alignment | None = None
    """Where the product stands within its margins: in the ``centre``, or with its lowest point on
    the ``baseline`` that the margin below makes. Without it: in the centre."""

    @model_validator(mode="after")
    def _enlarges(self) -> Self:
        if self.upscale_limit is not None and not self.upscale:
            raise ValueError("upscale_limit needs upscale = true")
        return self

    @property
    def sides(self) -> Sides:
        """What is kept free on each side."""
        own = self.margins or Margins()
        free = (own.top, own.right, own.bottom, own.left)
        return Sides(*(self.margin if share is None else share for share in free))

    @property
    def most_scale(self) -> float:
        """The greatest scale, canvas pixels by photo pixels, that a product may have."""
        return (self.upscale_limit or float("inf")) if self.upscale else 1.0
