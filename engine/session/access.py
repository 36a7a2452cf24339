"""The way from a session to its database, which all its parts share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from engine.errors import SessionError, SessionReadOnly
from engine.session.private_copy import PrivateCopy
from engine.session.store import Store


class Access:
    """A session's database, and who changes it.

    Attributes
    ----------
    folder : the session's folder, absolute
    database : its store, or a private copy of it
    person : who the changes are signed with, ``name@host``
    """

    def __init__(self, folder: Path, database: Store | PrivateCopy, person: str) -> None:
        self.folder = folder
        self.database = database
        self.person = person

    @property
    def readonly(self) -> bool:
        """Whether changes are refused."""
        return isinstance(self.database, PrivateCopy)

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """Give a connection that sees one state of the database."""
        return self.database.read()

    def require_writable(self) -> None:
        """Raise SessionReadOnly for a session that is open read-only."""
        if self.readonly:
            raise SessionReadOnly(
                str(self.folder),
                "the session is open read-only",
                "Open it without --readonly to change it.",
            )

    @contextmanager
    def change(self, photo_ids: Sequence[int] = ()) -> Iterator[sqlite3.Connection]:
        """Give a connection for one change, of photos that exist.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        SessionError : the session has no photo of one of the numbers
        """
        self.require_writable()
        with self.database.write() as connection:
            for photo_id in photo_ids:
                if not _is_photo(connection, photo_id):
                    raise self.unknown(photo_id)
            yield connection

    def unknown(self, photo_id: int) -> SessionError:
        """Return the error for a photo that the session does not have."""
        return SessionError(
            str(self.folder),
            f"there is no photo number {photo_id} in this session",
            "Scan the session again.",
        )


def _is_photo(connection: sqlite3.Connection, photo_id: int) -> bool:
    """Tell whether the session has a photo of that number, missing ones too."""
    row = connection.execute("SELECT 1 FROM photo WHERE id = ?", (photo_id,)).fetchone()
    return row is not None
