"""Photos and presets that files are named from, without any file."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from engine.session.naming import NamingPattern
from engine.session.records import DeliveryRecord, PhotoRecord, Verdict
from presets.loader import BUILT_IN, read_preset
from presets.schema import Preset

MASTER = read_preset(BUILT_IN / "master-png.toml")
PATTERN = NamingPattern()


def photo(number: int, path: str) -> PhotoRecord:
    """Return a photo of a session, its name read as a session reads it."""
    relative = PurePosixPath(path)
    name = PATTERN.parse(relative)
    return PhotoRecord(
        id=number,
        path=relative,
        sku=name.sku,
        view=name.view,
        version=name.version,
        bytes=1,
        mtime_ns=1,
        width=10,
        height=10,
        sha256="0" * 64,
        format="JPEG",
        profile="sRGB",
        warnings=(),
        problem=None,
        matte=None,
        verdict=Verdict(),
        failure=None,
        deliveries=0,
    )


def photos(*paths: str) -> list[PhotoRecord]:
    """Return photos of a session, numbered from 0."""
    return [photo(number, path) for number, path in enumerate(paths)]


def naming(name: str, template: str, folder: str, **more: object) -> Preset:
    """Return a preset that names files by a template, in a folder of its own if it is empty."""
    wanted = MASTER.naming.model_copy(update={"template": template, "folder": folder, **more})
    return MASTER.model_copy(update={"name": name, "naming": wanted})


def record(number: int, preset: Preset, path: str, content: bytes) -> DeliveryRecord:
    """Return the record of a file that a photo's preset has delivered."""
    digest = hashlib.sha256(content).hexdigest()
    return DeliveryRecord(1, number, preset.name, "", path, digest, "", "", "")
