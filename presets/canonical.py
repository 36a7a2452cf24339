"""One form for what is locked, and what differs between two of them.

A *content* is what JSON can say: tables by name, lists, texts, numbers, truth values. Its
canonical form does not depend on the order of a table's fields, on comments, or on how a file
spells a number; two contents have one hash exactly when they mean the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

Content = Mapping[str, Any]

_LONGEST = 60  # characters of a value within a sentence


@dataclass(frozen=True)
class Difference:
    """One field that two contents do not share; ``None`` where one of them has no such field."""

    field: str
    was: object
    now: object

    def told(self) -> tuple[str, str]:
        """Return both values as a person reads them."""
        return _told(self.was), _told(self.now)

    def __str__(self) -> str:
        return f"{self.field}: {' → '.join(_short(text) for text in self.told())}"


def canonical(content: Content) -> str:
    """Return the canonical form: ASCII, without spaces, fields in the order of their names."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )


def sha256_of(content: Content) -> str:
    """Return the SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(content).encode("ascii")).hexdigest()


def differences(was: Content, now: Content) -> tuple[Difference, ...]:
    """Return every field in which two contents differ, in the order of their names.

    Lists of tables are compared from both ends, so that one entry more is one difference and not
    a difference in all that follow.
    """
    return tuple(_of_tables(was, now, ""))


def _of_tables(was: Content, now: Content, place: str) -> Iterator[Difference]:
    for name in sorted({*was, *now}):
        yield from _of_values(was.get(name), now.get(name), f"{place}.{name}" if place else name)


def _of_values(was: object, now: object, place: str) -> Iterator[Difference]:
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _of_tables(was, now, place)
    elif _is_tables(was) and _is_tables(now):
        yield from _of_lists(was, now, place)
    elif canonical({"": was}) != canonical({"": now}):
        yield Difference(place, was, now)


def _of_lists(was: Sequence[object], now: Sequence[object], place: str) -> Iterator[Difference]:
    shorter = min(len(was), len(now))
    ahead = 0
    while ahead < shorter and was[ahead] == now[ahead]:
        ahead += 1
    behind = 0
    while behind < shorter - ahead and was[-1 - behind] == now[-1 - behind]:
        behind += 1
    for index in range(ahead, max(len(was), len(now)) - behind):
        yield from _of_values(
            was[index] if index < len(was) - behind else None,
            now[index] if index < len(now) - behind else None,
            f"{place} (entry {index + 1})",
        )


def _is_tables(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple) and all(isinstance(entry, Mapping) for entry in value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _told(value: object) -> str:
    return "–" if value is None else json.dumps(value, ensure_ascii=False)
