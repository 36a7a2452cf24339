"""A whole preset: how one channel's file is made and checked."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.schema.background import Background
from presets.schema.canvas import FitCanvas, FixedCanvas, PhotoCanvas, ProductCanvas
from presets.schema.files import AvifFile, JpegFile, PngFile, TiffFile, WebpFile
from presets.schema.metadata import Metadata
from presets.schema.naming import Naming
from presets.schema.part import Part, PresetName
from presets.schema.placement import Placement
from presets.schema.requires import Requires
from presets.schema.rules import Rule
from presets.schema.shadow import Shadow
from presets.schema.views import ViewChanges
from presets.tokens import tokens_of


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
    background: Background
    """What stands behind the product."""
    placement: Placement | None = None
    """Where the product stands; only with a fixed or fit canvas, where it may be left out."""
    shadow: Shadow | None = None
    """What shadow lies under the product. Without it: the photo's own where the photo's recipe
    keeps it. A shadow never counts for fill."""
    views: tuple[ViewChanges, ...] | None = None
    """Views that are placed, or have a shadow, otherwise than ``placement`` and ``shadow`` say."""
    file: Annotated[
        JpegFile | PngFile | WebpFile | AvifFile | TiffFile, Field(discriminator="format")
    ]
    """Format and encoder settings; every file carries its colour profile."""
    metadata: Metadata | None = None
    """What the file says about itself. Without it nothing of the photo's metadata is in the
    file."""
    naming: Naming = Naming()
    """Where the file goes and what it is called."""
    requires: Requires | None = None
    """What quality control has to have happened before a file is made. Without it: the matte is
    approved, or all that is cut is exported."""
    rules: tuple[Rule, ...] = ()
    """What the finished file is checked for, after encoding."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.file.format == "jpeg" and self.background.kind == "transparent":
            raise ValueError("a JPEG cannot be transparent: choose png, webp, avif or tiff")
        if self.canvas.kind in {"photo", "product"} and self._places_views:
            raise ValueError("a placement needs a fixed or fit canvas")
        if isinstance(self.canvas, FitCanvas) and self.canvas.ratio is None and self._shares_scale:
            raise ValueError("a scale for several photos needs a canvas of a given ratio")
        measured = {"width", "height"} & set(tokens_of(self.naming.template))
        if measured and not self._has_one_size:
            raise ValueError(f"{{{min(measured)}}} in a name needs a canvas of one size")
        if self.naming.collision == "folder" and re.fullmatch("v[0-9]+", self._folder):
            raise ValueError(f"folder {self._folder} would be taken for a version")
        shadows = {each.kind for each in (self.shadow, *self._view_shadows) if each is not None}
        if self.background.kind == "keep" and shadows - {"kept"}:
            raise ValueError("a background that is kept has its own shadow: leave shadow out")
        if self.background.kind == "keep" and self.placement and self.placement.sharpen:
            raise ValueError("a photo that is kept with its background is not sharpened")
        return self

    @property
    def _places_views(self) -> bool:
        return self.placement is not None or any(each.placement for each in self.views or ())

    @property
    def _shares_scale(self) -> bool:
        return self.placement is not None and self.placement.scale in {"sku", "family"}

    @property
    def _has_one_size(self) -> bool:
        canvas = self.canvas
        return canvas.kind == "photo" or (canvas.kind == "fixed" and canvas.smallest_side is None)

    @property
    def _folder(self) -> str:
        return self.naming.folder or self.name

    @property
    def _view_shadows(self) -> tuple[Shadow | None, ...]:
        return tuple(each.shadow for each in self.views or ())

    def for_view(self, view: str) -> Preset:
        """Return what the preset says for the photos of one view."""
        wanted = view.casefold()
        changes = next((each for each in self.views or () if each.view.casefold() == wanted), None)
        if changes is None:
            return self
        update: dict[str, object] = {}
        if changes.placement:
            placement = (self.placement or Placement()).model_dump() | changes.placement
            update["placement"] = Placement.model_validate(placement)
        if changes.shadow is not None:
            update["shadow"] = changes.shadow
        return self.model_copy(update=update)

    @property
    def label(self) -> str:
        """Name and version as reports write them."""
        return f"{self.name} {self.version}"
