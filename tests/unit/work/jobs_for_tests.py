"""Jobs that a worker process can import by name: quick, failing, dying and hanging ones."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PhotoUnreadable


@dataclass(frozen=True)
class NamedJob:
    photo: Path
    number: int = 0


def double(job: NamedJob) -> int:
    return job.number * 2


def process_id(job: NamedJob) -> int:
    return os.getpid()


def gated_process_id(job: NamedJob) -> int:
    job.photo.with_suffix(f".{job.number}").touch()
    while not job.photo.exists():
        time.sleep(0.01)
    return os.getpid()


def refuse(job: NamedJob) -> int:
    raise PhotoUnreadable(str(job.photo), "is not a picture", "Remove it.")


def die(job: NamedJob) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def die_if_odd(job: NamedJob) -> int:
    return die(job) if job.number % 2 else job.number


def hang(job: NamedJob) -> int:
    time.sleep(600)
    return 0


def hang_if_odd(job: NamedJob) -> int:
    return hang(job) if job.number % 2 else double(job)


def slow_double(job: NamedJob) -> int:
    time.sleep(0.05)
    return double(job)


def connect_elsewhere(job: NamedJob) -> str:
    import socket

    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except PermissionError as error:
        return str(error)
    return "connected"


def environment(name: str) -> str:
    return os.environ[name]


def algebra_threads(job: NamedJob) -> str:
    return os.environ["OPENBLAS_NUM_THREADS"]
