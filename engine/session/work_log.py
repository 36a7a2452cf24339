"""What was done with a photo: cuts, failures and deliveries, written as they happen.

All functions run inside ``Database.write``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.session import history
from engine.session.records import DeliveryRecord, MatteRecord
from engine.session.text import packed, path_bytes, valid


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
        "seconds, notes, person, at, defects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, "
        "(SELECT defects FROM matte WHERE photo_sha256 = ? AND recipe_digest = ?)))",
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
            None if defects is None else json.dumps([asdict(defect) for defect in defects]),
            sha256,
            digest,
        ),
    )
    # Copies of the photo share the matte.
    for row in connection.execute("SELECT id FROM photo WHERE sha256 = ?", (sha256,)).fetchall():
        history.withdraw_outdated(connection, row["id"], digest, "cut again")


def record_failure(connection: sqlite3.Connection, photo_id: int, reason: str) -> None:
    """Record why the last cut of a photo failed."""
    connection.execute("UPDATE photo SET failure = ? WHERE id = ?", (valid(reason), photo_id))


def record_delivery(
    connection: sqlite3.Connection,
    delivery: DeliveryRecord,
    preset_content: Mapping[str, Any] | None,
) -> None:
    """Record an exported file and where it came from; its own number is given here."""
    if preset_content is not None:
        connection.execute(
            "INSERT OR IGNORE INTO preset (digest, content) VALUES (?, ?)",
            (delivery.preset_digest, json.dumps(preset_content)),
        )
    connection.execute(
        "INSERT INTO delivery (photo_id, preset, preset_digest, path, sha256, recipe_digest, "
        "person, at, season, lock, photo_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            delivery.photo_id,
            valid(delivery.preset),
            delivery.preset_digest,
            path_bytes(delivery.path),
            delivery.sha256,
            delivery.recipe_digest,
            delivery.person,
            delivery.at,
            delivery.season,
            delivery.lock,
            delivery.photo_sha256,
        ),
    )
