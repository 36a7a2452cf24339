"""The inspector's panel: everything that is known of a photo, on the smallest terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from studio import RECIPE, InstantWorkers, press, settle
from test_work_keys import text_of

from engine.matting.defects.defect import Defect
from engine.session.history.reading import Event
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session
from tui.app import Workstation
from tui.browse.inspector import InspectorPanel
from tui.browse.told_history import Past, history_facts


def cut_again(
    session: Session,
    seconds: float = 0.4,
    notes: tuple[str, ...] = (),
    defects: tuple[Defect, ...] = (),
) -> PhotoRecord:
    """Record another cut of the first photo, as other settings make one."""
    photo = session.photos()[0]
    assert photo.sha256
    session.record_cut(
        photo.id,
        sha256=photo.sha256,
        size=(48, 32),
        recipe=replace(RECIPE, edge_shift=2.0),
        seconds=seconds,
        notes=notes,
        defects=defects,
    )
    return photo


@pytest.mark.usefixtures("cut_all")
async def test_the_line_below_the_picture_names_network_and_time_before_the_notes(
    app: Workstation, session: Session
) -> None:
    cut_again(session, seconds=8.2, notes=("no colour profile: sRGB is assumed",))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j")
        second = text_of(app, "#inspector-lines").splitlines()[1]
        assert second.endswith("  u2netp 8.2 s  no colour profile: sRGB is assumed")


@pytest.mark.usefixtures("cut_all")
async def test_everything_is_told_at_80_by_24(
    app: Workstation, session: Session, workers: InstantWorkers
) -> None:
    photo = cut_again(session, defects=(Defect("halo", 0.83, 10, 12, 5, 6),))
    session.judge([photo.id], "rejected", ["halo"], "left of\x1b the handle")
    session.rate([photo.id], 4)
    session.undo()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "i")
        assert isinstance(app.screen, InspectorPanel)
        text = text_of(app, "#scrolled-text")
        assert "✗ rejected" in text
        assert "Edge     +2 px" in text
        assert "0.83     halo, 5 × 6 px at 10, 12" in text
        assert "4 stars (taken back), mara@studio" in text
        assert "rejected (halo) “left of" in text
        assert "cut: edge +2 px" in text
        assert "cut: edge 0 px" in text
        assert "The file holds no EXIF." in text
        assert "\x1b" not in text
        await press(pilot, "G")
        await pilot.pause()
        assert app.screen.query_one("#scrolled").scroll_y > 0
        await press(pilot, "i")
        assert not isinstance(app.screen, InspectorPanel)


async def test_mattes_of_one_moment_are_told_the_newest_first(
    app: Workstation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.session.session.now", lambda: "2026-11-01T10:00:00.000")
    photo = session.photos()[0]
    for shift in (0.0, 1.0, 2.0):
        session.record_cut(
            photo.id,
            sha256="0" * 64,
            size=(48, 32),
            recipe=replace(RECIPE, edge_shift=shift),
            seconds=0.4,
            notes=(),
        )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "i")
        told = re.findall(r"cut: edge (\S+) px", text_of(app, "#scrolled-text"))
        assert told == ["+2", "+1", "0"]


async def test_what_the_camera_wrote_comes_from_a_worker(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.exif = (("Lens model", "RF 85mm"),)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "i")
        assert "Lens model                RF 85mm" in text_of(app, "#scrolled-text")


def test_history_is_told_in_words_the_newest_first() -> None:
    events = [
        Event("mara@studio", "2026-11-01T10:00:00", "matte", "done", None, {"recipe_digest": "0"}),
        Event("mara@studio", "2026-11-01T11:00:00", "rating", "done", None, {"stars": 1}),
        Event("ines@desk", "2026-11-01T12:00:00", "rating", "done", {"stars": 1}, None),
        Event("packshot", "2026-11-01T13:00:00", "verdict", "fixed", {"state": "approved"}, None),
        Event("mara@studio", "2026-11-01T14:00:00", "matte", "done", {"recipe_digest": "0"}, {}),
    ]
    assert [(fact.label, fact.value) for fact in history_facts(Past(events))] == [
        ("2026-11-01 14:00", "another matte counts, mara@studio"),
        ("2026-11-01 13:00", "pending, packshot"),
        ("2026-11-01 12:00", "stars taken away, ines@desk"),
        ("2026-11-01 11:00", "1 star, mara@studio"),
    ]


def test_of_one_moment_what_followed_stands_first() -> None:
    at = "2026-11-01T10:00:00.000"
    event = Event("mara@studio", at, "rating", "done", None, {"stars": 1})
    export = DeliveryRecord(1, 1, "web", "0", "a.jpg", "0", "0", "ines@desk", at)
    told = [fact.value for fact in history_facts(Past([event], deliveries=[export]))]
    assert told == ["exported with web, ines@desk", "1 star, mara@studio"]
