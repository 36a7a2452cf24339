"""The format of the file, and how it is encoded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from presets.schema.part import Part


class JpegFile(Part):
    """A JPEG file."""

    format: Literal["jpeg"]
    """``jpeg``: no alpha."""
    quality: Annotated[int, Field(ge=50, le=100)] = 95
    """Quality on libjpeg's scale."""
    subsampling: Literal["4:4:4", "4:2:2", "4:2:0"] = "4:4:4"
    """Colour resolution; only 4:4:4 keeps white clean close to a saturated product."""
    progressive: bool = True
    """Whether the file shows whole early while it loads."""


class PngFile(Part):
    """A PNG file, 8 bits a channel."""

    format: Literal["png"]
    """``png``: lossless, with or without alpha."""


class WebpFile(Part):
    """A WebP file."""

    format: Literal["webp"]
    """``webp``: with or without alpha."""
    quality: Annotated[int, Field(ge=0, le=100)] = 90
    """Quality of the colour; alpha is always kept exactly."""
    lossless: bool = False
    """Whether every pixel is kept exactly."""


class AvifFile(Part):
    """An AVIF file."""

    format: Literal["avif"]
    """``avif``: with or without alpha, which is kept nearly, not exactly; fewer bytes than WebP
    for the same colours, and slower to write."""
    quality: Annotated[int, Field(ge=0, le=100)] = 80
    """Quality of the colour and of the alpha."""
    subsampling: Literal["4:4:4", "4:2:0"] = "4:4:4"
    """Colour resolution; 4:4:4 keeps saturated edges clean."""


class TiffFile(Part):
    """A TIFF file, 8 bits a channel."""

    format: Literal["tiff"]
    """``tiff``: lossless, with or without alpha."""
