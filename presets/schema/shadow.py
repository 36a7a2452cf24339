"""What shadow lies under the product."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from presets.schema.part import Part, Share


class NoShadow(Part):
    """No shadow, whatever the photo's recipe keeps."""

    kind: Literal["none"]
    """``none``: the product alone."""


class KeptShadow(Part):
    """The shadow that the photo shows, whatever the photo's recipe says."""

    kind: Literal["kept"]
    """``kept``: taken from the sweep; none where the backdrop is no sweep or paper."""


class ContactShadow(Part):
    """A shadow where the product meets the ground, as under a large soft light from above."""

    kind: Literal["contact"]
    """``contact``: dark and narrow where the product stands, faint and wide around it. For
    products that stand; a view from the top has none."""
    strength: Share = 0.6
    """How dark it is at its darkest: 1 is black."""
    size: Annotated[float, Field(ge=0.2, le=4)] = 1.0
    """How far it reaches; 1 suits most products, more looks like a larger light."""


class DropShadow(Part):
    """A shadow on a ground behind the product, as of a flat lay under a soft light."""

    kind: Literal["drop"]
    """``drop``: the product's own outline, moved and softened."""
    strength: Share = 0.3
    """How dark it is at its darkest: 1 is black."""
    distance: Annotated[float, Field(ge=0, le=0.3)] = 0.02
    """How far it is moved, as a share of the canvas's shorter side."""
    softness: Annotated[float, Field(ge=0, le=0.3)] = 0.03
    """How far its edge fades, as a share of the canvas's shorter side."""
    angle: Annotated[float, Field(ge=0, lt=360)] = 120.0
    """Where it is moved to, in degrees: 0 to the right, 90 down, 180 to the left."""


class ReflectionShadow(Part):
    """A reflection, as on a glossy ground."""

    kind: Literal["reflection"]
    """``reflection``: the product upside down below the line that it stands on, fading away."""
    strength: Share = 0.3
    """How much of it is seen at that line: 1 is a mirror."""
    length: Annotated[float, Field(gt=0, le=1)] = 0.3
    """How far down it can be seen, as a share of the product's height."""


Shadow = Annotated[
    NoShadow | KeptShadow | ContactShadow | DropShadow | ReflectionShadow,
    Field(discriminator="kind"),
]
