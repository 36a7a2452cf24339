"""A terminal without room for the workstation, and one with just enough."""

from __future__ import annotations

import pytest
from studio import settle
from ways import WAYS, go_to

from tui.app import Workstation
from tui.frame import LEAST, TooSmall


async def test_a_terminal_that_is_too_small_is_told(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        small = app.screen.query_one(TooSmall)
        assert not small.display
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert small.display
        assert "50×12" in str(small.render())
        await pilot.press("s", "p")
        assert not app.desk.crew.busy, "what cannot be seen is not done"
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not small.display


@pytest.mark.usefixtures("cut_all")
async def test_every_dialog_shows_its_keys_in_the_smallest_terminal(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    hidden = []
    async with app.run_test(size=(LEAST.width, LEAST.height)) as pilot:
        for where in WAYS:
            await go_to(pilot, where)
            for keys in app.screen.query("#panel-keys"):
                region = keys.region
                if region.height != 1 or not app.screen.query_one("#panel").region.contains_region(
                    region
                ):
                    hidden.append(where)
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
            await pilot.press("f2", "escape", "escape")
    assert hidden == []
