"""Following a session costs what has changed, whoever changed it and in whatever way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.session import store
from engine.session.alt_texts import AltText
from engine.session.layout import store_path
from engine.session.records import PhotoRecord
from engine.session.repair import set_aside
from engine.session.schema import MIGRATIONS
from engine.session.session import Session

Cut = Callable[..., str]


def changed(session: Session, since: int) -> set[str]:
    """Return the names of the photos that are told as changed; not all of them by default."""
    changes = session.changes(since)
    assert not changes.complete
    assert changes.revision == session.revision()
    return {photo.path.name for photo in changes.photos}


def ids(session: Session) -> dict[str, int]:
    return {photo.path.name: photo.id for photo in session.photos()}


def test_without_a_revision_all_photos_are_told(session: Session) -> None:
    changes = session.changes()
    assert changes.complete
    assert {photo.path.name for photo in changes.photos} == set(ids(session))


def test_nothing_is_told_where_nothing_changed(session: Session) -> None:
    assert changed(session, session.revision()) == set()
    session.scan()
    assert changed(session, session.revision()) == set()


def test_what_is_done_with_a_photo_tells_that_photo(session: Session, cut: Cut) -> None:
    photo = ids(session)["SKU1-front.jpg"]
    for act in (
        lambda: cut(session, photo),
        lambda: session.judge([photo], "approved"),
        session.undo,
        session.redo,
        lambda: session.record_failure(photo, "it is broken"),
        lambda: session.deliveries.record(
            photo, preset="p", preset_digest="0", path="Output/a.png", sha256="1", recipe_digest="2"
        ),
    ):
        since = session.revision()
        act()
        assert changed(session, since) == {"SKU1-front.jpg"}, act
        assert session.changes(since).photos == [session.photo(photo)]


def test_a_matte_tells_every_copy_of_its_photo(folder: Path, cut: Cut) -> None:
    (folder / "SKU9-copy.jpg").write_bytes((folder / "SKU1-front.jpg").read_bytes())
    with Session.open(folder) as session:
        session.scan()
        photos = ids(session)
        cut(session, photos["SKU1-front.jpg"])
        cut(session, photos["SKU9-copy.jpg"])
        since = session.revision()
        cut(session, photos["SKU9-copy.jpg"])
        assert changed(session, since) == {"SKU1-front.jpg", "SKU9-copy.jpg"}


def test_a_scan_tells_what_it_found(session: Session, save: Callable[..., Path]) -> None:
    since = session.revision()
    save(session.folder / "SKU3-front.jpg", 200)
    (session.folder / "SKU1-back.jpg").unlink()
    (session.folder / "SKU2-front.jpg").rename(session.folder / "SKU2-left.jpg")
    session.scan()
    assert changed(session, since) == {"SKU3-front.jpg", "SKU1-back.jpg", "SKU2-left.jpg"}
    missing = {photo.path.name: photo.missing for photo in session.changes(since).photos}
    assert missing == {"SKU3-front.jpg": False, "SKU1-back.jpg": True, "SKU2-left.jpg": False}


def test_a_text_tells_the_photos_of_its_view(session: Session, save: Callable[..., Path]) -> None:
    save(session.folder / "SKU1-front-v2.jpg", 200)
    session.scan()
    session.changes()
    for text in ("Blue tube", "Blue tube, standing", ""):
        since = session.revision()
        session.alt_texts.save([AltText("sku1", "Front", "en", text)])
        told = {"SKU1-front.jpg", "SKU1-front-v2.jpg"} if text != "Blue tube, standing" else set()
        assert changed(session, since) == told


def test_a_text_of_a_view_without_a_photo_tells_none(session: Session) -> None:
    since = session.changes().revision
    session.alt_texts.save([AltText("SKU9", "front", "en", "Blue tube")])
    assert changed(session, since) == set()


def test_a_text_tells_a_photo_that_has_come_to_its_view(session: Session) -> None:
    since = session.changes().revision
    (session.folder / "SKU2-front.jpg").rename(session.folder / "SKU2-left.jpg")
    session.scan()
    assert changed(session, since) == {"SKU2-left.jpg"}
    since = session.revision()
    session.alt_texts.save([AltText("SKU2", "left", "en", "Red tube")])
    assert changed(session, since) == {"SKU2-left.jpg"}


def test_who_was_not_told_all_photos_is_told_them_for_a_text(session: Session) -> None:
    session.changes(session.revision())
    since = session.revision()
    session.alt_texts.save([AltText("SKU1", "front", "en", "Blue tube")])
    assert "SKU1-front.jpg" in {photo.path.name for photo in session.changes(since).photos}


def test_another_person_s_changes_are_told(session: Session) -> None:
    since = session.revision()
    with Session.open(session.folder, person="ben@laptop") as other:
        other.judge([ids(other)["SKU2-front.jpg"]], "approved")
    assert changed(session, since) == {"SKU2-front.jpg"}


def test_a_read_only_session_follows_another_s_changes(session: Session) -> None:
    with Session.open(session.folder, readonly=True) as looking:
        looking.scan()
        since = looking.changes().revision
        session.judge([ids(session)["SKU2-front.jpg"]], "approved")
        assert changed(looking, since) == {"SKU2-front.jpg"}


def test_a_read_only_session_that_knows_more_than_the_store_tells_everything_anew(
    session: Session, save: Callable[..., Path]
) -> None:
    save(session.folder / "SKU3-front.jpg", 200)
    with Session.open(session.folder, readonly=True) as looking:
        since = looking.changes().revision
        looking.scan()
        assert changed(looking, since) == {"SKU3-front.jpg"}
        since = looking.revision()
        for state in ("approved", "pending", "rejected"):
            session.judge([ids(session)["SKU2-front.jpg"]], state)
            changes = looking.changes(since)
            assert changes.complete
            assert {photo.verdict.state for photo in changes.photos} == {"pending", state}
            since = changes.revision
            looking.scan()


def test_a_store_of_an_older_packshot_tells_what_comes_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MIGRATIONS", MIGRATIONS[:4])
    Session.open(folder).close()
    monkeypatch.undo()
    file = (folder / "SKU1-front.jpg").stat()
    with closing(sqlite3.connect(store_path(folder))) as connection:
        row = (b"SKU1-front.jpg", file.st_size, file.st_mtime_ns)
        connection.execute("INSERT INTO photo (path, bytes, mtime_ns) VALUES (?, ?, ?)", row)
        (since,) = connection.execute("SELECT revision FROM state").fetchone()
        connection.commit()
    with Session.open(folder) as opened:
        assert changed(opened, since) == set()
        opened.judge([ids(opened)["SKU1-front.jpg"]], "approved")
        assert changed(opened, since) == {"SKU1-front.jpg"}


def test_a_repaired_session_goes_on_telling(session: Session) -> None:
    session.close()
    store_path(session.folder).write_bytes(b"ruined")
    set_aside(session.folder)
    with Session.open(session.folder) as opened:
        opened.scan()
        since = opened.revision()
        opened.judge([ids(opened)["SKU1-front.jpg"]], "approved")
        assert changed(opened, since) == {"SKU1-front.jpg"}


def test_every_table_about_photos_tells_its_changes(session: Session) -> None:
    silent = {"touched", "change"}  # what follows from others, and the journal of what did
    session.close()
    with closing(sqlite3.connect(store_path(session.folder))) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        about = {
            table
            for (table,) in tables.fetchall()
            if any(
                column[1] in {"photo_id", "photo_sha256"}
                for column in connection.execute(f"PRAGMA table_info({table})")
            )
        }
        telling = {
            name.rpartition("_")[0]
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            )
        }
    assert about - silent <= telling


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["approved", "rejected", "pending", "cut", "fail", "text", "untext", "undo", "redo"]
        ),
        st.integers(0, 2),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whoever_follows_knows_what_one_who_reads_all_knows(
    session: Session, cut: Cut, acts: list[tuple[str, int]]
) -> None:
    photos = sorted(ids(session).values())
    followed = session.changes()
    known = {photo.id: photo for photo in followed.photos}
    for act, place in acts:
        photo = photos[place]
        if act == "cut":
            cut(session, photo)
        elif act == "fail":
            session.record_failure(photo, "again")
        elif act in {"text", "untext"}:
            name = session.photo(photo)
            text = AltText(name.sku, name.view, "en", "A tube" if act == "text" else "")
            session.alt_texts.save([text])
        elif act == "undo":
            session.undo()
        elif act == "redo":
            session.redo()
        else:
            session.judge([photo], act)
        followed = session.changes(followed.revision)
        known |= {photo.id: photo for photo in followed.photos}
    assert known == {photo.id: photo for photo in session.photos()}


def test_another_naming_pattern_tells_all_photos_anew(session: Session) -> None:
    since = session.changes().revision
    (session.folder / "packshot.toml").write_text("[naming]\npattern = '(?P<sku>SKU).*'\n")
    session.scan()
    changes = session.changes(since)
    assert changes.complete
    assert {photo.sku for photo in changes.photos} == {"SKU"}
    assert not session.changes(changes.revision).complete


def test_whoever_asks_while_a_scan_takes_over_settings_is_told_all_photos_anew_afterwards(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compiled(pattern: str) -> re.Pattern[str]:
        known.append(session.changes(known[-1].revision))
        return re.compile(pattern)

    known = [session.changes()]
    (session.folder / "packshot.toml").write_text("[naming]\npattern = '(?P<sku>SKU).*'\n")
    with monkeypatch.context() as patched:
        patched.setattr("engine.session.naming._compiled", compiled)
        session.scan()
    known.append(session.changes(known[-1].revision))
    told = {photo.id: photo for changes in known for photo in changes.photos}
    assert {photo.sku for photo in told.values()} == {"SKU"}


def test_another_usual_profile_tells_all_photos_anew(session: Session) -> None:
    since = session.changes().revision
    with closing(sqlite3.connect(store_path(session.folder))) as connection:
        connection.execute("UPDATE photo SET profile = 'Display P3' WHERE id > 1")
        connection.execute("UPDATE state SET revision = revision + 1")
        connection.commit()
    changes = session.changes(since)
    assert changes.complete
    warned = [photo.id for photo in changes.photos if "mixed-profiles" in _kinds(photo)]
    assert warned == [1]


def _kinds(photo: PhotoRecord) -> set[str]:
    return {warning.kind for warning in photo.warnings}
