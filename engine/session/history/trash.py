"""Moving photos to the session's Trash folder and back, which no scan ever looks into.

A file is only ever renamed, within the session, and never over another. Where a photo lies in the
Trash stands in the journal alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from engine.errors import SessionError
from engine.session.history.steps import Change, Values, from_json, take
from engine.session.text import stored_path

FOLDER = "Trash"
"""What Capture One calls it, too."""


class Trash:
    """The Trash of one session, for one change: what was moved in it can be put back.

    Parameters
    ----------
    session : the session's folder
    """

    name = "trash"

    def __init__(self, session: Path) -> None:
        self._session = session
        self._moved: list[tuple[Path, Path]] = []

    def now(self, connection: sqlite3.Connection, photo_id: int) -> Values | None:
        """Return where in the session a photo lies that was moved to the Trash."""
        row = connection.execute(
            "SELECT change.after FROM change JOIN entry ON entry.id = change.entry_id "
            "WHERE change.photo_id = ? AND change.kind = ? AND entry.standing = 'done' "
            "ORDER BY entry.id DESC LIMIT 1",
            (photo_id, self.name),
        ).fetchone()
        return None if row is None else from_json(row["after"])

    def write(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> None:
        """Move a photo's file to the place in the Trash, or back to its own.

        Raises
        ------
        SessionError : it cannot be moved
        """
        source, target = self._ways(connection, photo_id, values)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            raise SessionError(
                str(source),
                f"cannot be moved to {target.parent} ({error.strerror or error})",
                "Check the permissions of both folders; nothing was moved.",
            ) from error
        self._moved.append((source, target))
        connection.execute(
            "UPDATE photo SET missing = ? WHERE id = ?", (int(values is not None), photo_id)
        )

    def same(self, one: Values | None, other: Values | None) -> bool:
        """Return whether two places are the same."""
        return one == other

    def fits(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> bool:
        """Return whether the file is where it is moved from, and nothing where it is moved to."""
        source, target = self._ways(connection, photo_id, values)
        return source.is_file() and not target.exists()

    def discard(
        self, connection: sqlite3.Connection, photo_ids: Sequence[int], person: str
    ) -> None:
        """Move photos to the Trash, as one step.

        Raises
        ------
        SessionError : a photo is not there, or cannot be moved
        """
        changes = []
        for photo_id in dict.fromkeys(photo_ids):
            path = self._path(connection, photo_id)
            if not (self._session / path).is_file():
                raise SessionError(
                    str(path), "is not there, so it cannot be moved", "Scan the session again."
                )
            changes.append(Change(self, photo_id, None, {"file": str(self._free(path))}))
        take(connection, changes, f"moved to {FOLDER}", person)

    def put_back(self) -> None:
        """Move back what was moved: the change that it belonged to has failed."""
        for source, target in reversed(self._moved):
            target.rename(source)
        self._moved.clear()

    def _ways(
        self, connection: sqlite3.Connection, photo_id: int, values: Values | None
    ) -> tuple[Path, Path]:
        """Return where a photo's file is moved from, and where to."""
        own = self._session / self._path(connection, photo_id)
        if values is not None:
            return own, self._session / values["file"]
        place = self.now(connection, photo_id) or {"file": FOLDER}
        return self._session / place["file"], own

    def _path(self, connection: sqlite3.Connection, photo_id: int) -> PurePosixPath:
        row = connection.execute("SELECT path FROM photo WHERE id = ?", (photo_id,)).fetchone()
        return stored_path(row["path"])

    def _free(self, path: PurePosixPath) -> PurePosixPath:
        """Return a place in the Trash where nothing is, with the photo's own folders and name."""
        place = PurePosixPath(FOLDER) / path
        names = (f"{place.stem} ({number}){place.suffix}" for number in count(2))
        while (self._session / place).exists():
            place = place.with_name(next(names))
        return place
