"""The format of the file, and how it is encoded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from presets.schema.part import Part

DeflateLevel = Annotated[int, Field(ge=1, le=9)]


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
    level: DeflateLevel | None = None
    """How hard the file is compressed, 1 quick … 9 small; 1 where it is left out. From 2 on a photo
    takes several times as long and saves a fifth at most."""


class WebpFile(Part):
    """A WebP file."""

    format: Literal["webp"]
    """``webp``: with or without alpha."""
    quality: Annotated[int, Field(ge=0, le=100)] = 90
    """Quality of the colour; alpha is always kept exactly."""
    lossless: bool = False
    """Whether every pixel is kept exactly."""
    effort: Annotated[int, Field(ge=0, le=6)] | None = None
    """How hard the encoder tries to save bytes, 0 quick … 6 small; 4 where it is left out."""


class AvifFile(Part):
    """An AVIF file."""

    format: Literal["avif"]
    """``avif``: with or without alpha, which is kept nearly, not exactly; fewer bytes than WebP
    for the same colours, and slower to write."""
    quality: Annotated[int, Field(ge=0, le=100)] = 80
    """Quality of the colour and of the alpha."""
    subsampling: Literal["4:4:4", "4:2:0"] = "4:4:4"
    """Colour resolution; 4:4:4 keeps saturated edges clean."""
    speed: Annotated[int, Field(ge=0, le=10)] | None = None
    """How fast the file is written, 0 small … 10 quick; 6 where it is left out."""


class TiffFile(Part):
    """A TIFF file, 8 bits a channel."""

    format: Literal["tiff"]
    """``tiff``: lossless, with or without alpha."""
    compression: Literal["deflate", "none"] | None = None
    """``deflate``, also where it is left out, or ``none`` for programs that read nothing else."""
    level: DeflateLevel | None = None
    """How hard ``deflate`` tries, 1 quick … 9 small; 1 where it is left out."""
