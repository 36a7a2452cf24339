"""The Deliver screen: what blocks a file is said before an export, and everything has its key."""

from __future__ import annotations

import pytest
from delivering import deliver_everything, delivered, text_of, to_deliver, write_preset
from studio import notices, press, settle

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


async def test_what_was_delivered_before_anybody_judged_it_is_no_gap(
    app: Workstation, season: Session
) -> None:
    write_preset(season.folder, "shop", least=60)
    deliver_everything(season, ["tile", "shop"])
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot)
        assert "▲3  ?3" in text_of(app, "#presets")
        assert "3 photos delivered unjudged: b goes to the next" in text_of(app, "#work-line")
        await press(pilot, "b")
        words = text_of(app, "#file-lines").splitlines()
        assert words[0] == "? nobody has approved its matte"
        assert words[1] == "  p approves it in Browse (Enter)"
        assert words[2].endswith(" as SKU201-back.png, in Output/tile")
        await press(pilot, "r")
        assert "Delivered, and not approved 6" in text_of(app, "#scrolled-text")
        await press(pilot, "escape", "enter", "p", "f5")
        assert "▲4  ?2" in text_of(app, "#presets")
        await press(pilot, "enter", "x", "1", "enter", "f5")
        assert "!1" in text_of(app, "#presets")
        told = text_of(app, "#file-lines")
        assert "  a tries other settings in Browse (Enter)" in told
        assert "  x recalls it: delivered " in told


async def test_a_tall_terminal_shows_all_that_is_to_be_said_of_a_file(
    app: Workstation, season: Session
) -> None:
    deliver_everything(season, ["tile"])
    async with app.run_test(size=(120, 24)) as pilot:
        await to_deliver(pilot, "j")
        assert text_of(app, "#file-lines").splitlines()[-1] == "and 2 more: r lists all"
        await pilot.resize_terminal(120, 50)
        await settle(pilot)
        words = text_of(app, "#file-lines").splitlines()
        assert words[-1].startswith("· enlarged 2.13 times")
        assert len(words) == 5


async def test_the_file_is_looked_at_before_it_is_written(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_deliver(pilot, "j", "j")
        assert "64 × 64" in text_of(app, "#photo-heading")
        assert "rules: 1 kept" in text_of(app, "#file-lines")
        write_preset(season.folder, "tile", least=600)
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


async def test_without_a_file_no_key_is_offered_that_would_export(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "right_square_bracket", "E")
        assert "Enter Export" in text_of(app, "#panel-keys")
        await press(pilot, "tab")  # of the preset that is shown, nothing is ready
        assert "Nothing is ready to be exported." in text_of(app, "#batch-told")
        assert "9 left out: 6 not approved, 3 alt text" in text_of(app, "#batch-told")
        assert "Enter" not in text_of(app, "#panel-keys")
        await press(pilot, "tab")
        assert "Enter Export" in text_of(app, "#panel-keys")
        await press(pilot, "escape", "f2", "E")
        assert "Enter Export" in text_of(app, "#panel-keys")


async def test_marked_photos_go_first(app: Workstation, season: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot, "j", "j", "space", "E")
        assert "1 file of 1 photo" in text_of(app, "#batch-told")
        await press(pilot, "enter")
        assert delivered(season) == ["Output/tile/SKU201-front.png"]


async def test_a_dry_run_writes_nothing_and_is_in_the_report(
    app: Workstation, season: Session
) -> None:
    write_preset(season.folder, "tile", least=600)
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
        ticked = report.partition("Checklist Capture: ticked 1\n  [x] ")[2].split("\n")[0]
        assert f"  mara@studio  {backdrop.text[:40]}" in ticked
        assert "Checklist Capture: open" in report
        # The file under the cursor was made to be looked at, too.
        assert "Breaks long_side of tile 4" in report
        assert "Tried, and not written" in report
        assert "Blocked: alt text" in report
        await press(pilot, "escape")
        assert isinstance(app.screen, DeliverScreen)


async def test_the_help_explains_what_blocks_a_file_and_the_rule_it_breaks(
    app: Workstation, season: Session
) -> None:
    write_preset(season.folder, "tile", least=600)
    async with app.run_test(size=(120, 36)) as pilot:

        async def explained() -> str:
            await press(pilot, "f1")
            title = text_of(app, "#meaning-text").splitlines()[0]
            await press(pilot, "escape")
            return title

        await to_deliver(pilot, "j")  # SKU201 back, which nobody has approved
        assert await explained() == "verdict"
        await press(pilot, "j")  # SKU201 front
        assert await explained() == "long_side: Longer side"
        await press(pilot, "right_square_bracket")
        assert await explained() == "D07: A preset wants an alt text that nobody has written"


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


async def test_a_click_on_a_file_reads_no_pixel_of_the_photo(
    app: Workstation, season: Session
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_deliver(pilot)
        await pilot.click(PhotoView)
        await settle(pilot)
        assert not app.screen.query_one(ResultPane).reading
        assert text_of(app, "#photo-heading").startswith("tile")
