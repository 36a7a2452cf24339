"""How the season stands is on every screen, and follows what anyone does to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from studio import RECIPE, press, settle
from textual.pilot import Pilot

from engine.delivery.seasons.lock import unlock_season
from engine.delivery.seasons.season import lock_season
from engine.session.session import Session
from presets.loader import BUILT_IN
from tui.app import Workstation
from tui.season.shown import SIGNS
from tui.top_bar import TopBar

SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2020-01-01
ends = 2099-12-31
presets = ["ebay"]
"""


@pytest.fixture
def autumn(folder: Path) -> Path:
    """Give the session a season of one preset of its own; return the preset's file."""
    for name in ("seasons", "presets"):
        (folder / name).mkdir()
    (folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    preset = folder / "presets" / "ebay.toml"
    preset.write_bytes((BUILT_IN / "ebay.toml").read_bytes())
    return preset


def bar(app: Workstation) -> str:
    return str(app.screen.query_one(TopBar).visual)


async def looked(pilot: Pilot[None], app: Workstation) -> str:
    """Return the bar after the seasons were looked at."""
    app.follow_seasons()
    await settle(pilot)
    return bar(app)


async def test_the_lock_is_seen_on_every_screen_and_followed(
    app: Workstation, session: Session, autumn: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "□ autumn open" in await looked(pilot, app)
        lock_season(session, "autumn", RECIPE)
        for key in ("f3", "f5", "f2"):
            await press(pilot, key)
            assert "■ autumn locked" in await looked(pilot, app), key
        autumn.write_text(autumn.read_text("utf-8").replace("fill = ", "fill = 0.5 # "), "utf-8")
        assert "! autumn changed" in await looked(pilot, app)
        unlock_season(session, "autumn", "new brief")
        assert "□ autumn open" in await looked(pilot, app)


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize("width", [64, 80])
async def test_no_width_hides_how_the_season_stands(
    app: Workstation, session: Session, width: int
) -> None:
    lock_season(session, "autumn", RECIPE)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        assert "■" in await looked(pilot, app)


async def test_without_a_season_nothing_is_said_of_one(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "sample" not in await looked(pilot, app)
        assert app.desk.seasons.season is None


def test_each_standing_has_a_sign_of_one_cell_and_a_word() -> None:
    glyphs = {sign.glyph for sign in SIGNS.values()} | {sign.ascii for sign in SIGNS.values()}
    assert all(cell_len(glyph) == 1 for glyph in glyphs)
    assert all(sign.ascii.isascii() for sign in SIGNS.values())
    assert len({sign.word for sign in SIGNS.values()}) == len(SIGNS)
