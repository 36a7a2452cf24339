"""The Deliver screen: what blocks a file is said before an export, and everything has its key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import textual
from studio import RECIPE, settle
from textual.pilot import Pilot
from textual.widgets import Static

from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.season import lock_season
from engine.session.checklists import read_checklists
from engine.session.session import Session
from tui.app import Workstation
from tui.browse.screen import BrowseScreen
from tui.browse.states import ASCII, UNICODE
from tui.deliver.marks import GLYPHS, STYLES, FileMark, glyph_of
from tui.deliver.result import ResultPane
from tui.deliver.screen import DeliverScreen
from tui.deliver.tabs import PresetTabs
from tui.photo.view import PhotoView

SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2020-01-01
ends = 2099-12-31
presets = ["tile", "shop"]
"""
PRESET = """\
schema_version = 1
name = "{name}"
version = "2026-11"
title = "{name}"
[canvas]
kind = "fixed"
width = 64
height = 64
[background]
kind = "colour"
rgb = [255, 255, 255]
[placement]
fill = 0.8
upscale = true
[file]
format = "png"
[naming]
template = "{{sku}}-{{view}}"
{more}
[[rules]]
check = "long_side"
minimum = {least}
severity = "fail"
evidence = "packshot"
source = "packshot"
date = "2026-11"
"""


@pytest.fixture
def season(folder: Path, session: Session, cut_all: None) -> Session:
    """Give the session a season of two presets, and approve the fronts; ``shop`` wants alt text."""
    for name in ("seasons", "presets"):
        (folder / name).mkdir()
    (folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    write(folder, "tile", least=60)
    write(folder, "shop", least=600, more='[metadata]\nalt = "required"')
    fronts = [photo.id for photo in session.photos() if photo.view == "front"]
    session.judge(fronts, "approved")
    return session


def write(folder: Path, name: str, *, least: int, more: str = "") -> None:
    text = PRESET.format(name=name, least=least, more=more)
    (folder / "presets" / f"{name}.toml").write_text(text, "utf-8")


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def text_of(app: Workstation, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).visual)


def notices(app: Workstation) -> str:
    return " ".join(notice.text for notice in app.journal.notices)


def delivered(session: Session) -> list[str]:
    return sorted(row.path for row in session.deliveries.all())


async def to_deliver(pilot: Pilot[None], *keys: str) -> None:
    await settle(pilot)
    await press(pilot, "f5", *keys)


async def test_what_blocks_a_file_is_said_with_the_key_that_mends_it(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot)
        assert isinstance(app.screen, DeliverScreen)
        assert "tile" in text_of(app, "#presets") and "○3" in text_of(app, "#presets")
        assert "3 files are ready" in text_of(app, "#work-line")
        await press(pilot, "j")  # SKU201 back
        words = text_of(app, "#file-lines")
        assert "! nobody has approved its matte" in words
        assert "p approves it in Browse (Enter)" in words
        await press(pilot, "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.photo is not None
        assert app.screen.photo.path.name == "SKU201-back.png"
        await press(pilot, "p", "f5")
        assert "ready: E exports it" in text_of(app, "#file-lines")
        await press(pilot, "right_square_bracket")
        assert "! it has no alt text" in text_of(app, "#file-lines")
        await press(pilot, "left_square_bracket")
        assert "ready: E exports it" in text_of(app, "#file-lines")
        await press(pilot, "right_square_bracket", "g", "b")
        assert app.screen.photo is not None
        assert app.screen.photo.path.name == "SKU201-back.png"


async def test_the_file_is_looked_at_before_it_is_written(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_deliver(pilot, "j", "j")
        assert "64 × 64" in text_of(app, "#photo-heading")
        assert "rules: 1 kept" in text_of(app, "#file-lines")
        write(season.folder, "tile", least=600)
        app.follow_seasons()
        await settle(pilot)
        words = text_of(app, "#file-lines")
        assert "✗ breaks a rule" in words and "at least 600" in words
        await press(pilot, "z")
        assert "100%" in text_of(app, "#photo-heading")
        assert delivered(season) == []


async def test_a_season_is_exported_after_a_question(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "E")
        told = text_of(app, "#batch-told")
        assert "3 files of 3 photos" in told
        assert "9 left out: 6 not approved, 3 alt text" in told
        await press(pilot, "tab", "tab", "enter")
        assert delivered(season) == [f"Output/tile/SKU20{number}-front.png" for number in (1, 2, 3)]
        assert {row.season for row in season.deliveries.all()} == {"autumn"}
        assert "▲3" in text_of(app, "#presets")
        assert "Nothing is ready" in text_of(app, "#work-line")


async def test_marked_photos_go_first(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "j", "j", "space", "E")
        assert "1 file of 1 photo" in text_of(app, "#batch-told")
        await press(pilot, "enter")
        assert delivered(season) == ["Output/tile/SKU201-front.png"]


async def test_a_dry_run_writes_nothing_and_is_in_the_report(
    app: Workstation, season: Session
) -> None:
    write(season.folder, "tile", least=600)
    async with app.run_test(size=(120, 36)) as pilot:
        await to_deliver(pilot, "D")
        assert "✗3" in text_of(app, "#presets")
        assert "3 tried, 3 against a rule. r says why." in notices(app)
        assert delivered(season) == []
        assert not (season.folder / "Output").exists()
        backdrop = read_checklists().find("capture", "backdrop")
        assert backdrop is not None
        season.ticks.tick("capture", backdrop)
        await press(pilot, "r")
        report = text_of(app, "#scrolled-text")
        assert f"Checklist Capture: ticked 1\n  ▲ {backdrop.text}" in report
        assert "Checklist Capture: open" in report
        # The file under the cursor was made to be looked at, too.
        assert "Breaks long_side of tile 4" in report
        assert "Tried, and not written" in report
        assert "Blocked: alt text" in report
        await press(pilot, "escape")
        assert isinstance(app.screen, DeliverScreen)


async def test_a_season_is_locked_and_unlocked_with_a_reason(
    app: Workstation, season: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.work.recipes.recipe_to_lock", lambda session, store: RECIPE)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "L")
        await press(pilot, "y")
        assert "■ autumn locked" in text_of(app, "#top-bar")
        await press(pilot, "L", "enter")  # an empty reason is none
        assert len(AuditLog(season.folder).entries()) == 1
        await press(pilot, *"no", "escape")
        assert isinstance(app.screen, DeliverScreen)
        assert len(AuditLog(season.folder).entries()) == 1, "it stays locked"
        await press(pilot, "L", *"brief", "enter")
        assert "□ autumn open" in text_of(app, "#top-bar")
        assert AuditLog(season.folder).entries()[-1].details["reason"] == "brief"


async def test_nothing_goes_out_while_the_lock_is_broken(app: Workstation, season: Session) -> None:
    lock_season(season, "autumn", RECIPE)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot)
        write(season.folder, "tile", least=61)
        app.follow_seasons()
        await settle(pilot)
        assert "! autumn changed" in text_of(app, "#top-bar")
        assert "was changed under its lock" in text_of(app, "#photo-message")
        entries = len(AuditLog(season.folder).entries())
        await press(pilot, "E", "D")
        assert isinstance(app.screen, DeliverScreen)
        assert "was changed under its lock" in notices(app)
        assert len(AuditLog(season.folder).entries()) == entries, "looking is not noted"


async def test_a_preset_is_copied_and_chosen(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "C", *"tile", "enter")
        assert "exists already" in notices(app)
        await press(pilot, "C", *"mine", "enter")
        assert (season.folder / "presets" / "mine.toml").is_file()
        await press(pilot, "c", "G")
        names = [loaded.preset.name for loaded in app.screen._presets]  # type: ignore[attr-defined]
        steps = len(names) - 1 - names.index("mine")
        await press(pilot, *["k"] * steps, "space", "enter")
        assert text_of(app, "#presets").split()[0] == "mine"
        assert app.desk.place.presets == ("mine",)


async def test_a_file_is_recalled_with_a_reason(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "j", "j", "x")
        assert "Nothing of this photo was delivered" in notices(app)
        await press(pilot, "E", "enter", "x", *"halo", "enter")
        assert "Recalled: incident" in notices(app)
        assert "⊗" in text_of(app, "#file-lines")


async def test_escape_leaves_one_thing_at_a_time(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "slash", *"front", "enter", "ctrl+a", "z")
        assert text_of(app, "#list-counts").startswith("3 of 6")
        for _ in range(3):
            await press(pilot, "escape")
        assert isinstance(app.screen, DeliverScreen)
        assert text_of(app, "#list-counts").startswith("6 photos")
        await press(pilot, "escape")
        assert isinstance(app.screen, BrowseScreen)


def test_every_mark_is_told_apart_without_colour() -> None:
    assert set(GLYPHS) == set(STYLES) == set(FileMark)
    for glyphs in (UNICODE, ASCII):
        shown = [glyph_of(mark, glyphs) for mark in FileMark]
        assert len(set(shown)) == len(shown)
        assert all(len(glyph) == 1 for glyph in shown)
    assert all(glyph_of(mark, ASCII).isascii() for mark in FileMark)


@pytest.mark.parametrize("width", [64, 80, 120])
async def test_the_preset_that_is_shown_is_always_named(
    app: Workstation, season: Session, width: int
) -> None:
    names = [f"channel-number-{number}" for number in range(9)]
    async with app.run_test(size=(width, 24)) as pilot:
        await to_deliver(pilot)
        tabs = app.screen.query_one(PresetTabs)
        for name in names:
            tabs.show(names, name, {FileMark.READY: 12}, UNICODE, ("[", "]"))
            text = str(tabs.visual)
            assert f" {name} " in text and "○12" in text
            assert len(text) <= tabs.content_size.width


@pytest.mark.skipif(not textual.__version__.startswith("8.2"), reason="drawn with Textual 8.2")
@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [
        ("narrow", (80, 24), ("j", "j")),
        ("medium", (120, 36), ("j", "j", "D", "right_square_bracket")),
        ("question", (80, 24), ("E",)),
    ],
)
def test_looks(
    snap_compare: Callable[..., bool],
    app: Workstation,
    season: Session,
    name: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    if name == "medium":
        write(season.folder, "tile", least=600)  # a rule that its files break
    lock_season(season, "autumn", RECIPE)

    async def run(pilot: Pilot[None]) -> None:
        await to_deliver(pilot, *keys)
        pilot.app.clear_notifications()  # they go away by the clock
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=run)


async def test_a_click_on_a_file_reads_no_pixel_of_the_photo(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot)
        await pilot.click(PhotoView)
        await settle(pilot)
        assert not app.screen.query_one(ResultPane).reading
        assert text_of(app, "#photo-heading").startswith("tile")
