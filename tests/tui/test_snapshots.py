"""Each screen as a picture: a change of looks has to be meant.

After a change that is meant: ``pytest tests/tui/test_snapshots.py --snapshot-update``, and look at
every picture that differs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import textual
from studio import RECIPE, InstantWorkers, settle
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from engine.session.session import Session
from tui.app import Workstation
from tui.help.handbook import Handbook

pytestmark = pytest.mark.skipif(
    not textual.__version__.startswith("8.2"), reason="drawn with Textual 8.2"
)

SIZES = {"narrow": (80, 24), "medium": (120, 36)}
Compare = Callable[..., bool]


@pytest.fixture
def judged(
    app: Workstation, session: Session, workers: InstantWorkers, cut_all: None
) -> Workstation:
    """Return the workstation with photos in many states."""
    photos = {photo.path.stem: photo.id for photo in session.photos()}
    session.judge([photos["SKU201-front"]], "approved")
    session.judge([photos["SKU201-left"]], "rejected", ["halo"], "left of the handle")
    session.judge([photos["SKU202-front"]], "approved")
    session.deliveries.record(
        photos["SKU202-front"],
        preset="master-png",
        preset_digest="0" * 64,
        path="Output/master-png/SKU202-front.png",
        sha256="0" * 64,
        recipe_digest=RECIPE.digest(),
    )
    session.record_failure(photos["SKU202-left"], "ends too early. Copy it again.")
    return app


@pytest.fixture(autouse=True)
def short_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search find one thing and shelves hold two, so that no new entry changes a picture."""
    search, shelves = Handbook.search, Handbook.shelves
    monkeypatch.setattr(Handbook, "search", lambda book, query: search(book, query, 1))
    monkeypatch.setattr(
        Handbook, "shelves", lambda book: {name: hits[:2] for name, hits in shelves(book).items()}
    )


def after(*keys: str, theme: str | None = None) -> Callable[[Pilot[None]], Any]:
    """Return what presses keys once the workstation has settled, with a cursor that rests."""

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        if theme:
            pilot.app.theme = theme
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        for field in pilot.app.screen.query("Input, TextArea"):
            assert isinstance(field, Input | TextArea)
            field.cursor_blink = False
        pilot.app.clear_notifications()  # how long one stands depends on the machine's speed
        await settle(pilot)

    return run


@pytest.mark.parametrize("size", SIZES)
def test_browse(snap_compare: Compare, judged: Workstation, size: str) -> None:
    keys = ("j", "j", "space")
    assert snap_compare(judged, terminal_size=SIZES[size], run_before=after(*keys))


def test_browse_with_the_inspector_column(snap_compare: Compare, app: Workstation) -> None:
    assert snap_compare(app, terminal_size=(160, 44), run_before=after("j"))


@pytest.mark.parametrize("theme", ["packshot-light", "packshot-contrast"])
def test_themes(snap_compare: Compare, judged: Workstation, theme: str) -> None:
    run = after("j", "j", "j", theme=theme)
    assert snap_compare(judged, terminal_size=SIZES["narrow"], run_before=run)


def test_filter(snap_compare: Compare, judged: Workstation) -> None:
    run = after("slash", *"front")
    assert snap_compare(judged, terminal_size=SIZES["narrow"], run_before=run)


def test_queue(snap_compare: Compare, app: Workstation, workers: InstantWorkers) -> None:
    workers.held = True
    run = after("ctrl+a", "s", "f3")
    assert snap_compare(app, terminal_size=SIZES["narrow"], run_before=run)


@pytest.mark.parametrize(
    ("name", "keys"),
    {
        "reject": ("j", "x", "1", "4"),
        "export": ("E", "j"),
        "keys": ("question_mark",),
        "glossary": ("f1", *"halo"),
        "here": ("j", "f1"),
        "page": ("f1", *"local or cloud", "tab", "tab"),
        "checklist": ("f1", *"qa checklist"),
        "checklists": ("f6", "j"),
        "alt": ("j", "T", *"Tin of mackerel"),
    }.items(),
)
def test_dialogs(
    snap_compare: Compare, judged: Workstation, name: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(judged, terminal_size=SIZES["narrow"], run_before=after(*keys))


def test_adjusting(
    snap_compare: Compare, judged: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)
    run = after("j", "a", "l", "l", "j", "l")
    assert snap_compare(judged, terminal_size=SIZES["narrow"], run_before=run)


def test_too_small(snap_compare: Compare, app: Workstation) -> None:
    assert snap_compare(app, terminal_size=(60, 16), run_before=after())
