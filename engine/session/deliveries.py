"""What was exported of a session's photos: a row for every file, and the presets it was made by.

Rows are only ever added. What enters a file beside photo, matte and preset stands in its
``inputs``, so that the file can be made again, byte for byte.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, cast

from engine.session.access import Access
from engine.session.records import (
    NO_FACTS,
    NO_TERMS,
    DeliveryRecord,
    FileFacts,
    Terms,
)
from engine.session.text import now, path_bytes, stored_path, valid


class Deliveries:
    """The deliveries of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, photo_id: int) -> list[DeliveryRecord]:
        """Return what was exported of a photo, the oldest first."""
        return self._found("WHERE photo_id = ?", photo_id)

    def of_season(self, season: str) -> list[DeliveryRecord]:
        """Return what was exported for a season, the oldest first."""
        return self._found("WHERE season = ?", season)

    def all(self) -> list[DeliveryRecord]:
        """Return everything that was exported, the oldest first."""
        return self._found("")

    def presets_used(self) -> list[str]:
        """Return the names of the presets that were exported with, the latest first."""
        with self._access.read() as connection:
            rows = connection.execute(
                "SELECT preset FROM delivery GROUP BY preset ORDER BY max(id) DESC"
            )
            return [str(row[0]) for row in rows]

    def preset_content(self, digest: str) -> dict[str, Any] | None:
        """Return an effective preset by its digest, if anything was exported with it."""
        with self._access.read() as connection:
            row = connection.execute(
                "SELECT content FROM preset WHERE digest = ?", (digest,)
            ).fetchone()
        return None if row is None else cast(dict[str, Any], json.loads(row["content"]))

    def unlogged(self) -> list[DeliveryRecord]:
        """Return the deliveries that no entry of the audit log names yet, the oldest first."""
        return self._found("WHERE entry IS NULL")

    def mark_logged(self, numbers: Sequence[int], entry: int) -> None:
        """Note which entry of the audit log names these deliveries."""
        with self._access.change() as connection:
            connection.executemany(
                "UPDATE delivery SET entry = ? WHERE id = ?", [(entry, each) for each in numbers]
            )

    def record(
        self,
        photo_id: int,
        *,
        preset: str,
        preset_digest: str,
        path: str,
        sha256: str,
        recipe_digest: str,
        terms: Terms = NO_TERMS,
        facts: FileFacts = NO_FACTS,
    ) -> None:
        """Record an exported file.

        Parameters
        ----------
        photo_id, preset, preset_digest : the photo that it shows, and what it was made for
        path : the file, relative to the session's folder where it is inside
        sha256, recipe_digest : of the file, and of the matte's recipe
        terms : what else is needed to make it again and to hold it against its season
        facts : what was measured of the file

        Raises
        ------
        SessionReadOnly, SessionError : as `Access.change`
        """
        columns = {
            "photo_id": photo_id,
            "preset": valid(preset),
            "preset_digest": preset_digest,
            "path": path_bytes(path),
            "sha256": sha256,
            "recipe_digest": recipe_digest,
            "person": self._access.person,
            "at": now(),
            "season": terms.season,
            "lock": terms.lock,
            "photo_sha256": terms.photo_sha256,
            "inputs": _json(terms.inputs),
            "version": facts.version,
            "bytes": facts.bytes,
            "width": facts.width,
            "height": facts.height,
            "findings": _json(facts.findings),
        }
        marks = ", ".join("?" * len(columns))
        with self._access.change([photo_id]) as connection:
            if terms.preset_content is not None:
                connection.execute(
                    "INSERT OR IGNORE INTO preset (digest, content) VALUES (?, ?)",
                    (preset_digest, json.dumps(terms.preset_content)),
                )
            connection.execute(
                f"INSERT INTO delivery ({', '.join(columns)}) VALUES ({marks})",
                tuple(columns.values()),
            )

    def _found(self, condition: str, *values: object) -> list[DeliveryRecord]:
        with self._access.read() as connection:
            rows = connection.execute(f"SELECT * FROM delivery {condition} ORDER BY id", values)
            return [_record(row) for row in rows]


def _record(row: sqlite3.Row) -> DeliveryRecord:
    values: dict[str, Any] = dict(row)
    values["path"] = str(stored_path(row["path"]))
    values["inputs"] = json.loads(row["inputs"]) if row["inputs"] else {}
    if row["findings"] is not None:
        values["findings"] = tuple(json.loads(row["findings"]))
    return DeliveryRecord(**values)


def _json(value: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None) -> str | None:
    return None if value is None else json.dumps(value)
