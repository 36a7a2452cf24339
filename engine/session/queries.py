"""Photos and mattes read from the database; every function changes nothing.

The connection comes from ``Database.read`` and is only used inside the call.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, cast

from engine.imaging.look import Look
from engine.matting.defects.defect import Defect
from engine.session.circumstances import Circumstances
from engine.session.ordering import natural_key
from engine.session.reconcile import KnownPhoto
from engine.session.records import MatteRecord, PhotoRecord, State, Verdict
from engine.session.text import stored_path, unpacked
from engine.session.walk import Trouble
from engine.session.warnings import Facts, photo_warnings, text_warnings

_PHOTOS = """
SELECT photo.*,
    verdict.state, verdict.reasons, verdict.note,
    verdict.person AS judge, verdict.at AS judged,
    matte.id AS matte_id, rating.stars,
    (SELECT count(*) FROM delivery WHERE delivery.photo_id = photo.id) AS deliveries,
    (SELECT count(*) FROM delivery WHERE delivery.photo_id = photo.id
        AND delivery.recipe_digest = matte.recipe_digest
        AND coalesce(delivery.photo_sha256, photo.sha256) = photo.sha256) AS current
FROM photo
LEFT JOIN verdict ON verdict.photo_id = photo.id
LEFT JOIN rating ON rating.photo_id = photo.id
LEFT JOIN matte ON matte.photo_sha256 = photo.sha256 AND matte.current = 1
"""

_MATTES = """
SELECT matte.* FROM photo
JOIN matte ON matte.photo_sha256 = photo.sha256 AND matte.current = 1
"""


def all_photos(connection: sqlite3.Connection, around: Circumstances) -> list[PhotoRecord]:
    """Return the photos that are there, in no particular order."""
    return _photos(connection, around, "photo.missing = 0")


def changed_photos(
    connection: sqlite3.Connection, around: Circumstances, since: int, others: Iterable[int] = ()
) -> list[PhotoRecord]:
    """Return the photos that anything is new about since a revision, missing ones too.

    ``others`` are more of them, which the database has not noted.
    """
    changed = "SELECT photo_id FROM touched WHERE revision > ? UNION SELECT value FROM json_each(?)"
    ids = json.dumps(list(others))
    return _photos(connection, around, f"photo.id IN ({changed})", since, ids)


def one_photo(
    connection: sqlite3.Connection, around: Circumstances, photo_id: int
) -> PhotoRecord | None:
    """Return a photo by its number, missing ones too; None when there is none."""
    return next(iter(_photos(connection, around, "photo.id = ?", photo_id)), None)


def mattes_of(connection: sqlite3.Connection, sha256: str) -> list[MatteRecord]:
    """Return the mattes of a photo's content, the newest first."""
    rows = connection.execute(
        "SELECT * FROM matte WHERE photo_sha256 = ? ORDER BY id DESC", (sha256,)
    )
    return [matte_record(row) for row in rows]


def known_photos(connection: sqlite3.Connection) -> list[KnownPhoto]:
    """Return all photos, missing ones too, as far as recognising them needs."""
    rows = connection.execute(
        "SELECT id, path, bytes, mtime_ns, sha256, missing, problem FROM photo"
    )
    return [
        KnownPhoto(
            row["id"],
            stored_path(row["path"]),
            row["bytes"],
            row["mtime_ns"],
            row["sha256"],
            bool(row["missing"]),
            row["problem"],
        )
        for row in rows
    ]


def unreadable(connection: sqlite3.Connection) -> list[Trouble]:
    """Return the photos that are there and cannot be read, with the reason, sorted by path."""
    rows = connection.execute(
        "SELECT path, problem FROM photo WHERE missing = 0 AND problem IS NOT NULL"
    )
    found = [Trouble(stored_path(row["path"]), row["problem"]) for row in rows]
    return sorted(found, key=lambda trouble: natural_key(str(trouble.path)))


def matte_record(row: sqlite3.Row) -> MatteRecord:
    """Return a row of the table ``matte`` as a value."""
    values: dict[str, Any] = dict(row)
    del values["id"], values["current"]
    values["recipe"] = json.loads(values["recipe"])
    values["notes"] = unpacked(values["notes"])
    if values["defects"] is not None:
        values["defects"] = tuple(Defect(**each) for each in json.loads(values["defects"]))
    if values["box"] is not None:
        values["box"] = tuple(json.loads(values["box"]))
    return MatteRecord(**values)


def _photos(
    connection: sqlite3.Connection, around: Circumstances, condition: str, *values: object
) -> list[PhotoRecord]:
    mattes = {
        row["id"]: matte_record(row)
        for row in connection.execute(f"{_MATTES} WHERE {condition}", values)
    }
    rows = connection.execute(f"{_PHOTOS} WHERE {condition}", values)
    return [_photo_record(row, mattes.get(row["matte_id"]), around) for row in rows]


def _photo_record(
    row: sqlite3.Row, matte: MatteRecord | None, around: Circumstances
) -> PhotoRecord:
    path = stored_path(row["path"])
    name = around.settings.naming.parse(path)
    facts = Facts(path.name, *(row[field] for field in Facts._fields[1:]))
    warnings = photo_warnings(facts, around.profile)
    if row["state"] == "approved":
        warnings += text_warnings(around.undescribed(name.sku, name.view))
    return PhotoRecord(
        id=row["id"],
        path=path,
        sku=name.sku,
        view=name.view,
        version=name.version,
        bytes=row["bytes"],
        mtime_ns=row["mtime_ns"],
        width=row["width"],
        height=row["height"],
        sha256=row["sha256"],
        format=row["format"],
        profile=row["profile"],
        warnings=warnings,
        problem=row["problem"],
        matte=matte,
        verdict=_verdict(row),
        failure=row["failure"],
        deliveries=row["deliveries"],
        current=row["current"],
        bits=row["bits"],
        mode=row["mode"],
        camera=row["camera"],
        taken=row["taken"],
        jpeg_quality=row["jpeg_quality"],
        subsampling=row["subsampling"],
        has_alpha=bool(row["has_alpha"]),
        missing=bool(row["missing"]),
        capture=row["capture"],
        stars=row["stars"] or 0,
        look=None if row["look"] is None else Look.unpacked(row["look"]),
    )


def _verdict(row: sqlite3.Row) -> Verdict:
    if row["state"] is None:
        return Verdict()
    return Verdict(
        cast(State, row["state"]),
        unpacked(row["reasons"]),
        row["note"],
        row["judge"],
        row["judged"],
    )
