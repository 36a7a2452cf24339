"""Whose workers a command uses: those of a warm service where it was lent some, or its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pebble import CONSTS

from engine.work.machine import default_workers
from engine.work.workers import Workers

if TYPE_CHECKING:
    from engine.serving.borrowed import BorrowedWorkers

MOST_BORROWED = 8
"""Jobs per lent worker beyond which own workers, one a core, are worth the time they take to load.

A service keeps few workers with many threads each, which is best for single photos.
"""

_LOOK_SECONDS = 0.02  # between a pool's looks at its processes; its end waits for one or two

_lent: BorrowedWorkers | None = None


def lend(workers: BorrowedWorkers) -> None:
    """Let the command that this process runs use a service's workers."""
    global _lent  # noqa: PLW0603 - a property of the process: whose guest it is
    _lent = workers


def open_workers(jobs: int, wanted: int | None = None) -> Workers:
    """Return the pool for a command with so many jobs; a context manager.

    Parameters
    ----------
    jobs : how many there are
    wanted : worker processes that a person has asked for; None: what suits the machine
    """
    lent = None if _lent is None or _lent.gone else _lent
    if lent is not None and wanted is None and jobs <= MOST_BORROWED * lent.count:
        return lent
    CONSTS.sleep_unit = _LOOK_SECONDS  # not in a workstation, which is open for hours
    # A worker more than there are jobs would only take cores from the others.
    return Workers(min(wanted or default_workers(), max(1, jobs)), forked=True)
