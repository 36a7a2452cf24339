"""Back-pressure by bytes: what runs side by side, what waits, and that order is kept."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.work.batch import Batch, Outcome
from engine.work.budget import Budget, memory_of
from engine.work.workers import Workers


@dataclass(frozen=True)
class Weighed:
    number: int
    pixels: int


class ByHand(Workers):
    """A pool whose jobs end when the test says so."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.futures: dict[Any, Future[Any]] = {}

    def submit(self, function: Any, job: Any, timeout: float | None = None) -> Future[Any]:
        self.futures[job] = Future()
        return self.futures[job]


def name(job: Weighed) -> int:
    return job.number


EMPTY = memory_of(Weighed(0, 0))
MEGAPIXEL = memory_of(Weighed(0, 1_000_000)) - EMPTY


def test_a_large_photo_waits_until_it_fits_and_holds_back_those_behind_it() -> None:
    pool = ByHand(4)
    started: list[int] = []
    batch = Batch(
        pool,
        name,
        on_started=lambda job: started.append(job.number),
        budget=Budget(3 * EMPTY + 120 * MEGAPIXEL),
    )
    small, large = 10_000_000, 100_000_000
    jobs = [Weighed(number, size) for number, size in enumerate([small, small, small, large])]
    jobs.append(Weighed(4, small))
    batch.add(jobs)
    assert started == [0, 1, 2]
    pool.futures[jobs[0]].set_result(0)
    assert started == [0, 1, 2, 3]
    pool.futures[jobs[1]].set_result(0)
    assert started == [0, 1, 2, 3, 4]


def test_two_batches_share_a_budget() -> None:
    budget = Budget(EMPTY)
    pool = ByHand(4)
    first, second = (Batch(pool, name, budget=budget) for _ in range(2))
    first.add([Weighed(1, 0)])
    second.add([Weighed(2, 0)])
    assert second.waiting
    pool.futures[Weighed(1, 0)].set_result(0)
    assert not second.waiting


def test_beside_others_a_job_waits_for_memory_that_is_free() -> None:
    free = [EMPTY - 1]
    pool = ByHand(4)
    batch = Batch(pool, name, budget=Budget(10 * EMPTY, lambda: free[0]))
    jobs = [Weighed(number, 0) for number in range(3)]
    batch.add(jobs)
    assert batch.running == jobs[:1], "one job always runs"
    free[0] = EMPTY
    pool.futures[jobs[0]].set_result(0)
    assert batch.running == jobs[1:]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12), st.integers(1, 4))
def test_every_job_ends_in_order_and_the_budget_holds(megapixels: list[int], count: int) -> None:
    total = 2 * EMPTY + 100 * MEGAPIXEL
    pool = ByHand(count)
    ended: list[Outcome[Weighed, int]] = []
    started: list[int] = []
    batch = Batch(
        pool,
        name,
        on_started=lambda job: started.append(job.number),
        on_ended=ended.append,
        budget=Budget(total),
    )
    batch.add(Weighed(number, size * 1_000_000) for number, size in enumerate(megapixels))
    while running := batch.running:
        assert len(running) == 1 or sum(map(memory_of, running)) <= total
        pool.futures[running[0]].set_result(running[0].number)
    assert started == sorted(started)
    assert sorted(outcome.result or 0 for outcome in ended) == list(range(len(megapixels)))


def test_what_waits_can_be_sorted_anew() -> None:
    pool = ByHand(1)
    batch = Batch(pool, name, budget=Budget(10 * EMPTY))
    batch.add(Weighed(number, 0) for number in range(6))
    assert [job.number for job in batch.waiting] == [1, 2, 3, 4, 5]
    batch.reorder(lambda job: -job.number)
    assert [job.number for job in batch.waiting] == [5, 4, 3, 2, 1]


def test_what_waits_is_done_next_or_dropped_as_asked() -> None:
    pool = ByHand(1)
    ended: list[Outcome[Weighed, int]] = []
    batch = Batch(pool, name, on_ended=ended.append, budget=Budget(10 * EMPTY))
    jobs = [Weighed(number, 0) for number in range(5)]
    batch.add(jobs)
    batch.promote([jobs[4], jobs[0], jobs[2]])
    assert [job.number for job in batch.waiting] == [4, 2, 1, 3]
    assert batch.drop([jobs[2], jobs[0]]) == 1, "what is under way is not dropped"
    assert [job.number for job in batch.waiting] == [4, 1, 3]
    assert batch.stop([jobs[0], jobs[4]]) == 1, "what waits is not stopped"
    assert batch.running == [jobs[4]]
    assert [(each.job.number, each.cancelled) for each in ended] == [(2, True), (0, True)]


ACTS = st.tuples(
    st.sampled_from(["add", "promote", "drop", "stop", "end", "pause", "resume"]),
    st.lists(st.integers(0, 30), max_size=4),
)


@given(st.lists(ACTS, max_size=40), st.integers(1, 3))
def test_whatever_a_person_does_every_job_ends_once(
    acts: list[tuple[str, list[int]]], count: int
) -> None:
    pool = ByHand(count)
    ended: list[int] = []
    batch = Batch(pool, name, on_ended=lambda outcome: ended.append(outcome.job.number))
    added: set[Weighed] = set()
    for act, numbers in acts:
        jobs = [Weighed(number, 0) for number in dict.fromkeys(numbers)]
        if act == "add":
            batch.add(fresh := [job for job in jobs if job not in added])
            added |= set(fresh)
        elif act == "end":
            for job in batch.running[:1]:
                pool.futures[job].set_result(job.number)
        elif act in {"pause", "resume"}:
            getattr(batch, act)()
        else:
            getattr(batch, act)(jobs)
        assert len(batch.running) <= count
        assert batch.paused or len(batch.running) == count or not batch.waiting
    batch.resume()
    while running := batch.running:
        pool.futures[running[0]].set_result(0)
    assert sorted(ended) == sorted(job.number for job in added)


@dataclass(frozen=True)
class OfPhoto:
    photo: Path


@pytest.mark.parametrize("readable", [True, False])
def test_an_unknown_size_is_read_from_the_header(tmp_path: Path, readable: bool) -> None:
    photo = tmp_path / "x.png"
    photo.write_bytes(b"no picture")
    if readable:
        Image.new("L", (1000, 2000)).save(photo)
    assert memory_of(OfPhoto(photo)) == EMPTY + (2 * MEGAPIXEL if readable else 0)
