"""Watching a session's folder: what counts as new, and when it counts."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from engine.session.session import Session
from engine.session.watch import Growing, Watcher
from tui.cli.main import run

Save = Callable[..., Path]


def looks(watcher: Watcher, count: int) -> list[Growing]:
    """Look several times; return what was told."""
    told = [watcher.look() for _ in range(count)]
    return [news for news in told if news is not None]


def test_a_quiet_folder_says_nothing_and_is_hardly_listed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher(session)
    listed: list[object] = []
    original = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(path) or original(path))
    assert looks(watcher, 16) == []
    assert len(listed) == 2, "the one folder, every eighth look"


def test_a_new_file_counts_once_it_has_held_for_two_looks(session: Session, save: Save) -> None:
    watcher = Watcher(session)
    save(session.folder / "SKU9-front.jpg", 70)
    assert watcher.look() is None
    assert watcher.look() == frozenset()
    assert session.scan(leave=frozenset()).added == (PurePosixPath("SKU9-front.jpg"),)
    assert looks(watcher, 9) == []


def test_what_is_still_being_copied_is_left_out(session: Session, save: Save) -> None:
    watcher = Watcher(session)
    whole = save(session.folder.parent / "whole.jpg", 70).read_bytes()
    growing = PurePosixPath("SKU9-front.jpg")
    copy = (session.folder / growing).open("wb")
    with copy:
        copy.write(whole[:100])
        copy.flush()
        assert watcher.look() is None
        copy.write(whole[100:200])
        copy.flush()
        save(session.folder / "SKU9-back.jpg", 80)
        assert watcher.look() is None
        copy.write(whole[200:300])
        copy.flush()
        news = watcher.look()
        assert news == {growing}
        report = session.scan(leave=news)
        assert report.added == (PurePosixPath("SKU9-back.jpg"),)
        assert not report.unreadable
        copy.write(whole[300:])
    (news,) = looks(watcher, 2)
    assert session.scan(leave=news).added == (growing,)


def test_a_photo_that_is_written_over_stays_as_known_until_it_is_whole(
    session: Session, save: Save
) -> None:
    photo = session.photos()[0]
    file = session.folder / photo.path
    watcher = Watcher(session)
    file.write_bytes(file.read_bytes()[:200])
    assert session.scan(leave={photo.path}).missing == ()
    assert session.photo(photo.id).problem is None
    # Nothing in the folder's own time tells this: a full look does, now and then.
    (news,) = looks(watcher, 9)
    assert news == frozenset()


def test_moved_and_deleted_files_are_told(session: Session) -> None:
    watcher = Watcher(session)
    first, second, _ = (photo.path for photo in session.photos())
    (session.folder / "more").mkdir()
    (session.folder / first).rename(session.folder / "more" / first.name)
    (session.folder / second).unlink()
    (news,) = looks(watcher, 3)
    report = session.scan(leave=news)
    assert report.moved == ((first, PurePosixPath("more") / first.name),)
    assert report.missing == (second,)


def test_a_drive_that_goes_away_for_a_while_loses_nothing(session: Session) -> None:
    watcher = Watcher(session)
    away = session.folder.with_name("away")
    session.folder.rename(away)
    assert looks(watcher, 3) == []
    away.rename(session.folder)
    assert looks(watcher, 9) == []


def test_changed_settings_are_told(session: Session) -> None:
    watcher = Watcher(session)
    (session.folder / "packshot.toml").write_text('[naming]\npattern = "{sku}"\n')
    assert len(looks(watcher, 3)) == 1


def test_watching_ends_when_it_is_told_to(session: Session, save: Save) -> None:
    watcher, stop = Watcher(session, pause=0.01), threading.Event()
    told: list[Growing] = []

    def changed(news: Growing) -> None:
        told.append(news)
        stop.set()

    save(session.folder / "SKU9-front.jpg", 70)
    watcher.watch(changed, stop)
    assert told == [frozenset()]


def test_the_command_tells_each_change_in_a_line(
    folder: Path, save: Save, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(self: Watcher, changed: Callable[[Growing], None], _: threading.Event) -> None:
        save(folder / "SKU9-front.jpg", 70)
        (folder / "packshot.toml").write_text("naming = 1")
        *_, news = looks(self, 2)
        changed(news)
        (folder / "packshot.toml").unlink()
        changed(news)
        raise KeyboardInterrupt

    monkeypatch.setattr(Watcher, "watch", watch)
    assert run(["scan", str(folder), "--watch", "--json"]) == 130
    printed = capsys.readouterr()
    first, then = printed.out.splitlines()
    assert json.loads(first)["photos"] == 3
    assert json.loads(then)["new"] == ["SKU9-front.jpg"]
    assert "packshot.toml" in printed.err, "settings in the middle of being edited end nothing"
