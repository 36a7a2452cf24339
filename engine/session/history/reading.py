"""The journal as people read it: what a person has done, and what happened to a photo."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import cast

from engine.session.history.steps import Standing, Values, from_json


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a person's journal.

    ``summary`` says what was done to what; ``standing`` whether it can be taken back (``done``),
    or done again (``undone``).
    """

    id: int
    person: str
    at: str
    summary: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Event:
    """What a step did to one photo.

    ``kind`` is what it was about: ``matte``, ``rating`` or ``verdict``. ``before`` and ``after``
    are what that was and became, None for nothing. Of steps that were taken back ``standing`` is
    ``undone`` or ``superseded``; ``fixed`` is what no person did.
    """

    person: str
    at: str
    kind: str
    standing: Standing
    before: Values | None
    after: Values | None


def steps_of(
    connection: sqlite3.Connection, person: str, standing: Standing, limit: int
) -> list[Step]:
    """Return a person's steps of a standing, those first that undo or redo would take first."""
    order = "ASC" if standing == "undone" else "DESC"
    rows = connection.execute(
        "SELECT id, person, at, summary, standing FROM entry "
        f"WHERE person = ? AND standing = ? ORDER BY id {order} LIMIT ?",
        (person, standing, limit),
    )
    return [Step(**dict(row)) for row in rows]


def events_of(connection: sqlite3.Connection, photo_id: int) -> list[Event]:
    """Return everything that people, or packshot itself, did to a photo, the oldest first."""
    rows = connection.execute(
        "SELECT entry.person, entry.at, entry.standing, change.kind, change.before, change.after "
        "FROM change JOIN entry ON entry.id = change.entry_id "
        "WHERE change.photo_id = ? ORDER BY entry.id, change.kind",
        (photo_id,),
    )
    return [
        Event(
            row["person"],
            row["at"],
            row["kind"],
            cast(Standing, row["standing"]),
            from_json(row["before"]),
            from_json(row["after"]),
        )
        for row in rows
    ]
