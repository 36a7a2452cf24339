"""Each judging key has its effect, in the session and on the screen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from studio import InstantWorkers, notices, press, settle, workstation
from textual.widgets import Input

from engine.session.session import Session
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.dialog import Confirm
from tui.review.reject import RejectDialog

SIZE = (80, 24)


def verdicts(app: Workstation) -> dict[str, str]:
    """Return the verdicts that are stored, pending ones left out."""
    return {
        photo.path.stem: photo.verdict.state
        for photo in app.desk.session.photos()
        if photo.verdict.state != "pending"
    }


@pytest.mark.usefixtures("cut_all")
async def test_approving_takes_back_undoes_and_redoes(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "p")
        assert verdicts(app) == {"SKU201-back": "approved"}
        await press(pilot, "p")
        assert verdicts(app) == {}
        await press(pilot, "u")
        assert verdicts(app) == {"SKU201-back": "approved"}
        await press(pilot, "u")
        assert verdicts(app) == {}
        await press(pilot, "ctrl+r")
        assert verdicts(app) == {"SKU201-back": "approved"}


@pytest.mark.usefixtures("cut_all")
async def test_rejecting_asks_for_reasons_and_a_note(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "x")
        assert isinstance(app.screen, RejectDialog)
        await press(pilot, "enter")
        assert app.screen.has_class("-hint"), "a rejection has a reason"
        await press(pilot, "1", "j", "j", "space", "tab")
        await press(pilot, *"rim 2", "enter")
        photo = next(p for p in app.desk.photos if p.path.stem == "SKU201-back")
        assert photo.verdict.state == "rejected"
        assert photo.verdict.reasons == ("halo", "hole eaten")
        assert photo.verdict.note == "rim 2", "digits and spaces belong to the note there"
        await press(pilot, "x")
        assert verdicts(app) == {}, "again takes it back"


@pytest.mark.usefixtures("cut_all")
async def test_leaving_the_reasons_changes_nothing(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        await press(pilot, "3", "escape")
        assert verdicts(app) == {}


@pytest.mark.usefixtures("cut_all")
async def test_a_note_alone_is_reason_enough(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "G", "x")
        await press(pilot, "tab")
        assert isinstance(app.focused, Input)
        await press(pilot, *"dust", "enter")
        assert app.desk.photos[-1].verdict.reasons == ("other",)


@pytest.mark.usefixtures("cut_all")
async def test_a_whole_sku_and_marked_photos(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "P")
        assert set(verdicts(app)) == {"SKU201-back", "SKU201-front", "SKU201-left"}
        await press(pilot, "G", "space", "right_curly_bracket", "X")
        await press(pilot, "1", "enter")
        assert verdicts(app)["SKU203-front"] == "rejected"
        await press(pilot, "g", "right_curly_bracket", "j", "space", "space", "p")
        assert verdicts(app)["SKU202-left"] == "approved"
        assert app.screen.query_one(PhotoList).marked == [], "marks are used up"


@pytest.mark.usefixtures("cut_all")
async def test_auto_advance_goes_to_the_next_that_waits(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "right_curly_bracket", "j", "p")
        await press(pilot, "g", "j", "p", "p", "p")
        row = app.screen.query_one(PhotoList).current
        assert row is not None
        assert row.photo.path.stem == "SKU202-left", "the approved one is passed over"
        await press(pilot, "A")
        await press(pilot, "p")
        assert row.photo.path.stem == "SKU202-left"
        assert len(verdicts(app)) == 5


async def test_a_photo_without_a_matte_cannot_be_judged(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        assert verdicts(app) == {}
        assert "no matte to judge" in notices(app)


@pytest.mark.usefixtures("cut_all")
async def test_a_session_opened_read_only_is_not_changed(
    session: Session, workers: InstantWorkers
) -> None:
    session.close()
    readonly = Session.open(session.folder, readonly=True)
    app = workstation(readonly, workers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in ("p", "x", "P", "X", "u", "s", "S", "E"):
            await press(pilot, key)
            assert not isinstance(app.screen, RejectDialog)
        assert verdicts(app) == {}
        assert "read-only" in notices(app)


@pytest.mark.usefixtures("cut_all")
async def test_another_persons_verdict_shows_up(app: Workstation, session: Session) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        other = Session.open(session.folder, person="jo@desk")
        other.judge([session.photos()[0].id], "approved")
        await app.refresh_photos()
        await settle(pilot)
        assert app.desk.photos[0].verdict.person == "jo@desk"
        assert "✓1" in app.export_screenshot()


async def test_stars_are_given_taken_away_and_undone(app: Workstation) -> None:
    def stars() -> dict[str, int]:
        photos = app.desk.session.photos()
        return {photo.path.stem: photo.stars for photo in photos if photo.stars}

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "4")
        assert stars() == {"SKU201-back": 4}
        assert "4★" in app.export_screenshot()
        await press(pilot, "j", "space", "space", "5")
        assert stars() == {"SKU201-back": 4, "SKU201-front": 5, "SKU201-left": 5}
        assert app.screen.query_one(PhotoList).marked == [], "marks are used up"
        await press(pilot, "u")
        assert stars() == {"SKU201-back": 4}
        await press(pilot, "g", "j", "0")
        assert stars() == {}
        await press(pilot, "u", "ctrl+r", "u")
        assert stars() == {"SKU201-back": 4}


async def test_a_note_needs_a_terminal_that_an_editor_can_have(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "e")
        assert "editor cannot be opened" in notices(app)


async def test_a_photo_is_opened_in_the_systems_own_program(
    app: Workstation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    opener.chmod(0o755)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setenv("DISPLAY", "")
        await press(pilot, "j", "o")
        assert "no desktop here" in notices(app)
        monkeypatch.setenv("DISPLAY", ":0")
        await press(pilot, "o")
        deadline = time.monotonic() + 30
        while not opened.exists():
            assert time.monotonic() < deadline, "the program was not started"
            await pilot.pause(0.02)
    path = app.desk.session.folder / "SKU201-back.png"
    assert opened.read_text().strip() == str(path)


async def test_photos_go_to_the_trash_after_a_question_and_come_back(app: Workstation) -> None:
    folder = app.desk.session.folder
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "space", "space", "d")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert not (folder / "Trash").exists()
        await press(pilot, "d", "y")
        moved = sorted(path.name for path in (folder / "Trash").iterdir())
        assert moved == ["SKU201-back.png", "SKU201-front.png"]
        assert "Moved to the Trash: 2 photos. u brings it back." in notices(app)
        await press(pilot, "u")
        assert list((folder / "Trash").iterdir()) == []
        assert len(app.desk.session.photos()) == 6
