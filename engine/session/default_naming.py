"""The rules for names where a session sets no pattern of its own.

A name is a row of words, divided by ``-``, ``_``, ``.`` or spaces. From its end are taken: a copy
number in brackets, a version (``v2``), numbers and the words of a view. What is left is the SKU.
Where nothing is left, or the camera gave the name, the photo's folder names the SKU; without such
a folder the name is its own SKU.

=========================  =======  ==========  =======
path                       SKU      view        version
=========================  =======  ==========  =======
SKU123-front-v2.jpg        SKU123   front       2
SKU123_front.jpg           SKU123   front       1
SKU123 (2).jpg             SKU123   2           1
AB-1234-three-quarter.jpg  AB-1234  three-…     1
SKU123-handle.jpg          SKU123   handle      1
B07ABC1234.PT01.jpg        B07AB…   PT01        1
SKU1/front.jpg             SKU1     front       1
SKU1/01.jpg                SKU1     01          1
SKU1/360/001.jpg           SKU1     360-001     1
front/SKU1.jpg             SKU1     front       1
SKU1/IMG_1234.JPG          SKU1     IMG_1234    1
IMG_1234.JPG               IMG_1…               1
=========================  =======  ==========  =======
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from engine.session.words import is_camera_name, is_general_folder, is_view_word


class NameParts(NamedTuple):
    """SKU (never empty), view (may be empty) and version (1 and up)."""

    sku: str
    view: str
    version: int


_WORD = re.compile(r"[^-_.\s]+")
_COPY = re.compile(r"\s*\(([0-9]{1,4})\)\s*$|[-_ ]+copy[-_ ]?([0-9]{0,4})$", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|[-_.\s]+)v(?:er(?:sion)?)?[-_.\s]?([0-9]{1,4})$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}|0[0-9]{2,3}")
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:[-_. ]?[0-9]{2}){0,2}")
_DIGIT = re.compile(r"[0-9]")
_DIVIDERS = "-_. "


def parts_of(relative: PurePath) -> NameParts:
    """Return SKU, view and version of a photo by the default rules.

    Parameters
    ----------
    relative : the photo's path, relative to the session's folder
    """
    stem = relative.stem.strip()
    folder, folder_view = _folders(relative)
    rest, copy = _without(_COPY, stem)
    rest, version = _without(_VERSION, rest, leave_nothing=bool(folder))
    if is_camera_name(rest):
        # Counted up by the camera: a view of its folder's SKU, or a SKU of its own.
        sku, view = ("", rest) if folder else (rest, "")
    else:
        sku, view = _divided(rest)
        if folder and _names_a_view(sku, folder):
            sku, view = "", _joined(sku, view)
    if not sku and not folder:
        sku, view = rest or stem or "unnamed", ""
    view = _joined("" if _begins_with(view, folder_view) else folder_view, view, copy)
    return NameParts(sku or folder, view, max(1, int(version or 1)))


def _folders(relative: PurePath) -> tuple[str, str]:
    """Return the nearest folder that may name a SKU, and the views named by folders inside it."""
    views: list[str] = []
    for name in reversed(relative.parent.parts):
        folder = name.strip()
        if is_view_word(folder):
            views.insert(0, folder)
        elif folder and not is_general_folder(folder) and not _DATE.fullmatch(folder):
            return folder, _joined(*views)
    return "", _joined(*views)


def _divided(text: str) -> tuple[str, str]:
    """Return SKU and view of a name without copy number and version; each may be empty."""
    words = list(_WORD.finditer(text))
    first = _first_of_view([word[0] for word in words])
    if first == len(words):
        return text.strip(_DIVIDERS), ""
    start = words[first].start()
    return text[:start].strip(_DIVIDERS), text[start:].strip(_DIVIDERS)


def _first_of_view(words: list[str]) -> int:
    """Return how many words the SKU takes; the others name the view."""
    if words and _GTIN.fullmatch(words[0]):
        return 1
    numbered = len(words)
    while numbered and _NUMBER.fullmatch(words[numbered - 1]):
        numbered -= 1
    known = numbered
    while known and is_view_word(words[known - 1]):
        known -= 1
    if known < numbered:
        return known
    # Plain words behind one with a digit: a view that nobody thought of.
    plain = numbered
    while plain and not _DIGIT.search(words[plain - 1]):
        plain -= 1
    return plain or numbered


def _names_a_view(name: str, folder: str) -> bool:
    """Tell whether ``name`` belongs to its folder: plain words in a folder that is numbered."""
    return bool(_DIGIT.search(folder)) and not _DIGIT.search(name)


def _without(ending: re.Pattern[str], text: str, *, leave_nothing: bool = False) -> tuple[str, str]:
    """Return ``text`` without ``ending``, and the number in it or else ``copy``."""
    match = ending.search(text)
    if match is None:
        return text, ""
    rest = text[: match.start()]
    if not leave_nothing and not rest.strip(_DIVIDERS):
        return text, ""
    return rest, next((group for group in match.groups() if group), "copy")


def _begins_with(view: str, folder_view: str) -> bool:
    return view.casefold().startswith(folder_view.casefold())


def _joined(*parts: str) -> str:
    return "-".join(part for part in parts if part)
