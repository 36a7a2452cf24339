"""What a preset may say: how one channel's file is made, and the rules that it is held against.

Every model is frozen and refuses unknown fields. Lengths are pixels of the finished file, shares
are fractions of the canvas (0…1), colours are sRGB (0…255).

The digest of a preset covers all of its fields but those that are None. A field that is added to
this schema therefore has None as its default: it changes no digest, and so breaks no season's
lock, where nobody uses it.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

NAME_TOKENS = ("folder", "stem", "sku", "view", "version", "preset")
"""What a file name template may contain, each between braces."""

NUMBER_CHECKS = frozenset(
    {"width", "height", "long_side", "short_side", "megapixels", "bytes", "ratio", "fill"}
)
"""Rules that hold a measured number against ``minimum`` and ``maximum``."""

CHOICE_CHECKS = frozenset({"format", "profile", "chroma", "alpha"})
"""Rules that hold a measured word against ``allowed``."""

Share = Annotated[float, Field(gt=0, le=1)]
Pixels = Annotated[int, Field(ge=1, le=20_000)]
Level = Annotated[int, Field(ge=0, le=255)]
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""What presets and seasons are called: their names become the names of files."""

PresetName = Annotated[str, Field(pattern=NAME, max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class PhotoCanvas(_Part):
    """The photo's own frame: nothing is moved, scaled or cropped."""

    kind: Literal["photo"]
    """``photo``: the file is as large as the photo, every pixel where the camera put it."""


class FixedCanvas(_Part):
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


class TransparentBackground(_Part):
    """No background: the file keeps its alpha."""

    kind: Literal["transparent"]
    """``transparent``: straight alpha is written beside clean foreground colour."""


class ColourBackground(_Part):
    """One flat colour behind the product."""

    kind: Literal["colour"]
    """``colour``: the file has no alpha."""
    rgb: tuple[Level, Level, Level] = (255, 255, 255)
    """Red, green and blue in sRGB; every pixel outside the product has exactly this colour."""


class Placement(_Part):
    """Where the product stands on a fixed canvas, and how large."""

    fill: Share = 0.85
    """Share of the canvas that the product spans, in the direction in which it spans more."""
    margin: Annotated[float, Field(ge=0, lt=0.5)] = 0.0
    """Share of the canvas kept free on each side; the product is made smaller where needed."""
    upscale: bool = False
    """Whether a product with too few pixels may be enlarged; every enlargement is noted."""


class JpegFile(_Part):
    """A JPEG file."""

    format: Literal["jpeg"]
    """``jpeg``: no alpha."""
    quality: Annotated[int, Field(ge=50, le=100)] = 95
    """Quality on libjpeg's scale."""
    subsampling: Literal["4:4:4", "4:2:2", "4:2:0"] = "4:4:4"
    """Colour resolution; only 4:4:4 keeps white clean close to a saturated product."""
    progressive: bool = True
    """Whether the file shows whole early while it loads."""


class PngFile(_Part):
    """A PNG file, 8 bits a channel."""

    format: Literal["png"]
    """``png``: lossless, with or without alpha."""


class WebpFile(_Part):
    """A WebP file."""

    format: Literal["webp"]
    """``webp``: with or without alpha."""
    quality: Annotated[int, Field(ge=0, le=100)] = 90
    """Quality of the colour; alpha is always kept exactly."""
    lossless: bool = False
    """Whether every pixel is kept exactly."""


class AvifFile(_Part):
    """An AVIF file."""

    format: Literal["avif"]
    """``avif``: with or without alpha, which is kept nearly, not exactly; fewer bytes than WebP
    for the same colours, and slower to write."""
    quality: Annotated[int, Field(ge=0, le=100)] = 80
    """Quality of the colour and of the alpha."""
    subsampling: Literal["4:4:4", "4:2:0"] = "4:4:4"
    """Colour resolution; 4:4:4 keeps saturated edges clean."""


class TiffFile(_Part):
    """A TIFF file, 8 bits a channel."""

    format: Literal["tiff"]
    """``tiff``: lossless, with or without alpha."""


class ViewName(_Part):
    """What a channel calls one view."""

    view: Annotated[str, Field(min_length=1)]
    """The view as the photos are named, in any case: ``front``."""
    name: Annotated[str, Field(min_length=1)]
    """What stands for it in the file's name: ``MAIN``."""


class Naming(_Part):
    """Where the file goes and what it is called."""

    template: str = "{folder}/{stem}"
    """Name without its suffix, with tokens between braces; a token that is empty for a photo
    takes the hyphen, underscore or slash beside it away. An existing name gets ``-v2``."""
    folder: str = ""
    """Folder inside the output folder; empty: the preset's name."""
    views: tuple[ViewName, ...] | None = None
    """The channel's own names for views; a view that is not listed keeps its own."""

    @field_validator("template")
    @classmethod
    def _known_tokens(cls, template: str) -> str:
        for token in _tokens(template):
            if token not in NAME_TOKENS:
                listed = ", ".join(f"{{{known}}}" for known in NAME_TOKENS)
                raise ValueError(f"{{{token}}} is no token; known are {listed}")
        if not template.strip("/ "):
            raise ValueError("the template is empty")
        return _inside(template)

    @field_validator("folder")
    @classmethod
    def _relative(cls, folder: str) -> str:
        return _inside(folder)


class Rule(_Part):
    """One thing that the finished file is checked for."""

    check: Literal[
        "width",
        "height",
        "long_side",
        "short_side",
        "megapixels",
        "bytes",
        "ratio",
        "fill",
        "format",
        "profile",
        "chroma",
        "alpha",
        "white_background",
        "not_cropped",
        "human_review",
    ]
    """What is measured. ``ratio`` is width by height; ``fill`` is the larger share of the canvas
    that the product spans; ``human_review`` names what no program can decide."""
    severity: Literal["fail", "warn"]
    """What a broken rule means. Rules of uncertain origin can only warn."""
    evidence: Literal["channel", "known", "secondary", "uncertain", "packshot"]
    """How the rule is known: read on the ``channel``'s own page, well ``known``, read on a
    ``secondary`` page, ``uncertain``, or ``packshot``'s own advice."""
    source: str
    """Where the rule comes from, in words."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    """Year and month in which the source was read."""
    minimum: float | None = None
    """Least number allowed."""
    maximum: float | None = None
    """Greatest number allowed."""
    allowed: tuple[str, ...] = ()
    """Words allowed. Formats: jpeg, png, webp, avif, tiff, gif, bmp, heif. Profiles: sRGB, CMYK and
    others by name. Chroma: 4:4:4, 4:2:2, 4:2:0. Alpha: none, opaque, transparent."""
    note: str = ""
    """What the rule is for, or what a person has to look for."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.severity == "fail" and self.evidence in {"secondary", "uncertain"}:
            raise ValueError(f"a rule of {self.evidence} evidence can only warn")
        bounded = self.minimum is not None or self.maximum is not None
        if bounded != (self.check in NUMBER_CHECKS):
            raise ValueError(
                f"{self.check} takes no minimum or maximum"
                if bounded
                else f"{self.check} needs a minimum or a maximum"
            )
        if bool(self.allowed) != (self.check in CHOICE_CHECKS):
            raise ValueError(
                f"{self.check} takes no list of allowed words"
                if self.allowed
                else f"{self.check} needs a list of allowed words"
            )
        if self.check == "human_review" and (not self.note or self.severity == "fail"):
            raise ValueError("human_review needs a note, and can only warn")
        return self


class Preset(_Part):
    """How one channel's file is made and checked."""

    schema_version: Literal[1]
    """Version of this schema."""
    name: PresetName
    """Name on the command line; the file is called ``<name>.toml``."""
    version: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    """Year and month of the channel's rules that the preset follows."""
    extends: PresetName | None = None
    """Another preset that this one is made from: its fields hold where this file names none.
    A preset of the same name in a farther origin may be meant. Rules replace those that check
    the same thing."""
    title: str
    """One line for lists."""
    description: str = ""
    """What the file is for, and what to know before using it."""
    canvas: Annotated[PhotoCanvas | FixedCanvas, Field(discriminator="kind")]
    """Size of the file."""
    background: Annotated[TransparentBackground | ColourBackground, Field(discriminator="kind")]
    """What stands behind the product."""
    placement: Placement | None = None
    """Where the product stands; only with a fixed canvas, where it may be left out."""
    file: Annotated[
        JpegFile | PngFile | WebpFile | AvifFile | TiffFile, Field(discriminator="format")
    ]
    """Format and encoder settings; every file carries the sRGB profile."""
    naming: Naming = Naming()
    """Where the file goes and what it is called."""
    rules: tuple[Rule, ...] = ()
    """What the finished file is checked for, after encoding."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.file.format == "jpeg" and self.background.kind == "transparent":
            raise ValueError("a JPEG cannot be transparent: choose png, webp, avif or tiff")
        if self.canvas.kind == "photo" and self.placement is not None:
            raise ValueError("placement needs a fixed canvas")
        return self

    @property
    def label(self) -> str:
        """Name and version as reports write them."""
        return f"{self.name} {self.version}"


def _tokens(template: str) -> Iterator[str]:
    """Yield the tokens of a template; ValueError for anything that is more than a plain token."""
    for _, token, specification, conversion in string.Formatter().parse(template):
        if token is None:
            continue
        if specification or conversion:
            raise ValueError(f"{{{token}}} takes no format of its own")
        yield token


def _inside(path: str) -> str:
    """Return a relative POSIX path unchanged; ValueError where it could leave its folder."""
    if "\\" in path or ":" in path:
        raise ValueError("folders are separated by /, and no drive is named")
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError("the path leaves the output folder")
    return path
