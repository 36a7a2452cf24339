"""What was done with a photo: cuts and failures, written as they happen.

All functions run inside ``Database.write``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict

from engine.imaging.look import Look
from engine.session import history
from engine.session.records import MatteRecord
from engine.session.text import packed, valid


def record_cut(connection: sqlite3.Connection, photo_id: int, matte: MatteRecord) -> None:
    """Record a finished matte as the newest of its photo and forget the last failure.

    A verdict about another matte is withdrawn: nobody has seen this one. A matte whose defects
    are None keeps those that are known of it.
    """
    sha256, digest = matte.photo_sha256, matte.recipe_digest
    defects = matte.defects
    connection.execute(
        "UPDATE photo SET sha256 = ?, failure = NULL WHERE id = ?", (sha256, photo_id)
    )
    connection.execute(
        "INSERT OR REPLACE INTO matte (photo_sha256, recipe_digest, model, recipe, width, height, "
        "seconds, notes, person, at, box, defects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "coalesce(?, (SELECT defects FROM matte WHERE photo_sha256 = ? AND recipe_digest = ?)))",
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
            None if defects is None else json.dumps([asdict(defect) for defect in defects]),
            sha256,
            digest,
        ),
    )
    # Copies of the photo share the matte.
    for row in connection.execute("SELECT id FROM photo WHERE sha256 = ?", (sha256,)).fetchall():
        history.withdraw_outdated(connection, row["id"], digest, "cut again")


def record_looks(connection: sqlite3.Connection, looks: Mapping[int, Look]) -> None:
    """Record what photos look like."""
    connection.executemany(
        "UPDATE photo SET look = ? WHERE id = ?",
        [(look.packed(), photo_id) for photo_id, look in looks.items()],
    )


def record_failure(connection: sqlite3.Connection, photo_id: int, reason: str) -> None:
    """Record why the last cut of a photo failed."""
    connection.execute("UPDATE photo SET failure = ? WHERE id = ?", (valid(reason), photo_id))
