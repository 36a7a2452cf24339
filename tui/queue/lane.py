"""One kind of work for many photos: what waits, what runs, and what came of it.

The batch calls back from threads of the worker pool. Outcomes are recorded there and then, so
that they are kept also when the interface is gone; the interface is only told that something has
changed, and reads the counts when it draws.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

from engine.errors import REPORTED, sentence
from engine.work.batch import Batch, Outcome
from engine.work.throughput import Rate
from engine.work.workers import Workers
from tui.queue.progress import Ended, Progress

Job = TypeVar("Job")
Result = TypeVar("Result")


class Lane(Generic[Job, Result]):
    """A queue of photos for one kind of work; its methods are called by the interface.

    Parameters
    ----------
    workers : gives the pool; called with the first photo
    function : what a worker does with a job
    record : stores an outcome and says what it came to; called from a thread of the pool
    changed : called from any thread whenever something has changed, with the photos concerned
    emptied : called from a thread of the pool when nothing is left in the queue

    Attributes
    ----------
    progress : since the lane was last empty
    failures : jobs of this run of which nothing came, until they are queued again or dismissed
    waiting, running : ids of the photos that wait and that are under way
    """

    def __init__(
        self,
        workers: Callable[[], Workers],
        function: Callable[[Job], Result],
        record: Callable[[int, Outcome[Job, Result]], Ended],
        changed: Callable[[Collection[int]], None],
        emptied: Callable[[], None] = lambda: None,
    ) -> None:
        self._workers = workers
        self._function = function
        self._record = record
        self._changed = changed
        self._emptied = emptied
        self._lock = threading.Lock()
        self._ids: dict[Job, int] = {}
        self._dropped: dict[Job, int] = {}
        self._batch: Batch[Job, Result] | None = None
        self.progress: Progress[Job] = Progress()
        self.failures: dict[Job, Ended] = {}
        self.waiting: frozenset[int] = frozenset()
        self.running: frozenset[int] = frozenset()

    @property
    def paused(self) -> bool:
        """Whether waiting photos are held back."""
        return self._batch is not None and self._batch.paused

    @property
    def waiting_jobs(self) -> list[Job]:
        """The jobs that wait, next first."""
        return self._batch.waiting if self._batch else []

    @property
    def running_jobs(self) -> list[Job]:
        """The jobs that are under way."""
        return self._batch.running if self._batch else []

    @property
    def dropped(self) -> int:
        """How many jobs were dropped or stopped and could be queued again."""
        return len(self._dropped)

    def photo_of(self, job: Job) -> int | None:
        """Return the photo of a job in the queue; None where it has left it meanwhile."""
        return self._ids.get(job)

    def add(self, jobs: Mapping[Job, int]) -> int:
        """Queue jobs, each with its photo's id, except for those that are in the queue already.

        Returns
        -------
        How many were queued.
        """
        with self._lock:
            fresh = {job: photo for job, photo in jobs.items() if job not in self._ids}
            if not self.progress.busy:
                self.progress = Progress()
            for job in fresh:
                self.progress.queued(job)
                self.failures.pop(job, None)
                self._dropped.pop(job, None)
            self._ids |= fresh
            self.waiting |= set(fresh.values())
        self._changed(fresh.values())
        if fresh:
            self._started_batch().add(fresh)
        return len(fresh)

    def retry(self, jobs: Collection[Job]) -> int:
        """Queue failed jobs again, just as they were; return how many."""
        return self.add({job: self.failures[job].photo_id for job in jobs if job in self.failures})

    def dismiss(self, job: Job) -> None:
        """Forget that a job has failed."""
        with self._lock:
            self.failures.pop(job, None)
        self._changed(())

    def seconds_left(self) -> float | None:
        """Return an estimate of the time until the queue is empty, when there is one."""
        return self._batch.seconds_left() if self._batch else None

    def rate(self) -> Rate | None:
        """Return how fast it goes, when anything has ended."""
        return self._batch.rate() if self._batch else None

    def pause(self, held: bool) -> None:
        """Hold waiting photos back, or go on; what is queued later is held back, too."""
        batch = self._started_batch()
        if held:
            batch.pause()
        else:
            batch.resume()
        self._changed(())

    def first(self, photos: Collection[int]) -> int:
        """Have waiting photos done next, in their order; return how many of them wait."""
        moved = self.waiting.intersection(photos)
        if self._batch and moved:
            self._batch.promote([job for job in self.waiting_jobs if self._ids.get(job) in moved])
            self._changed(())
        return len(moved)

    def move(self, job: Job, steps: int) -> bool:
        """Have a waiting job done so many places earlier (below 0) or later; False: it is not."""
        jobs = self.waiting_jobs
        if self._batch is None or job not in jobs:
            return False
        place = jobs.index(job)
        jobs.insert(max(0, place + steps), jobs.pop(place))
        self._batch.promote(jobs)
        self._changed(())
        return True

    def drop(self, jobs: Collection[Job]) -> int:
        """Drop those of the jobs that wait; return how many that were."""
        return self._batch.drop(jobs) if self._batch else 0

    def stop(self, jobs: Collection[Job]) -> int:
        """End the work on those of the jobs that are under way; return how many that were."""
        return self._batch.stop(jobs) if self._batch else 0

    def cancel(self) -> int:
        """Drop all that waits; return how many jobs that were."""
        return self.drop(self.waiting_jobs)

    def restore(self) -> int:
        """Queue again what was dropped or stopped in this run; return how many jobs that were."""
        return self.add(dict(self._dropped))

    def _started_batch(self) -> Batch[Job, Result]:
        if self._batch is None:
            self._batch = Batch(
                self._workers(),
                self._function,
                on_started=self._on_started,
                on_ended=self._on_ended,
            )
        return self._batch

    def _on_started(self, job: Job) -> None:
        with self._lock:
            photo = self._ids.get(job)
            if photo is not None and photo in self.waiting:
                self.waiting -= {photo}
                self.running |= {photo}
        self._changed(() if photo is None else (photo,))

    def _on_ended(self, outcome: Outcome[Job, Result]) -> None:
        job = outcome.job
        photo = self._ids[job]
        ended = None if outcome.cancelled else self._recorded(photo, outcome)
        with self._lock:
            del self._ids[job]
            self.waiting -= {photo}
            self.running -= {photo}
            if ended is None:
                self.progress.dropped()
                self._dropped[job] = photo
            else:
                self.progress.ended[job] = ended
                if ended.problem:
                    self.failures[job] = ended
            is_empty = not self._ids
        if is_empty:
            self._emptied()
        self._changed((photo,))

    def _recorded(self, photo: int, outcome: Outcome[Job, Result]) -> Ended:
        """Record an outcome; a store that cannot take it fails this photo and not the queue."""
        try:
            return self._record(photo, outcome)
        except REPORTED as error:
            return Ended(photo, "", problem=sentence(error))
