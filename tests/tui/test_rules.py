"""The rules behind the screens, without a screen: rows, filter, zoom, states."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from engine.session import filter as filters
from engine.session.records import PhotoRecord, Verdict
from engine.session.states import State, state_of
from engine.session.warnings import WARNINGS, PhotoWarning
from tui.browse.line import LinePainter
from tui.browse.rows import Row, build_rows, label, nearest, tally
from tui.browse.states import ASCII, LABELS, UNICODE, WARNING_SIGNS, glyphs_for
from tui.photo.zoom import FIT, STEPS, Zoom
from tui.theme import STATE_COLOURS, THEMES

SMALL = PhotoWarning("too-small", "too small", "48 × 32 px")


def photo(number: int = 1, **changes: Any) -> PhotoRecord:
    values: dict[str, Any] = {
        "id": number,
        "path": PurePosixPath(f"SKU{number}-front.jpg"),
        "sku": f"SKU{number}",
        "view": "front",
        "version": 1,
        "bytes": 10,
        "mtime_ns": 0,
        "width": 100,
        "height": 80,
        "sha256": None,
        "format": "JPEG",
        "profile": "sRGB",
        "warnings": (),
        "problem": None,
        "matte": None,
        "verdict": Verdict(),
        "failure": None,
        "deliveries": 0,
    }
    return PhotoRecord(**(values | changes))


# States


def test_every_state_has_a_glyph_of_one_cell_a_label_and_a_colour_in_every_theme() -> None:
    for glyphs in (UNICODE, ASCII):
        assert set(glyphs) == set(State)
        assert len(set(glyphs.values())) == len(State), "told apart without colour"
        assert all(cell_len(glyph) == 1 for glyph in glyphs.values())
    assert all(glyph.isascii() for glyph in ASCII.values())
    assert set(LABELS) == set(State)
    assert set(STATE_COLOURS) == set(State)
    for theme in THEMES:
        assert all(f"state-{state}" in theme.variables for state in State)


def test_surroundings_are_neutral_grey_in_every_theme() -> None:
    for theme in THEMES:
        for colour in (theme.background, theme.surface, theme.panel, theme.variables["surround"]):
            assert colour is not None
            assert colour[1:3] == colour[3:5] == colour[5:7]


def test_what_happens_now_comes_before_what_was() -> None:
    matte: Any = object()
    assert state_of(photo()) is State.NEW
    assert state_of(photo(failure="no")) is State.FAILED
    assert state_of(photo(problem="no", failure="no")) is State.UNREADABLE
    assert state_of(photo(missing=True, problem="no")) is State.MISSING
    assert state_of(photo(matte=matte)) is State.CUT
    assert state_of(photo(matte=matte, verdict=Verdict("rejected"))) is State.REJECTED
    approved = photo(matte=matte, verdict=Verdict("approved"))
    assert state_of(approved) is State.APPROVED
    exported = photo(matte=matte, verdict=Verdict("approved"), deliveries=2, current=1)
    assert state_of(exported) is State.EXPORTED
    outdated = photo(matte=matte, verdict=Verdict("approved"), deliveries=2)
    assert state_of(outdated) is State.OUTDATED
    assert state_of(exported, waiting={1}) is State.QUEUED
    assert state_of(exported, waiting={1}, running={1}) is State.WORKING


def test_glyphs_suit_the_encoding() -> None:
    assert glyphs_for(ascii_only=False) is UNICODE
    assert glyphs_for(ascii_only=True) is ASCII


# Rows


def test_a_single_photo_needs_no_heading() -> None:
    family = [photo(1, sku="A"), photo(2, sku="B"), photo(3, sku="A", view="left")]
    records = {each.id: each for each in family}
    rows = build_rows(records, records, folded=())
    assert [(row.sku, row.heading, row.alone) for row in rows] == [
        ("A", True, False),
        ("A", False, False),
        ("A", False, False),
        ("B", False, True),
    ]
    folded = build_rows(records, records, folded={"A", "B"})
    assert [(row.sku, row.folded) for row in folded] == [("A", True), ("B", False)]


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=30), st.sets(st.text()))
def test_every_shown_photo_is_in_exactly_one_counting_row(
    drawn: list[tuple[int, bool]], folded: set[str]
) -> None:
    records = {number: photo(number, sku=f"S{sku}") for number, (sku, _) in enumerate(drawn)}
    shown = [number for number, (_, seen) in enumerate(drawn) if seen]
    rows = build_rows(shown, records, folded | {"S1"})
    counted = [each.id for row in rows if row.counts for each in row.photos]
    assert sorted(counted) == sorted(shown)


def test_the_cursor_stays_with_its_line_or_at_its_place() -> None:
    records = {number: photo(number) for number in (1, 2, 3)}
    rows = build_rows(records, records, folded=())
    assert nearest(rows, 3, 0) == 2
    assert nearest(rows, 9, 1) == 1
    assert nearest(rows, 9, 7) == 2
    assert nearest([], None, 4) == 0


def test_labels_tell_photos_of_a_sku_apart() -> None:
    assert label(photo()) == "front"
    assert label(photo(version=2)) == "front v2"
    assert label(photo(view="")) == "SKU1-front.jpg"


def test_counts_come_in_the_order_of_the_states() -> None:
    assert tally([State.CUT, State.NEW, State.CUT]) == [(State.NEW, 1), (State.CUT, 2)]


@given(
    st.text(max_size=40), st.text(max_size=20), st.integers(10, 60), st.booleans(), st.booleans()
)
def test_a_line_is_exactly_as_wide_as_its_panel(
    sku: str, view: str, width: int, alone: bool, heading: bool
) -> None:
    each = photo(1, sku=sku, view=view, warnings=(SMALL,))
    row = Row({1: each}, (1,), sku, heading=heading and not alone, alone=alone)
    strip = LinePainter(UNICODE).paint(
        row,
        [State.CUT],
        width,
        lambda _: Style(),
        cursor=False,
        focused=False,
        marked=False,
    )
    assert strip.cell_length == width
    assert sum(cell_len(segment.text) for segment in strip) == width


def drawn(each: PhotoRecord, width: int, glyphs: dict[State, str] = UNICODE) -> str:
    row = Row({1: each}, (1,), each.sku, heading=False, alone=True)
    paint = LinePainter(glyphs).paint
    marks = {"cursor": False, "focused": False, "marked": False}
    return paint(row, [State.CUT], width, lambda _: Style(), **marks).text


def test_of_a_long_sku_the_view_can_still_be_read() -> None:
    text = drawn(photo(1, sku="Leinenkleid_mit_Knopfleiste_und_Taschen", view="left"), 30)
    assert text.rstrip() == " ◆ Leinenkleid_mit_Knop… left"
    wide = drawn(photo(1, sku="夏のワンピースと帽子と靴のセット", view="left"), 30)
    assert wide.rstrip().endswith("… left")


def test_every_warning_has_its_own_sign() -> None:
    assert set(WARNING_SIGNS) == set(WARNINGS)
    for plain in (False, True):
        signs = {both[plain] for both in WARNING_SIGNS.values()}
        assert len(signs) == len(WARNINGS)
        assert all(cell_len(sign) == 1 and (sign.isascii() or not plain) for sign in signs)
    copy = PhotoWarning("messaging-copy", "probably a copy from a messaging app", "its name")
    assert drawn(photo(1, warnings=(SMALL, copy)), 30).endswith(" ▫» ")
    assert drawn(photo(1, warnings=(SMALL, copy)), 30, ASCII).endswith(" sm ")


# Filter


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("", True),
        ("FRONT", True),
        ("sku7 jpg", True),
        ("sku8", False),
        ("is:new", True),
        ("!is:new", False),
        ("is:", True),
        ("!is:cut view:fr", True),
        ("view:left", False),
        ("sku:7", True),
        ("has:warning", True),
        ("!has:warning", False),
        ("has:matte", False),
        ("stars:3", True),
        ("stars:>=3", True),
        ("stars:>3", False),
        ("!stars:<2", True),
        ("stars:many", False),
        ("warning:too", True),
        ("!warning:messaging", True),
        ("verdict:pend", True),
        ("reason:halo", False),
        ("by:mara", False),
        ('"sku7-front"', True),
        ('"sku7 front"', False),
        ("front:x", False),
        ("!", False),
    ],
)
def test_filter_words(text: str, matches: bool) -> None:
    each = photo(7, warnings=(SMALL,), stars=3)
    assert filters.matcher(text)(each, State.NEW) is matches


@given(st.text())
def test_a_filter_of_any_text_says_yes_or_no(text: str) -> None:
    assert filters.matcher(text)(photo(), State.CUT) in (True, False)
    filters.problem(text)


def test_words_that_cannot_match_are_explained() -> None:
    assert "is: takes" in str(filters.problem("front is:done"))
    assert "has: takes" in str(filters.problem("!has:holes"))
    assert "stars: takes a number from 0 to 5" in str(filters.problem("stars:6"))
    assert "warning: takes too-small" in str(filters.problem("warning:big"))
    assert "verdicts: asks for nothing" in str(filters.problem("!verdicts:approved"))
    assert filters.problem('front is:cut has:note !view:left "a b" 12:30') is None


def test_what_was_exported_is_approved_too() -> None:
    approved = filters.matcher("is:approved")
    assert approved(photo(), State.APPROVED)
    assert approved(photo(), State.EXPORTED)
    assert not filters.matcher("is:approved !is:exported")(photo(), State.EXPORTED)
    assert not approved(photo(), State.REJECTED)


def test_verdicts_are_sought_by_reason_and_person() -> None:
    rejected = photo(verdict=Verdict("rejected", ("hole filled",), "", "Mara@studio"))
    for text in ("verdict:rejected", "reason:hole-filled", "by:mara", "!verdict:approved"):
        assert filters.matcher(text)(rejected, State.REJECTED), text


# Zoom


def test_steps_lead_from_fit_to_the_closest_and_back() -> None:
    zoom, seen = Zoom(), []
    for _ in range(7):
        zoom = zoom.closer(zoom.factor or 0.3)
        seen.append(zoom.factor)
    assert seen == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0]
    for _ in range(7):
        zoom = zoom.farther(zoom.factor or 0.3, fitting=0.3)
    assert zoom.factor == FIT


@given(
    st.sampled_from(STEPS),
    st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), max_size=20),
    st.tuples(st.integers(10, 3000), st.integers(10, 3000)),
    st.tuples(st.integers(1, 6000), st.integers(1, 6000)),
)
def test_panning_stays_inside_the_photo(
    factor: float,
    moves: list[tuple[int, int]],
    panel: tuple[int, int],
    size: tuple[int, int],
) -> None:
    zoom = Zoom(factor)
    for right, down in moves:
        zoom = zoom.panned(right, down, panel, size)
        for place, shown, side in zip(zoom.centre, panel, size, strict=True):
            half = min(1.0, shown / (factor * side)) / 2
            assert half - 1e-9 <= place <= 1 - half + 1e-9
