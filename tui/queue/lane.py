"""One kind of work for many photos: what waits, what runs, and what came of it.

The batch calls back from threads of the worker pool. Outcomes are recorded there and then, so
that they are kept also when the interface is gone; the interface is only told that something has
changed, and reads the counts when it draws.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from engine.errors import REPORTED, sentence
from engine.work.batch import Batch, Outcome
from engine.work.workers import Workers

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Ended:
    """A photo that the workers are done with.

    ``name`` is what was made, or what it should have been made from. ``problem`` says why nothing
    came of it, ``remarks`` what to know of what did, ``against_rules`` that a check has failed,
    ``unchanged`` that all was there already.
    """

    photo_id: int
    name: str
    seconds: float = 0.0
    problem: str | None = None
    remarks: tuple[str, ...] = ()
    against_rules: bool = False
    unchanged: bool = False


@dataclass
class Progress:
    """How far a lane is since it was last empty; ``told`` once a person knows how it ended.

    What was dropped counts as ``cancelled`` and no longer in the ``total``.
    """

    total: int = 0
    done: int = 0
    cancelled: int = 0
    ended: list[Ended] = field(default_factory=list)
    told: bool = False

    @property
    def failed(self) -> list[Ended]:
        """The photos of which nothing came."""
        return [entry for entry in self.ended if entry.problem]

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return self.done < self.total


class Lane(Generic[Job, Result]):
    """A queue of photos for one kind of work; its methods are called by the interface.

    Parameters
    ----------
    workers : gives the pool; called with the first photo
    function : what a worker does with a job
    record : stores an outcome and says what it came to; called from a thread of the pool
    changed : called from any thread whenever something has changed, with the photos concerned
    emptied : called from a thread of the pool when nothing is left in the queue
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
        self._batch: Batch[Job, Result] | None = None
        self.progress = Progress()
        self.waiting: frozenset[int] = frozenset()
        self.running: frozenset[int] = frozenset()

    @property
    def paused(self) -> bool:
        """Whether waiting photos are held back."""
        return self._batch is not None and self._batch.paused

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
            self.progress.total += len(fresh)
            self._ids |= fresh
            self.waiting |= set(fresh.values())
        self._changed(fresh.values())
        if fresh:
            self._started_batch().add(fresh)
        return len(fresh)

    def seconds_left(self) -> float | None:
        """Return an estimate of the time until the queue is empty, when there is one."""
        return self._batch.seconds_left() if self._batch else None

    def pause(self, held: bool) -> None:
        """Hold waiting photos back, or go on; what is queued later is held back, too."""
        batch = self._started_batch()
        if held:
            batch.pause()
        else:
            batch.resume()
        self._changed(())

    def upcoming(self) -> list[int]:
        """Return the photos that wait, next first; one with several jobs stands where each does."""
        with self._lock:
            return [self._ids[job] for job in self._waiting_jobs() if job in self._ids]

    def first(self, photos: Collection[int]) -> int:
        """Have waiting photos done next, in their order; return how many of them wait."""
        moved = self.waiting.intersection(photos)
        if self._batch and moved:
            jobs = [job for job in self._waiting_jobs() if self._ids.get(job) in moved]
            self._batch.promote(jobs)
            self._changed(())
        return len(moved)

    def move(self, photo: int, steps: int) -> None:
        """Have a waiting photo done so many places earlier (below 0) or later."""
        jobs = self._waiting_jobs()
        places = [place for place, job in enumerate(jobs) if self._ids.get(job) == photo]
        if self._batch and places:
            job = jobs.pop(places[0])
            jobs.insert(max(0, places[0] + steps), job)
            self._batch.promote(jobs)
            self._changed(())

    def drop(self, photos: Collection[int]) -> int:
        """Drop those photos that wait; return how many jobs that were."""
        return self._batch.drop(self._jobs_of(photos)) if self._batch else 0

    def stop(self, photos: Collection[int]) -> int:
        """End the work on those photos that are under way; return how many jobs that were."""
        return self._batch.stop(self._jobs_of(photos)) if self._batch else 0

    def cancel(self) -> int:
        """Drop all that waits; return how many jobs that were."""
        return self._batch.drop(self._batch.waiting) if self._batch else 0

    def _waiting_jobs(self) -> list[Job]:
        return self._batch.waiting if self._batch else []

    def _jobs_of(self, photos: Collection[int]) -> list[Job]:
        with self._lock:
            return [job for job, photo in self._ids.items() if photo in photos]

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
        photo = self._ids[outcome.job]
        ended = None if outcome.cancelled else self._recorded(photo, outcome)
        with self._lock:
            del self._ids[outcome.job]
            self.waiting -= {photo}
            self.running -= {photo}
            if ended is None:
                self.progress.cancelled += 1
                self.progress.total -= 1
            else:
                self.progress.done += 1
                self.progress.ended.append(ended)
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
