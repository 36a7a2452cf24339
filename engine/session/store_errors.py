"""What an error of SQLite means for a person, in the words of the error tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import DiskFull, PackshotError, SessionError, SessionNotWritable

_PRIMARY = 0xFF  # the rest of an extended result code says more than is needed here


@contextmanager
def translated(store: Path) -> Iterator[None]:
    """Raise SQLite's errors about the file or the disk as errors of the tree.

    Errors that only a fault of packshot's own can cause pass unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        known = _meaning(store, error)
        if known is None:
            raise
        raise known from error


def _meaning(store: Path, error: sqlite3.Error) -> PackshotError | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(store)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}:
        return not_writable(store)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            str(store),
            "no space is left on the disk",
            "Free some space and run the command again: what was done is kept.",
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return SessionError(
            str(store),
            "another program has kept the session locked for too long",
            "Close the program that hangs, or wait for it, and try again.",
        )
    if code == sqlite3.SQLITE_IOERR:
        return SessionError(
            str(store),
            f"the disk reported an error ({error})",
            "Check the disk or the network drive, then open the session again.",
        )
    return None


def damaged(store: Path) -> SessionError:
    """Return the error for a database whose content makes no sense."""
    return SessionError(
        str(store),
        "the session's database is damaged",
        "Nothing was changed. Restore the file from a backup, or run "
        "`packshot scan SESSION --set-aside` to keep it under another name and start a new one; "
        "photos and finished mattes stay where they are.",
    )


def not_writable(store: Path) -> SessionNotWritable:
    """Return the error for a session whose folder or database refuses to be written."""
    return SessionNotWritable(
        str(store.parent.parent),
        "the folder does not allow writing",
        "Open it with --readonly to look at it, change its permissions, or copy it to a disk "
        "of your own.",
    )
