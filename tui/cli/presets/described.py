"""What a preset is, for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
