"""Messages between client and guest: JSON with its length before it, and who is at the other end.

A request carries the client's three standard streams as file descriptors.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Sequence
from typing import Any

STREAMS = (0, 1, 2)
"""The standard streams that a request carries: input, output and errors."""

_LENGTH = struct.Struct("!I")
_LONGEST = 16_000_000  # bytes; arguments and environment of a process are far less
_CREDENTIALS = struct.Struct("3i")  # process, user, group

READY = b"r"
"""What the service says first: it is alive and takes a request."""

INTERRUPT = b"i"
"""What a client says when its person has pressed Ctrl+C."""


def is_own(peer: socket.socket) -> bool:
    """Return whether the process at the other end belongs to the same user.

    Where the system does not tell, the folder's mode is what keeps others away.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    credentials = peer.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size)
    return bool(_CREDENTIALS.unpack(credentials)[1] == os.geteuid())


def send(peer: socket.socket, message: object, descriptors: Sequence[int] = ()) -> None:
    """Send a message, with file descriptors beside it."""
    import json  # noqa: PLC0415 - only who finds somebody to talk to needs it

    body = json.dumps(message).encode("ascii")
    head = _LENGTH.pack(len(body))
    if descriptors:
        socket.send_fds(peer, [head], descriptors)
    else:
        peer.sendall(head)
    peer.sendall(body)


def receive(peer: socket.socket, descriptors: int = 0) -> tuple[Any, list[int]]:
    """Return the next message, and the file descriptors that came with it.

    Raises
    ------
    EOFError : the other end has gone
    ValueError : this is no message of packshot's
    """
    import json  # noqa: PLC0415 - as above

    head, received, _, _ = socket.recv_fds(peer, _LENGTH.size, descriptors)
    head += _exactly(peer, _LENGTH.size - len(head)) if head else b""
    if not head:
        raise EOFError("the other end has gone")
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST or len(received) != descriptors:
        raise ValueError("this is no message of packshot's")
    return json.loads(_exactly(peer, length)), received


def _exactly(peer: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = peer.recv(size)
        if not part:
            raise EOFError("the other end has gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
