"""Defects lead the eye: found by the filter, shown close, and taken for the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import RECIPE, SIZE, InstantWorkers, press, settle, sha256_of
from textual.widgets import Static

from engine.matting.defects.defect import Defect
from engine.session.session import Session
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.photo.pane import PhotoPane
from tui.photo.zoom import STEPS, Zoom
from tui.review.reject import ReasonList, RejectDialog

DEFECTS = (
    Defect("hole filled", 0.9, 4, 4, 6, 6),
    Defect("halo", 0.6, 30, 20, 8, 4),
    Defect("islands", 0.2, 40, 1, 2, 2),
)


@pytest.fixture
def measured(session: Session, cut_all: None) -> None:
    """Give the first photo of SKU201 three defects, and the other SKUs' photos none."""
    for photo in session.photos():
        session.record_cut(
            photo.id,
            sha256=sha256_of(session.folder / photo.path),
            size=(SIZE[0], SIZE[1]),
            recipe=RECIPE,
            seconds=0.4,
            notes=(),
            defects=DEFECTS if photo.path.stem == "SKU201-back" else (),
        )


def line(app: Workstation) -> str:
    return str(app.screen.query_one("#work-line", Static).visual)


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("has:defect", 1),
        ("has:halo", 1),
        ("has:hole-f", 1),
        ("has:edge-jagged", 0),
        ("!has:halo", 5),
    ],
)
async def test_the_filter_finds_defects(app: Workstation, text: str, count: int) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.query_one(PhotoList).set_filter(text)
        assert len(app.screen.query_one(PhotoList).shown) == count


@pytest.mark.usefixtures("measured")
async def test_keys_go_from_defect_to_defect(app: Workstation, workers: InstantWorkers) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "J")
        assert "Defect 1 of 3: hole filled, 90%" in line(app)
        zoom = app.screen.query_one(PhotoPane).zoom
        assert zoom.factor == 4.0
        assert zoom.centre == (7 / SIZE[0], 7 / SIZE[1])
        await press(pilot, "J")
        assert workers.pictures[-1].centre == (34 / SIZE[0], 22 / SIZE[1])
        await press(pilot, "J", "J")
        assert "Defect 1 of 3" in line(app), "round and round"
        await press(pilot, "K")
        assert "Defect 3 of 3: islands" in line(app)
        await press(pilot, "escape")
        assert "Defect" not in line(app)
        assert app.screen.query_one(PhotoPane).zoom.fits
        await press(pilot, "K")
        assert "Defect 3 of 3" in line(app), "back from the whole photo the last comes first"
        await press(pilot, "j")
        assert "Defect" not in line(app), "another photo has others"


@pytest.mark.usefixtures("measured")
async def test_a_rejection_begins_with_what_was_found(app: Workstation, session: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "x")
        assert isinstance(app.screen, RejectDialog)
        assert app.screen.query_one(ReasonList).chosen == {"hole filled", "halo"}
        await press(pilot, "escape", "J", "J", "x", "enter")
        verdict = session.photo(app.desk.photos[0].id).verdict
        assert (verdict.state, verdict.reasons) == ("rejected", ("halo",))
        await press(pilot, "g", "X")
        assert app.screen.query_one(ReasonList).chosen == set(), "not all of the SKU have them"


@pytest.mark.usefixtures("cut_all")
async def test_what_was_not_measured_is_said(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "J")
        told = " ".join(notice.message for notice in app._notifications)
        assert "not measured" in told


@given(
    st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(10, 3000), st.integers(10, 3000)),
)
def test_a_box_that_is_looked_at_is_in_sight(
    box: tuple[int, int, int, int], panel: tuple[int, int]
) -> None:
    zoom = Zoom().onto(box, panel, (4000, 4000))
    assert zoom.fits or zoom.factor in STEPS
    if not zoom.fits:
        assert box[2] * zoom.factor <= panel[0]
        assert box[3] * zoom.factor <= panel[1]


@pytest.mark.usefixtures("measured")
async def test_the_list_marks_what_has_defects(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        photos = app.screen.query_one(PhotoList)
        lines = [photos.draw_line(each, 30).text for each in range(photos.line_count)]
        assert [text.split()[1:3] for text in lines if "◪" in text] == [["back", "◪3"]]
