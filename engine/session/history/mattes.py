"""Which of a photo's mattes counts: the one that was made last, until somebody chooses another.

Copies of a photo share its mattes, and which of them counts.
"""

from __future__ import annotations

import sqlite3

from engine.session.history.steps import Change, Kind, Values, extend, step_of_batch, take
from engine.session.history.verdicts import outdated, withdraw_outdated


class _CurrentMatte:
    """The matte that counts for a photo's content, by content and recipe; None without any."""

    name = "matte"

    def now(self, connection: sqlite3.Connection, photo_id: int) -> Values | None:
        row = connection.execute(
            "SELECT photo_sha256, recipe_digest FROM matte "
            "JOIN photo ON photo.sha256 = matte.photo_sha256 "
            "WHERE photo.id = ? AND matte.current = 1",
            (photo_id,),
        ).fetchone()
        return None if row is None else dict(row)

    def write(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> None:
        if values is not None:
            make_current(connection, values["photo_sha256"], values["recipe_digest"])

    def same(self, one: Values | None, other: Values | None) -> bool:
        return one == other

    def fits(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> bool:
        if values is None:
            return False
        row = connection.execute(
            "SELECT 1 FROM matte JOIN photo ON photo.sha256 = matte.photo_sha256 "
            "WHERE photo.id = :photo_id AND matte.photo_sha256 = :photo_sha256 "
            "AND matte.recipe_digest = :recipe_digest",
            {**values, "photo_id": photo_id},
        ).fetchone()
        return row is not None


MATTE: Kind = _CurrentMatte()


def make_current(connection: sqlite3.Connection, photo_sha256: str, recipe_digest: str) -> None:
    """Have a matte count from now on, and no other of the same content."""
    connection.execute(
        "UPDATE matte SET current = 0 WHERE photo_sha256 = ? AND current = 1", (photo_sha256,)
    )
    connection.execute(
        "UPDATE matte SET current = 1 WHERE photo_sha256 = ? AND recipe_digest = ?",
        (photo_sha256, recipe_digest),
    )


def choose(connection: sqlite3.Connection, photo_id: int, recipe_digest: str, person: str) -> bool:
    """Have another of a photo's mattes count, as a step; return whether the photo has it.

    Verdicts about the matte before are withdrawn with it, and come back with an undo.
    """
    before = MATTE.now(connection, photo_id)
    if before is None:
        return False
    after = {**before, "recipe_digest": recipe_digest}
    if not MATTE.fits(connection, photo_id, after):
        return False
    if after != before:
        changes = _replaced(connection, photo_id, before, after, "another matte was chosen")
        take(connection, changes, f"the matte {recipe_digest[:12]} chosen", person)
    return True


def cut_again(
    connection: sqlite3.Connection,
    photo_id: int,
    matte: Values,
    maker: str,
    person: str,
    batch: str | None,
) -> None:
    """Have a matte count that was just made; where it takes another's place, that is a step.

    A verdict about another matte is withdrawn: nobody has seen this one.

    Parameters
    ----------
    photo_id : a photo whose content was recorded
    matte : its ``photo_sha256`` and ``recipe_digest``, of which there is a row
    maker : what made it, in words
    batch : the work it belongs to, all of which is one step; None: a step of its own
    """
    before = MATTE.now(connection, photo_id)
    if before is None or before == matte:
        make_current(connection, matte["photo_sha256"], matte["recipe_digest"])
        for copy in _copies(connection, photo_id):
            withdraw_outdated(connection, copy, matte["recipe_digest"], "cut again")
        return
    changes = _replaced(connection, photo_id, before, matte, "cut again")
    what = f"cut again with {maker}"
    step = step_of_batch(connection, person, batch) if batch else None
    if step is None:
        # Work ends while a person decides on other things: what they took back they may do again.
        take(connection, changes, what, person, batch=batch, ends_redo=False)
    else:
        extend(connection, step, changes, what)


def _replaced(
    connection: sqlite3.Connection, photo_id: int, before: Values, after: Values, cause: str
) -> list[Change]:
    """Return what changes when a matte takes another's place: verdicts about that one fall."""
    verdicts = [
        change
        for copy in _copies(connection, photo_id)
        if (change := outdated(connection, copy, after["recipe_digest"], cause))
    ]
    return [Change(MATTE, photo_id, before, after), *verdicts]


def _copies(connection: sqlite3.Connection, photo_id: int) -> list[int]:
    """Return the photos of the same content, the photo itself among them."""
    rows = connection.execute(
        "SELECT id FROM photo WHERE sha256 = (SELECT sha256 FROM photo WHERE id = ?)", (photo_id,)
    )
    return [row["id"] for row in rows]
