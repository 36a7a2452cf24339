"""Parts of a job keep their order, whoever does them."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.threads import side_by_side


@given(st.lists(st.integers()), st.integers(1, 4))
def test_what_comes_back_is_in_the_order_of_the_parts(parts: list[int], threads: int) -> None:
    assert side_by_side(lambda part: 2 * part, parts, threads) == [2 * part for part in parts]


def test_two_threads_are_at_it_at_once() -> None:
    both = threading.Barrier(2, timeout=30)
    side_by_side(lambda _: both.wait(), [1, 2], threads=2)


def test_one_thread_is_the_callers_own() -> None:
    assert (
        side_by_side(lambda _: threading.get_ident(), [1, 2], threads=1)
        == [threading.get_ident()] * 2
    )


def test_an_error_in_a_part_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda part: 1 // part, [1, 0, 2], threads=2)
