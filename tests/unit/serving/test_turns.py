"""Fair turns: each guest's errands in order, and no guest twice while another waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.serving.turns import Turns

_Queue = st.lists(st.integers(0, 4), max_size=40)


def _filled(guests: list[int]) -> Turns[int, int]:
    turns: Turns[int, int] = Turns()
    for errand, guest in enumerate(guests):
        turns.add(guest, errand)
    return turns


def _drained(turns: Turns[int, int]) -> list[tuple[int, int]]:
    taken = []
    while turns:
        taken.append(turns.next())
    return taken


@given(_Queue)
def test_every_errand_gets_its_turn_once_in_its_guests_order(guests: list[int]) -> None:
    taken = _drained(_filled(guests))
    assert sorted(errand for _, errand in taken) == list(range(len(guests)))
    for guest in set(guests):
        own = [errand for whose, errand in taken if whose == guest]
        assert own == sorted(own)


@given(_Queue)
def test_nobody_is_served_twice_while_another_waits(guests: list[int]) -> None:
    taken = [guest for guest, _ in _drained(_filled(guests))]
    for position, guest in enumerate(taken):
        later = taken[position + 1 :]
        if guest in later:
            between = later[: later.index(guest)]
            assert set(between) == set(later) - {guest}


@given(_Queue, st.integers(0, 4))
def test_who_leaves_leaves_nothing_behind(guests: list[int], leaver: int) -> None:
    turns = _filled(guests)
    turns.leave(leaver)
    assert [guest for guest, _ in _drained(turns)].count(leaver) == 0


def test_an_errand_that_is_taken_back_gets_no_turn() -> None:
    turns = _filled([0, 0, 1])
    turns.take_back(0, lambda errand: errand == 1)
    turns.take_back(1, lambda errand: errand == 2)
    turns.take_back(3, lambda errand: True)
    assert _drained(turns) == [(0, 0)]
    with pytest.raises(LookupError):
        turns.next()
