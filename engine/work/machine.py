"""What this machine really gives to the process: cores and memory, containers included."""

from __future__ import annotations

import os
from pathlib import Path

from engine.work.cgroup import headroom, limits

ALGEBRA_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Environment variables for how many threads NumPy's linear algebra has, read at its import."""

_MEMINFO = Path("/proc/meminfo")
_share = 0  # threads of this process's jobs; 0: it is no worker and may use every core
_MEMORY_PER_WORKER = 1_500_000_000  # bytes that one worker may need for a large photo


def available_cores() -> int:
    """Return the cores that this process may use: affinity and container quota respected."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    share = limits().cores
    return cores if share is None else max(1, min(cores, int(share)))


def available_memory() -> int:
    """Return the bytes of memory that this machine or container has in all."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        total = 8_000_000_000  # a system that does not tell; small enough to be safe
    limit = limits().memory
    return total if limit is None else min(total, limit)


def free_memory() -> int | None:
    """Return the bytes that are free now, whoever has the others; None where nobody tells.

    Memory that only caches files counts as free.
    """
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        lines = []
    found = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    room = headroom()
    return min(found if room is None else [*found, room], default=None)


def default_workers() -> int:
    """Return how many worker processes suit this machine.

    A photo's steps do not scale over threads as well as photos do over processes, so that each
    core gets a worker, as long as the memory allows.
    """
    return max(1, min(available_cores(), available_memory() // _MEMORY_PER_WORKER))


def take_share(threads: int) -> None:
    """Note how many threads the jobs of this worker process may use."""
    global _share  # noqa: PLW0603 - a property of the process, set once when it starts
    _share = threads


def job_threads() -> int:
    """Return how many threads a job in this process may use."""
    return _share or available_cores()
