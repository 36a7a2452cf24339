"""Alt text in the workstation: written for one picture after the other, and never by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from studio import InstantWorkers, press, settle, workstation
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from engine.session.alt_texts import LIMIT
from engine.session.session import Session
from tui.alt.editor import AltDialog
from tui.app import Workstation
from tui.browse.screen import BrowseScreen
from tui.deliver.screen import DeliverScreen

SIZE = (100, 30)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a text in the place of the editor's."""
    pilot.app.screen.query_one(TextArea).text = text
    await settle(pilot)


def guide(app: Workstation) -> str:
    return str(app.screen.query_one("#guide", Static).visual)


def title(app: Workstation) -> str:
    return str(app.screen.query_one("#panel").border_title)


def notices(app: Workstation) -> str:
    return " ".join(notice.text for notice in app.journal.notices)


async def test_texts_are_written_for_one_picture_after_the_other(app: Workstation) -> None:
    texts = app.desk.session.alt_texts
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "T")
        assert isinstance(app.screen, AltDialog)
        assert (title(app), guide(app)) == ("Alt text: SKU201 back", "0 of 125 characters")
        await press(pilot, *"Red tin", "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert texts.of("SKU201", "back") == {"en": "Red tin"}

        # On to the next without a text, the cursor with it; what has one is skipped.
        await press(pilot, "T", "ctrl+n")
        assert title(app) == "Alt text: SKU201 front"
        await press(pilot, *"Tin, open", "ctrl+n", "escape")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.photo is not None
        assert app.screen.photo.path.stem == "SKU201-left", "the cursor went along"
        assert texts.of("SKU201", "front") == {"en": "Tin, open"}

        # An empty text takes it away; the text that was there is what the editor begins with.
        await press(pilot, "k", "k", "T")
        assert app.screen.query_one(TextArea).text == "Red tin"
        await write(pilot, "  ")
        await press(pilot, "enter")
        assert texts.of("SKU201", "back") == {}


async def test_too_long_a_text_is_not_kept_and_none_is_lost_by_one_key(app: Workstation) -> None:
    texts = app.desk.session.alt_texts
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "T")
        await write(pilot, "x" * (LIMIT + 3))
        assert guide(app) == "x 253: 3 more than the 250 that go"
        await press(pilot, "enter", "ctrl+n")
        assert isinstance(app.screen, AltDialog)
        await write(pilot, "A tin\nof fish.\n")
        await press(pilot, "escape")
        assert "Esc again forgets" in guide(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, BrowseScreen)
        assert texts.all() == {}
        await press(pilot, "T", "escape")
        assert isinstance(app.screen, BrowseScreen), "nothing was written: nothing is asked"
        await press(pilot, "T")
        await write(pilot, "A tin\nof fish.\n")
        await press(pilot, "enter")
        assert texts.of("SKU201", "back") == {"en": "A tin of fish."}


async def test_every_language_of_the_session_is_asked_for(
    folder: Path, workers: InstantWorkers
) -> None:
    (folder / "packshot.toml").write_text('[alt]\nlanguages = ["en", "de"]\n')
    session = Session.open(folder, person="mara@studio")
    session.scan()
    app = workstation(session, workers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "T", *"Tin", "tab", *"Dose", "shift+tab")
        assert app.screen.query_one(TextArea).text == "Tin"
        await press(pilot, "enter")
        assert session.alt_texts.of("SKU201", "back") == {"en": "Tin", "de": "Dose"}
        # The language that is missing is named, and its picture is not done.
        await press(pilot, "j", "T", *"Tin", "tab")
        assert "[de –]" in str(app.screen.query_one("#languages", Static).visual)


@pytest.mark.usefixtures("cut_all")
async def test_the_deliver_screen_asks_for_the_photo_under_its_cursor(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f5", "G", "T")
        assert title(app) == "Alt text: SKU203 front"
        await press(pilot, *"Bag", "ctrl+n")
        assert app.desk.session.alt_texts.of("SKU203", "front") == {"en": "Bag"}
        assert title(app) == "Alt text: SKU201 back"
        await press(pilot, "escape")
        assert isinstance(app.screen, DeliverScreen)
        assert app.screen.photo is not None
        assert app.screen.photo.path.name == "SKU201-back.png"
