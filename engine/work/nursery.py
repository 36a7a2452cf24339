"""How worker processes begin: each afresh, or as forks of one process that has imported everything.

The fork server of ``multiprocessing`` has one thread, no network and no photo: what it has imported
is imported once for all workers and lies in memory once. It is started while a command still reads
its arguments. A process with threads, such as the interface, is never forked itself: a fork may
inherit a lock that nobody will open.

Only on Linux: elsewhere the system's own libraries do not bear a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext

_IMPORTED = "engine.work.imported"


def fresh() -> BaseContext:
    """Return the way to start each worker afresh; it takes no time of who asks for one."""
    _leave_out_current_folder()
    return multiprocessing.get_context("spawn")


def forked() -> BaseContext:
    """Return the way to fork workers, where that is safe; who asks for the first waits for it."""
    if sys.platform != "linux":
        return fresh()
    start_ahead()
    return multiprocessing.get_context("forkserver")


def start_ahead() -> None:
    """Begin to start the process that workers are forked from, where there is to be one."""
    if sys.platform != "linux":
        return
    _leave_out_current_folder()
    forkserver.set_forkserver_preload([_IMPORTED])
    resource_tracker.ensure_running()  # which lets Ctrl+C through when it has started
    with ctrl_c_held_back():
        forkserver.ensure_running()


def _leave_out_current_folder() -> None:
    """Have no child of this process import what happens to lie where a person works."""
    os.environ["PYTHONSAFEPATH"] = "1"


@contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """Let Ctrl+C wait until a process has begun whole, and keep it from that process."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
