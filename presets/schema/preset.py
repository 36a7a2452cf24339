"""A whole preset: how one channel's file is made and checked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.schema.background import ColourBackground, TransparentBackground
from presets.schema.canvas import FitCanvas, FixedCanvas, PhotoCanvas, ProductCanvas
from presets.schema.files import AvifFile, JpegFile, PngFile, TiffFile, WebpFile
from presets.schema.naming import Naming
from presets.schema.part import Part, PresetName
from presets.schema.placement import Placement, ViewChanges
from presets.schema.rules import Rule


class Preset(Part):
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
    canvas: Annotated[
        PhotoCanvas | FixedCanvas | FitCanvas | ProductCanvas, Field(discriminator="kind")
    ]
    """Size of the file."""
    background: Annotated[TransparentBackground | ColourBackground, Field(discriminator="kind")]
    """What stands behind the product."""
    placement: Placement | None = None
    """Where the product stands; only with a fixed or fit canvas, where it may be left out."""
    views: tuple[ViewChanges, ...] | None = None
    """Views that are placed otherwise than ``placement`` says."""
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
        if self.canvas.kind in {"photo", "product"} and (self.placement or self.views):
            raise ValueError("placement and views need a fixed or fit canvas")
        return self

    def for_view(self, view: str) -> Preset:
        """Return what the preset says for the photos of one view."""
        wanted = view.casefold()
        for changes in self.views or ():
            if changes.view.casefold() == wanted:
                placement = self.placement or Placement()
                changed = changes.model_dump(exclude={"view"}, exclude_none=True)
                both = Placement.model_validate(placement.model_dump() | changed)
                return self.model_copy(update={"placement": both})
        return self

    @property
    def label(self) -> str:
        """Name and version as reports write them."""
        return f"{self.name} {self.version}"
