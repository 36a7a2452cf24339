"""The database file: versions, transactions, several users at once, and what its errors mean."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import SessionError, SessionNotWritable, StoreTooNew
from engine.session import schema, store
from engine.session.session import Session
from engine.session.store import Store


def database(folder: Path) -> Path:
    return folder / ".packshot" / "session.sqlite"


def user_version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_new_database_has_this_version_and_a_write_ahead_log(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "s.sqlite")):
        assert user_version(tmp_path / "s.sqlite") == len(schema.MIGRATIONS)
        assert (tmp_path / "s.sqlite-wal").exists()


def test_foreign_keys_hold(tmp_path: Path) -> None:
    with (
        closing(Store(tmp_path / "s.sqlite")) as opened,
        pytest.raises(sqlite3.IntegrityError),
        opened.write() as connection,
    ):
        connection.execute("INSERT INTO verdict VALUES (99, 'approved', '[]', '', NULL, '', '')")


def test_migrations_run_forward_in_order_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.sqlite"
    Store(path).close()
    later = (
        ("ALTER TABLE photo ADD COLUMN rating INTEGER",),
        ("UPDATE photo SET rating = 3", "UPDATE state SET revision = revision + 100"),
    )
    monkeypatch.setattr(store, "MIGRATIONS", schema.MIGRATIONS + later)
    for _ in range(2):
        with closing(Store(path)) as opened:
            assert opened.revision() == 100
    assert user_version(path) == len(schema.MIGRATIONS) + 2


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.sqlite"
    Store(path).close()
    later = (("UPDATE state SET revision = 7", "this is no SQL"),)
    monkeypatch.setattr(store, "MIGRATIONS", schema.MIGRATIONS + later)
    with pytest.raises(sqlite3.OperationalError):
        Store(path)
    monkeypatch.undo()
    with closing(Store(path)) as opened:
        assert opened.revision() == 0


@pytest.mark.parametrize("readonly", [False, True])
def test_a_newer_database_is_left_alone(folder: Path, readonly: bool) -> None:
    Session.open(folder).close()
    with closing(sqlite3.connect(database(folder))) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = database(folder).read_bytes()
    with pytest.raises(StoreTooNew, match="version 99"):
        Session.open(folder, readonly=readonly)
    assert database(folder).read_bytes() == before


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "s.sqlite")) as opened:
        with pytest.raises(RuntimeError), opened.write() as connection:
            connection.execute("UPDATE state SET listing = 5")
            raise RuntimeError
        with opened.read() as connection:
            assert tuple(connection.execute("SELECT * FROM state").fetchone()) == (1, 0, 0)


def test_the_revision_grows_with_changes_only(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "s.sqlite")) as opened:
        with opened.write() as connection:
            connection.execute("SELECT * FROM state")
        assert opened.revision() == 0
        with opened.write() as connection:
            connection.execute("UPDATE state SET listing = 1")
        assert opened.revision() == 1


def test_a_reader_sees_one_state(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with closing(Store(path)) as one, closing(Store(path)) as other, one.read() as reading:
        first = reading.execute("SELECT revision FROM state").fetchone()[0]
        with other.write() as connection:
            connection.execute("UPDATE state SET listing = 1")
        assert other.revision() == first + 1
        assert reading.execute("SELECT revision FROM state").fetchone()[0] == first


def count_up(path: Path, times: int) -> None:
    """Read and write in one transaction: with a lost update the sum would be too small."""
    with closing(Store(path)) as opened:
        for _ in range(times):
            with opened.write() as connection:
                (value,) = connection.execute("SELECT listing FROM state").fetchone()
                connection.execute("UPDATE state SET listing = ?", (value + 1,))


def total(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT listing FROM state").fetchone()[0])


def test_processes_that_start_and_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=count_up, args=(path, 40)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert total(path) == 160


def test_threads_that_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with closing(Store(path)) as opened:

        def write() -> None:
            for _ in range(20):
                with opened.write() as connection:
                    connection.execute("UPDATE state SET listing = listing + 1")

        threads = [threading.Thread(target=write) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert opened.revision() == 120
    assert total(path) == 120


def test_a_child_process_gets_connections_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with closing(Store(path)) as opened:

        def write() -> None:
            with opened.write() as connection:
                connection.execute("UPDATE state SET listing = listing + 1")

        process = multiprocessing.get_context("fork").Process(target=write)
        process.start()
        process.join(60)
        assert process.exitcode == 0
        write()
    assert total(path) == 2


def test_a_lock_that_is_never_given_back_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Session.open(folder).close()
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with closing(sqlite3.connect(database(folder), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SessionError, match="kept the session locked"):
            Session.open(folder)


def test_a_full_disk_is_named_and_nothing_is_lost(session: Session) -> None:
    from engine.errors import DiskFull

    first, *_ = session.photos()
    session.judge([first.id], "approved", note="kept")
    with session._access.read() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with session._access.read() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="Free some space"):
        session.judge([first.id], "rejected", ["halo"], "x" * 100_000)
    assert session.photo(first.id).verdict.note == "kept"


def test_a_folder_that_cannot_be_written_says_what_to_do(locked_folder: Path) -> None:
    with pytest.raises(SessionNotWritable, match="--readonly"):
        Session.open(locked_folder)


def test_a_file_in_the_place_of_the_state_folder(folder: Path) -> None:
    (folder / ".packshot").write_text("mine")
    with pytest.raises(SessionNotWritable):
        Session.open(folder)
    assert (folder / ".packshot").read_text() == "mine"


@pytest.mark.parametrize("readonly", [False, True])
def test_a_damaged_database_is_named_and_kept(folder: Path, readonly: bool) -> None:
    Session.open(folder).close()
    database(folder).write_bytes(b"this is no database, but a text that is long enough" * 40)
    before = database(folder).read_bytes()
    with pytest.raises(SessionError, match="damaged") as caught:
        Session.open(folder, readonly=readonly)
    assert "--set-aside" in caught.value.remedy
    assert database(folder).read_bytes() == before


def test_a_process_that_died_before_the_first_table(folder: Path) -> None:
    database(folder).parent.mkdir()
    database(folder).touch()
    with Session.open(folder) as opened:
        assert opened.scan().total == 3


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_folder_of_any_name(folder: Path) -> None:
    odd = folder.rename(os.fsdecode(os.fsencode(folder.parent) + b"/caf\xe9 100%?#\x07"))
    with Session.open(odd) as opened, Session.open(odd, readonly=True) as watching:
        opened.scan()
        assert len(watching.photos()) == 3
    with Session.open(odd, readonly=True) as watching:
        assert len(watching.photos()) == 3


def test_a_session_can_be_copied_and_opened_elsewhere(session: Session, tmp_path: Path) -> None:
    session.judge([session.photos()[0].id], "approved")
    session.close()
    copy = tmp_path / "copy"
    shutil.copytree(session.folder, copy)
    with Session.open(copy) as opened:
        assert opened.photos()[0].verdict.state == "approved"
