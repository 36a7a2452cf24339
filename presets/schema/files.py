"""The format of the file, and how it is encoded."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.schema.part import Part

ProfileName = Literal["sRGB", "Display P3", "Adobe RGB"]
DeflateLevel = Annotated[int, Field(ge=1, le=9)]

LEAST_QUALITY = 60
"""What ``target_bytes`` may lead to where a preset does not say it."""

# Fields that several formats have, with what is to be said of them.
Profile = Annotated[
    ProfileName | None,
    Field(
        description="The colour space that the file is in, and whose profile it carries; sRGB "
        "where it is left out. A wider one keeps colours that the photo has and sRGB has not; many "
        "shops show no other than sRGB."
    ),
]
Bits = Annotated[
    Literal[8, 16] | None,
    Field(
        description="Bits a channel; 8 where it is left out. Sixteen keep what the photo has of "
        "them, where the product is solid; soft edges and what lies around the product are "
        "computed with 8."
    ),
]
TargetBytes = Annotated[
    Annotated[int, Field(ge=1_000)] | None,
    Field(
        description="Most bytes that the file should have: its quality goes down as far as that "
        "needs, and no farther than ``least_quality``."
    ),
]
LeastQuality = Annotated[
    Annotated[int, Field(ge=1, le=100)] | None,
    Field(
        description="Lowest quality that ``target_bytes`` may lead to; "
        f"{LEAST_QUALITY} where it is left out."
    ),
]


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
    target_bytes: TargetBytes = None
    least_quality: LeastQuality = None
    profile: Profile = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_target(self.target_bytes, self.least_quality, self.quality)
        return self


class PngFile(Part):
    """A PNG file."""

    format: Literal["png"]
    """``png``: lossless, with or without alpha."""
    level: DeflateLevel | None = None
    """How hard the file is compressed, 1 quick … 9 small; 1 where it is left out. From 2 on a photo
    takes several times as long and saves a fifth at most."""
    bits: Bits = None
    profile: Profile = None


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
    target_bytes: TargetBytes = None
    least_quality: LeastQuality = None
    profile: Profile = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.lossless and self.target_bytes is not None:
            raise ValueError("a lossless file has no quality that target_bytes could lower")
        _check_target(self.target_bytes, self.least_quality, self.quality)
        return self


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
    target_bytes: TargetBytes = None
    least_quality: LeastQuality = None
    profile: Profile = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_target(self.target_bytes, self.least_quality, self.quality)
        return self


class TiffFile(Part):
    """A TIFF file."""

    format: Literal["tiff"]
    """``tiff``: lossless, with or without alpha."""
    compression: Literal["deflate", "none"] | None = None
    """``deflate``, also where it is left out, or ``none`` for programs that read nothing else."""
    level: DeflateLevel | None = None
    """How hard ``deflate`` tries, 1 quick … 9 small; 1 where it is left out."""
    bits: Bits = None
    profile: Profile = None


def _check_target(target: int | None, least: int | None, quality: int) -> None:
    """Raise ValueError where the least quality has no target, or is above the quality."""
    if least is not None and target is None:
        raise ValueError("least_quality needs target_bytes")
    if least is not None and least > quality:
        raise ValueError("least_quality is above quality")
