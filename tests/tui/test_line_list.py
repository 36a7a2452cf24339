"""A list of lines: keys that are pressed before its first lines have come count, and only once."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.line_list import LineList


class _Lines(LineList):
    count = 0

    @property
    def line_count(self) -> int:
        return self.count

    def draw_line(self, index: int, width: int) -> Strip:
        return Strip.blank(width)


class _Program(App[None]):
    def compose(self) -> ComposeResult:
        yield _Lines()


@pytest.mark.parametrize(("steps", "lands"), [((1, 1), 2), ((1, -1), 0), ((-1,), 0), ((1,) * 9, 4)])
async def test_keys_before_the_first_lines_count(steps: tuple[int, ...], lands: int) -> None:
    async with _Program().run_test() as pilot:
        lines = pilot.app.query_one(_Lines)
        for step in steps:
            lines.action_cursor(step)
        lines.relist(0)
        assert lines.cursor == 0
        lines.count = 5
        lines.relist(0)
        assert lines.cursor == lands
        lines.count = 0
        lines.relist(0)
        lines.action_cursor(1)
        lines.count = 5
        lines.relist(1)
        assert lines.cursor == 1
