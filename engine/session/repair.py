"""Sets a damaged database aside and saves what can still be read of it.

Only done when a person asks for it. The damaged file is renamed, never deleted.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import SessionError, SessionMissing
from engine.session.layout import store_path
from engine.session.store import Store
from engine.session.store_errors import not_writable, translated

_TABLES = (
    "photo", "verdict", "rating", "matte", "preset", "delivery", "entry", "change", "product",
    "alt_text", "handout", "archived",
)  # fmt: skip


def set_aside(session: Path) -> tuple[Path, int]:
    """Give a session with a damaged database a new one, with all rows that can still be read.

    Parameters
    ----------
    session : the session's folder

    Returns
    -------
    tuple of Path and int : where the damaged file is now, and how many rows were saved

    Raises
    ------
    SessionMissing : there is no session in the folder
    SessionError : its database is not damaged; nothing was changed
    SessionNotWritable : the folder does not allow writing
    """
    store = store_path(session)
    if not store.is_file():
        raise SessionMissing(
            str(session), "no session was started here", "Name the folder of a session."
        )
    if _is_sound(store):
        raise SessionError(
            str(session), "its database is not damaged", "Nothing was changed; just open it."
        )
    aside = store.with_name(f"session-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite")
    try:
        for suffix in ("-shm", "-wal", ""):
            part = store.with_name(store.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise not_writable(store) from error
    with closing(Store(store)) as fresh, fresh.write() as connection:
        # A row may have lost the photo that it belongs to.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        saved = sum(_save_table(aside, table, connection) for table in _TABLES)
        for table in ("verdict", "rating", "delivery", "change", "handout", "archived"):
            connection.execute(f"DELETE FROM {table} WHERE photo_id NOT IN (SELECT id FROM photo)")
        connection.execute("DELETE FROM change WHERE entry_id NOT IN (SELECT id FROM entry)")
        # A matte must count where any is left; an older packshot had not said which.
        connection.execute(
            "UPDATE matte SET current = 1 WHERE id IN (SELECT max(id) FROM matte "
            "GROUP BY photo_sha256 HAVING max(current) = 0)"
        )
    return aside, saved


def _is_sound(store: Path) -> bool:
    try:
        with closing(sqlite3.connect(store)) as connection:
            answer: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        with translated(store):
            raise
    except sqlite3.DatabaseError:
        return False
    return answer == "ok"


def _save_table(damaged: Path, table: str, into: sqlite3.Connection) -> int:
    """Copy the rows of a table up to where it cannot be read any more; return how many."""
    saved = 0
    try:
        with closing(sqlite3.connect(damaged)) as connection:
            rows = connection.execute(f"SELECT * FROM {table}")
            # An older packshot may have written it: it has fewer columns.
            columns = ", ".join(f'"{column[0]}"' for column in rows.description)
            marks = ", ".join("?" * len(rows.description))
            insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"
            for row in rows:
                try:
                    into.execute(insert, row)
                except sqlite3.IntegrityError:
                    continue  # damage that looks like a row
                saved += 1
    except sqlite3.DatabaseError:
        return saved
    return saved
