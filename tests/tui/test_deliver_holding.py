"""Locks, copies and recalls on the Deliver screen."""

from __future__ import annotations

import pytest
from delivering import text_of, to_deliver, write_preset
from studio import RECIPE, notices, press, settle

from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.season import lock_season
from engine.session.session import Session
from tui.app import Workstation
from tui.deliver.screen import DeliverScreen


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
        write_preset(season.folder, "tile", least=61)
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
