"""The journal as people read it: what a person has done, and what happened to photos."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import cast

from engine.session.history.steps import Standing, Values, from_json
from engine.session.records import Verdict


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


def last_verdicts(connection: sqlite3.Connection) -> dict[tuple[int, str], Verdict]:
    """Return what was decided last about each matte, by photo and the digest of its recipe.

    Those that no longer count are among them: what a person rejected stays rejected when the photo
    is cut anew. What was taken back is not, the newest decision is last.
    """
    rows = connection.execute(
        "SELECT change.photo_id, change.after FROM change JOIN entry ON entry.id = change.entry_id "
        "WHERE change.kind = 'verdict' AND entry.standing IN ('done', 'fixed') ORDER BY entry.id"
    )
    found: dict[tuple[int, str], Verdict] = {}
    for row in rows:
        said = from_json(row["after"])
        if said is None or said["recipe_digest"] is None:
            continue  # about the photo itself, or withdrawn: what was said of the matte holds
        key = row["photo_id"], said["recipe_digest"]
        found.pop(key, None)
        found[key] = Verdict(
            said["state"], tuple(said["reasons"]), said["note"], said["person"], said["at"]
        )
    return found
