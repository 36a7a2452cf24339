"""What was done with a photo: cuts and failures, written as they happen.

All functions run inside ``Database.write``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from engine.imaging.look import Look
from engine.matting.defects.defect import Defect
from engine.session.history.mattes import cut_again
from engine.session.records import MatteRecord
from engine.session.text import packed, valid


def record_cut(
    connection: sqlite3.Connection, photo_id: int, matte: MatteRecord, batch: str | None = None
) -> None:
    """Record a finished matte as the one that counts, and forget the last failure.

    A matte whose defects are None keeps those that are known of it. ``batch`` is the work that the
    cut belongs to: where mattes take another's place, all of it is one step of the journal.
    """
    sha256, digest = matte.photo_sha256, matte.recipe_digest
    connection.execute(
        "UPDATE photo SET sha256 = ?, failure = NULL WHERE id = ?", (sha256, photo_id)
    )
    known = connection.execute(
        "SELECT defects, current FROM matte WHERE photo_sha256 = ? AND recipe_digest = ?",
        (sha256, digest),
    ).fetchone()
    defects = None if matte.defects is None else _packed_defects(matte.defects)
    if defects is None and known is not None:
        defects = known["defects"]
    connection.execute(
        "INSERT OR REPLACE INTO matte (photo_sha256, recipe_digest, model, recipe, width, height, "
        "seconds, notes, person, at, box, defects, current) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sha256,
            digest,
            matte.model,
            json.dumps(matte.recipe),
            matte.width,
            matte.height,
            matte.seconds,
            packed(matte.notes),
            matte.person,
            matte.at,
            None if matte.box is None else json.dumps(matte.box),
            defects,
            0 if known is None else known["current"],
        ),
    )
    made = {"photo_sha256": sha256, "recipe_digest": digest}
    cut_again(connection, photo_id, made, _maker(matte.model, matte.recipe), matte.person, batch)


def record_known(
    connection: sqlite3.Connection,
    photo_id: int,
    photo_sha256: str,
    recipe_digest: str,
    person: str,
    batch: str | None = None,
) -> bool:
    """Record that a cut found its matte made already; return whether the session knows that one."""
    row = connection.execute(
        "SELECT model, recipe FROM matte WHERE photo_sha256 = ? AND recipe_digest = ?",
        (photo_sha256, recipe_digest),
    ).fetchone()
    if row is None:
        return False
    connection.execute(
        "UPDATE photo SET sha256 = ?, failure = NULL WHERE id = ?", (photo_sha256, photo_id)
    )
    made = {"photo_sha256": photo_sha256, "recipe_digest": recipe_digest}
    maker = _maker(row["model"], json.loads(row["recipe"]))
    cut_again(connection, photo_id, made, maker, person, batch)
    return True


def _maker(model: str, recipe: Mapping[str, object]) -> str:
    """Return what found the product."""
    return "a mask from outside" if recipe.get("mask_sha256") else model


def _packed_defects(defects: Sequence[Defect]) -> str:
    return json.dumps([asdict(defect) for defect in defects])


def record_looks(connection: sqlite3.Connection, looks: Mapping[int, Look]) -> None:
    """Record what photos look like."""
    connection.executemany(
        "UPDATE photo SET look = ? WHERE id = ?",
        [(look.packed(), photo_id) for photo_id, look in looks.items()],
    )


def record_failure(connection: sqlite3.Connection, photo_id: int, reason: str) -> None:
    """Record why the last cut of a photo failed."""
    connection.execute("UPDATE photo SET failure = ? WHERE id = ?", (valid(reason), photo_id))
