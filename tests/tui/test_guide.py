"""The guided start: every step is done with the real keys, it can be left, and comes only once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from studio import InstantWorkers, press, settle, workstation
from textual.pilot import Pilot

from engine.session.session import Session
from tui.app import Workstation
from tui.cli.demo import write_photos, write_season
from tui.demo.sample import is_sample
from tui.guide.guide import GuideBar
from tui.guide.steps import STEPS
from tui.keys.contexts import KEYS
from tui.remembered import read_guided, read_theme, remembered_file, write_guided, write_theme

WAY = (
    ("j",),
    ("b",),
    ("Z",),
    ("p",),
    ("j", "x", "1", "enter"),
    ("a", "l", "escape"),
    ("E", "escape"),
    ("f1", "escape"),
)
"""What a person presses in each step but the last, which says good-bye."""


def told(app: Workstation) -> str:
    """Return what the bar says on the screen that is open; nothing while it is hidden."""
    bar = app.screen_stack[0].query_one(GuideBar)
    return str(bar.visual) if bar.display else ""


async def step(pilot: Pilot[None]) -> None:
    """Let the guide look once, as its timer would."""
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, Workstation)
    app.follow_guide()
    await settle(pilot)


@pytest.mark.usefixtures("cut_all")
async def test_the_whole_way_is_gone_with_the_keys_that_it_names(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert told(app) == ""
        await press(pilot, "f7")
        for number, (keys, expected) in enumerate(zip(WAY, STEPS, strict=False), 1):
            await step(pilot)
            assert told(app).startswith(f"{number}/{len(STEPS)} {expected.title}")
            assert "<" not in told(app), "each key has its name"
            for key in keys:
                await press(pilot, key)
                await step(pilot)
        assert told(app).startswith(f"{len(STEPS)}/{len(STEPS)} That was")
        await press(pilot, "f3")
        await step(pilot)
        assert told(app), "it goes along to other screens"
        await press(pilot, "f7", "f2")
        await step(pilot)
        assert told(app) == ""


async def test_a_step_can_be_passed_over_and_all_of_it_left(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f7", "ctrl+n", "ctrl+n")
        assert told(app).startswith("3/")
        assert app.screen_stack[0].query_one(GuideBar).size.height <= 3
        await press(pilot, "f7")
        assert told(app) == ""


def test_the_steps_name_keys_that_there_are() -> None:
    known = {key.id for key in KEYS}
    named = {part.partition(">")[0] for step in STEPS for part in step.text.split("<")[1:]}
    assert named <= known
    assert len(WAY) == len(STEPS) - 1


async def test_the_sample_leads_a_newcomer_once(tmp_path: Path, workers: InstantWorkers) -> None:
    write_photos(tmp_path)
    assert not is_sample(tmp_path), "its season is missing"
    write_season(tmp_path)
    assert is_sample(tmp_path)
    write_theme("packshot-light")
    for readonly, shown in ((True, False), (False, True), (False, False)):
        with Session.open(tmp_path, readonly=readonly) as session:
            app = workstation(session, workers)
            async with app.run_test(size=(80, 24)) as pilot:
                await settle(pilot)
                await app.guide_newcomer()
                await pilot.pause()
                assert bool(told(app)) is shown, (readonly, shown)
    assert read_theme() == "packshot-light", "one thing remembered does not cost another"
    write_theme("packshot-dark")
    assert read_guided()
    (tmp_path / "SKU207-front.jpg").unlink()
    assert not is_sample(tmp_path)


async def test_other_sessions_lead_nobody(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app.guide_newcomer()
        await pilot.pause()
        assert told(app) == ""
    assert not read_guided()


def test_what_is_remembered_is_readable() -> None:
    write_guided()
    write_theme("packshot-light")
    assert json.loads(remembered_file().read_text()) == {"guided": True, "theme": "packshot-light"}
