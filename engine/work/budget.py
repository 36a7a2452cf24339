"""Back-pressure by bytes: how much memory the photos under way may take, together.

One budget per process, shared by all its batches, whatever pool does their jobs. What a job takes
is told by its photo's pixels, from the header. Other programs want memory, too, another packshot
among them: beside what is under way, a job starts only where the machine has room for it now. A
photo too large for the whole budget is let in alone; nothing runs beside it.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path

from engine.errors import PhotoError
from engine.imaging.opening import opened
from engine.work.machine import available_memory, free_memory

_SHARE = 0.6  # of the memory; the rest is the interface's, the system's and its file cache's
_PER_PIXEL = 7  # bytes at the highest point of a cut, whatever the bits and inks of the file
_PER_JOB = 450_000_000  # bytes: libraries, a network at work, and what is as large for every photo


class Budget:
    """Bytes that jobs take before they start and give back when they end; for any thread.

    Parameters
    ----------
    total : bytes for all jobs together
    free : returns the bytes that the machine has left now; None where it does not tell
    """

    def __init__(self, total: int, free: Callable[[], int | None] = lambda: None) -> None:
        self._total = total
        self._free = free
        self._used = 0
        self._lock = threading.Lock()
        self._refused: dict[Callable[[], None], None] = {}

    def take(self, amount: int, retry: Callable[[], None]) -> bool:
        """Take ``amount`` bytes if they are left and free, or if nobody has taken any.

        Returns
        -------
        Whether they were taken; if not, ``retry`` is called once when some come back.
        """
        with self._lock:
            if self._used and not self._has_room(amount):
                self._refused[retry] = None
                return False
            self._used += amount
            return True

    def _has_room(self, amount: int) -> bool:
        free = self._free()
        return self._used + amount <= self._total and (free is None or amount <= free)

    def give_back(self, amount: int) -> None:
        """Give back what was taken, and have those try again that were refused."""
        with self._lock:
            self._used -= amount
            refused, self._refused = self._refused, {}
        for retry in refused:
            retry()


@functools.cache
def shared_budget() -> Budget:
    """Return the budget of this process, made from the machine's memory."""
    return Budget(int(_SHARE * available_memory()), free_memory)


def memory_of(job: object) -> int:
    """Return the bytes that a job will take at its highest point.

    Parameters
    ----------
    job : its photo's size is told by its ``pixels``, where that is known, or else by the header of
        its ``photo``. One without a photo that can be read takes what every job takes, for a
        moment.
    """
    return _PER_JOB + _PER_PIXEL * (getattr(job, "pixels", 0) or _pixels_in_header(job))


def _pixels_in_header(job: object) -> int:
    photo = getattr(job, "photo", None)
    if not isinstance(photo, Path):
        return 0
    try:
        with opened(photo) as (image, _):
            return image.width * image.height
    except PhotoError:
        return 0
