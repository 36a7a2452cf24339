"""What all tables of a preset share: the base of their models, and the kinds of their values."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(gt=0, le=1)]
Border = Annotated[float, Field(ge=0, lt=0.5)]
MOST_PIXELS = 20_000
Pixels = Annotated[int, Field(ge=1, le=MOST_PIXELS)]
Level = Annotated[int, Field(ge=0, le=255)]

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""What presets and seasons are called: their names become the names of files."""

PresetName = Annotated[str, Field(pattern=NAME, max_length=64)]


class Part(BaseModel):
    """One table of a preset: frozen, and refusing what it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )
