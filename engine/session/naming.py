"""SKU, view and version of a photo, read from its name.

``parse`` never fails and never returns an empty SKU: a name that says nothing is its own SKU.
A pattern of the session's own is asked first; where it does not fit, the default rules of
``default_naming`` apply.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from engine.session.default_naming import NameParts, parts_of

GROUPS: tuple[str, ...] = ("sku", "view", "version")
"""The named groups of a pattern; only ``sku`` is required."""


@dataclass(frozen=True, slots=True)
class PhotoName:
    """What a photo's name says: never an empty ``sku``; ``view`` is empty when none is named."""

    sku: str
    view: str = ""
    version: int = 1


class NamingPattern:
    """How the names of a session are read.

    Parameters
    ----------
    pattern : a regular expression with the named groups ``sku`` and, if wanted, ``view`` and
        ``version``. It has to fit the whole name without its suffix; one that contains a ``/``
        has to fit the whole path from the session's folder, without its suffix. None: only the
        default rules.

    Raises
    ------
    ValueError : the pattern cannot be used; the message says why, for a person
    """

    def __init__(self, pattern: str | None = None) -> None:
        self.pattern = pattern
        self._own = None if pattern is None else _compiled(pattern)
        self._whole_path = pattern is not None and "/" in pattern
        self.parse = lru_cache(maxsize=65536)(self._parse)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NamingPattern) and self.pattern == other.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)

    def _parse(self, relative: PurePath) -> PhotoName:
        """Return what the name of a photo says.

        Parameters
        ----------
        relative : the photo's path, relative to the session's folder
        """
        parts = self._own_parts(relative) or parts_of(relative)
        return PhotoName(parts.sku, parts.view, parts.version)

    def _own_parts(self, relative: PurePath) -> NameParts | None:
        if self._own is None:
            return None
        text = (relative.parent / relative.stem).as_posix() if self._whole_path else relative.stem
        match = self._own.fullmatch(text)
        if match is None:
            return None
        groups = match.groupdict(default="")
        sku = groups["sku"].strip()
        if not sku:
            return None
        digits = re.search(r"[0-9]{1,9}", groups.get("version", ""))
        version = max(1, int(digits[0])) if digits else 1
        return NameParts(sku, groups.get("view", "").strip(), version)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"the pattern is no regular expression ({error})") from error
    for group in compiled.groupindex:
        if group not in GROUPS:
            nearest = difflib.get_close_matches(group, GROUPS, n=1, cutoff=0.0)[0]
            raise ValueError(
                f"the pattern names a group {group!r}; the nearest known is {nearest!r}"
            )
    if "sku" not in compiled.groupindex:
        raise ValueError("the pattern has no group named sku: write (?P<sku>...)")
    return compiled
