"""What a delivered file was made from, written into the file itself as XMP.

A file that is found on a shared drive still says which photo, recipe and preset made it, in every
format. A channel may strip that; the session's row and the sidecar say the same.

Only what decides the pixels is written. packshot's version is not: the recipe's digest covers the
version of the rendering, and an update that changes no pixel must not make every delivery of a
catalogue a new one. Nor is the season's lock: it stands in the session and in the sidecar, and the
preset's digest is what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.imaging.encode import read_text
from engine.imaging.opening import opened
from engine.imaging.xmp import Name, Value, first_text, packet_in, read_packet
from presets.loader import digest
from presets.schema import Preset

_SPACE = ("urn:packshot:provenance:1/", "packshot")
PHOTO = Name(*_SPACE, "Photo")
RECIPE = Name(*_SPACE, "Recipe")
PRESET = Name(*_SPACE, "Preset")
PRESET_DIGEST = Name(*_SPACE, "PresetDigest")

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Provenance:
    """SHA-256 of the photo's bytes, and digest of the recipe that made its matte."""

    photo: str
    recipe: str


@dataclass(frozen=True)
class Origin(Provenance):
    """What a file says that it was made from; masters and mattes name no preset.

    ``preset`` is its name and version, ``preset_digest`` the hash of all that it says.
    """

    preset: str | None = None
    preset_digest: str | None = None


def provenance_properties(provenance: Provenance, preset: Preset) -> Mapping[Name, Value]:
    """Return what a file says about its making, as properties of XMP."""
    return {
        PHOTO: provenance.photo,
        RECIPE: provenance.recipe,
        PRESET: preset.label,
        PRESET_DIGEST: digest(preset),
    }


def read_provenance(path: Path) -> Origin | None:
    """Return what a file says that it was made from; None where it says nothing.

    What it says is untrusted: anybody can write it into any file.

    Raises
    ------
    PhotoError : the file is no picture that can be opened
    """
    with opened(path) as (image, stream):
        packet = packet_in(stream)
        is_png = image.format == "PNG"
    said = read_packet(packet) if packet else {}
    texts = {
        name: first_text(said.get(name.key)) for name in (PHOTO, RECIPE, PRESET, PRESET_DIGEST)
    }
    if not texts[PHOTO] and is_png:
        # A master or a matte; it names its kind behind the recipe.
        text = read_text(path)
        texts[PHOTO] = text.get("packshot:photo", "")
        texts[RECIPE] = text.get("packshot:recipe", "").partition(" ")[0]
    if not (_SHA256.fullmatch(texts[PHOTO]) and _SHA256.fullmatch(texts[RECIPE])):
        return None
    return Origin(texts[PHOTO], texts[RECIPE], texts[PRESET] or None, texts[PRESET_DIGEST] or None)
