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
from typing import cast

from engine.delivery.naming.characters import LONGEST, plain_ascii, safe_part, shortened
from presets.schema import Naming, Preset, Token

_EMPTY = "\ufffe"  # marks an empty token; a noncharacter, and no value may hold one
_JOINT = re.compile(rf"^(?:{_EMPTY}[-_. ]?)+|[-_. ]?{_EMPTY}")
_SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "avif": ".avif", "tiff": ".tif"}


@dataclass(frozen=True)
class NameParts:
    """What is known about a photo's name.

    ``folder`` is the photo's folder inside the session, ``stem`` its file name without suffix;
    ``sku`` and ``view`` may be empty; the first ``version`` is 1. ``gtin``, ``asin``, ``season``
    and ``date`` are empty where there is none, ``number`` counts the photos of a SKU from 1, and
    ``size`` is the file's, 0 where only the finished file has one. ``apart`` is appended where
    another photo's file would get the same name. ``taken`` are the versions of the name that stand
    for a file already, with the file's hash, or ``OTHERS`` for another photo's. ``superseded``
    names the newer version of the photo that has the name instead.
    """

    stem: str
    sku: str = ""
    view: str = ""
    version: int = 1
    folder: PurePosixPath = field(default_factory=PurePosixPath)
    gtin: str = ""
    asin: str = ""
    season: str = ""
    date: str = ""
    number: int = 0
    size: tuple[int, int] = (0, 0)
    apart: str = ""
    taken: Mapping[int, str] = field(default_factory=dict, hash=False)  # a job stays hashable
    superseded: str = ""


def delivery_name(preset: Preset, parts: NameParts) -> PurePosixPath:
    """Return where a photo's file of this preset goes, relative to the output folder."""
    naming = preset.naming
    values = token_values(preset, parts)
    filled = "/".join(
        component
        for part in naming.template.split("/")
        for component in _filled(part, values, parts.folder)
    )
    *folders, last = [part for part in filled.split("/") if part] or [parts.stem]
    name = _spelled(naming, last) or _spelled(naming, parts.stem) or "photo"
    if apart := _spelled(naming, parts.apart):
        apart = shortened(apart, LONGEST // 2)
        name = f"{shortened(name, LONGEST - 1 - len(apart.encode()))}-{apart}"
    inner = [safe for folder in folders if (safe := _spelled(naming, folder))]
    home = [safe_part(folder) for folder in (naming.folder or preset.name).split("/")]
    return PurePosixPath(*filter(None, home), *inner, name + suffix_of(preset))


def suffix_of(preset: Preset) -> str:
    """Return what a preset's files end with, with the dot."""
    return _SUFFIXES[preset.file.format]


def token_values(preset: Preset, parts: NameParts) -> dict[Token, str]:
    """Return what every token of a template stands for; empty where there is nothing."""
    width, height = parts.size
    return {
        "folder": "-".join(parts.folder.parts),
        "stem": parts.stem,
        # Without a SKU the whole name stands in for it: files stay apart.
        "sku": parts.sku or parts.stem,
        "view": _view_name(preset, parts.view) if parts.sku else "",
        "version": f"v{parts.version}" if parts.sku and parts.version > 1 else "",
        "preset": preset.name,
        "gtin": parts.gtin,
        "asin": parts.asin,
        "season": parts.season,
        "date": parts.date,
        "number": str(parts.number or ""),
        "width": str(width or ""),
        "height": str(height or ""),
    }


def _spelled(naming: Naming, text: str) -> str:
    """Return a part of a path as a preset wants names to be spelled; empty when nothing is left."""
    safe = safe_part(text)
    if naming.ascii:
        safe = safe_part(plain_ascii(safe))
    if naming.case is not None:
        safe = safe_part(safe.upper() if naming.case == "upper" else safe.lower())
    return safe


def _view_name(preset: Preset, view: str) -> str:
    """Return what a preset's channel calls a view."""
    wanted = view.casefold()
    known = (each.name for each in preset.naming.views or () if each.view.casefold() == wanted)
    return next(known, view)


def _filled(part: str, values: Mapping[Token, str], folder: PurePosixPath) -> Iterator[str]:
    """Yield the path parts that one part of a template becomes."""
    if part == "{folder}":
        yield from folder.parts
        return
    filled = ""
    for text, token, _, _ in string.Formatter().parse(part):
        filled += text
        if token is not None:
            filled += safe_part(values[cast(Token, token)]) or _EMPTY
    yield _JOINT.sub("", filled)
