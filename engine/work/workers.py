"""A supervised pool of warm worker processes.

The interface and the commands never decode a photo or run a network themselves: they submit a
job and get a ``concurrent.futures.Future``. A job that kills its process, or hangs, fails alone;
the pool starts another process and goes on.

Workers are started afresh (``spawn``), never forked: the interface has threads, and a fork of a
threaded process may inherit a lock that nobody will open.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from engine.errors import WorkerDied, WorkerTimeout
from engine.offline import forbid_other_hosts
from engine.work.allocation import keep_freed_memory
from engine.work.machine import available_cores, default_workers, take_share

Job = TypeVar("Job")
Result = TypeVar("Result")

JOB_SECONDS = 600.0
"""After so long a job counts as hanging; a 100-megapixel photo with a large network needs less."""

_PARENT_CHECK_SECONDS = 1.0
_BACKGROUND_NICENESS = 5


class Workers:
    """A pool of worker processes; a context manager.

    Parameters
    ----------
    count : number of processes; by default as many as cores and memory allow
    threads : threads that a job may use; by default the cores shared out evenly
    background : leave the processor to the interface when both want it
    """

    def __init__(
        self, count: int | None = None, threads: int | None = None, *, background: bool = True
    ) -> None:
        self.count = count or default_workers()
        self.threads = threads or max(1, available_cores() // self.count)
        self._pool = ProcessPool(
            max_workers=self.count,
            initializer=_prepare,
            initargs=(self.threads, os.getpid(), background),
            context=multiprocessing.get_context("spawn"),
        )

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
        inner = self._pool.schedule(function, args=[job], timeout=timeout)
        outer: Future[Result] = _LinkedFuture(inner)
        inner.add_done_callback(lambda done: _settle(outer, done, subject_of(job)))
        return outer

    def close(self, *, wait: bool) -> None:
        """End the processes, after the jobs that were submitted (``wait``) or at once."""
        if wait:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()


class _LinkedFuture(Future[Result]):
    """A future that passes cancellation on to the pool's own."""

    def __init__(self, inner: Future[Result]) -> None:
        super().__init__()
        self._inner = inner

    def cancel(self) -> bool:
        return self._inner.cancel()


def subject_of(job: object) -> str:
    """Return what a person knows a job by: its photo, where it has one."""
    return str(getattr(job, "photo", None) or type(job).__name__)


def _settle(outer: Future[Result], inner: Future[Result], subject: str) -> None:
    """Hand the result of the pool's future to ours, in the words of the error tree."""
    if inner.cancelled():
        Future.cancel(outer)
        outer.set_running_or_notify_cancel()
        return
    error = inner.exception()
    if error is None:
        outer.set_result(inner.result())
    elif isinstance(error, ProcessExpired):
        outer.set_exception(
            WorkerDied(
                subject,
                f"the worker process ended during this photo (exit code {error.exitcode})",
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


def _prepare(threads: int, parent: int, background: bool) -> None:
    """Make a fresh worker process ready; runs in that process."""
    # Ctrl+C is the parent's to handle: it ends the pool in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    forbid_other_hosts()
    take_share(threads)
    _limit_algebra(threads)
    keep_freed_memory()
    if background and hasattr(os, "nice"):
        os.nice(_BACKGROUND_NICENESS)
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()

    import cv2  # noqa: PLC0415 - only the worker needs it, and its import takes a while

    cv2.setNumThreads(threads)


def _limit_algebra(threads: int) -> None:
    """Keep NumPy's linear algebra to this process's share of the cores.

    It starts a thread a core and lets them spin between its calls, which took a seventh of the
    processor time of a cut, from the other workers. The libraries read this when NumPy is imported.
    """
    for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[variable] = str(threads)


def _silence() -> None:
    """Keep what libraries print on damaged files (libtiff does) away from the interface's screen.

    Python's own errors do not go this way: they come back with the job's future.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_parent(parent: int) -> None:
    """End this process when its parent is gone, so that ``kill -9`` leaves nothing behind."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(1)
