"""Opening a file in the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_OPENERS = {"darwin": "open", "win32": "explorer"}


def open_outside(path: Path) -> str | None:
    """Open a file in a program of its own, and wait for nothing.

    Parameters
    ----------
    path : an absolute path, so that no name can be taken for an option

    Returns
    -------
    Why it cannot be opened here; None where the program was started
    """
    opener = shutil.which(_OPENERS.get(sys.platform, "xdg-open"))
    if opener is None or not _has_display():
        return "There is no desktop here that could open it"
    subprocess.Popen(
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return None


def _has_display() -> bool:
    """Return whether windows can be opened; always true where X and Wayland are unknown."""
    if sys.platform in _OPENERS:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
