"""Each key of the list and of the filter has its effect."""

from __future__ import annotations

import os

import pytest
from studio import PHOTOS, press, settle
from textual.pilot import Pilot
from textual.widgets import Static

from tui.app import Workstation
from tui.browse.arrangement import Arrangement
from tui.browse.filter_line import FilterLine
from tui.browse.photo_list import PhotoList
from tui.browse.screen import BrowseScreen
from tui.choices import Choices
from tui.photo.heading import PhotoHeading

SIZE = (80, 24)


def names(pilot: Pilot[None]) -> list[str]:
    """Return the lines of the list as SKUs and file names."""
    return [row.sku if row.heading else row.photo.path.name for row in photo_list(pilot).rows]


def photo_list(pilot: Pilot[None]) -> PhotoList:
    return pilot.app.screen.query_one(PhotoList)


def current(pilot: Pilot[None]) -> str:
    row = photo_list(pilot).current
    assert row is not None
    return row.sku if row.heading else row.photo.path.name


def marked(pilot: Pilot[None]) -> list[str]:
    return [photo.path.name for photo in photo_list(pilot).marked]


async def test_the_list_groups_photos_by_sku(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert names(pilot) == [
            "SKU201",
            "SKU201-back.png",
            "SKU201-front.png",
            "SKU201-left.png",
            "SKU202",
            "SKU202-front.png",
            "SKU202-left.png",
            "SKU203-front.png",
        ]


async def test_a_line_is_told_together_with_its_cursor(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        photo_list(pilot).move_to(2)
        # Nothing was drawn in between: cursor and photo come in one go.
        told = pilot.app.screen.query_one(PhotoHeading).content
        assert "SKU201-front.png" in str(told)


MOVES = {
    ("j",): "SKU201-back.png",
    ("down", "down"): "SKU201-front.png",
    ("j", "j", "k"): "SKU201-back.png",
    ("j", "up"): "SKU201",
    ("G",): "SKU203-front.png",
    ("end", "g"): "SKU201",
    ("end", "home"): "SKU201",
    ("pagedown",): "SKU203-front.png",
    ("ctrl+d", "ctrl+b"): "SKU201",
    ("end", "pageup"): "SKU201",
    ("right_curly_bracket",): "SKU202",
    ("right_curly_bracket", "right_curly_bracket"): "SKU203-front.png",
    ("end", "left_curly_bracket"): "SKU202",
}


async def test_moving(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys, expected in MOVES.items():
            await press(pilot, "g", *keys)
            assert current(pilot) == expected, keys


async def test_folding(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "h")
        assert names(pilot)[:2] == ["SKU201", "SKU202"]
        await press(pilot, "l")
        assert names(pilot)[:2] == ["SKU201", "SKU201-back.png"]
        await press(pilot, "left")
        assert names(pilot)[:2] == ["SKU201", "SKU202"]
        await press(pilot, "right", "H")
        assert names(pilot) == ["SKU201", "SKU202", "SKU203-front.png"]
        await press(pilot, "H")
        assert len(names(pilot)) == 8


async def test_marking(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "space", "space")
        assert marked(pilot) == ["SKU201-back.png", "SKU201-front.png"]
        await press(pilot, "g", "space")
        assert len(marked(pilot)) == 3, "the heading marks what is missing of its SKU"
        await press(pilot, "g", "space")
        assert marked(pilot) == []
        await press(pilot, "ctrl+a")
        assert len(marked(pilot)) == 6
        await press(pilot, "escape")
        assert marked(pilot) == []


async def test_a_range_is_extended_marked_or_left(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "v", "j", "j")
        assert len(marked(pilot)) == 3
        await press(pilot, "escape")
        assert marked(pilot) == []
        await press(pilot, "v", "k", "v", "G")
        assert marked(pilot) == ["SKU201-front.png", "SKU201-left.png"]


async def test_filtering(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"view", "colon", *"left")
        assert names(pilot) == ["SKU201-left.png", "SKU202-left.png"]
        await press(pilot, "enter")
        assert isinstance(app.focused, PhotoList)
        await press(pilot, "j")
        assert current(pilot) == "SKU202-left.png"
        await press(pilot, "escape")
        assert len(names(pilot)) == 8
        assert current(pilot) == "SKU202-left.png", "the cursor stays with its photo"
        assert not app.screen.query_one(FilterLine).has_class("-open")


async def test_escape_in_the_filter_line_shows_all_again(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"203", "escape")
        assert len(names(pilot)) == 8
        assert isinstance(app.focused, PhotoList)
        assert not app.screen.query_one(FilterLine).has_class("-open")


async def test_matches_are_found_after_the_filter_is_gone(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"front", "enter", "escape", "g", "n")
        assert current(pilot) == "SKU201-front.png"
        await press(pilot, "n")
        assert current(pilot) == "SKU202-front.png"
        await press(pilot, "N")
        assert current(pilot) == "SKU201-front.png"


async def test_a_filter_word_that_does_not_exist_is_explained(app: Workstation) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"is", "colon", *"done", "enter")
        await pilot.pause()
        assert any("is: takes new" in notice.message for notice in app._notifications)


async def test_a_click_moves_and_a_second_one_folds(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click(PhotoList, offset=(5, 4))
        assert current(pilot) == "SKU202"
        await pilot.click(PhotoList, offset=(5, 4))
        assert names(pilot)[4:] == ["SKU202", "SKU203-front.png"]


async def test_new_files_appear_after_a_rescan(app: Workstation) -> None:
    folder = app.desk.session.folder
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        (folder / "SKU204-front.png").write_bytes((folder / "SKU203-front.png").read_bytes())
        (folder / "SKU201-back.png").unlink()
        await press(pilot, "R")
        assert "SKU204-front.png" in names(pilot)
        missing = [photo for photo in app.desk.photos if app.desk.state_of(photo) == "missing"]
        assert [photo.path.name for photo in missing] == ["SKU201-back.png"]


async def test_the_path_is_copied(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "y")
        assert app.clipboard == str(app.desk.session.folder / "SKU201-back.png")
        assert isinstance(app.screen, BrowseScreen)


async def test_photos_are_listed_in_the_order_that_is_chosen(app: Workstation) -> None:
    folder = app.desk.session.folder
    for age, name in enumerate(PHOTOS):
        os.utime(folder / name, ns=(0, 10**9 * (100 - age)))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await press(pilot, "j", "O", "j", "j", "enter")
        assert names(pilot)[:4] == [
            "SKU201",
            "SKU201-front.png",
            "SKU201-left.png",
            "SKU201-back.png",
        ]
        assert current(pilot) == "SKU201-back.png", "the cursor stays with its photo"
        assert "by newest file first" in str(app.screen.query_one("#list-counts", Static).visual)
        await press(pilot, "O")
        await pilot.pause()
        assert app.screen.query_one(Choices).highlighted == 2, "the one that holds"
        await press(pilot, "escape")
        assert app.desk.place.order == "newest"


async def test_a_change_of_a_photo_that_is_not_in_sight_rebuilds_nothing(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        built: list[int] = []
        monkeypatch.setattr(Arrangement, "build", lambda _: built.append(1))
        photo = app.desk.photos[-1]
        app.desk.session.record_failure(photo.id, "it is broken")
        await app.refresh_photos()
        assert app.desk.state_of(photo) == "failed"
        assert not built
