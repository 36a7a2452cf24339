"""A guard that keeps this process from talking to other hosts.

``packshot models install`` is the one place that may; everywhere else a connection to another
host is a fault, wherever in a library it comes from, and is refused before a byte leaves.
Sockets inside the machine (Unix sockets, loopback) stay open: the workers use them.

What a library does in its own native code the guard cannot see. ONNX Runtime is one that has to
be told: it reports its use to its makers unless a variable forbids it before it is imported.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"  # read once, when ONNX Runtime is loaded
_allowed = False
_guarded = False


class OtherHostRefused(PermissionError):
    """A connection to another host was attempted where none may be."""


def forbid_other_hosts() -> None:
    """Refuse, from now on, every connection of this process to another host.

    Built on an audit hook (PEP 578), which no library can take away again. It has to come before
    ONNX Runtime is imported, which is told to keep to itself, here and in child processes.
    """
    global _guarded  # noqa: PLW0603 - a hook can be added only once, and never removed
    os.environ[_NO_TELEMETRY] = "1"
    if not _guarded:
        sys.addaudithook(_check)
        _guarded = True


@contextmanager
def other_hosts_allowed() -> Iterator[None]:
    """Lift the guard for the one task that a person asked for: fetching a model."""
    global _allowed  # noqa: PLW0603 - read by the hook, which belongs to the whole process
    _allowed = True
    try:
        yield
    finally:
        _allowed = False


def _check(event: str, arguments: tuple[object, ...]) -> None:
    if _allowed:
        return
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_local(str(address[0])):
            raise OtherHostRefused(f"packshot connects to no other host ({address[0]})")
    elif event == "socket.getaddrinfo" and not _is_local(str(arguments[0] or "localhost")):
        raise OtherHostRefused(f"packshot looks up no other host ({arguments[0]})")


def _is_local(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
