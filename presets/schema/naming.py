"""Where the file goes and what it is called."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from presets.schema.part import Part
from presets.schema.rules import matches
from presets.tokens import tokens_of

Token = Literal[
    "folder",
    "stem",
    "sku",
    "view",
    "version",
    "preset",
    "gtin",
    "asin",
    "season",
    "date",
    "number",
    "width",
    "height",
]
NAME_TOKENS: tuple[Token, ...] = get_args(Token)
"""What a file name template may contain, each between braces."""

Collision = Literal["version", "folder", "refuse"]

_VERSION_FOLDER = re.compile(r"v[0-9]+", re.IGNORECASE)


class ViewName(Part):
    """What a channel calls one view."""

    view: Annotated[str, Field(min_length=1)]
    """The view as the photos are named, in any case: ``front``."""
    name: Annotated[str, Field(min_length=1)]
    """What stands for it in the file's name: ``MAIN``."""


class Naming(Part):
    """Where the file goes and what it is called."""

    template: str = "{folder}/{stem}"
    """Name without its suffix, with tokens between braces; a token that is empty for a photo
    takes the hyphen, underscore or slash beside it away. folder, stem: of the photo; sku, view,
    version: as its name says; preset, season: what it is made for; gtin, asin: of the product, or
    the SKU itself where it is one; date: the day on which it was taken; number: its place among
    the photos of its SKU; width, height: of the file, where the canvas has one size."""
    folder: str = ""
    """Folder inside the output folder; empty: the preset's name."""
    views: tuple[ViewName, ...] | None = None
    """The channel's own names for views; a view that is not listed keeps its own."""
    collision: Collision | None = None
    """What becomes of a file whose name was delivered with other content: ``version`` appends
    ``-v2`` and on, ``folder`` puts it into a folder ``v2`` under its plain name, ``refuse`` does
    not export it. Without it: ``version``. An existing file is never replaced."""
    ascii: bool | None = None
    """Whether the name is of ASCII letters, digits, full stop, hyphen and underscore alone: ``ä``
    becomes ``ae``, ``é`` becomes ``e``, everything else a hyphen."""
    case: Literal["lower", "upper"] | None = None
    """Whether the name is in lower or upper case; the suffix is always in lower case."""
    required: Annotated[tuple[Token, ...], Field(min_length=1)] | None = None
    """Tokens that may not be empty: a photo without one is not exported."""
    allowed: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """A regular expression that the whole name without its suffix has to fit; a photo whose name
    does not is not exported. Of several versions of a photo that would have one name, only the
    newest that was not rejected gets a file."""

    @field_validator("template")
    @classmethod
    def _known_tokens(cls, template: str) -> str:
        for token in tokens_of(template):
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

    @field_validator("allowed")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            matches(pattern, "")
        return pattern

    @model_validator(mode="after")
    def _folders_of_versions(self) -> Self:
        last = PurePosixPath(self.folder).name
        if self.collision == "folder" and _VERSION_FOLDER.fullmatch(last):
            raise ValueError(f"folder {last} would be taken for a version")
        return self

    @property
    def collisions(self) -> Collision:
        """What becomes of a file whose name was delivered with other content."""
        return self.collision or "version"


def _inside(path: str) -> str:
    """Return a relative POSIX path unchanged; ValueError where it could leave its folder."""
    if "\\" in path or ":" in path:
        raise ValueError("folders are separated by /, and no drive is named")
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError("the path leaves the output folder")
    return path
