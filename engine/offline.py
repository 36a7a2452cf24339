"""A guard that keeps this process from talking to other hosts.

Fetching a network (``packshot models install``, and ``packshot demo`` where none is installed) is
the one task that may; everywhere else reaching another host is a fault, wherever in a library it
comes from, and is refused before a byte leaves: connecting, sending without a connection, looking
a name up, and taking a port that other hosts can reach. Sockets inside the machine (Unix sockets,
loopback) stay open: the workers use them.

The events are those of Python's table of audit events. Listening without having taken a port is
not among them, and what a library does in its own native code the guard cannot see either; that
only the operating system can refuse (``tui/privacy``). ONNX Runtime is one that has to be told:
it reports its use to its makers unless a variable forbids it before it is imported.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_THROUGH_A_SOCKET = frozenset({"socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOK_UPS = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
)
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
    if event in _THROUGH_A_SOCKET:
        asking, address = arguments[:2]
        inside = isinstance(asking, socket.socket) and _is_inside(asking.family, address)
    elif event in _LOOK_UPS:
        address = arguments[0]
        inside = not address or _is_local(address[0] if isinstance(address, tuple) else address)
    else:
        return
    if not inside and not _allowed:
        raise OtherHostRefused(f"packshot reaches no other host: {event} {address!r}")


def _is_inside(family: int, address: object) -> bool:
    """Whether an address to connect to, to send to or to listen at is inside the machine."""
    if address is None or family == getattr(socket, "AF_UNIX", None):
        return True  # without an address a message goes to who is connected already
    internet = family in {socket.AF_INET, socket.AF_INET6}
    return internet and isinstance(address, tuple) and _is_local(address[0])


def _is_local(host: object) -> bool:
    text = os.fsdecode(host) if isinstance(host, str | bytes) else ""
    if text == "localhost":
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False
