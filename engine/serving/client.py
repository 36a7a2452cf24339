"""The thin end: have a command run by a warm service, if there is one.

Imports next to nothing, so that a command that is served costs little more than an interpreter.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress

from engine.serving import wire
from engine.serving.place import may_be_served, own_place, settings

_PATIENCE = 0.2  # seconds until a service that hangs is left alone; one that lives needs a few ms
_INTERRUPTED = 130


def served(arguments: Sequence[str]) -> int | None:
    """Have a command run by the warm service of this user, on the streams of this process.

    Parameters
    ----------
    arguments : the command's name and what follows it

    Returns
    -------
    The command's exit status; None where no service did it, and it has to be run here. That may
    also be after a part of the work, when the service's end was killed.
    """
    if not hasattr(socket, "AF_UNIX") or None in {sys.stdin, sys.stdout, sys.stderr}:
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as service:
        if not _hand_over(service, arguments):
            return None
        return _status(service)


def _hand_over(service: socket.socket, arguments: Sequence[str]) -> bool:
    """Give the command to the service; return whether there is one that takes it."""
    try:
        if not may_be_served() or not (place := own_place()).is_private():
            return False
        service.settimeout(_PATIENCE)
        service.connect(str(place.socket))
        if not wire.is_own(service) or service.recv(1) != wire.READY:
            return False
        service.settimeout(None)
        wire.send(service, _request(arguments), wire.STREAMS)
    except (OSError, RuntimeError):
        # No service, one that hangs, or a folder or home that is gone: the command itself, run
        # here, will say so where it matters.
        return False
    return True


def _request(arguments: Sequence[str]) -> dict[str, object]:
    return {
        "arguments": list(arguments),
        "folder": os.getcwd(),  # noqa: PTH109 - JSON takes a text
        "environment": settings(),
        "streams": [
            [stream.encoding, stream.errors] for stream in (sys.stdin, sys.stdout, sys.stderr)
        ],
    }


def _status(service: socket.socket) -> int | None:
    """Wait for the command's exit status; Ctrl+C is passed on once, a second one leaves."""
    interrupted = False
    while True:
        try:
            message, _ = wire.receive(service)
            return int(message["status"])
        except (OSError, EOFError):
            return _INTERRUPTED if interrupted else None
        except KeyboardInterrupt:
            if interrupted:
                return _INTERRUPTED
            interrupted = True
            with suppress(OSError):
                service.sendall(wire.INTERRUPT)
