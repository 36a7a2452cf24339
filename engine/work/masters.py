"""The transparent masters of a session: where they lie, and how they are written."""

from __future__ import annotations

from pathlib import Path

from engine.imaging.deflating import QUICKEST
from presets.loader import find_preset
from presets.schema import PngFile

MASTERS = "masters"
"""The folder below a session's output folder that holds the masters of ``packshot cut``."""


def master_level(session: Path) -> int:
    """Return how hard a session's masters are compressed: as its preset ``master-png`` says.

    Raises
    ------
    PresetInvalid : it cannot be used
    """
    settings = find_preset("master-png", session).preset.file
    return settings.level or QUICKEST if isinstance(settings, PngFile) else QUICKEST
