"""The headers of many photos, one after the other or several at a time.

From a local disk one thread is the quickest: Python's threads take turns, and eight of them would
take three times as long. On a network drive, where a thread mostly waits, they take an eighth.
Where files keep one thread waiting it may be the disk, or the interface whose turn it is: several
are given a few files then, and more as long as they are the quicker.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TypeVar

from engine.errors import PhotoError, PhotoUnreadable, reason
from engine.imaging.header import Header, read_header
from engine.session.walk import FoundFile

_READERS = 8  # threads, where opening files waits for the disk or the network
_WAIT = 0.001  # seconds for which a local disk keeps a file waiting, at most
_PATIENCE = 0.05  # seconds of waiting beyond that, after which the threads are tried
_LESS_OFTEN = 4  # times the patience, each time that they were tried in vain
_PORTIONS = (64, 256, 1024)  # files that they are given, the next as long as they are the quicker
_LOOK = 64  # files at most that one thread reads after each portion, to be compared
_MOMENT = 0.008  # seconds that it does: more than the 5 ms of another thread's turn
_QUICKER = 2 / 3  # of one thread's time for a file: less than that has to be the threads'

T = TypeVar("T")


def read_headers(
    session: Path, files: Sequence[FoundFile]
) -> Iterator[tuple[FoundFile, Header | str]]:
    """Give each file with its header, or with why there is none, in order."""

    def read(file: FoundFile) -> tuple[FoundFile, Header | str]:
        return file, _header(session, file)

    def together(portion: int) -> Iterator[tuple[FoundFile, Header | str]]:
        yield from readers.map(read, islice(rest, portion))  # begun where its pace is taken

    readers = ThreadPoolExecutor(_READERS, "header")
    rest, waited, patience = iter(files), 0.0, _PATIENCE
    try:
        for file in rest:
            began, worked = time.monotonic(), time.thread_time()
            found = read(file)
            idle = time.monotonic() - began - (time.thread_time() - worked)
            yield found
            waited = max(0.0, waited + idle - _WAIT)
            if waited <= patience:
                continue
            for portion in _PORTIONS:
                several = yield from _paced(together(portion))
                one = yield from _paced(map(read, islice(rest, _LOOK)), _MOMENT)
                if several >= one * _QUICKER:
                    break
            patience = patience * _LESS_OFTEN if portion == _PORTIONS[0] else _PATIENCE
            waited = 0.0
    finally:
        # Where the scan is stopped nobody waits for the headers that are left.
        readers.shutdown(cancel_futures=True)


def _paced(found: Iterable[T], limit: float = math.inf) -> Generator[T, None, float]:
    """Give what is found, for so many seconds, and return how many each took with its use."""
    began, took, count = time.monotonic(), 0.0, 0
    for each in found:
        count += 1
        yield each
        took = time.monotonic() - began
        if took > limit:
            break
    return took / max(1, count)


def _header(session: Path, file: FoundFile) -> Header | str:
    try:
        return read_header(session / file.path)
    except PhotoError as error:
        return reason(error)
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        remedy = "Check its permissions and its drive."
        return reason(PhotoUnreadable(str(file.path), problem, remedy))
