"""Where the user's own presets, seasons and settings lie."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def config_folder() -> Path:
    """Return the user's config folder; ``PACKSHOT_CONFIG`` overrides the system's."""
    override = os.environ.get("PACKSHOT_CONFIG")
    return Path(override) if override else platformdirs.user_config_path("packshot")
