"""Where the file goes and what it is called."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field, field_validator

from presets.schema.part import Part

NAME_TOKENS = ("folder", "stem", "sku", "view", "version", "preset")
"""What a file name template may contain, each between braces."""


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
