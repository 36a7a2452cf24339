"""Scanning a real folder: what is found, kept, moved, changed, missing and unreadable."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from engine.errors import SessionConfigInvalid, SessionEmpty, SessionError, SessionMissing
from engine.session import headers as headers_module
from engine.session.session import Session

Save = Callable[..., Path]
Cut = Callable[..., str]


def names(session: Session) -> list[str]:
    return [str(photo.path) for photo in session.photos()]


def by_name(session: Session) -> dict[str, int]:
    return {photo.path.name: photo.id for photo in session.photos()}


def count_headers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    original = headers_module.read_header

    def counted(path: Path) -> object:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(headers_module, "read_header", counted)
    return read


def test_the_first_scan_knows_every_photo(folder: Path) -> None:
    with Session.open(folder) as session:
        report = session.scan()
        assert report.total == 3
        assert len(report.added) == 3
        first = session.photos()[0]
    assert (first.sku, first.view, first.version) == ("SKU1", "back", 1)
    assert (first.width, first.height, first.format) == (1200, 1000, "JPEG")
    assert first.profile is not None
    assert first.bytes == (folder / "SKU1-back.jpg").stat().st_size
    assert (first.sha256, first.matte, first.problem, first.deliveries) == (None, None, None, 0)


def test_the_originals_stay_as_they_are(folder: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    with Session.open(folder) as session:
        session.scan()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert {path.name for path in folder.iterdir()} == {path.name for path in before} | {
        ".packshot"
    }


def test_photos_come_in_natural_order(folder: Path, save: Save) -> None:
    for number in (10, 9, 1):
        save(folder / f"view{number}.jpg", number)
    with Session.open(folder) as session:
        session.scan()
        assert names(session)[-3:] == ["view1.jpg", "view9.jpg", "view10.jpg"]


def test_an_unchanged_photo_is_not_opened_again(
    session: Session, monkeypatch: pytest.MonkeyPatch, save: Save
) -> None:
    read = count_headers(monkeypatch)
    revision = session.revision()
    session.scan()
    assert read == []
    assert session.revision() == revision
    save(session.folder / "SKU1-front.jpg", 200, (640, 480))
    report = session.scan()
    assert read == ["SKU1-front.jpg"]
    assert report.changed == (PurePosixPath("SKU1-front.jpg"),)
    assert session.photo(by_name(session)["SKU1-front.jpg"]).width == 640


def test_a_moved_photo_keeps_its_number_and_verdict(session: Session) -> None:
    number = by_name(session)["SKU1-front.jpg"]
    session.judge([number], "approved")
    (session.folder / "Selects").mkdir()
    (session.folder / "SKU1-front.jpg").rename(session.folder / "Selects" / "SKU9-left.jpg")
    report = session.scan()
    assert report.moved == (
        (PurePosixPath("SKU1-front.jpg"), PurePosixPath("Selects/SKU9-left.jpg")),
    )
    photo = session.photo(number)
    assert (photo.sku, photo.view, photo.verdict.state) == ("SKU9", "left", "approved")


def test_a_moved_photo_of_known_content_is_recognised_at_any_time(
    session: Session, cut: Cut
) -> None:
    number = by_name(session)["SKU1-front.jpg"]
    cut(session, number)
    session.judge([number], "approved")
    moved = session.folder / "SKU1-main.jpg"
    (session.folder / "SKU1-front.jpg").rename(moved)
    os.utime(moved, ns=(5, 5))
    session.scan()
    photo = session.photo(number)
    assert (photo.path.name, photo.verdict.state) == ("SKU1-main.jpg", "approved")
    assert photo.matte is not None


def test_photos_that_changed_names_keep_their_verdicts(session: Session) -> None:
    numbers = by_name(session)
    session.judge([numbers["SKU1-front.jpg"]], "approved")
    folder = session.folder
    (folder / "SKU1-front.jpg").rename(folder / "x")
    (folder / "SKU1-back.jpg").rename(folder / "SKU1-front.jpg")
    (folder / "x").rename(folder / "SKU1-back.jpg")
    session.scan()
    assert by_name(session)["SKU1-back.jpg"] == numbers["SKU1-front.jpg"]
    assert session.photo(numbers["SKU1-front.jpg"]).verdict.state == "approved"
    assert session.photo(numbers["SKU1-back.jpg"]).verdict.state == "pending"


def test_a_vanished_photo_is_kept_as_missing_and_comes_back(session: Session) -> None:
    number = by_name(session)["SKU1-front.jpg"]
    session.judge([number], "rejected", ["wrong crop"])
    path = session.folder / "SKU1-front.jpg"
    path.rename(session.folder.parent / "away.jpg")
    assert session.scan().missing == (PurePosixPath("SKU1-front.jpg"),)
    assert session.scan().missing == ()
    assert "SKU1-front.jpg" not in names(session)
    assert session.photo(number).missing
    (session.folder.parent / "away.jpg").rename(path)
    session.scan()
    assert by_name(session)["SKU1-front.jpg"] == number
    assert session.photo(number).verdict.reasons == ("wrong crop",)


def test_a_photo_that_was_shot_again_is_pending(session: Session, cut: Cut, save: Save) -> None:
    number = by_name(session)["SKU1-front.jpg"]
    cut(session, number)
    session.judge([number], "approved")
    save(session.folder / "SKU1-front.jpg", 77)
    session.scan()
    photo = session.photo(number)
    assert (photo.verdict.state, photo.sha256, photo.matte) == ("pending", None, None)
    assert photo.verdict.note == "photo changed: it was approved"
    assert session.undo() == "SKU1-front.jpg: approved (left as they are, changed since: 1)"
    assert session.photo(number).verdict.state == "pending"


def test_a_new_time_alone_withdraws_nothing(session: Session, cut: Cut) -> None:
    one, two, _ = (photo.id for photo in session.photos())
    cut(session, one)
    session.judge([one, two], "approved")
    for path in session.folder.glob("*.jpg"):
        os.utime(path, ns=(5, 5))
    session.scan()
    assert [session.photo(number).verdict.state for number in (one, two)] == ["approved"] * 2
    assert session.photo(one).matte is not None


def test_bad_files_are_named_and_stop_nothing(folder: Path) -> None:
    (folder / "text.jpg").write_text("this is a text")
    (folder / "empty.jpg").touch()
    with Session.open(folder) as session:
        report = session.scan()
        assert report.total == 5
        assert {str(trouble.path) for trouble in report.unreadable} == {"text.jpg", "empty.jpg"}
        assert all(trouble.problem for trouble in report.unreadable)
        photo = session.photo(by_name(session)["text.jpg"])
        assert photo.problem
        assert photo.width is None


def test_a_bad_file_that_stays_bad_is_no_change(folder: Path) -> None:
    (folder / "text.jpg").write_text("this is a text")
    with Session.open(folder) as session:
        first = session.scan()
        revision = session.revision()
        assert session.scan().unreadable == first.unreadable
        assert session.revision() == revision


def test_a_bad_file_that_was_replaced_is_good_again(folder: Path, save: Save) -> None:
    (folder / "late.jpg").touch()
    with Session.open(folder) as session:
        session.scan()
        save(folder / "late.jpg")
        assert session.scan().unreadable == ()
        assert session.photo(by_name(session)["late.jpg"]).width == 1200


def test_a_file_of_no_permission_is_named_and_tried_again(locked_folder: Path) -> None:
    photo = locked_folder / "SKU1-front.jpg"
    was = os.geteuid()
    os.seteuid(os.getuid())
    photo.chmod(0)
    os.seteuid(was)
    with Session.open(locked_folder, readonly=True) as session:
        (trouble,) = session.scan().unreadable
        assert trouble.path.name == "SKU1-front.jpg"
        os.seteuid(os.getuid())
        photo.chmod(0o644)
        os.seteuid(was)
        assert session.scan().unreadable == ()


def test_the_same_name_in_two_folders_is_two_photos(folder: Path, save: Save) -> None:
    save(folder / "a" / "front.jpg", 1)
    save(folder / "b" / "front.jpg", 2)
    with Session.open(folder) as session:
        session.scan()
        numbers = {str(photo.path): photo.id for photo in session.photos()}
        session.judge([numbers["a/front.jpg"]], "approved")
        assert session.photo(numbers["b/front.jpg"]).verdict.state == "pending"


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_no_utf8_is_a_photo_like_any_other(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/SKU\xe9-front.jpg"
    (folder / "SKU1-front.jpg").rename(os.fsdecode(raw))
    with Session.open(folder) as session:
        session.scan()
        (photo,) = (photo for photo in session.photos() if photo.sku.startswith("SKU\udce9"))
        session.judge([photo.id], "approved")
        assert os.fsencode(session.photo(photo.id).path) == b"SKU\xe9-front.jpg"
        assert session.undo() == "SKU\\udce9-front.jpg: approved"


def test_the_session_decides_names_and_folders(folder: Path, save: Save) -> None:
    save(folder / "Rejected" / "a.jpg")
    save(folder / "Web" / "b.jpg")
    save(folder / "left__mug.jpg")
    (folder / "packshot.toml").write_text(
        "[naming]\npattern = '(?P<view>[a-z]+)__(?P<sku>.+)'\n"
        "[folders]\noutput = 'Web'\nignore = ['Rejected']\n"
    )
    with Session.open(folder) as session:
        session.scan()
        photo = session.photo(by_name(session)["left__mug.jpg"])
        assert (photo.sku, photo.view) == ("mug", "left")
        assert len(session.photos()) == 4
        (folder / "packshot.toml").write_text("[naming]\npattern = '('\n")
        with pytest.raises(SessionConfigInvalid):
            session.scan()
    with pytest.raises(SessionConfigInvalid):
        Session.open(folder)


def test_two_scans_at_once_find_each_photo_once(folder: Path, save: Save) -> None:
    for number in range(30):
        save(folder / f"SKU{number:03}.jpg", number, (40, 40))
    errors: list[Exception] = []

    def scan() -> None:
        try:
            with Session.open(folder) as own:
                own.scan()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    with Session.open(folder) as session:
        assert len(names(session)) == len(set(names(session))) == 33


def test_progress_is_told_of_each_header(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    with Session.open(folder) as session:
        session.scan(lambda done, total: told.append((done, total)))
        assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_folder_is_refused_and_stays_empty(tmp_path: Path) -> None:
    for readonly in (True, False):
        with pytest.raises(SessionEmpty, match="no photos"):
            Session.open(tmp_path, readonly=readonly)
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_lost_its_photos_is_empty_and_forgets_nothing(session: Session) -> None:
    session.judge([1], "approved")
    away = session.folder.parent / "away"
    away.mkdir()
    for path in session.folder.glob("*.jpg"):
        path.rename(away / path.name)
    with pytest.raises(SessionEmpty):
        session.scan()
    for path in away.glob("*.jpg"):
        path.rename(session.folder / path.name)
    session.scan()
    assert session.photo(1).verdict.state == "approved"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionMissing, match="no such folder"):
        Session.open(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(SessionMissing, match="is a file"):
        Session.open(tmp_path / "file")


def test_a_folder_without_a_session_when_none_may_be_started(folder: Path) -> None:
    with pytest.raises(SessionMissing, match="packshot scan"):
        Session.open(folder, create=False)
    assert not (folder / ".packshot").exists()


def test_a_folder_that_cannot_be_listed_is_not_called_empty(locked_folder: Path) -> None:
    was = os.geteuid()
    os.seteuid(os.getuid())
    locked_folder.chmod(0)
    os.seteuid(was)
    with pytest.raises(SessionError, match="Permission denied") as caught:
        Session.open(locked_folder, readonly=True)
    assert caught.value.subject == str(locked_folder)
    assert not isinstance(caught.value, SessionEmpty)
    with pytest.raises(SessionMissing, match="cannot be reached"):
        Session.open(locked_folder / "inner")


def test_a_cut_of_content_that_no_scan_has_seen_is_kept(
    session: Session, cut: Cut, save: Save
) -> None:
    save(session.folder / "SKU1-front.jpg", 7, (640, 480))
    number = by_name(session)["SKU1-front.jpg"]
    cut(session, number)
    session.judge([number], "approved")
    session.scan()
    photo = session.photo(number)
    assert (photo.verdict.state, photo.width) == ("approved", 640)
    assert photo.matte is not None
