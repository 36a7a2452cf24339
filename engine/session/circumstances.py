"""What the records of photos depend on beside the photos themselves.

The session's settings, and what holds for all of its photos together: when one of these changes,
any record may be another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from engine.session.alt_texts import NEWEST, ViewKey, view_key
from engine.session.config import SessionConfig
from engine.session.naming import NamingPattern
from engine.session.warnings import usual_profile


class Settings(NamedTuple):
    """The session's own: how names are read, and the languages that pictures are described in."""

    naming: NamingPattern
    languages: tuple[str, ...]

    @classmethod
    def of(cls, config: SessionConfig) -> Settings:
        """Return those of a configuration."""
        return cls(NamingPattern(config.naming.pattern), config.alt.languages)


class Circumstances(NamedTuple):
    """The settings, the usual colour profile, and the languages that views are described in."""

    settings: Settings
    profile: str | None
    described: Mapping[ViewKey, frozenset[str]]

    def undescribed(self, sku: str, view: str) -> tuple[str, ...]:
        """Return the languages in which a view is to be described, and is not."""
        present = self.described.get(view_key(sku, view), frozenset())
        return tuple(each for each in self.settings.languages if each not in present)


class Surroundings:
    """Reads the circumstances; texts are read again when some were written."""

    def __init__(self) -> None:
        self._known: tuple[int, Mapping[ViewKey, frozenset[str]]] = 0, {}

    def now(self, connection: sqlite3.Connection, settings: Settings) -> Circumstances:
        """Return the circumstances as the connection sees them."""
        newest: int = connection.execute("SELECT coalesce(max(id), 0) FROM alt_text").fetchone()[0]
        known = self._known
        if known[0] != newest:
            known = self._known = newest, _described(connection)
        return Circumstances(settings, _profile_in_use(connection), known[1])


def _described(connection: sqlite3.Connection) -> dict[ViewKey, frozenset[str]]:
    languages: dict[ViewKey, set[str]] = {}
    for row in connection.execute(NEWEST):
        languages.setdefault((row["key"], row["view"]), set()).add(row["language"])
    return {view: frozenset(each) for view, each in languages.items()}


def _profile_in_use(connection: sqlite3.Connection) -> str | None:
    """Return the colour profile that most photos of the session have."""
    counts = connection.execute(
        "SELECT profile, count(*) FROM photo WHERE missing = 0 AND problem IS NULL GROUP BY profile"
    )
    return usual_profile(dict(counts.fetchall()))
