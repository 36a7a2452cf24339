"""What stands behind the product."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from presets.schema.part import Level, Part


class TransparentBackground(Part):
    """No background: the file keeps its alpha."""

    kind: Literal["transparent"]
    """``transparent``: straight alpha is written beside clean foreground colour."""


class ColourBackground(Part):
    """One flat colour behind the product."""

    kind: Literal["colour"]
    """``colour``: the file has no alpha."""
    rgb: tuple[Level, Level, Level] = (255, 255, 255)
    """Red, green and blue in sRGB; every pixel outside the product has exactly this colour."""


class KeptBackground(Part):
    """The photo's own background."""

    kind: Literal["keep"]
    """``keep``: the photo as it is, placed like any product; where the canvas reaches beyond the
    photo, its background is continued. The file has no alpha."""


class BlurredBackground(Part):
    """The photo's own background, out of focus."""

    kind: Literal["blurred"]
    """``blurred``: what stands behind the product, without the product and its shadow, blurred and
    continued where the canvas reaches beyond the photo. The file has no alpha."""
    radius: Annotated[float, Field(ge=0.002, le=0.3)] = 0.03
    """How far the blur reaches, as a share of the canvas's shorter side."""


Background = Annotated[
    TransparentBackground | ColourBackground | KeptBackground | BlurredBackground,
    Field(discriminator="kind"),
]
