"""Texts of others as parts of a path that are safe on every system.

A part that is made here never climbs out of its folder, holds no control character and nothing
that Windows, macOS or Linux reserve, and is short enough for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePath

LONGEST = 200
"""Longest part of a path in UTF-8 bytes; file systems allow 255, and versions need some."""

_RESERVED_CHARACTERS = frozenset('<>:"/\\|?*')
_RESERVED_NAMES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.I)

_SPELLED = str.maketrans(
    {
        **dict(zip("äöüÄÖÜ", ("ae", "oe", "ue", "Ae", "Oe", "Ue"), strict=True)),
        **dict(zip("ßæœøđłıþ", ("ss", "ae", "oe", "o", "d", "l", "i", "th"), strict=True)),
        **dict(zip("ẞÆŒØĐŁÞ", ("SS", "AE", "OE", "O", "D", "L", "Th"), strict=True)),
    }
)
"""Letters that no decomposition brings to ASCII, or that are written otherwise without marks."""


@lru_cache(maxsize=4096)  # a photo's parts are asked for by each of its presets
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
    kept = shortened(kept, LONGEST)
    return f"_{kept}" if _RESERVED_NAMES.match(kept) else kept


def shortened(text: str, limit: int) -> str:
    """Return as much of a text as fits into ``limit`` bytes of UTF-8, without an end in spaces."""
    return text.encode()[:limit].decode(errors="ignore").rstrip(" .")


def folded(path: PurePath) -> str:
    """Return what a careless file system takes a path for."""
    text = unicodedata.normalize("NFC", path.as_posix()).casefold()
    return unicodedata.normalize("NFC", text)


def plain_ascii(text: str) -> str:
    """Return a text of ASCII letters, digits, full stop, hyphen and underscore alone.

    Letters with marks lose them, but for the three that German writes with two letters; everything
    else becomes a hyphen, and of several together one is left.
    """
    spelled = unicodedata.normalize("NFC", text).translate(_SPELLED)
    letters = unicodedata.normalize("NFKD", spelled)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9._-]", "-", bare)).strip("-")
