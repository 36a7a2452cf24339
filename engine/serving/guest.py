"""A process that runs one command in the place of the client that asked for it.

It is a fork of the hatchery, so that everything is imported. It takes over the client's folder,
environment and standard streams; the umask is the same already, or the client would not have
found this service. It ends with the client, and outlives the service.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from engine.serving import wire
from engine.serving.borrowed import BorrowedWorkers
from engine.serving.pools import lend

Runner = Callable[[Sequence[str]], int]
"""Runs a command and returns its exit status."""

_FAULT = 1  # Python's own exit status after a traceback


def attend(client: socket.socket, service: Connection, run: Runner) -> None:
    """Read a client's request, run its command, and tell it the exit status.

    Parameters
    ----------
    client : connected socket; the request is read from it
    service : pipe to the service's workers
    run : refuses what may not be served by raising ValueError
    """
    try:
        request, streams = wire.receive(client, len(wire.STREAMS))
    except (EOFError, OSError, ValueError):
        return  # the client has gone away, or is none of ours; it works alone
    _take_place(request, streams)
    lend(BorrowedWorkers(service))
    threading.Thread(target=_watch, args=(client,), daemon=True).start()
    status = _run(run, request["arguments"])
    # From here on a Ctrl+C comes too late to change anything.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        wire.send(client, {"status": status})


def _take_place(request: dict[str, Any], streams: Sequence[int]) -> None:
    """Put this process where the client is."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, stream in zip(wire.STREAMS, streams, strict=True):
        os.dup2(stream, number)
        os.close(stream)
    files = []
    for number, (encoding, errors) in zip(wire.STREAMS, request["streams"], strict=True):
        # Python's own habits: standard error by lines, standard output so on a terminal only.
        by_line = number == 2 or os.isatty(number)
        files.append(
            open(  # noqa: SIM115 - they stay open as long as the process
                number,
                "r" if number == 0 else "w",
                buffering=1 if by_line else -1,
                encoding=encoding,
                errors=errors,
                closefd=False,
            )
        )
    sys.stdin, sys.stdout, sys.stderr = files


def _run(run: Runner, arguments: Sequence[str]) -> int:
    """Run the command as an interpreter of its own would: every ending becomes a status."""
    try:
        status = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return 0  # the reader of a pipe has seen enough
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _FAULT
    except BaseException:  # the edge of the process: nobody else would print it
        traceback.print_exc()
        return _FAULT
    return status


def _watch(client: socket.socket) -> None:
    """Stop the command when the client's person does, or when the client is no more."""
    with suppress(OSError):
        client.recv(1)  # an interrupt, or nothing: the other end has gone
    os.kill(os.getpid(), signal.SIGINT)
