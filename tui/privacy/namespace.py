"""A network of its own for this process, with nothing in it: no card, no route, no other host.

A Linux namespace. Every process that is started from here shares it and cannot leave it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SELF = Path("/proc/self")


def leave_network() -> None:
    """Move this process into an empty network; call it before there are other threads.

    Raises
    ------
    OSError : this system has no namespaces, or does not allow one
    """
    if not sys.platform.startswith("linux"):
        raise OSError(errno.ENOSYS, "there are no namespaces on this system")
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return
    # Who is not the superuser becomes one of a namespace that holds nobody else.
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    (_SELF / "setgroups").write_text("deny", encoding="ascii")
    (_SELF / "uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    (_SELF / "gid_map").write_text(f"{group} {group} 1", encoding="ascii")
