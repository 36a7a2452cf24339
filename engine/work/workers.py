"""A supervised pool of warm worker processes.

The interface and the commands never decode a photo or run a network themselves: they submit a
job and get a ``concurrent.futures.Future``. A job that kills its process, or hangs, fails alone;
the pool starts another process and goes on.

How processes begin is told in ``nursery``.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from engine.errors import WorkerDied, WorkerTimeout
from engine.offline import forbid_other_hosts
from engine.work import nursery
from engine.work.allocation import keep_freed_memory
from engine.work.machine import ALGEBRA_THREADS, available_cores, default_workers, take_share

Job = TypeVar("Job")
Result = TypeVar("Result")

JOB_SECONDS = 600.0
"""After so long a job counts as hanging; a 100-megapixel photo with a large network needs less."""

_ATTEMPTS = 3  # how often a job is begun whose pool breaks before it has a process

_BACKGROUND_NICENESS = 19  # the last to run: a key is shown a fifth sooner than at 5


class Workers:
    """A pool of worker processes; a context manager.

    Parameters
    ----------
    count : number of processes; by default as many as cores and memory allow
    threads : threads that a job may use; by default the cores shared out evenly
    background : leave the processor to others when they want it, to the interface first of all
    forked : start them as forks of one process, which the first job waits for
    """

    def __init__(
        self,
        count: int | None = None,
        threads: int | None = None,
        *,
        background: bool = False,
        forked: bool = False,
    ) -> None:
        self.count = count or default_workers()
        self.threads = threads or max(1, available_cores() // self.count)
        self._background = background
        self._forked = forked
        self._lock = threading.RLock()
        self._closed = False
        self._open: set[Future[Any]] = set()
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close(wait=kind is None)

    def submit(
        self,
        function: Callable[[Job], Result],
        job: Job,
        timeout: float | None = JOB_SECONDS,
    ) -> Future[Result]:
        """Have ``function(job)`` done by a worker.

        Parameters
        ----------
        function : a function of a module, so that it can be named in the other process
        job : its one argument; it is pickled
        timeout : seconds after which the job's process is ended

        Returns
        -------
        Future whose exception is the job's own, WorkerDied or WorkerTimeout. Cancelling it drops
        a waiting job and ends the process of a running one.
        """
        outer: _LinkedFuture[Result] = _LinkedFuture()
        self._begin(outer, _Task(function, job, timeout), attempt=1)
        return outer

    def close(self, *, wait: bool) -> None:
        """End the processes, after the jobs that were submitted (``wait``) or at once."""
        with self._lock:
            self._closed = True
            pool = self._pool
        if wait:
            pool.close()
        else:
            pool.stop()
        pool.join()

    def _begin(self, outer: _LinkedFuture[Result], task: _Task[Result], attempt: int) -> None:
        with self._lock:
            inner = self._schedule(task)
            self._open.add(inner)
            outer.inner = inner
        inner.add_done_callback(lambda done: self._ended(outer, done, task, attempt))
        with self._lock:
            if not (self._closed or self._pool.active):
                self._renew()  # it broke while it took the task, and might never answer

    def _schedule(self, task: _Task[Result]) -> Future[Result]:
        # With its first task the pool starts its processes.
        with nursery.undisturbed():
            try:
                return task.given_to(self._pool)
            except RuntimeError:
                if self._closed:
                    raise
                self._renew()
                return task.given_to(self._pool)

    def _ended(
        self, outer: _LinkedFuture[Result], inner: Future[Result], task: _Task[Result], attempt: int
    ) -> None:
        with self._lock:
            self._open.discard(inner)
            again = not self._closed and attempt < _ATTEMPTS
        if again and not inner.cancelled() and isinstance(inner.exception(), BrokenProcessPool):
            self._begin(outer, task, attempt + 1)
        else:
            _settle(outer, inner, subject_of(task.job))

    def _renew(self) -> None:
        """Take a new pool for one that broke, and begin afresh what that had not done.

        A pool breaks when a process ends while no job runs: the system's want of memory ends idle
        processes, too. pebble then takes no further job, and forgets those that it was being given.
        """
        broken, self._pool = self._pool, self._new_pool()
        left, self._open = self._open, set()
        # In a thread of its own, which holds no lock that those who wait for a job may want.
        threading.Thread(target=_clear_away, args=(broken, left), daemon=True).start()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.count,
            initializer=_prepare,
            initargs=(self.threads, dict(os.environ), self._background),
            context=nursery.forked() if self._forked else nursery.fresh(),
        )


@dataclass(frozen=True)
class _Task(Generic[Result]):
    """What a pool is asked to do."""

    function: Callable[..., Result]
    job: object
    timeout: float | None

    def given_to(self, pool: ProcessPool) -> Future[Result]:
        """Have a pool do it."""
        return pool.schedule(self.function, args=[self.job], timeout=self.timeout)


class _LinkedFuture(Future[Result]):
    """A future that passes cancellation on to that of the pool, ``inner``."""

    inner: Future[Result]

    def cancel(self) -> bool:
        return self.inner.cancel()


def subject_of(job: object) -> str:
    """Return what a person knows a job by: its photo, where it has one."""
    return str(getattr(job, "photo", None) or type(job).__name__)


def _clear_away(broken: ProcessPool, left: Iterable[Future[Any]]) -> None:
    """End what a broken pool has left, and tell every job that it has not been done."""
    broken.join()
    for inner in left:
        with suppress(InvalidStateError):  # the pool itself has told most of them
            inner.set_exception(BrokenProcessPool())


def _settle(outer: Future[Result], inner: Future[Result], subject: str) -> None:
    """Hand the result of the pool's future to ours, in the words of the error tree."""
    if inner.cancelled():
        Future.cancel(outer)
        outer.set_running_or_notify_cancel()
        return
    error = inner.exception()
    if error is None:
        outer.set_result(inner.result())
    elif isinstance(error, ProcessExpired | BrokenProcessPool):
        code = f" (exit code {error.exitcode})" if isinstance(error, ProcessExpired) else ""
        outer.set_exception(
            WorkerDied(
                subject,
                f"the worker process ended during this photo{code}",
                "The other photos are not touched; queue this one again, alone if it repeats.",
            )
        )
    elif isinstance(error, TimeoutError):
        outer.set_exception(
            WorkerTimeout(
                subject,
                "took too long and was stopped",
                "Queue it again; if it repeats, try another model or a smaller copy.",
            )
        )
    elif isinstance(error, CancelledError):
        Future.cancel(outer)
        outer.set_running_or_notify_cancel()
    else:
        outer.set_exception(error)


def _prepare(threads: int, environment: Mapping[str, str], background: bool) -> None:
    """Make a fresh worker process ready; runs in that process."""
    os.environ.clear()
    os.environ.update(environment)  # a fork has that of when its parent was started
    # Ctrl+C is the parent's to handle: it ends the pool in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    forbid_other_hosts()
    take_share(threads)
    _limit_algebra(threads)
    keep_freed_memory()
    if background and hasattr(os, "nice"):
        os.nice(_BACKGROUND_NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    import cv2  # noqa: PLC0415 - only the worker needs it, and its import takes a while

    cv2.setNumThreads(threads)


def _limit_algebra(threads: int) -> None:
    """Keep NumPy's linear algebra to this process's share of the cores.

    It starts a thread a core and lets them spin between its calls, which took a seventh of the
    processor time of a cut, from the other workers. The libraries read this when NumPy is imported.
    """
    for variable in ALGEBRA_THREADS:
        os.environ[variable] = str(threads)


def _silence() -> None:
    """Keep what libraries print on damaged files (libtiff does) away from the interface's screen.

    Python's own errors do not go this way: they come back with the job's future.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_parent() -> None:
    """End this process when its parent is gone, so that ``kill -9`` leaves nothing behind."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
