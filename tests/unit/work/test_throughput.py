"""How fast a batch says it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.work.throughput import WINDOW_SECONDS, Throughput


def test_photos_a_minute_and_megapixels_a_second() -> None:
    throughput = Throughput()
    assert throughput.rate(10.0) is None, "nothing has ended"
    for second in range(1, 11):
        throughput.note(float(second), 24_000_000)
    rate = throughput.rate(20.0)
    assert rate is not None
    assert (rate.per_minute, rate.megapixels) == (30.0, 12.0)


def test_only_the_last_minute_of_work_counts() -> None:
    throughput = Throughput()
    throughput.note(5.0, 10)
    throughput.note(100.0, 30_000_000)
    rate = throughput.rate(120.0)
    assert rate is not None
    assert (rate.per_minute, rate.megapixels) == (1.0, 0.5)


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 10**8)), min_size=1, max_size=40))
def test_what_is_forgotten_leaves_nothing_behind(jobs: list[tuple[float, int]]) -> None:
    throughput, now = Throughput(), 1.0
    for pause, pixels in jobs:
        now += pause
        throughput.note(now, pixels)
    rate = throughput.rate(now)
    assert rate is not None
    assert rate.per_minute * min(now, WINDOW_SECONDS) / 60 == pytest.approx(
        sum(1 for at in _times(jobs) if at >= now - WINDOW_SECONDS)
    )
    gone = throughput.rate(now + 2 * WINDOW_SECONDS)
    assert gone is None
    throughput.note(now + 200, 0)
    again = throughput.rate(now + 200)
    assert again is not None
    assert again.megapixels == 0


def _times(jobs: list[tuple[float, int]]) -> list[float]:
    now, times = 1.0, []
    for pause, _ in jobs:
        now += pause
        times.append(now)
    return times
