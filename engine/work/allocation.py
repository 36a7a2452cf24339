"""How a worker process keeps its memory: what one step frees, the next one uses.

A photo takes hundreds of megabytes for moments. By default the C library gives every large block
back to the system at once and asks for it again, and the system clears each page anew: a quarter
of the processor time of a cut went there. Kept blocks are reused by whatever comes next, so that
ONNX Runtime needs no hoard of its own beside them. After a photo all is given back: pieces left
between what stays would otherwise be too small for the next one's largest blocks.

Only glibc can be told; elsewhere nothing happens, and nothing is needed.
"""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # mallopt(3)
_KEPT = 1 << 29  # bytes at most that stay with a process while it works on a photo


def keep_freed_memory() -> None:
    """Have this process reuse large blocks of memory instead of giving them back."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # musl has none
        library.mallopt(_MMAP_MAX, 0)
        library.mallopt(_TRIM_THRESHOLD, _KEPT)


def give_back_memory() -> None:
    """Give the system back what nothing uses."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
