"""Workers of a warm service, lent to a guest.

A service that ends, in order or killed, loses nothing: what it had not finished is done by workers
of the guest's own.
"""

from __future__ import annotations

import itertools
import pickle
import threading
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from engine.serving.errand import Answer, Errand, Withdrawal, errand_for
from engine.work.workers import JOB_SECONDS, Workers

Job = TypeVar("Job")
Result = TypeVar("Result")


class BorrowedWorkers(Workers):
    """A pool with the interface of `Workers` whose processes belong to a service.

    It may be closed and used again: closing it gives nothing back but the jobs.

    Parameters
    ----------
    service : pipe to the service, which says first how many workers it has
    """

    def __init__(self, service: Connection) -> None:
        self._service = service
        self.count = service.recv()
        self._lock = threading.RLock()
        self._numbers = itertools.count()
        self._calls: dict[int, _Call[Any]] = {}
        self._own: Workers | None = None
        self._gone = False
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def gone(self) -> bool:
        """Whether the service has ended."""
        return self._gone

    def submit(
        self,
        function: Callable[[Job], Result],
        job: Job,
        timeout: float | None = JOB_SECONDS,
    ) -> Future[Result]:
        """Have ``function(job)`` done by a worker of the service, as `Workers.submit` says.

        Cancelling the future drops a waiting job; one that is under way ends normally, and its
        result is forgotten.
        """
        with self._lock:
            if self._gone:
                return self._own_workers().submit(function, job, timeout)
            call: _Call[Result] = _Call(partial(self._withdraw, number := next(self._numbers)))
            call.again = lambda workers: workers.submit(function, job, timeout)
            self._calls[number] = call
            self._send(errand_for(number, function, job, timeout))
            return call

    def close(self, *, wait: bool) -> None:
        """Wait for the jobs that were submitted, or (not ``wait``) drop them at once."""
        with self._lock:
            calls = list(self._calls.values())
        if wait:
            futures.wait(calls)
        for call in calls:
            call.cancel()
        with self._lock:
            own, self._own = self._own, None
        if own is not None:
            own.close(wait=wait)

    def _withdraw(self, number: int) -> None:
        with self._lock:
            if self._calls.pop(number, None) is not None:
                self._send(Withdrawal(number))

    def _send(self, message: Errand | Withdrawal) -> None:
        # Where the service has gone, the listening thread sees it too, and does what is left.
        with suppress(OSError):
            self._service.send(message)

    def _listen(self) -> None:
        """Settle the calls as answers come; runs in a thread until the service has gone."""
        while True:
            try:
                answer: Answer = self._service.recv()
            except (EOFError, OSError):
                break
            with self._lock:
                call = self._calls.pop(answer.number, None)
            if call is not None:
                call.settle(answer)
        with self._lock:
            self._gone = True
            left = list(self._calls.values())
            self._calls.clear()
            own = self._own_workers() if left else self
        # Without the lock: a future that ends calls back, and who is called may submit again.
        for call in left:
            call.follow(call.again(own))

    def _own_workers(self) -> Workers:
        if self._own is None:
            self._own = Workers(self.count)
        return self._own


class _Call(Future[Result]):
    """The future of an errand; ``again`` has its job done by another pool."""

    again: Callable[[Workers], Future[Result]]

    def __init__(self, withdraw: Callable[[], None]) -> None:
        super().__init__()
        self._withdraw = withdraw

    def cancel(self) -> bool:
        cancelled = super().cancel()
        if cancelled:
            self._withdraw()
        return cancelled

    def settle(self, answer: Answer) -> None:
        """Take the answer, unless nobody wants it any more."""
        if not self.set_running_or_notify_cancel():
            return
        if answer.error is not None:
            self.set_exception(answer.error)
        else:
            self.set_result(pickle.loads(answer.result))

    def follow(self, other: Future[Result]) -> None:
        """Come to what another future comes to."""
        other.add_done_callback(self._take)

    def _take(self, other: Future[Result]) -> None:
        if other.cancelled():
            super().cancel()
        elif not self.set_running_or_notify_cancel():
            return
        elif (error := other.exception()) is not None:
            self.set_exception(error)
        else:
            self.set_result(other.result())
