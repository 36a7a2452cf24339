"""Taking steps back, and doing them again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Literal

from engine.session.history.mattes import MATTE
from engine.session.history.ratings import RATING
from engine.session.history.steps import Change, Kind, changes_of
from engine.session.history.trash import Trash
from engine.session.history.verdicts import VERDICT

KINDS: tuple[Kind, ...] = (MATTE, RATING, VERDICT)
"""What steps change in the database; a verdict is about the matte, which comes first."""


def undo(connection: sqlite3.Connection, person: str, trash: Trash) -> str | None:
    """Take back the person's last step; return what it was, or None when there is none."""
    return _move(connection, person, (*KINDS, trash), "done", "undone", "DESC")


def redo(connection: sqlite3.Connection, person: str, trash: Trash) -> str | None:
    """Do the step again that was undone last; return what it is, or None when there is none."""
    return _move(connection, person, (*KINDS, trash), "undone", "done", "ASC")


def _move(
    connection: sqlite3.Connection,
    person: str,
    kinds: Sequence[Kind],
    standing: Literal["done", "undone"],
    becomes: Literal["done", "undone"],
    order: Literal["ASC", "DESC"],
) -> str | None:
    entry = connection.execute(
        f"SELECT id, summary FROM entry WHERE person = ? AND standing = ? ORDER BY id {order}",
        (person, standing),
    ).fetchone()
    if entry is None:
        return None
    left = {
        change.photo_id
        for change in changes_of(connection, entry["id"], kinds)
        if not _made(connection, change if becomes == "done" else _opposite(change))
    }
    connection.execute("UPDATE entry SET standing = ? WHERE id = ?", (becomes, entry["id"]))
    summary: str = entry["summary"]
    if left:
        summary += f" (left as they are, changed since: {len(left)})"
    return summary


def _made(connection: sqlite3.Connection, change: Change) -> bool:
    """Make a change where all is still as it was before; return whether it was made."""
    kind, photo_id = change.kind, change.photo_id
    unchanged = kind.same(kind.now(connection, photo_id), change.before)
    if unchanged and kind.fits(connection, photo_id, change.after):
        kind.write(connection, photo_id, change.after)
        return True
    return False


def _opposite(change: Change) -> Change:
    return Change(change.kind, change.photo_id, change.after, change.before)
