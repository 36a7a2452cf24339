"""What makes a folder the sample session that ``packshot demo`` writes."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

SEASON = "sample"
"""The season of the sample session."""


def sample_photos() -> list[Traversable]:
    """Return the photos that come along."""
    photos = files("tui.demo") / "photos"
    return [photo for photo in photos.iterdir() if photo.name.endswith(".jpg")]


def is_sample(folder: Path) -> bool:
    """Return whether a folder holds the sample session: its season, and all of its photos."""
    return (folder / "seasons" / f"{SEASON}.toml").is_file() and all(
        (folder / photo.name).is_file() for photo in sample_photos()
    )
