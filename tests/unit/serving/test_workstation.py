"""The open workstation as a service: its own photos come first."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PIL import Image

from engine.serving.client import served
from engine.serving.holding import holder_of, take_hold
from engine.serving.place import own_place
from engine.work.workers import Workers
from tui.cli.serving import serving


def test_an_open_workstation_serves_while_it_has_nothing_to_do(
    pool: Workers, tmp_path: Path
) -> None:
    crew = SimpleNamespace(cutters=lambda: pool, busy=False)
    # It came with an alpha of its own: cutting it needs no network.
    Image.new("RGBA", (60, 40), (200, 100, 50, 128)).save(tmp_path / "soft.png")
    cut = ["cut", str(tmp_path / "soft.png"), "--model", "u2netp", "--out", str(tmp_path / "out")]
    with serving(crew):
        holder = holder_of(own_place())
        assert holder is not None
        assert holder.kind == "workstation"
        crew.busy = True
        assert served(cut) is None
        crew.busy = False
        assert served(["scan", str(tmp_path)]) == 1  # what is not on the list is not run
        assert served([*cut, "--nonsense"]) == 2
    assert served(cut) is None
    assert list(own_place().folder.iterdir()) == []


def test_a_workstation_leaves_a_service_that_is_there_alone(pool: Workers) -> None:
    crew = SimpleNamespace(cutters=lambda: pool, busy=False)
    hold = take_hold(own_place())
    assert hold is not None
    with hold:
        hold.describe("warm", "u2netp")
        with serving(crew):
            holder = holder_of(own_place())
            assert holder is not None
            assert holder.kind == "warm"


def test_a_workstation_opens_where_it_cannot_serve(pool: Workers, runtime: Path) -> None:
    (runtime / "packshot").write_text("in the way")
    with serving(SimpleNamespace(cutters=lambda: pool, busy=False)):
        assert served(["cut"]) is None
