"""Nothing that a name, a note or a metadata field says can act on the terminal or as markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from studio import InstantWorkers, press, settle, workstation
from textual.strip import Strip

from engine.session.session import Session
from tui.app import Workstation
from tui.review.reject import RejectDialog
from tui.safe_text import safe

EVIL = "SKU9-\x1b]52;c;ZXZpbA==\x07[red]x[on blue][@click=app.quit]q\u202egpj.png"


def screen_text(app: Workstation) -> str:
    """Return every character that the screen sends, control segments included."""
    strips: list[Strip] = app.screen._compositor.render_strips()
    return "\n".join(segment.text for strip in strips for segment in strip)


@pytest.fixture
def evil_app(folder: Path, workers: InstantWorkers) -> Workstation:
    (folder / EVIL).write_bytes((folder / "SKU203-front.png").read_bytes())
    session = Session.open(folder, person="mara\x1b[2J@studio")
    session.scan()
    return workstation(session, workers)


async def test_names_reach_the_screen_harmless(evil_app: Workstation) -> None:
    app = evil_app
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        photo = next(photo for photo in app.desk.photos if "x" in photo.path.name)
        app.desk.session.judge([photo.id], "rejected", ["other"], "note\x1b[31m [bold]b")
        app.desk.session.record_failure(photo.id, "reason\x1b[31m [bold]r")
        await app.refresh_photos()
        await press(pilot, "G")
        seen = ""
        for keys in ([], ["f3"], ["f2", "slash", *"sku9", "enter"]):
            await press(pilot, *keys)
            seen += screen_text(app)
        assert safe(photo.path.name)[:20] in seen
        assert "[red]x[on blue]" in seen, "brackets are shown, not obeyed"
        assert "[bold]r" in seen
        assert not any(character in seen for character in "\x1b\x07\u202e")


async def test_notices_show_names_harmless(evil_app: Workstation) -> None:
    app = evil_app
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.tell(safe(EVIL), "error")
        await pilot.pause()
        seen = screen_text(app)
        assert "[red]" in seen
        assert not any(character in seen for character in "\x1b\x07\u202e")


async def test_the_reasons_dialog_names_the_photo_harmless(evil_app: Workstation) -> None:
    app = evil_app
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.push_screen(RejectDialog(f"Reject {safe(EVIL)}"))
        await pilot.pause()
        seen = screen_text(app)
        assert "[red]x" in seen
        assert not any(character in seen for character in "\x1b\x07\u202e")
