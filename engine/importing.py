"""Imports in threads, and processes that begin meanwhile.

While OpenCV is imported its own folder stands in ``sys.path``, and a process that begins in that
moment is given it: there ``typing`` is OpenCV's, and nothing can be imported any more. So whoever
imports OpenCV late, in a thread, and whoever begins a process take turns.
"""

from __future__ import annotations

import threading

path_in_use = threading.RLock()
"""Held while OpenCV may be imported, and while a process begins."""
