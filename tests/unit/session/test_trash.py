"""Photos moved to the Trash, and back."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.errors import SessionError
from engine.session.session import Session
from tui.cli.main import run


def files(session: Session) -> dict[str, bytes]:
    """Return every file of the session but its own, by its path."""
    found = [path for path in session.folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(session.folder)): path.read_bytes()
        for path in found
        if ".packshot" not in path.parts
    }


def test_photos_go_to_the_trash_and_come_back_as_they_were(session: Session) -> None:
    before = files(session)
    session.judge([1], "rejected", ["other"], "blurred")
    session.trash([1, 2])
    assert sorted(files(session)) == [
        "SKU2-front.jpg",
        "Trash/SKU1-back.jpg",
        "Trash/SKU1-front.jpg",
    ]
    assert [photo.id for photo in session.photos()] == [3]
    report = session.scan()
    assert (report.missing, report.added) == ((), ()), "no scan looks into the Trash"
    assert session.undo() == "2 photos: moved to Trash"
    assert files(session) == before
    assert session.photo(1).verdict.note == "blurred"
    assert session.redo() == "2 photos: moved to Trash"
    assert [photo.id for photo in session.photos()] == [3]
    assert session.undo() == "2 photos: moved to Trash"
    assert session.undo() == "SKU1-back.jpg: rejected (other)"
    assert files(session) == before


def test_nothing_is_ever_replaced(session: Session) -> None:
    own = session.folder / "SKU1-back.jpg"
    (session.folder / "Trash").mkdir()
    (session.folder / "Trash" / own.name).write_bytes(b"of another day")
    session.trash([1])
    assert (session.folder / "Trash" / own.name).read_bytes() == b"of another day"
    assert (session.folder / "Trash" / "SKU1-back (2).jpg").is_file()
    own.write_bytes(b"a new shot")
    assert session.undo() == "SKU1-back.jpg: moved to Trash (left as they are, changed since: 1)"
    assert own.read_bytes() == b"a new shot"
    assert (session.folder / "Trash" / "SKU1-back (2).jpg").is_file()


def test_one_that_cannot_be_moved_leaves_all_where_they_are(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, revision = files(session), session.revision()
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "SKU2-front.jpg":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(SessionError, match="cannot be moved to"):
        session.trash([1, 2, 3])
    assert files(session) == before
    assert session.revision() == revision
    assert len(session.photos()) == 3


def test_a_photo_that_is_not_there_is_told(session: Session) -> None:
    (session.folder / "SKU1-back.jpg").unlink()
    with pytest.raises(SessionError, match="is not there"):
        session.trash([1])
    with pytest.raises(SessionError, match="no photo number 99"):
        session.trash([2, 99])
    assert session.photo(2).missing is False


def test_the_command_asks_moves_and_says_how_to_come_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Session.open(folder) as opened:
        opened.scan()
    command = ["trash", str(folder), "--filter", "sku:sku1"]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(command) != 0
    assert (folder / "SKU1-back.jpg").is_file()
    assert "SKU1-back.jpg, SKU1-front.jpg to the Trash?" in capsys.readouterr().err
    assert run([*command, "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ["SKU1-back.jpg", "SKU1-front.jpg"]
    assert (folder / "Trash" / "SKU1-back.jpg").is_file()
    assert run(["undo", str(folder)]) == 0
    assert (folder / "SKU1-back.jpg").is_file()
