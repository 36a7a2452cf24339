"""What quality control has to have happened before a file is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from presets.schema.part import Part

DefectName = Literal[
    "blank or full",
    "part missing",
    "hole eaten",
    "hole filled",
    "shadow left",
    "islands",
    "wrong crop",
    "halo",
    "colour cast",
    "edge jagged",
    "low confidence",
]
"""The defects that packshot measures of every matte."""


class Requires(Part):
    """What has to be true of a photo and its matte; a photo of which it is not is not exported."""

    approved: bool | None = None
    """Whether a person has to have approved the matte, also where all that is cut is exported."""
    second_person: bool | None = None
    """Whether the person who approved has to be another one than who cut it."""
    without: Annotated[tuple[DefectName, ...], Field(min_length=1)] | None = None
    """Defects that the matte may not have: halo, hole filled, hole eaten, part missing, shadow
    left, islands, wrong crop, colour cast, edge jagged, low confidence, blank or full. A matte
    that was never measured has to be cut again."""
