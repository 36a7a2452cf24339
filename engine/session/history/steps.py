"""The journal itself: steps, and the changes of which each consists."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from engine.session.text import now, stored_path, valid

Values = Mapping[str, Any]
"""What one thing about a photo is, as JSON knows it."""

Standing = Literal["done", "undone", "superseded", "fixed"]
"""``superseded`` steps cannot be done again any more, ``fixed`` ones not be taken back."""


class Kind(Protocol):
    """A thing about a photo that steps change.

    Attributes
    ----------
    name : what the journal calls it
    """

    name: str

    def now(self, connection: sqlite3.Connection, photo_id: int) -> Values | None:
        """Return what it is; None where nobody has said anything."""

    def write(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> None:
        """Make it something else."""

    def same(self, one: Values | None, other: Values | None) -> bool:
        """Return whether two people would say that it is the same."""

    def fits(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> bool:
        """Return whether it can be that for the photo as it is now."""


@dataclass(frozen=True)
class Change:
    """What a step makes of one thing about one photo."""

    kind: Kind
    photo_id: int
    before: Values | None
    after: Values | None


def take(
    connection: sqlite3.Connection,
    changes: Sequence[Change],
    what: str,
    person: str,
    standing: Standing = "done",
    *,
    batch: str | None = None,
    ends_redo: bool = True,
) -> None:
    """Make changes, and write them into a person's journal as one step.

    Parameters
    ----------
    what : what is done, fit to stand behind the photo's name or the number of photos
    batch : the work that the step belongs to, if any
    ends_redo : whether what was taken back cannot be done again any more
    """
    if ends_redo:
        connection.execute(
            "UPDATE entry SET standing = 'superseded' WHERE person = ? AND standing = 'undone'",
            (person,),
        )
    entry_id = connection.execute(
        "INSERT INTO entry (person, at, summary, standing, batch) VALUES (?, ?, '', ?, ?)",
        (person, now(), standing, batch),
    ).lastrowid
    extend(connection, entry_id, changes, what)


def extend(
    connection: sqlite3.Connection, entry_id: int | None, changes: Iterable[Change], what: str
) -> None:
    """Add changes to a step. They are made unless the step was taken back."""
    (standing,) = connection.execute(
        "SELECT standing FROM entry WHERE id = ?", (entry_id,)
    ).fetchone()
    for change in changes:
        if standing in {"done", "fixed"}:
            change.kind.write(connection, change.photo_id, change.after)
        connection.execute(
            "INSERT INTO change (entry_id, photo_id, kind, before, after) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET after = excluded.after",
            (
                entry_id,
                change.photo_id,
                change.kind.name,
                _to_json(change.before),
                _to_json(change.after),
            ),
        )
    rows = connection.execute(
        "SELECT DISTINCT photo_id FROM change WHERE entry_id = ?", (entry_id,)
    )
    summary = f"{named(connection, [row['photo_id'] for row in rows])}: {what}"
    connection.execute("UPDATE entry SET summary = ? WHERE id = ?", (summary, entry_id))


def step_of_batch(connection: sqlite3.Connection, person: str, batch: str) -> int | None:
    """Return the number of the step that a piece of work has made so far."""
    row = connection.execute(
        "SELECT id FROM entry WHERE batch = ? AND person = ?", (batch, person)
    ).fetchone()
    return None if row is None else int(row["id"])


def changes_of(
    connection: sqlite3.Connection, entry_id: int, kinds: Sequence[Kind]
) -> list[Change]:
    """Return the changes of a step in the order of ``kinds``, those of other kinds left out."""
    by_name = {kind.name: kind for kind in kinds}
    rows = connection.execute("SELECT * FROM change WHERE entry_id = ?", (entry_id,)).fetchall()
    changes = [
        Change(
            by_name[row["kind"]], row["photo_id"], from_json(row["before"]), from_json(row["after"])
        )
        for row in rows
        if row["kind"] in by_name
    ]
    return sorted(changes, key=lambda change: kinds.index(change.kind))


def named(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> str:
    """Return the name of one photo, or the number of several."""
    if len(photo_ids) > 1:
        return f"{len(photo_ids)} photos"
    row = connection.execute("SELECT path FROM photo WHERE id = ?", (photo_ids[0],)).fetchone()
    return valid(stored_path(row["path"]).name)


def from_json(text: str | None) -> Values | None:
    """Return what a change has stored."""
    if text is None:
        return None
    values: Values = json.loads(text)
    return values


def _to_json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(dict(values))
