"""A copy of a session's database in memory, for a session that is opened read-only.

Nothing in the session's folder is created, changed or locked for writing. The copy follows the
original: it is taken again when the original's files have changed.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine.errors import SessionError
from engine.session.store import prepare, reading, stored_revision, writing
from engine.session.store_errors import translated

_Signature = tuple[tuple[int, int] | None, ...]


class PrivateCopy:
    """The state of a session's database, with changes that only this process sees.

    Parameters
    ----------
    path : the original; where there is none, the copy starts empty

    Raises
    ------
    StoreTooNew : a newer packshot has written the original
    SessionError : the original is damaged or cannot be read
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._told_since = 0
        self._overlay: Callable[[sqlite3.Connection], None] | None = None
        self._signature = _signature(path)
        self._connection = self._copied()

    def keep(self, overlay: Callable[[sqlite3.Connection], None]) -> None:
        """Make a change now, and again on each new copy that is taken, if it changes anything.

        It takes the place of the one that was kept before.
        """
        with self.write() as connection:
            before = connection.total_changes
            overlay(connection)
            changed = connection.total_changes > before
        if changed or self._overlay is not None:
            self._overlay = overlay

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the connection, for one thread at a time."""
        with self._lock, translated(self._path):
            self._follow()
            with reading(self._connection):
                yield self._connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes that stay in memory."""
        with self._lock, translated(self._path):
            self._follow()
            with writing(self._connection):
                yield self._connection

    def revision(self) -> int:
        """Return a number that grows with every change of the original and of the copy."""
        with self._lock, translated(self._path):
            self._follow()
            return stored_revision(self._connection)

    @property
    def told_since(self) -> int:
        """The revision from which on the copy knows which photos were changed."""
        return self._told_since

    def close(self) -> None:
        """Forget the copy."""
        with self._lock:
            self._connection.close()

    def _follow(self) -> None:
        signature = _signature(self._path)
        if signature == self._signature:
            return
        self._signature = signature
        connection = self._copied()
        reached = stored_revision(self._connection)
        if self._overlay is not None:
            with writing(connection):
                self._overlay(connection)
        stored = stored_revision(connection)
        if self._overlay is not None or self._told_since or stored < reached:
            # The numbers of the copy are not the original's any more: everything may be new.
            self._told_since = max(reached, stored) + 1
            connection.execute("UPDATE state SET revision = ?", (self._told_since,))
        self._connection.close()
        self._connection = connection

    def _copied(self) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            copy.row_factory = sqlite3.Row
            with translated(self._path):
                if self._signature[0] is not None:
                    _copy_into(copy, self._path)
                prepare(copy, self._path)
        except BaseException:
            copy.close()
            raise
        return copy


def _files(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(path.name + "-wal")


def _signature(path: Path) -> _Signature:
    """Return what changes when any process writes to the database, for little work."""
    return tuple(_stamp(file) for file in _files(path))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _copy_into(copy: sqlite3.Connection, path: Path) -> None:
    """Copy the database at ``path`` without creating a file beside it.

    Where the log's index exists, another process may be writing: a read-only connection takes
    part in the locking. Otherwise such a connection would have to create that index, or, told
    that the file is immutable, would leave out what is only in the log so far; so that the
    files themselves are copied and opened elsewhere.
    """
    if path.with_name(path.name + "-shm").exists():
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
                store.backup(copy)
        except sqlite3.OperationalError:
            pass  # a folder or file system that allows no locks: copy the files
        else:
            return
    with tempfile.TemporaryDirectory(prefix="packshot-") as folder:
        try:
            for file in _files(path):
                if file.exists():
                    shutil.copyfile(file, Path(folder, file.name))
        except OSError as error:
            problem = f"cannot be read ({error.strerror or error})"
            raise SessionError(str(path), problem, "Check its permissions.") from error
        with closing(sqlite3.connect(Path(folder, path.name))) as store:
            store.backup(copy)
