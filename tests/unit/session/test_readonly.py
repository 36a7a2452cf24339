"""A session that is opened read-only leaves no trace and still shows everything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import SessionError, SessionNotWritable, SessionReadOnly
from engine.session.session import Session


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the files below a folder with bytes and time, but the log's index in shared memory."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_folder_without_a_session_is_scanned_in_memory(folder: Path) -> None:
    before = contents(folder)
    with Session.open(folder, readonly=True) as opened:
        assert opened.photos() == []
        report = opened.scan()
        assert report.total == 3
        assert [photo.path.name for photo in opened.photos()] == [
            "SKU1-back.jpg",
            "SKU1-front.jpg",
            "SKU2-front.jpg",
        ]
    assert contents(folder) == before


def test_changes_are_refused(session: Session) -> None:
    session.judge([1], "approved")
    with Session.open(session.folder, readonly=True) as opened:
        for change in (
            lambda: opened.judge([1], "rejected"),
            opened.undo,
            opened.redo,
            lambda: opened.record_failure(1, "no"),
        ):
            with pytest.raises(SessionReadOnly, match="without --readonly"):
                change()
        assert opened.readonly
        assert opened.photo(1).verdict.state == "approved"


def test_a_closed_session_is_read_without_a_trace(session: Session) -> None:
    session.judge([1], "approved")
    session.close()
    before = contents(session.folder)
    with Session.open(session.folder, readonly=True) as opened:
        assert opened.photo(1).verdict.state == "approved"
        opened.scan()
        assert contents(session.folder) == before
    assert contents(session.folder) == before


def test_a_log_that_a_dead_process_has_left_is_read_too(session: Session, tmp_path: Path) -> None:
    session.judge([1], "approved", note="only in the log")
    state = session.folder / ".packshot"
    left = {path.name: path.read_bytes() for path in state.iterdir()}
    session.close()
    for path in state.iterdir():
        path.unlink()
    for name in ("session.sqlite", "session.sqlite-wal"):
        (state / name).write_bytes(left[name])
    before = names(session.folder)
    with Session.open(session.folder, readonly=True) as opened:
        assert opened.photo(1).verdict.note == "only in the log"
    assert names(session.folder) == before


def test_a_live_session_is_followed(session: Session) -> None:
    with Session.open(session.folder, readonly=True) as watching:
        before = watching.revision()
        assert watching.revision() == before
        session.judge([1], "rejected", ["halo"])
        assert watching.revision() > before
        assert watching.photo(1).verdict.reasons == ("halo",)


def test_what_a_watcher_has_scanned_stays_when_the_original_changes(session: Session) -> None:
    (session.folder / "SKU2-front.jpg").rename(session.folder / "SKU3-front.jpg")
    with Session.open(session.folder, readonly=True) as watching:
        watching.scan()
        session.judge([1], "approved")
        assert [photo.sku for photo in watching.photos()] == ["SKU1", "SKU1", "SKU3"]
        assert watching.photo(1).verdict.state == "approved"
        before = watching.revision()
        session.scan()
        assert watching.revision() > before
        assert [photo.sku for photo in watching.photos()] == ["SKU1", "SKU1", "SKU3"]


def test_a_folder_that_cannot_be_written_can_be_looked_at(locked_folder: Path) -> None:
    with Session.open(locked_folder, readonly=True) as opened:
        assert opened.scan().total == 1
    assert names(locked_folder) == {"SKU1-front.jpg"}


def test_a_session_of_somebody_else(locked_folder: Path) -> None:
    nobody = os.geteuid()
    os.seteuid(os.getuid())
    locked_folder.chmod(0o755)
    with Session.open(locked_folder) as owner:
        owner.scan()
        owner.judge([1], "approved")
    for path in (*(locked_folder / ".packshot").iterdir(), locked_folder / ".packshot"):
        path.chmod(0o555)
    os.seteuid(nobody)
    with pytest.raises(SessionNotWritable, match="--readonly"):
        Session.open(locked_folder)
    with Session.open(locked_folder, readonly=True) as opened:
        assert opened.photo(1).verdict.state == "approved"
    os.seteuid(os.getuid())
    (locked_folder / ".packshot").chmod(0o755)
    os.seteuid(nobody)


def test_a_database_that_may_not_be_read_is_named(locked_folder: Path) -> None:
    nobody = os.geteuid()
    os.seteuid(os.getuid())
    locked_folder.chmod(0o755)
    Session.open(locked_folder).close()
    (locked_folder / ".packshot" / "session.sqlite").chmod(0)
    os.seteuid(nobody)
    with pytest.raises(SessionError, match="Permission denied"):
        Session.open(locked_folder, readonly=True)
