"""What is no longer needed is collected while nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tui.tidying import Tidying, unhurried


class Ring:
    """Leads to itself, so that only a look through all objects can tell that it is not needed."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.fixture
def old_waste() -> Iterator[None]:
    """Have something that only a look through all objects finds, and no such look by itself."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.set_threshold(0)
    Ring()
    for _ in range(5):
        gc.collect(1)
    yield
    gc.set_threshold(*thresholds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, to be changed."""
    now = [100.0]
    monkeypatch.setattr("tui.tidying.time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


@pytest.mark.usefixtures("old_waste")
def test_all_is_looked_through_once_a_person_rests(clock: list[float]) -> None:
    tidying = Tidying()
    clock[0] += 60
    tidying.note_input()
    assert not tidying.look()
    clock[0] += 1
    assert tidying.look()
    assert Ring.alive == 0


def test_nobody_is_disturbed_for_little(clock: list[float]) -> None:
    gc.collect()
    tidying = Tidying()
    clock[0] += 60
    assert not tidying.look()


def test_python_itself_looks_through_all_less_often_meanwhile() -> None:
    before = gc.get_threshold()
    with unhurried():
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] > before[2]
    assert gc.get_threshold() == before
