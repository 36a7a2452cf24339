"""Who is at the keyboard, as far as the machine knows."""

from __future__ import annotations

import getpass
import platform


def this_person() -> str:
    """Return ``name@host`` for whoever runs this process."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        name = "someone"
    return f"{name}@{platform.node() or 'localhost'}"
