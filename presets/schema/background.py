"""What stands behind the product."""

from __future__ import annotations

from typing import Literal

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
