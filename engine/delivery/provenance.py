"""What a delivered file was made from, written into the file itself.

PNG files carry it as text chunks and JPEG files as a comment, so that a file found on a shared
drive still says which photo, recipe and preset made it. There are no sidecars to lose. WebP and
TIFF have no such plain place; for them, as for all others, the session's store has a row.

Only what decides the pixels is written. packshot's version is not: the recipe's digest covers
the version of the rendering, and an update that changes no pixel must not make every delivery of
a catalogue a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.imaging.encode import read_text
from engine.imaging.opening import opened
from presets.loader import digest
from presets.schema import Preset

_START_OF_IMAGE = b"\xff\xd8"
_COMMENT = b"\xff\xfe"


@dataclass(frozen=True)
class Provenance:
    """SHA-256 of the photo's bytes, and digest of the recipe that made its matte."""

    photo: str
    recipe: str


def provenance_text(provenance: Provenance, preset: Preset) -> dict[str, str]:
    """Return what the file says about itself, by keyword."""
    return {
        "Software": "packshot",
        "packshot:photo": provenance.photo,
        "packshot:recipe": provenance.recipe,
        "packshot:preset": f"{preset.label} {digest(preset)}",
    }


def with_comment(jpeg: bytes, text: dict[str, str]) -> bytes:
    """Return a JPEG file with ``text`` as a comment, one ``keyword=value`` a line.

    The comment goes behind the application segments: JFIF wants to be first.
    """
    if not jpeg.startswith(_START_OF_IMAGE):
        raise ValueError("no JPEG file")
    position = 2
    while jpeg[position] == 0xFF and 0xE0 <= jpeg[position + 1] <= 0xEF:
        position += 2 + int.from_bytes(jpeg[position + 2 : position + 4], "big")
    comment = "\n".join(f"{keyword}={value}" for keyword, value in text.items()).encode()
    segment = _COMMENT + (len(comment) + 2).to_bytes(2, "big") + comment
    return jpeg[:position] + segment + jpeg[position:]


def read_provenance(path: Path) -> Provenance | None:
    """Return what a file says that it was made from; None where it says nothing.

    Raises
    ------
    PhotoError : the file is no picture that can be opened
    """
    with opened(path) as (image, _):
        if image.format == "PNG":
            text = read_text(path)
        else:
            comment = image.info.get("comment", b"")
            lines = comment.decode("utf-8", "replace").splitlines()
            text = dict(line.partition("=")[::2] for line in lines)
    photo, recipe = text.get("packshot:photo", ""), text.get("packshot:recipe", "")
    # A master names its kind behind the recipe.
    recipe = recipe.partition(" ")[0]
    return Provenance(photo, recipe) if photo and recipe else None
