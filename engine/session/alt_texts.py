"""Alt text: what a picture shows, in words, for people who do not see it.

A text belongs to a SKU's view and a language, so that a new version of the photo keeps it. Nothing
is ever made up: a text is written by a person or imported, and where there is none there is none.
Rows are only ever added, and the newest counts, so that no text is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.session.access import Access
from engine.session.products import sku_key
from engine.session.records import PhotoRecord
from engine.session.text import now, valid

TARGET = 125
"""Characters that a text should not exceed: screen readers pause there."""

LIMIT = 250
"""Characters that a text must not exceed (IPTC Photo Metadata Standard, Alt Text)."""

NEWEST = """
SELECT * FROM alt_text WHERE id IN (SELECT max(id) FROM alt_text GROUP BY key, view, language)
AND text != '' ORDER BY key, view, language
"""

ViewKey = tuple[str, str]
"""What a picture is known by: `sku_key` and view, in lower case."""


@dataclass(frozen=True, slots=True)
class AltText:
    """One text; ``person`` and ``at`` say who wrote it, and when, in UTC."""

    sku: str
    view: str
    language: str
    text: str
    person: str = ""
    at: str = ""


def view_key(sku: str, view: str) -> ViewKey:
    """Return what the picture of a SKU's view is known by."""
    return sku_key(sku), unicodedata.normalize("NFC", valid(view)).casefold()


def one_line(text: str) -> str:
    """Return a text on one line, its spaces single, in the form in which characters count."""
    return " ".join(unicodedata.normalize("NFC", valid(text)).split())


def checked_text(text: str) -> str:
    """Return an alt text on one line, its spaces single.

    Raises
    ------
    ValueError : it is longer than ``LIMIT``; the message is for a person
    """
    line = one_line(text)
    if len(line) > LIMIT:
        raise ValueError(f"it has {len(line)} characters, and {LIMIT} are the limit")
    return line


class AltTexts:
    """The alt texts of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self) -> dict[ViewKey, dict[str, AltText]]:
        """Return every text, by picture and language."""
        with self._access.read() as connection:
            rows = connection.execute(NEWEST).fetchall()
        texts: dict[ViewKey, dict[str, AltText]] = {}
        for row in rows:
            values = {name: row[name] for name in AltText.__slots__}
            texts.setdefault((row["key"], row["view"]), {})[row["language"]] = AltText(**values)
        return texts

    def of(self, sku: str, view: str) -> dict[str, str]:
        """Return the texts of a picture, by language."""
        found = self.all().get(view_key(sku, view), {})
        return {language: each.text for language, each in found.items()}

    def save(self, texts: Iterable[AltText]) -> int:
        """Keep texts; an empty one takes the picture's away. Return how many have changed.

        Raises
        ------
        ValueError : a text is too long; none was kept
        SessionReadOnly : the session is open read-only
        """
        known = self.all()
        rows = []
        for each in texts:
            key, view = view_key(each.sku, each.view)
            text = checked_text(each.text)
            before = known.get((key, view), {}).get(each.language)
            if text != (before.text if before else ""):
                rows.append((key, valid(each.sku), view, each.language, text))
        with self._access.change() as connection:
            connection.executemany(
                "INSERT INTO alt_text (key, sku, view, language, text, person, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(*row, self._access.person, now()) for row in rows],
            )
        return len(rows)


def without_text(
    photos: Iterable[PhotoRecord],
    texts: Mapping[ViewKey, Mapping[str, AltText]],
    languages: Sequence[str],
) -> list[tuple[PhotoRecord, tuple[str, ...]]]:
    """Return the photos that lack a text in some of the languages, and which those are.

    Of a view that was photographed several times only the first photo is named.
    """
    found = []
    asked = set()
    for photo in photos:
        key = view_key(photo.sku, photo.view)
        missing = tuple(each for each in languages if each not in texts.get(key, {}))
        if missing and key not in asked:
            found.append((photo, missing))
        asked.add(key)
    return found
