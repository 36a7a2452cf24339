"""Trying, in a process of its own each, what must not be possible.

A probe sends nothing: it asks for a socket, and an internet one for a route to an address that is
reserved for documentation (RFC 5737, RFC 3849) and belongs to nobody.
"""

from __future__ import annotations

import os
import signal
import socket
from typing import Literal

Outcome = Literal["ended", "refused", "no route", "open"]
"""The system ended who asked; said no; gave a socket that leads nowhere; or gave a usable one."""

_NOBODY = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
_PORT = 9
_CODES: dict[int, Outcome] = {10: "refused", 11: "no route", 12: "open"}


def network_families() -> dict[str, int]:
    """Return every family of sockets that Python knows by name, but the one inside the machine."""
    inside = {getattr(socket, "AF_UNIX", None), socket.AF_UNSPEC}
    named = {name: getattr(socket, name) for name in sorted(dir(socket)) if name.startswith("AF_")}
    return {name: int(value) for name, value in named.items() if value not in inside}


def probe(family: int) -> Outcome:
    """Return what comes of asking for a socket of a family, in a child that is forked for it."""
    child = os.fork()
    if child == 0:
        code = 12
        try:
            code = _ask(family)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSYS:
        return "ended"
    return _CODES.get(os.waitstatus_to_exitcode(status), "open")


def _ask(family: int) -> int:
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            asked = socket.socket(family, kind)
        except OSError:
            continue
        if family not in _NOBODY:
            return 12
        try:
            asked.connect((_NOBODY[socket.AddressFamily(family)], _PORT))
        except OSError:
            return 11
        return 12
    return 10
