"""How a file says that packshot made it, and from what: text chunks of mattes and masters."""

from __future__ import annotations

from pathlib import Path

from engine.imaging.png_reader import read_text

PHOTO_KEY = "packshot:photo"
RECIPE_KEY = "packshot:recipe"


def origin_text(photo_sha256: str, recipe_digest: str, kind: str) -> dict[str, str]:
    """Return what a file says that was made from a photo by a recipe; ``kind`` of file."""
    return {PHOTO_KEY: photo_sha256, RECIPE_KEY: f"{recipe_digest} {kind}"}


def was_made_from(path: Path, text: dict[str, str]) -> bool:
    """Return whether a file says just this; reads no pixels."""
    said = read_text(path)
    return all(said.get(key) == value for key, value in text.items())


def made_by_packshot(path: Path) -> bool:
    """Return whether a file is a matte or master that packshot wrote; reads no pixels."""
    return path.suffix.lower() == ".png" and PHOTO_KEY in read_text(path)
