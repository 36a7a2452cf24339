"""What the records of photos depend on beside the photos themselves.

When the session's settings change, or the colour profile that most of its photos have, any record
may be another; when a text is written, those of its view.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from engine.session.alt_texts import ViewKey, view_key
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

    def redescribed(self, before: Circumstances) -> set[ViewKey]:
        """Return the views that were described in other languages before."""
        if self.described is before.described:
            return set()
        return {view for view, _ in self.described.items() ^ before.described.items()}


class Surroundings:
    """Reads the circumstances; of the texts those that were written since."""

    def __init__(self) -> None:
        self._known: tuple[int, Mapping[ViewKey, frozenset[str]]] = 0, {}

    def now(self, connection: sqlite3.Connection, settings: Settings) -> Circumstances:
        """Return the circumstances as the connection sees them."""
        newest: int = connection.execute("SELECT coalesce(max(id), 0) FROM alt_text").fetchone()[0]
        last, described = self._known
        if newest < last:  # an older state than another thread sees, or another database
            last, described = 0, {}
        if newest > last:
            described = _described(connection, last, described)
            self._known = newest, described
        return Circumstances(settings, _profile_in_use(connection), described)


def _described(
    connection: sqlite3.Connection, last: int, before: Mapping[ViewKey, frozenset[str]]
) -> Mapping[ViewKey, frozenset[str]]:
    """Return the languages of views, from those ``before`` and the texts after the ``last``."""
    described = dict(before)
    rows = connection.execute(
        "SELECT key, view, language, text FROM alt_text WHERE id > ? ORDER BY id", (last,)
    )
    for key, view, language, text in rows:
        known = described.get((key, view), frozenset())
        described[key, view] = known | {language} if text else known - {language}
    return described


def _profile_in_use(connection: sqlite3.Connection) -> str | None:
    """Return the colour profile that most photos of the session have."""
    counts = connection.execute(
        "SELECT profile, count(*) FROM photo WHERE missing = 0 AND problem IS NULL GROUP BY profile"
    )
    return usual_profile(dict(counts.fetchall()))
