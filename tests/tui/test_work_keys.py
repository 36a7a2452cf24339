"""Cutting, exporting and quitting: the queue, its failures, and what is written."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from studio import RECIPE, InstantWorkers, notices, press, settle
from textual.widgets import OptionList, Static

from engine.delivery.seasons.audit import AuditLog
from engine.session.session import Session
from engine.work.recipes import resolve_recipe
from presets.loader import list_presets
from tui.adjust.bar import AdjustBar
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.deliver.choose import ExportDialog
from tui.deliver.screen import DeliverScreen
from tui.dialog import Confirm
from tui.queue.queue_list import QueueList
from tui.queue.screen import QueueScreen

SIZE = (100, 30)


def down_to(preset: str) -> list[str]:
    """Return the keys that lead from the first preset of the list to another one."""
    names = [loaded.preset.name for loaded in list_presets().presets]
    return ["j"] * names.index(preset)


def states(app: Workstation) -> list[str]:
    return [str(app.desk.state_of(photo)) for photo in app.desk.photos]


def text_of(app: Workstation, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).visual)


async def test_the_photo_under_the_cursor_is_cut(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "s")
        assert states(app).count("cut") == 1
        assert app.desk.photos[0].matte is not None
        assert app.desk.photos[0].matte.model == "u2netp"
        assert "1 cut." in notices(app)


async def test_marked_photos_are_cut_and_failures_say_why(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.broken.add("SKU202-left.png")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+a", "s")
        assert states(app).count("cut") == 5
        assert states(app).count("failed") == 1
        assert "1 failed. F3 says why." in notices(app)
        await press(pilot, "f3")
        assert isinstance(app.screen, QueueScreen)
        assert "SKU202-left.png  ends too early" in text_of(app, "#queue-detail")
        workers.broken.clear()
        await press(pilot, "r")
        assert states(app).count("cut") == 6


async def test_photos_whose_mattes_are_there_are_told_as_unchanged(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "space", "space", "s")
        assert "2 cut." in notices(app)
        await press(pilot, "g", "j", "space", "space", "space", "s")
        assert "1 cut, 2 unchanged." in notices(app)
        await press(pilot, "f3")
        lines = app.screen.query_one(QueueList)
        drawn = [lines.draw_line(each, 90).text for each in range(lines.line_count)]
        assert sum("unchanged" in line for line in drawn) == 2


async def test_a_rejected_photo_leads_to_other_settings(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "s", "x", "1", "enter")
        assert states(app)[0] == "rejected"
        told = text_of(app, "#work-line")
        assert told == "a tries other settings, x takes the rejection back"
        await press(pilot, "a")
        assert app.screen.query_one(AdjustBar).recipe, "the key that is named does it"


async def test_similar_photos_without_a_matte_are_cut_with_the_recipe_of_the_one(
    app: Workstation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.desk.crew.cut([(app.desk.photos[-1], replace(RECIPE, edge_shift=2.0))], session.folder)
        await press(pilot, "G", "S")
        cut = {photo.path.stem: photo.matte.recipe for photo in app.desk.photos if photo.matte}
        assert cut.keys() == {"SKU201-front", "SKU202-front", "SKU203-front"}
        assert all(recipe["edge_shift"] == 2.0 for recipe in cut.values())
        await press(pilot, "S")
        assert "Every photo like this one" in notices(app)


def upcoming(app: Workstation) -> list[str]:
    """Return the names of the photos that wait, next first."""
    names = {photo.id: photo.path.stem for photo in app.desk.photos}
    lane = app.desk.crew.cutting
    return [names[lane.photo_of(job) or 0] for job in lane.waiting_jobs]


async def test_the_photo_that_a_person_asks_for_or_stays_with_is_cut_next(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.held = True
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+a", "s")
        before = upcoming(app)
        await press(pilot, "G", "s")
        assert upcoming(app) == ["SKU203-front", *before[:-1]]
        assert "1 photo moved to the front." in notices(app)
        await press(pilot, "k")
        await pilot.pause(0.5)
        assert upcoming(app)[0] == app.desk.photos[-2].path.stem
        running = next(photo for photo in app.desk.photos if photo.id in app.desk.crew.running)
        await press(pilot, "g", *["j"] * (1 + app.desk.photos.index(running)), "s")
        assert "being cut already" in notices(app)


async def test_without_a_model_the_remedy_is_told(
    session: Session, app: Workstation, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", resolve_recipe)
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert "packshot models install" in notices(app)
        assert states(app) == ["new"] * 6


@pytest.mark.usefixtures("cut_all")
async def test_exporting_writes_files_and_records_them(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "p", "E")
        assert isinstance(app.screen, ExportDialog)
        assert "Approved 1" in text_of(app, "#export-scope")
        assert "Enter Export" in text_of(app, "#panel-keys")
        await press(pilot, *down_to("master-png"), "enter")
        output = app.desk.session.folder / "Output"
        assert [file.name for file in output.rglob("*.png")] == ["SKU201-back.png"]
        assert states(app)[0] == "exported"
        assert "master-png: 1 exported." in notices(app)
        await press(pilot, "f5")
        assert isinstance(app.screen, DeliverScreen)
        # What was exported with before is shown where nobody has chosen anything.
        assert "master-png" in text_of(app, "#presets")
        await press(pilot, "r")
        text = text_of(app, "#scrolled-text")
        assert "Delivered: master-png" in text
        assert re.search(r"SKU201-back\.png  \d{4}-\d\d-\d\d \d\d:\d\d  mara@studio", text)
        await press(pilot, "escape", "f2", "E")
        assert isinstance(app.screen, ExportDialog)
        # What was exported with here comes first the next time.
        first = app.screen.query_one(OptionList).get_option_at_index(0)
        assert "master-png" in str(first.prompt)
        await press(pilot, "enter")
        assert "master-png: 1 unchanged, nothing to write." in notices(app)
        (entry,) = AuditLog(app.desk.session.folder).entries()
        assert entry.details["files"][0][0] == "Output/master-png/SKU201-back.png"


@pytest.mark.usefixtures("cut_all")
async def test_a_photo_that_is_cut_anew_is_not_called_exported(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "p", "E", *down_to("master-png"), "enter")
        photo = app.desk.photos[0]
        assert photo.sha256 is not None
        other = replace(RECIPE, edge_shift=1.0)
        app.desk.session.record_cut(
            photo.id, sha256=photo.sha256, size=(48, 32), recipe=other, seconds=0.1, notes=()
        )
        app.desk.session.judge([photo.id], "approved")
        await app.refresh_photos()
        await settle(pilot)
        assert states(app)[0] == "outdated"
        assert "its files show an older matte" in text_of(app, "#work-line")


@pytest.mark.usefixtures("cut_all")
async def test_marked_photos_are_exported_unapproved(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "G", "space", "E", "tab", "tab")
        assert text_of(app, "#export-scope").split() == [
            *("Photos", "Marked", "1", "Approved", "0", "All", "that", "are", "cut", "6")
        ]
        await press(pilot, "tab", *down_to("master-png"), "enter")
        output = app.desk.session.folder / "Output"
        assert [file.name for file in output.rglob("*.png")] == ["SKU203-front.png"]


@pytest.mark.usefixtures("cut_all")
async def test_where_no_photo_is_approved_the_dialog_offers_no_export_of_them(
    app: Workstation,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "E", "tab")
        assert "Approved 0" in text_of(app, "#export-scope")
        assert "Enter" not in text_of(app, "#panel-keys")
        await press(pilot, "tab")
        assert "Enter Export" in text_of(app, "#panel-keys")


async def test_nothing_to_export_is_said(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "E")
        assert "Nothing is cut yet" in notices(app)
        await press(pilot, "f5")
        assert "There is no season here" in text_of(app, "#photo-message")
        await press(pilot, "f2")
        assert app.screen.query_one(PhotoList).has_focus


async def test_quitting_while_idle_asks_nothing(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert app._exit


async def test_quitting_while_work_runs_is_confirmed_and_keeps_what_is_done(
    app: Workstation, workers: InstantWorkers, session: Session
) -> None:
    workers.held = True
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+a", "s")
        workers.release(1)
        await settle(pilot)
        await press(pilot, "q")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert not app._exit
        await press(pilot, "q")
        await press(pilot, "y")
        assert app._exit
    app.desk.close()
    assert workers.closed
    assert sum(photo.matte is not None for photo in session.photos()) == 1
