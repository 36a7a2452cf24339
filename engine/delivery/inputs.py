"""What enters a file beside photo, matte and preset, so that the file can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from engine.session.records import PhotoRecord
from presets.schema import Preset


@dataclass(frozen=True)
class Inputs:
    """Facts of a session at the time of an export; what a preset does not ask for is left out.

    ``view`` is the photo's view, for a preset that says something of its own for some views.
    """

    view: str = ""

    @classmethod
    def of(cls, photo: PhotoRecord, preset: Preset) -> Self:
        """Return what a preset's file of a photo depends on."""
        return cls(view=photo.view if preset.views else "")

    def content(self) -> dict[str, Any] | None:
        """Return what there is, as JSON knows it; None where it is nothing."""
        return {name: value for name, value in asdict(self).items() if value} or None

    @classmethod
    def recorded(cls, content: Mapping[str, Any]) -> Self:
        """Return what was recorded of a delivery.

        Raises
        ------
        ValueError : something that this version of packshot does not know
        """
        if unknown := content.keys() - {field.name for field in fields(cls)}:
            raise ValueError(f"unknown inputs: {', '.join(sorted(unknown))}")
        return cls(**content)


NO_INPUTS = Inputs()
"""Of a file that nothing but photo, matte and preset has entered."""
