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
from contextlib import contextmanager, suppress
from multiprocessing.context import BaseContext

from engine.importing import path_in_use

_IMPORTED = "engine.work.imported"
_SAFE_PATH = "PYTHONSAFEPATH"  # Python's -c would look for modules in the current folder first
_TUNABLES, _LARGE_PAGES = "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"  # touched once, not 500 times


def fresh() -> BaseContext:
    """Return the way to start each worker afresh; it takes no time of who asks for one."""
    _set_environment()
    return multiprocessing.get_context("spawn")


def forked() -> BaseContext:
    """Return the way to fork workers, where that can be; who asks for the first waits for it."""
    return multiprocessing.get_context("forkserver") if start_ahead() else fresh()


def start_ahead() -> bool:
    """Begin to start the process that workers are forked from; return whether there is one.

    There is none where a fork is not safe, nor where its socket finds no place: in a folder for
    temporary files of a long name, a socket's would be too long.
    """
    if sys.platform != "linux":
        return False
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 - not everywhere

    _set_environment()
    forkserver.set_forkserver_preload([_IMPORTED])
    resource_tracker.ensure_running()  # which lets Ctrl+C through when it has started
    with undisturbed(), suppress(OSError):
        forkserver.ensure_running()
        return True
    return False


def _set_environment() -> None:
    """Set what has to be known before a child of this process begins.

    None imports what happens to lie where a person works; and memory comes in large pages, where
    the system gives them to who asks: a photo's first way through it is a tenth shorter.
    """
    os.environ[_SAFE_PATH] = "1"
    os.environ.setdefault(_TUNABLES, _LARGE_PAGES)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Begin processes while nothing is imported that would be in their way, and keep Ctrl+C off.

    Ctrl+C waits until a process has begun whole, and does not reach it.
    """
    with path_in_use, _ctrl_c_held_back():
        yield


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
