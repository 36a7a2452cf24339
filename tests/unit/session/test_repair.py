"""Setting a damaged database aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import SessionError, SessionMissing
from engine.session.layout import store_path
from engine.session.repair import set_aside
from engine.session.session import Session


def test_a_sound_database_is_left_alone(session: Session) -> None:
    session.close()
    before = store_path(session.folder).read_bytes()
    with pytest.raises(SessionError, match="not damaged"):
        set_aside(session.folder)
    assert store_path(session.folder).read_bytes() == before


def test_a_folder_without_a_session_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(SessionMissing, match="no session"):
        set_aside(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_kept_under_another_name(session: Session) -> None:
    session.close()
    store = store_path(session.folder)
    store.write_bytes(b"\0" * 5000 + b"ruined")
    aside, saved = set_aside(session.folder)
    assert saved == 0
    assert aside.read_bytes() == b"\0" * 5000 + b"ruined"
    with Session.open(session.folder) as opened:
        assert opened.scan().total == 3


def test_what_can_still_be_read_is_saved(session: Session) -> None:
    ids = [photo.id for photo in session.photos()]
    session.judge(ids, "approved", note="looked at")
    for number in range(400):  # fill pages of the journal, then ruin them
        session.judge(ids[:1], "pending", note=f"{number} " * 20)
    session.judge(ids[:1], "approved", note="looked at")
    session.close()
    store = store_path(session.folder)
    data = bytearray(store.read_bytes())
    data[len(data) // 2 :] = b"\xa5" * (len(data) - len(data) // 2)
    store.write_bytes(data)
    aside, saved = set_aside(session.folder)
    assert saved > len(ids)
    assert aside.read_bytes() == data
    with Session.open(session.folder) as opened:
        opened.scan()
        assert [photo.verdict.note for photo in opened.photos()] == ["looked at"] * 3
        opened.judge(ids, "rejected", ["halo"])
        opened.undo()
