"""One service per place, whatever became of the one before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.serving.holding import holder_of, holders, sweep, take_hold
from engine.serving.place import Place

_HOLD_AND_DIE = """
import os, signal, socket, sys
from pathlib import Path
from engine.serving.holding import take_hold
from engine.serving.place import Place
hold = take_hold(Place(Path(sys.argv[1]), sys.argv[2]))
hold.describe("warm", "u2netp")
socket.socket(socket.AF_UNIX).bind(str(hold.place.socket))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "run", "one")


def _killed_at(place: Place) -> None:
    subprocess.run(
        [sys.executable, "-c", _HOLD_AND_DIE, place.folder, place.name], check=False, timeout=60
    )
    assert place.socket.exists()
    assert place.lock.exists()


def test_a_place_is_held_once_and_free_afterwards(place: Place) -> None:
    hold = take_hold(place)
    assert hold is not None
    with hold:
        assert take_hold(place) is None
        hold.describe("warm", "u2netp")
        holder = holder_of(place)
        assert holder is not None
        assert (holder.kind, holder.model) == ("warm", "u2netp")
        assert holders(place.folder) == {place: holder}
    assert holder_of(place) is None
    assert list(place.folder.iterdir()) == []


def test_nobody_serves_before_the_holder_says_so(place: Place) -> None:
    hold = take_hold(place)
    assert hold is not None
    with hold:
        assert holder_of(place) is None


def test_a_folder_that_others_can_write_to_says_nothing(place: Place) -> None:
    hold = take_hold(place)
    assert hold is not None
    with hold:
        hold.describe("warm", "u2netp")
        place.folder.chmod(0o777)
        assert holder_of(place) is None
        assert holders(place.folder) == {}


def test_what_a_killed_service_left_is_no_service_and_is_replaced(place: Place) -> None:
    _killed_at(place)
    assert holder_of(place) is None
    hold = take_hold(place)
    assert hold is not None
    with hold:
        assert not place.socket.exists()


def test_sweeping_removes_what_is_dead_and_nothing_else(place: Place) -> None:
    dead = Place(place.folder, "dead")
    hold = take_hold(place)
    assert hold is not None
    with hold:
        _killed_at(dead)
        sweep(place.folder)
        assert list(place.folder.iterdir()) == [place.lock]
