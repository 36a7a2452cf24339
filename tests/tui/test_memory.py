"""What is closed leaves nothing behind."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from studio import press, settle, under_way
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets._footer import FooterKey

from tui.app import Workstation, _forget_lines


async def kept(pilot: Pilot[None], kind: type) -> int:
    """Return how many things of a kind there are, once what was closed is forgotten."""
    assert isinstance(pilot.app, Workstation)
    await settle(pilot)
    await pilot.pause(0.3)
    # Whoever lists all objects holds the tuple that a thread is at making, which then fails.
    while under_way(pilot.app):
        await pilot.pause(0.01)
    gc.collect()
    return sum(type(each) is kind for each in gc.get_objects())


async def test_the_lines_of_closed_dialogs_are_forgotten(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app._FORGET_SECONDS", 0.1)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(3):
            await press(pilot, "question_mark", "escape")
        before = await kept(pilot, Strip)
        for _ in range(6):
            await press(pilot, "question_mark", "escape")
        assert await kept(pilot, Strip) < before + 500, "one dialog has as many"


async def test_the_keys_of_where_one_was_are_forgotten(app: Workstation) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", "escape")
        before = await kept(pilot, FooterKey)
        for _ in range(5):
            await press(pilot, "slash", "escape")
        assert await kept(pilot, FooterKey) == before


def test_cut_lines_and_styles_are_forgotten_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.app._KEPT_LINES", 1000)
    for level in range(1100):
        Strip.render_ansi(Style(color=f"#{level:06x}"), ColorSystem.TRUECOLOR)
        Segment._split_cells(Segment(f"line {level}"), 3)
    kept = (Strip.render_ansi, Segment._split_cells)
    assert min(map(len_of, kept)) > 1000
    _forget_lines()
    assert max(map(len_of, kept)) <= 1000


def len_of(kept: Any) -> int:
    """Return how many results a function remembers."""
    return int(kept.cache_info().currsize)
