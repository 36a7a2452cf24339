"""Names of delivered files: from a template, safe on every system, inside their folder.

SKUs, views and folders come from other people's file names and are untrusted. A name made here
is relative, never climbs out, holds no control character and nothing that Windows, macOS or
Linux reserve, and is short enough for all of them.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from presets.schema import Preset

LONGEST = 200
"""Longest part of a path in UTF-8 bytes; file systems allow 255, and versions need some."""

_RESERVED_CHARACTERS = frozenset('<>:"/\\|?*')
_RESERVED_NAMES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.I)
_VERSION_AT_END = re.compile(r"-v([1-9][0-9]{0,5})$")
_EMPTY = "\ufffe"  # marks an empty token; a noncharacter, and no value may hold one
_JOINT = re.compile(rf"^(?:{_EMPTY}[-_. ]?)+|[-_. ]?{_EMPTY}")
_SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "avif": ".avif", "tiff": ".tif"}


@dataclass(frozen=True)
class NameParts:
    """What is known about a photo's name.

    ``folder`` is the photo's folder inside the session, ``stem`` its file name without suffix;
    ``sku`` and ``view`` may be empty; the first ``version`` is 1. ``apart`` is appended where
    another photo's file would get the same name.
    """

    stem: str
    sku: str = ""
    view: str = ""
    version: int = 1
    folder: PurePosixPath = field(default_factory=PurePosixPath)
    apart: str = ""


def delivery_name(preset: Preset, parts: NameParts) -> PurePosixPath:
    """Return where a photo's file of this preset goes, relative to the output folder."""
    values = {
        "stem": parts.stem,
        # Without a SKU the whole name stands in for it: files stay apart.
        "sku": parts.sku or parts.stem,
        "view": _view_name(preset, parts.view) if parts.sku else "",
        "version": f"v{parts.version}" if parts.sku and parts.version > 1 else "",
        "preset": preset.name,
    }
    filled = "/".join(
        component
        for part in preset.naming.template.split("/")
        for component in _filled(part, values, parts.folder)
    )
    *folders, last = [part for part in filled.split("/") if part] or [parts.stem]
    folders = [*(preset.naming.folder or preset.name).split("/"), *folders]
    name = safe_part(last) or safe_part(parts.stem) or "photo"
    if apart := safe_part(parts.apart):
        name = f"{_shortened(name, LONGEST // 2)}-{_shortened(apart, LONGEST // 2)}"
    cleaned = [safe for folder in folders if (safe := safe_part(folder))]
    return PurePosixPath(*cleaned, name + _SUFFIXES[preset.file.format])


def safe_part(text: str) -> str:
    """Return ``text`` as one part of a path on every system; empty when nothing is left.

    Control, format and private characters go; reserved ones become a hyphen; dots and spaces at
    the ends go, and hyphens before, which commands would take for options; a name that Windows
    keeps for a device gets an underscore in front.
    """
    kept = "".join(
        "-" if character in _RESERVED_CHARACTERS else character
        for character in unicodedata.normalize("NFC", text)
        if not unicodedata.category(character).startswith("C")
    )
    kept = kept.replace("\u2028", " ").replace("\u2029", " ").lstrip(" .-").rstrip(" .")
    kept = _shortened(kept, LONGEST)
    return f"_{kept}" if _RESERVED_NAMES.match(kept) else kept


def versions(name: PurePosixPath) -> Iterator[PurePosixPath]:
    """Yield the name, then its next versions: ``a.png``, ``a-v2.png``, ``a-v3.png`` and on.

    A name that ends in a version goes on from there: ``a-v2.png``, ``a-v3.png``.
    """
    yield name
    ending = _VERSION_AT_END.search(name.stem)
    base = name.stem[: ending.start()] if ending else name.stem
    version = int(ending.group(1)) if ending else 1
    while True:
        version += 1
        yield name.with_name(f"{base}-v{version}{name.suffix}")


def _view_name(preset: Preset, view: str) -> str:
    """Return what a preset's channel calls a view."""
    wanted = view.casefold()
    known = (each.name for each in preset.naming.views or () if each.view.casefold() == wanted)
    return next(known, view)


def _shortened(text: str, limit: int) -> str:
    """Return as much of a text as fits into ``limit`` bytes of UTF-8."""
    return text.encode()[:limit].decode(errors="ignore").rstrip(" .")


def _filled(part: str, values: dict[str, str], folder: PurePosixPath) -> Iterator[str]:
    """Yield the path parts that one part of a template becomes."""
    if part == "{folder}":
        yield from folder.parts
        return
    filled = ""
    for text, token, _, _ in string.Formatter().parse(part):
        filled += text
        if token is not None:
            value = "-".join(folder.parts) if token == "folder" else values[token]
            filled += safe_part(value) or _EMPTY
    yield _JOINT.sub("", filled)
