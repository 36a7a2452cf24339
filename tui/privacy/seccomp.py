"""A Linux filter under which asking for a network socket ends the process.

The filter (seccomp, a BPF program in the kernel) is inherited by every process that is started
under it, holds for native code as well as for Python, and cannot be taken away again. Sockets
inside the machine (``AF_UNIX``) stay possible: the workers use them. io_uring, which could open
sockets past the filter, counts as not there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 38, 22
_SECCOMP_MODE_FILTER = 2
_LOAD, _IS_EQUAL, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF, of 32-bit words
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_X32_CALLS = 0x40000000  # the x32 calls of x86-64 have other numbers

# The kernel's name of the architecture, and its numbers of socket, socketpair and io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, 41, 53, 425),
    "aarch64": (0xC00000B7, 198, 199, 425),
}


class _Program(ctypes.Structure):
    """``struct sock_fprog``: how many instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def forbid_network_sockets() -> None:
    """Have the kernel end this process, and all that it starts, on asking for a network socket.

    It holds for the calling thread: call it before there are others.

    Raises
    ------
    OSError : this system or processor has no such filter, or does not allow it
    """
    calls = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or calls is None or sys.maxsize < 2**32:
        raise OSError(errno.ENOSYS, "there is no filter for this system and processor")
    filter_ = ctypes.create_string_buffer(b"".join(_instructions(*calls)))
    program = _Program(len(filter_.raw) // 8, ctypes.addressof(filter_))
    libc = ctypes.CDLL(None, use_errno=True)
    # Without the promise to gain no rights the kernel takes filters of the superuser alone.
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _instructions(architecture: int, socket_: int, pair: int, ring: int) -> list[bytes]:
    """Return the filter: each instruction is code, jumps if true and if false, and a number."""
    return [
        _step(_LOAD, _ARCHITECTURE),
        _step(_IS_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),  # calls by the numbers of another architecture
        _step(_LOAD, _NUMBER),
        _step(_IS_AT_LEAST, _X32_CALLS, 7, 0),
        _step(_IS_EQUAL, ring, 5, 0),
        _step(_IS_EQUAL, socket_, 1, 0),
        _step(_IS_EQUAL, pair, 0, 2),
        _step(_LOAD, _FIRST_ARGUMENT),  # the family; both processors store its low half first
        _step(_IS_EQUAL, socket.AF_UNIX, 0, 2),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _ERRNO | errno.ENOSYS),
        _step(_RETURN, _KILL),
    ]


def _step(code: int, number: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, number)
