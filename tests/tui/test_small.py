"""A terminal without room for the workstation."""

from __future__ import annotations

from studio import settle

from tui.app import Workstation
from tui.frame import TooSmall


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
