"""The headers of many photos, one after the other or several at a time.

From a local disk one thread is the quickest: Python's threads take turns, and eight of them would
take three times as long. On a network drive, where a thread mostly waits, they take an eighth.
Which of both it is, the first files of every few hundred tell.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.errors import PhotoError, PhotoUnreadable, reason
from engine.imaging.header import Header, read_header
from engine.session.walk import FoundFile

_READERS = 8  # threads, where opening files waits for the disk or the network
_PORTION = 512  # files that the first of them stand for
_TRIED = 16
_WAIT = 0.001  # seconds a file that are spent waiting rather than reading: a slow disk


def read_headers(
    session: Path, files: Sequence[FoundFile]
) -> Iterator[tuple[FoundFile, Header | str]]:
    """Give each file with its header, or with why there is none, in order."""

    def read(file: FoundFile) -> tuple[FoundFile, Header | str]:
        return file, _header(session, file)

    readers = ThreadPoolExecutor(_READERS, "header")
    try:
        for start in range(0, len(files), _PORTION):
            portion = files[start : start + _PORTION]
            began, worked = time.monotonic(), time.thread_time()
            tried = [read(file) for file in portion[:_TRIED]]
            waited = time.monotonic() - began - (time.thread_time() - worked)
            yield from tried
            several = readers.map if waited > _WAIT * len(tried) else map
            yield from several(read, portion[_TRIED:])
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
