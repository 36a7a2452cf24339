"""Many jobs of one kind, done by workers in order, with a few under way at a time.

A batch holds back what the workers cannot take yet, so that it can be paused, reordered and
cancelled at any moment, and a hundred thousand photos cost no more memory than ten. No job is
handed out ahead of its turn: a worker gets its next one within milliseconds, and until then the
order is a person's. Jobs start in the order in which they wait: where the next one is too large
for the memory that is left, those behind it wait, too.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.work.budget import Budget, memory_of, shared_budget
from engine.work.throughput import Rate, Throughput
from engine.work.workers import Workers

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Outcome(Generic[Job, Result]):
    """How one job ended: with a result or an error, never both; neither when it was cancelled."""

    job: Job
    result: Result | None
    error: BaseException | None

    @property
    def cancelled(self) -> bool:
        """Whether the job was dropped before it could end."""
        return self.result is None and self.error is None


class Batch(Generic[Job, Result]):
    """A queue of jobs for a pool of workers; every method may be called from any thread.

    Parameters
    ----------
    workers : the pool that does them
    function : what a worker does with a job
    on_started : called when a job is handed to a worker
    on_ended : called once for each job that was started or cancelled
    budget : of memory for the jobs under way; by default the one that all batches share

    The callbacks run in a thread of the pool: they have to be quick and must not wait.
    """

    def __init__(
        self,
        workers: Workers,
        function: Callable[[Job], Result],
        *,
        on_started: Callable[[Job], None] = lambda job: None,
        on_ended: Callable[[Outcome[Job, Result]], None] = lambda outcome: None,
        budget: Budget | None = None,
    ) -> None:
        self._workers = workers
        self._function = function
        self._on_started = on_started
        self._on_ended = on_ended
        self._budget = budget or shared_budget()
        self._lock = threading.RLock()
        self._waiting: deque[Job] = deque()
        self._running: dict[Future[Result], Job] = {}
        self._taken: dict[Future[Result], int] = {}
        self._next: tuple[Job, int] | None = None  # a job that was weighed, and its bytes
        self._paused = False
        self._finished = 0
        self._busy_seconds = 0.0
        self._busy_since: float | None = None
        self._throughput = Throughput()

    @property
    def waiting(self) -> list[Job]:
        """The jobs not yet handed to a worker, next first."""
        with self._lock:
            return list(self._waiting)

    @property
    def running(self) -> list[Job]:
        """The jobs that workers have in hand."""
        with self._lock:
            return list(self._running.values())

    @property
    def paused(self) -> bool:
        """Whether waiting jobs are held back."""
        return self._paused

    def add(self, jobs: Iterable[Job], *, first: bool = False) -> None:
        """Queue jobs, at the end or (``first``) before all that wait."""
        with self._lock:
            if first:
                self._waiting.extendleft(reversed(list(jobs)))
            else:
                self._waiting.extend(jobs)
        self._fill()

    def pause(self) -> None:
        """Start no further job; those under way end normally."""
        self._paused = True

    def resume(self) -> None:
        """Go on after a pause."""
        self._paused = False
        self._fill()

    def reorder(self, key: Callable[[Job], Any]) -> None:
        """Sort what waits; jobs of equal keys stay in their order."""
        with self._lock:
            self._waiting = deque(sorted(self._waiting, key=key))

    def promote(self, jobs: Iterable[Job]) -> None:
        """Have jobs done next, in this order; those that do not wait are left alone."""
        with self._lock:
            places = {job: place for place, job in enumerate(jobs)}
            self.reorder(lambda job: places.get(job, len(places)))

    def drop(self, jobs: Collection[Job]) -> int:
        """Drop those of ``jobs`` that wait; return how many that were."""
        unwanted = frozenset(jobs)
        with self._lock:
            dropped = [job for job in self._waiting if job in unwanted]
            self._waiting = deque(job for job in self._waiting if job not in unwanted)
        for job in dropped:
            self._on_ended(Outcome(job, None, None))
        return len(dropped)

    def stop(self, jobs: Collection[Job]) -> int:
        """End those of ``jobs`` that are under way, as cancelled; return how many that were.

        A worker's process ends with its job, and another takes its place: what it had loaded is
        loaded again.
        """
        unwanted = frozenset(jobs)
        with self._lock:
            stopped = [future for future, job in self._running.items() if job in unwanted]
        # Without the lock: a future that is cancelled calls back here and now.
        return sum(future.cancel() for future in stopped)

    def cancel(self) -> None:
        """Drop every waiting job; those under way end normally."""
        self.drop(self.waiting)

    def seconds_left(self) -> float | None:
        """Return an estimate of the time until all is done; None before the first job ended."""
        with self._lock:
            left = len(self._waiting) + len(self._running)
            if not self._finished or not left:
                return None
            return self._busy() / self._finished * left

    def rate(self) -> Rate | None:
        """Return how fast it goes, or went at last; None before there is a rate to speak of."""
        with self._lock:
            return self._throughput.rate(self._busy())

    def _busy(self) -> float:
        """Return the seconds in which any job was under way."""
        now = 0.0 if self._busy_since is None else time.monotonic() - self._busy_since
        return self._busy_seconds + now

    def _fill(self) -> None:
        """Hand jobs to the workers that have none."""
        while (started := self._start_next()) is not None:
            job, future = started
            self._on_started(job)
            future.add_done_callback(self._ended)

    def _start_next(self) -> tuple[Job, Future[Result]] | None:
        with self._lock:
            full = len(self._running) >= self._workers.count
            if self._paused or full or not self._waiting:
                return None
            amount = self._weight_of_next()
            if not self._budget.take(amount, self._fill):
                return None
            job = self._waiting.popleft()
            if self._busy_since is None:
                self._busy_since = time.monotonic()
            future = self._workers.submit(self._function, job)
            self._running[future] = job
            self._taken[future] = amount
            return job, future

    def _weight_of_next(self) -> int:
        """Return the bytes of the job that waits first, weighed once however long it waits."""
        job = self._waiting[0]
        if self._next is None or self._next[0] is not job:
            self._next = job, memory_of(job)
        return self._next[1]

    def _ended(self, future: Future[Result]) -> None:
        with self._lock:
            job = self._running.pop(future)
            taken = self._taken.pop(future)
            if not future.cancelled():
                self._finished += 1
                self._throughput.note(self._busy(), getattr(job, "pixels", 0))
            if not self._running and self._busy_since is not None:
                self._busy_seconds += time.monotonic() - self._busy_since
                self._busy_since = None
        self._budget.give_back(taken)
        if future.cancelled():
            outcome: Outcome[Job, Result] = Outcome(job, None, None)
        elif (error := future.exception()) is not None:
            outcome = Outcome(job, None, error)
        else:
            outcome = Outcome(job, future.result(), None)
        self._fill()  # first: no worker waits until the outcome is recorded
        self._on_ended(outcome)


def outcomes(
    workers: Workers, function: Callable[[Job], Result], jobs: Iterable[Job]
) -> Iterator[Outcome[Job, Result]]:
    """Do ``jobs`` and yield each one's outcome as it ends.

    Leaving the loop early drops what waits.
    """
    ended: queue.Queue[Outcome[Job, Result]] = queue.Queue()
    batch = Batch(workers, function, on_ended=ended.put)
    todo = list(jobs)
    batch.add(todo)
    try:
        for _ in todo:
            yield ended.get()
    finally:
        batch.cancel()
