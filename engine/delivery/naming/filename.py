"""Names of delivered files: from a template, safe on every system, inside their folder.

SKUs, views and folders come from other people's file names and are untrusted. A name made here is
relative and never climbs out; each part of it is safe (``characters``).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.delivery.naming.characters import LONGEST, safe_part, shortened
from presets.schema import Preset

_EMPTY = "\ufffe"  # marks an empty token; a noncharacter, and no value may hold one
_JOINT = re.compile(rf"^(?:{_EMPTY}[-_. ]?)+|[-_. ]?{_EMPTY}")
_SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "avif": ".avif", "tiff": ".tif"}


@dataclass(frozen=True)
class NameParts:
    """What is known about a photo's name.

    ``folder`` is the photo's folder inside the session, ``stem`` its file name without suffix;
    ``sku`` and ``view`` may be empty; the first ``version`` is 1. ``apart`` is appended where
    another photo's file would get the same name. ``taken`` are the versions of the name that stand
    for a file already, with the file's hash, or ``OTHERS`` for another photo's.
    """

    stem: str
    sku: str = ""
    view: str = ""
    version: int = 1
    folder: PurePosixPath = field(default_factory=PurePosixPath)
    apart: str = ""
    taken: Mapping[int, str] = field(default_factory=dict, hash=False)  # a job stays hashable


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
        apart = shortened(apart, LONGEST // 2)
        name = f"{shortened(name, LONGEST - 1 - len(apart.encode()))}-{apart}"
    cleaned = [safe for folder in folders if (safe := safe_part(folder))]
    return PurePosixPath(*cleaned, name + _SUFFIXES[preset.file.format])


def _view_name(preset: Preset, view: str) -> str:
    """Return what a preset's channel calls a view."""
    wanted = view.casefold()
    known = (each.name for each in preset.naming.views or () if each.view.casefold() == wanted)
    return next(known, view)


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
