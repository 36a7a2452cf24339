"""The next start takes up what the last one left; two people share a session, some only look."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from studio import InstantWorkers, notices, press, settle, workstation

from engine.session.session import Session
from tui.app import Workstation
from tui.browse.filter_line import FilterLine
from tui.browse.photo_list import PhotoList
from tui.browse.screen import BrowseScreen
from tui.frame import WorkLine
from tui.photo.pane import PhotoPane
from tui.remembered import (
    Place,
    place_file,
    read_place,
    read_theme,
    remembered_file,
    write_place,
    write_theme,
)

SIZE = (100, 30)


@pytest.mark.usefixtures("cut_all")
async def test_the_next_start_is_where_the_last_one_ended(
    app: Workstation, session: Session, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        keys = ("slash", *"sku20", "enter", "h", "right_curly_bracket", "j", "m", "Z", "A", "f9")
        await press(pilot, *keys)
        before = app.screen.query_one(PhotoList).current
        theme = app.theme
        place = app.desk.place
    app.desk.close()
    assert before is not None

    again = workstation(session, workers)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        photos, pane = again.screen.query_one(PhotoList), again.screen.query_one(PhotoPane)
        assert photos.current is not None
        assert photos.current.key == before.key
        assert photos.filter_text == "sku20"
        assert again.screen.query_one(FilterLine).text == "sku20"
        assert photos.folded == {"SKU201"}
        assert (pane.view, pane.zoom.factor) == ("matte", 2.0)
        assert isinstance(again.screen, BrowseScreen)
        assert again.screen.auto_advance
        assert again.theme == theme != "packshot-dark"
        assert again.desk.place == place
    again.desk.close()


async def test_each_person_has_a_place_of_their_own(
    app: Workstation, folder: Path, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "G")
        await app.desk.keep_place()
    mara, ines = read_place(folder, "mara@studio"), read_place(folder, "ines@office")
    assert mara.cursor is not None
    assert ines == Place()


async def test_what_another_person_does_is_seen_within_a_second_or_so(
    app: Workstation, folder: Path, cut_all: None
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        with Session.open(folder, person="ines@office") as other:
            other.judge([app.desk.photos[0].id], "approved")
            for _ in range(60):  # three seconds: the machine may be busy
                if str(app.desk.state_of(app.desk.photos[0])) == "approved":
                    break
                await pilot.pause(0.05)
        assert str(app.desk.state_of(app.desk.photos[0])) == "approved"
        await press(pilot, "u")
        assert "Nothing to undo" in notices(app), "undo is each person's own"


async def test_a_session_that_is_only_looked_at_stays_as_it_is(
    folder: Path, session: Session, cut_all: None, workers: InstantWorkers
) -> None:
    session.judge([1], "approved")
    session.close()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    app = workstation(Session.open(folder, readonly=True, person="mara@studio"), workers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "read-only" in str(app.screen.query_one(WorkLine).visual)
        for key in (
            "j",
            "p",
            "x",
            "P",
            "X",
            "u",
            "ctrl+r",
            "s",
            "S",
            "E",
            "R",
            "a",
            "C",
            "V",
            "m",
            "z",
            "f3",
        ):
            await press(pilot, key)
        for key in ("r", "c", "f5", "E", "f2"):
            await press(pilot, key)
        assert len(app.screen_stack) == 1, "no dialog has opened"
        assert "read-only" in notices(app)
    app.desk.close()
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    databases = {path for path in before | after if "sqlite" in path.name and "-" in path.name}
    assert {path: data for path, data in after.items() if path not in databases} == {
        path: data for path, data in before.items() if path not in databases
    }


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"cursor": [], "folded": 3, "filter": 1, "view": "x", "zoom": 3, "centre": [2, "a"]}',
        b'{"centre": [NaN, 0], "filter": "\\u001b[2J", "advance": 1}',
        b"[" * 100_000,
    ],
)
def test_damage_costs_only_what_was_remembered(tmp_path: Path, damage: bytes) -> None:
    for file in (place_file(tmp_path, "m"), remembered_file()):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(damage)
    assert read_place(tmp_path, "m") == Place()
    assert read_theme() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.none(), st.text(), st.integers(0)),
    st.lists(st.text(), max_size=4),
    st.sampled_from(["", "is:cut ä !x"]),
    st.sampled_from([0.0, 0.5, 4.0]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_place_is_read_as_it_was_written(
    tmp_path: Path,
    cursor: str | int | None,
    folded: list[str],
    text: str,
    zoom: float,
    centre: tuple[float, float],
) -> None:
    place = Place(cursor, tuple(folded), text, "defect", "white", zoom, centre, advance=True)
    assert write_place(tmp_path, "mara", place)
    assert read_place(tmp_path, "mara") == place


def test_what_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / ".packshot").write_text("a file in the way")
    assert not write_place(tmp_path, "mara", Place())
    assert write_theme("packshot-light")
    assert read_theme() == "packshot-light"
