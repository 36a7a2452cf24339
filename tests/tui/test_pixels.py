"""Brand colour, divider, pixel readout and the mouse, on the photo of the first screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from studio import PATIENCE_S, InstantWorkers, settle
from textual.pilot import Pilot
from textual.widgets import Static

from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.photo.pane import PhotoPane
from tui.photo.view import PhotoView
from tui.top_bar import TopBar

SIZE = (80, 24)


async def until(holds: Callable[[], bool], pilot: Pilot[None]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        await pilot.pause(0.01)


def pane(pilot: Pilot[None]) -> PhotoPane:
    return pilot.app.screen.query_one(PhotoPane)


@pytest.mark.usefixtures("cut_all")
async def test_brand_and_divider_reach_the_worker(
    app: Workstation, workers: InstantWorkers, folder: Path
) -> None:
    (folder / "packshot.toml").write_text('[look]\nbrand = "#123456"\n')
    app.desk.session.scan()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("B")
        await settle(pilot)
        assert workers.pictures[-1].brand == (0x12, 0x34, 0x56)
        await pilot.press("less_than_sign")
        assert pane(pilot).view == "split", "moving the line shows it"
        await settle(pilot)
        assert workers.pictures[-1].divide == 0.4
        await pilot.press("greater_than_sign", "greater_than_sign")
        await settle(pilot)
        assert workers.pictures[-1].divide == 0.6


@pytest.mark.usefixtures("cut_all")
async def test_pixels_are_read_out_by_keys_and_mouse(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        view = app.screen.query_one(PhotoView)
        heading = app.screen.query_one("#photo-heading", Static)

        async def told(words: str, *, there: bool = True) -> str:
            await until(lambda: (words in str(heading.content)) is there, pilot)
            return str(heading.content)

        middle = view.size.width // 2, view.size.height // 2
        await pilot.press("comma")
        assert "x 24 y 18" in await told("#c86432  alpha 231")
        assert "┼" in app.export_screenshot()
        before = app.screen.query_one(PhotoList).cursor
        await pilot.press("right", "down")
        await told("x 25 y 19")
        assert app.screen.query_one(PhotoList).cursor == before
        await pilot.hover(view, offset=middle)
        await told("x 24 y 18")
        await pilot.press("escape")
        await told("alpha", there=False)
        await pilot.click(view, offset=middle)
        await told("x 24 y 18")
        await pilot.click(view, offset=middle)
        await told("alpha", there=False)


@pytest.mark.usefixtures("cut_all")
async def test_the_wheel_looks_closer_and_a_drag_moves(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        view = app.screen.query_one(PhotoView)
        view.post_message(PhotoView.Wheeled((2, 2), 1))
        await until(lambda: pane(pilot).zoom.factor == 4.0, pilot)
        await settle(pilot)
        view.post_message(PhotoView.Wheeled((2, 2), -1))
        await until(lambda: pane(pilot).zoom.factor == 2.0, pilot)
        await pilot.press("plus")
        await settle(pilot)
        before = pane(pilot).zoom.centre
        await pilot.mouse_down(view, offset=(20, 8))
        await pilot.hover(view, offset=(15, 8))
        await pilot.mouse_up(view, offset=(15, 8))
        await until(lambda: pane(pilot).zoom.centre[0] > before[0], pilot)


async def test_the_tabs_of_the_bar_can_be_clicked(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        bar = app.screen.query_one(TopBar)
        column = str(bar.content).index("Queue")
        await pilot.click(bar, offset=(column + 1, 0))
        await until(lambda: app.current_mode == "queue", pilot)
