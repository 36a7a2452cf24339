"""The top bar says what matters at every width, and says where it leaves something out."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from studio import settle

from engine.session.states import State
from tui.app import Workstation
from tui.browse.index import PhotoIndex
from tui.browse.states import UNICODE
from tui.top_bar import TopBar, abbreviated

MANY = [(state, 1000 + 111 * place) for place, state in enumerate(State)]
FEW = [(State.NEW, 4), (State.CUT, 2)]


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1000, "1.0k"), (1249, "1.2k"), (9960, "10k"), (123_400, "123k")],
)
def test_large_counts_are_abbreviated(count: int, text: str) -> None:
    assert abbreviated(count) == text


@pytest.mark.parametrize("width", [64, 80, 100, 160])
@pytest.mark.parametrize("counts", [MANY, FEW], ids=["many", "few"])
async def test_no_state_is_left_out_without_a_sign(
    app: Workstation,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    counts: list[tuple[State, int]],
) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(PhotoIndex, "counts", counts)
        bar = app.screen.query_one(TopBar)
        bar.show(app.desk)
        text = str(bar.visual)
        assert cell_len(text) <= bar.content_size.width
        assert "autumn-" in text, "which session it is"
        assert "F2 Browse" in text, "where one is"
        shown = sum(bool(re.search(rf"\{UNICODE[state]}\d", text)) for state, _ in counts)
        left_out = re.search(r"\+(\d+)$", text)
        assert shown + (int(left_out[1]) if left_out else 0) == len(counts)


async def test_numbers_are_exact_where_there_is_room(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(160, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(PhotoIndex, "counts", MANY)
        app.screen.query_one(TopBar).show(app.desk)
        text = str(app.screen.query_one(TopBar).visual)
        assert all(str(count) in text for _, count in MANY)
        assert "F3 Queue" in text
