"""Lists of lines: keys that are pressed before the photos are read count, and none elsewhere."""

from __future__ import annotations

import pytest
from studio import InstantWorkers, press, settle
from test_index import photo
from textual.app import App, ComposeResult

from engine.session.states import State
from tui.app import Workstation
from tui.browse.index import PhotoIndex
from tui.browse.order import BY_NAME
from tui.browse.photo_list import PhotoList
from tui.browse.states import UNICODE
from tui.queue.queue_list import QueueList


class _Program(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.index = PhotoIndex(lambda _: State.NEW)

    def compose(self) -> ComposeResult:
        yield PhotoList(self.index, UNICODE)

    def on_mount(self) -> None:
        lines = self.query_one(PhotoList)
        lines.restore(3, (), "", BY_NAME.name)
        lines.update(None)

    def read(self, *numbers: int) -> None:
        self.index.update([photo(each, sku=each) for each in numbers], complete=True)
        self.query_one(PhotoList).update(None)


@pytest.mark.parametrize(
    ("keys", "lands"),
    [
        ("", 2),
        ("jj", 4),
        ("jk", 2),
        ("kkk", 0),
        ("kkkkj", 1),
        ("jjjjjjjjjk", 3),
        ("G", 4),
        ("Gk", 3),
        ("gj", 1),
    ],
)
async def test_keys_before_the_photos_are_read_do_then_what_they_would_have_done(
    keys: str, lands: int
) -> None:
    async with _Program().run_test(size=(40, 3)) as pilot:
        program = pilot.app
        assert isinstance(program, _Program)
        lines = program.query_one(PhotoList)
        await pilot.press(*keys)
        program.read(1, 2, 3, 4, 5)
        assert lines.cursor == lands
        program.read(1, 2, 3, 4, 5, 6)
        assert lines.cursor == lands, "once"


async def test_a_page_before_the_photos_are_read_is_one_afterwards() -> None:
    async with _Program().run_test(size=(40, 3)) as pilot:
        program = pilot.app
        assert isinstance(program, _Program)
        await pilot.press("pagedown")
        program.read(1, 2, 3, 4, 5)
        assert program.query_one(PhotoList).cursor == 4


async def test_keys_in_a_session_without_photos_do_nothing() -> None:
    async with _Program().run_test(size=(40, 3)) as pilot:
        program = pilot.app
        assert isinstance(program, _Program)
        program.read()
        await pilot.press(*"jjj")
        program.read(1, 2, 3, 4, 5)
        assert program.query_one(PhotoList).cursor == 2


@pytest.mark.parametrize("presses", [2, 3])
async def test_keys_on_an_empty_queue_do_nothing(
    app: Workstation, workers: InstantWorkers, presses: int
) -> None:
    workers.held = True
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "f3", *"j" * presses, "f2", "ctrl+a", "s", "f3")
        queue = app.screen.query_one(QueueList)
        assert queue.cursor == 1
        assert queue.current
