"""The headers of many photos, one after the other or several at a time.

From a local disk one thread is the quickest: Python's threads take turns, and eight of them would
take three times as long. On a network drive, where a thread mostly waits, they take an eighth.
Which of both it is, is seen file by file, and looked at again every few hundred files.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from engine.errors import PhotoError, PhotoUnreadable, reason
from engine.imaging.header import Header, read_header
from engine.session.walk import FoundFile

_READERS = 8  # threads, where opening files waits for the disk or the network
_PORTION = 512  # files that they are given at once
_WAIT = 0.001  # seconds for which a local disk keeps a file waiting, at most
_PATIENCE = 0.05  # seconds of waiting beyond that: a slow disk, not a machine that is busy


def read_headers(
    session: Path, files: Sequence[FoundFile]
) -> Iterator[tuple[FoundFile, Header | str]]:
    """Give each file with its header, or with why there is none, in order."""

    def read(file: FoundFile) -> tuple[FoundFile, Header | str]:
        return file, _header(session, file)

    readers = ThreadPoolExecutor(_READERS, "header")
    rest, waited = iter(files), 0.0
    try:
        for file in rest:
            began, worked = time.monotonic(), time.thread_time()
            found = read(file)
            idle = time.monotonic() - began - (time.thread_time() - worked)
            yield found
            waited = max(0.0, waited + idle - _WAIT)
            if waited > _PATIENCE:
                yield from readers.map(read, islice(rest, _PORTION))
                waited = _PATIENCE  # it is slow still where the next file has to wait
    finally:
        # Where the scan is stopped nobody waits for the headers that are left.
        readers.shutdown(cancel_futures=True)


def _header(session: Path, file: FoundFile) -> Header | str:
    try:
        return read_header(session / file.path)
    except PhotoError as error:
        return reason(error)
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        remedy = "Check its permissions and its drive."
        return reason(PhotoUnreadable(str(file.path), problem, remedy))
