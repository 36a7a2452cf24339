"""The workstation follows its folder: what appears there is listed, without a key and a word."""

from __future__ import annotations

import functools
import time
from pathlib import Path

import pytest
from studio import PATIENCE_S, InstantWorkers, press, settle, workstation
from textual.pilot import Pilot
from textual.widgets import Static

from engine.session.session import Session
from engine.session.watch import Watcher
from tui.app import Workstation
from tui.photo.pane import PhotoPane


async def until(pilot: Pilot[None], count: int) -> None:
    """Wait until the list has so many photos."""
    app = pilot.app
    assert isinstance(app, Workstation)
    deadline = time.monotonic() + PATIENCE_S
    while app.screen.query_one("#list-counts", Static).visual is None or not str(
        app.screen.query_one("#list-counts", Static).visual
    ).startswith(f"{count} photo"):
        assert time.monotonic() < deadline
        await pilot.pause(0.02)


async def test_photos_appear_and_vanish_by_themselves(
    session: Session, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.desk.Watcher", functools.partial(Watcher, pause=0.05))
    app = workstation(session, workers, scan=True)
    photo = next(session.folder.glob("*.png"))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, 6)
        await settle(pilot)  # the first scan is over, which says what it finds
        (session.folder / "SKU999-front.png").write_bytes(photo.read_bytes())
        await until(pilot, 7)
        await settle(pilot)
        assert not list(app._notifications), "it is what one expects"
        assert "In the folder: 1 new." in app.journal.notices[-1].text
        (session.folder / "SKU999-front.png").unlink()
        deadline = time.monotonic() + PATIENCE_S
        while "In the folder: 1 missing." not in [each.message for each in app._notifications]:
            assert time.monotonic() < deadline
            await pilot.pause(0.02)
    app.desk.close()


async def test_the_first_scan_of_a_new_session_says_what_it_does(
    folder: Path, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(folder, person="mara@studio")
    app = workstation(session, workers, scan=True)
    told: list[str] = []
    show = PhotoPane.show_message
    monkeypatch.setattr(
        PhotoPane, "show_message", lambda pane, text: (told.append(text), show(pane, text))[1]
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, 6)
        await settle(pilot)
    assert told
    assert not [text for text in told if "There are no photos" in text]
    app.desk.close()


async def test_photos_that_are_known_and_not_listed_yet_are_not_called_none(
    folder: Path, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(folder, person="mara@studio")
    monkeypatch.setattr("tui.following._POLL_SECONDS", PATIENCE_S)
    app = workstation(session, workers)
    told: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(PhotoPane, "show_message", lambda pane, text: told.append(text))
        session.scan()
        # What is shown may be drawn again between what was read and the list that shows it.
        await app.desk.reload()
        await pilot.resize_terminal(101, 30)
        await settle(pilot)
    assert told
    assert not [text for text in told if "There are no photos" in text]
    app.desk.close()


async def test_equal_notices_do_not_pile_up(app: Workstation) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "n", "n")
        await pilot.pause()
        assert len(list(app._notifications)) == 1
        assert len(app.journal.notices) == 3
        app.tell("Something else.")
        await pilot.pause()
        assert len(list(app._notifications)) == 2


async def test_what_cannot_be_followed_is_told_once(
    session: Session, workers: InstantWorkers
) -> None:
    (session.folder / "lost.jpg").symlink_to(session.folder / "nowhere.jpg")
    app = workstation(session, workers, scan=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        told = [each.text for each in app.journal.notices if "lost.jpg" in each.text]
        assert len(told) == 1
        assert told[0].startswith("lost.jpg: cannot be read (No such file or directory).")
    app.desk.close()


async def test_what_cannot_be_followed_is_told_where_nothing_else_is_left_and_only_then(
    session: Session, app: Workstation
) -> None:
    def told(what: str) -> int:
        return sum(what in notice.text for notice in app.journal.notices)

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        photo = next(session.folder.glob("*.png")).read_bytes()
        for each in session.folder.glob("*.png"):
            each.unlink()
        (session.folder / "lost.jpg").symlink_to(session.folder / "nowhere.jpg")
        await press(pilot, "R")
        assert told("There are no photos in this folder.") == 1
        assert told("lost.jpg: cannot be read") == 1
        (session.folder / "SKU999-front.png").write_bytes(photo)
        await press(pilot, "R")
        assert told("Scanned: 1 new") == 1
        assert told("lost.jpg: cannot be read") == 1
