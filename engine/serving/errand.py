"""What crosses the pipe between a guest and its service, and what a worker does with it.

Jobs and results travel as bytes that only the guest and the worker look into: the service needs
to know nothing of them, and a job that cannot be read fails alone, in the worker.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from engine.work.workers import subject_of

Job = TypeVar("Job")


@dataclass(frozen=True)
class Errand:
    """A job that a guest wants done by a worker of the service.

    ``photo`` is what a person knows it by; ``call`` the function and its job, pickled.
    """

    number: int
    photo: str
    call: bytes
    timeout: float | None


@dataclass(frozen=True)
class Withdrawal:
    """A guest's word that it no longer wants an errand that has not begun."""

    number: int


@dataclass(frozen=True)
class Answer:
    """What became of an errand: its pickled result, or the error that it ended with."""

    number: int
    result: bytes = b""
    error: BaseException | None = None


def errand_for(
    number: int, function: Callable[[Job], object], job: Job, timeout: float | None
) -> Errand:
    """Return the errand of doing ``function(job)``."""
    return Errand(number, subject_of(job), pickle.dumps((function, job)), timeout)


def perform(errand: Errand) -> bytes:
    """Do an errand and return its pickled result; runs in a worker process."""
    function, job = pickle.loads(errand.call)  # it comes from a guest, a fork of our own
    return pickle.dumps(function(job))
