"""Checklists are ticked with a key, stored, and followed while others tick."""

from __future__ import annotations

import time

from studio import PATIENCE_S, InstantWorkers, press, settle, workstation
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from engine.session.checklists import FILE_NAME, read_checklists
from engine.session.session import Session
from tui.app import Workstation
from tui.checklists.panel import ChecklistsPanel
from tui.help.panel import GlossaryPanel


def text(app: Workstation, name: str) -> str:
    return str(app.screen.query_one(name, Static).visual)


def points(app: Workstation) -> list[str]:
    listed = app.screen.query_one("#points", OptionList)
    return [str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count)]


async def until(pilot: Pilot[None], name: str, wanted: str) -> None:
    """Wait until a text says something that comes from outside."""
    app = pilot.app
    assert isinstance(app, Workstation)
    deadline = time.monotonic() + PATIENCE_S
    while wanted not in text(app, name):
        assert time.monotonic() < deadline, text(app, name)
        await pilot.pause(0.05)


async def test_points_are_ticked_and_stored(app: Workstation, session: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        assert isinstance(app.screen, ChecklistsPanel)
        assert "Capture 0/11" in text(app, "#lists")
        assert "no program finds the edge" in text(app, "#why")
        await press(pilot, "j", "space")
        assert "Capture 1/11" in text(app, "#lists")
        assert points(app)[1].startswith("[x] The product stands away")
        assert "mara@studio" in points(app)[1]
        assert list(session.ticks.all()) == [("capture", "distance")]

        await press(pilot, "f1")
        assert isinstance(app.screen, GlossaryPanel)
        assert text(app, "#meaning-text").splitlines()[0] == "colour spill"
        await press(pilot, "escape")

        await press(pilot, "tab", "space", "space")
        assert "Mask QA 0/9" in text(app, "#lists"), "ticked and taken back"

        item = read_checklists().find("qa", "zoom")
        assert item is not None
        with Session.open(session.folder, person="ben@loft") as other:
            other.ticks.tick("qa", item)
        await until(pilot, "#lists", "Mask QA 1/9")
        assert "ben@loft" in points(app)[0]
        await press(pilot, "f6")
        assert not isinstance(app.screen, ChecklistsPanel)


async def test_own_lists_in_error_are_told_and_come_when_mended(
    app: Workstation, session: Session
) -> None:
    own = session.folder / FILE_NAME
    own.write_text("[[checklist]", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        assert "[S05]" in text(app, "#about")
        await press(pilot, "space", "tab", "f1")
        assert text(app, "#meaning-text").startswith("S05")
        await press(pilot, "escape")
        own.write_text(
            '[[checklist]]\nid = "own"\ntitle = "\\u001b[31mOurs"\n'
            '[[checklist.item]]\nid = "a"\ntext = "Anything [bold]goes."\n',
            encoding="utf-8",
        )
        await until(pilot, "#lists", "\ufffd[31mOurs 0/1")
        assert points(app) == ["[ ] Anything [bold]goes."]


async def test_nothing_is_ticked_read_only(session: Session, workers: InstantWorkers) -> None:
    with Session.open(session.folder, readonly=True) as looking:
        app = workstation(looking, workers)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "f6", "space")
            assert "[S03]" in app.journal.notices[-1].text
    assert session.ticks.all() == {}
