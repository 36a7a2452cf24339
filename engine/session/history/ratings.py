"""Ratings: one to five stars for a photo, by whoever rated it last."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from engine.session.history.steps import Change, Kind, Values, take
from engine.session.records import MOST_STARS
from engine.session.text import now


class _Rating:
    """The stars of a photo; None where it has none."""

    name = "rating"

    def now(self, connection: sqlite3.Connection, photo_id: int) -> Values | None:
        row = connection.execute(
            "SELECT stars, person, at FROM rating WHERE photo_id = ?", (photo_id,)
        ).fetchone()
        return None if row is None else dict(row)

    def write(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> None:
        if values is None:
            connection.execute("DELETE FROM rating WHERE photo_id = ?", (photo_id,))
            return
        connection.execute(
            "INSERT OR REPLACE INTO rating (photo_id, stars, person, at) "
            "VALUES (:photo_id, :stars, :person, :at)",
            {**values, "photo_id": photo_id},
        )

    def same(self, one: Values | None, other: Values | None) -> bool:
        return (one or {}).get("stars") == (other or {}).get("stars")

    def fits(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> bool:
        return True


RATING: Kind = _Rating()


def rate(connection: sqlite3.Connection, photo_ids: Sequence[int], stars: int, person: str) -> None:
    """Give photos stars, as one step; 0 takes them away.

    Photos that have as many already are left out; where none is left, nothing is written.

    Raises
    ------
    ValueError : not 0…5 stars
    """
    if not 0 <= stars <= MOST_STARS:
        raise ValueError(f"a rating has 0 to {MOST_STARS} stars, not {stars}")
    after = {"stars": stars, "person": person, "at": now()} if stars else None
    changes = [
        Change(RATING, photo_id, RATING.now(connection, photo_id), after)
        for photo_id in dict.fromkeys(photo_ids)
    ]
    changes = [change for change in changes if not RATING.same(change.before, change.after)]
    if changes:
        take(connection, changes, f"{stars} star{'' if stars == 1 else 's'}", person)
