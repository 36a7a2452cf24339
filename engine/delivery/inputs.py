"""What enters a file beside photo, matte and preset, so that the file can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from engine.delivery.composing.sheet import Frame
from engine.delivery.metadata import alt_texts
from engine.session.alt_texts import AltText, ViewKey, view_key
from engine.session.records import PhotoRecord
from presets.schema import Preset


@dataclass(frozen=True)
class Inputs:
    """Facts of a session at the time of an export; what a preset does not ask for is left out.

    ``view`` is the photo's view, for a preset that says something of its own for some views.
    ``frame`` is the canvas and the scale that were chosen for all photos of a SKU or family.
    ``alt`` is the alt text by language, for one that writes it.
    """

    view: str = ""
    frame: Frame | None = None
    alt: tuple[tuple[str, str], ...] = ()

    def content(self) -> dict[str, Any] | None:
        """Return what there is, as JSON knows it; None where it is nothing."""
        there = {name: value for name, value in asdict(self).items() if value}
        if self.alt:
            there["alt"] = dict(self.alt)
        return there or None

    @classmethod
    def recorded(cls, content: Mapping[str, Any]) -> Self:
        """Return what was recorded of a delivery.

        Raises
        ------
        ValueError : something that this version of packshot does not know
        """
        if unknown := content.keys() - {field.name for field in fields(cls)}:
            raise ValueError(f"unknown inputs: {', '.join(sorted(unknown))}")
        frame = Frame(*content["frame"]) if "frame" in content else None
        alt = tuple(content.get("alt", {}).items())
        return cls(view=content.get("view", ""), frame=frame, alt=alt)


NO_INPUTS = Inputs()
"""Of a file that nothing but photo, matte and preset has entered."""


def inputs_of(
    photo: PhotoRecord,
    preset: Preset,
    texts: Mapping[ViewKey, Mapping[str, AltText]],
    frame: Frame | None = None,
) -> Inputs:
    """Return what a preset's file of a photo depends on.

    Parameters
    ----------
    photo, preset : the photo, and what is made of it
    texts : every alt text of the session
    frame : that of the photo's SKU or family, where the preset wants one
    """
    alt: dict[str, str] = {}
    if preset.metadata is not None and preset.metadata.alt is not None:
        written = texts.get(view_key(photo.sku, photo.view), {})
        alt = alt_texts(
            preset.metadata, {language: each.text for language, each in written.items()}
        )
    return Inputs(view=photo.view if preset.views else "", frame=frame, alt=tuple(alt.items()))
