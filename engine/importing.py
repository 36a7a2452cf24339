"""An import in a thread, and processes that begin meanwhile.

While OpenCV is imported its own folder stands in ``sys.path``, and a process that begins in that
moment is given it: there ``typing`` is OpenCV's, and nothing can be imported any more. So who
imports OpenCV late, in a thread, and who begins a process take turns.
"""

from __future__ import annotations

import threading

path_in_use = threading.RLock()
"""Held while OpenCV is imported, and while a process begins."""


def import_opencv() -> None:
    """Import OpenCV while no process begins, and nothing else: the interface may wait for it."""
    import numpy  # noqa: F401, PLC0415 - it takes longer, and is in nobody's way

    with path_in_use:
        import cv2  # noqa: F401, PLC0415 - see the module
