"""The session's SQLite database: connections and transactions.

Several processes and threads use it at once: each thread has a connection of its own, a reader
sees one consistent state, writers queue for up to ``PATIENCE`` seconds. A change is on the disk
when ``write`` ends without an error, and survives ``kill -9`` and a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from engine.errors import StoreTooNew
from engine.session.schema import MIGRATIONS
from engine.session.store_errors import translated

PATIENCE = 30.0
"""Seconds that one writer waits for another."""


class Database(Protocol):
    """What the queries of a session need: the store itself, or a private copy of it."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """Give a connection that sees one state of the database."""

    def write(self) -> AbstractContextManager[sqlite3.Connection]:
        """Give a connection whose changes become one transaction."""

    def revision(self) -> int:
        """Return a number that grows with every change by anyone."""

    @property
    def told_since(self) -> int:
        """The revision from which on the database knows which photos were changed."""

    def close(self) -> None:
        """Close every connection."""


class Store:
    """The database file of a session, open for reading and writing.

    Parameters
    ----------
    path : the file, in a folder that exists; it is made when missing and brought up to date

    Raises
    ------
    SessionNotWritable : the file or its folder cannot be written
    StoreTooNew : a newer packshot has written it
    SessionError : it is damaged, or locked for longer than ``PATIENCE``
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._process = os.getpid()
        with translated(path):
            prepare(self._connection(), path)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection inside a transaction that sees one state throughout."""
        with translated(self._path):
            connection = self._connection()
            with reading(connection):
                yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection inside a transaction that is kept whole or not at all.

        The revision grows when something was changed.
        """
        with translated(self._path):
            connection = self._connection()
            with writing(connection):
                yield connection

    def revision(self) -> int:
        """Return a number that grows with every change by any process."""
        with self.read() as connection:
            return stored_revision(connection)

    @property
    def told_since(self) -> int:
        """The revision from which on the database knows which photos were changed: all."""
        return 0

    def close(self) -> None:
        """Close the connections of all threads; another use opens them again."""
        with self._lock:
            if self._process == os.getpid():
                for connection in self._connections.values():
                    connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        thread = threading.current_thread()
        with self._lock:
            if self._process != os.getpid():
                # SQLite forbids a child process to use, or even close, what it has inherited.
                self._connections = {}
                self._process = os.getpid()
            if thread not in self._connections:
                self._close_those_of_ended_threads()
                self._connections[thread] = self._connect()
            return self._connections[thread]

    def _close_those_of_ended_threads(self) -> None:
        for thread in [each for each in self._connections if not each.is_alive()]:
            self._connections.pop(thread).close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path,
            timeout=PATIENCE,
            isolation_level=None,  # transactions are begun and ended by hand
            check_same_thread=False,  # only for closing
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            _use_write_ahead_log(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the database up to this packshot's version, one migration after the other.

    Raises
    ------
    StoreTooNew : a newer packshot has written it; it is left as it is
    """
    # The lock comes first: of two processes that start at once, one migrates. It also tells at
    # once when the file cannot be written.
    connection.execute("BEGIN IMMEDIATE")
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise StoreTooNew(
                str(path),
                f"a newer packshot has written this session (version {version} of its database; "
                f"this one knows {len(MIGRATIONS)})",
                "Update packshot on this machine; nothing was changed.",
            )
        for migration in MIGRATIONS[version:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT" if version < len(MIGRATIONS) else "ROLLBACK")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold one state of the database."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Make the changes inside one transaction, and count them as one new revision if any."""
    connection.execute("BEGIN IMMEDIATE")
    before = connection.total_changes
    try:
        yield
        if connection.total_changes > before:
            connection.execute("UPDATE state SET revision = revision + 1")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def stored_revision(connection: sqlite3.Connection) -> int:
    """Return the revision that the database itself counts."""
    revision: int = connection.execute("SELECT revision FROM state").fetchone()[0]
    return revision


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; file systems that cannot keep it stay with a journal.

    The switch does not wait for other processes by itself, so it is tried again.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            locked = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not locked or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
