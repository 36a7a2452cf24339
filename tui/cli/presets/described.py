"""What a preset is and where it comes from, for a script and for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui.cli.output import note

if TYPE_CHECKING:
    from presets.loader import LoadedPreset


def described(loaded: LoadedPreset) -> dict[str, Any]:
    """Return a preset's name, version, origin, files and digest."""
    from presets.loader import digest

    preset = loaded.preset
    return {
        "name": preset.name,
        "version": preset.version,
        "title": preset.title,
        "origin": loaded.origin,
        "path": str(loaded.path),
        "extends": [str(parent) for parent in loaded.parents],
        "digest": digest(preset),
    }


def note_origins(loaded: Sequence[LoadedPreset]) -> None:
    """Say where the presets come from that files are made with."""
    told = ", ".join(f"{each.preset.name} ({each.origin})" for each in loaded)
    note(f"Presets: {told}")
