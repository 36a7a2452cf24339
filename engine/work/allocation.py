"""How a worker process keeps its memory: what one step frees, the next one uses.

A photo takes hundreds of megabytes for moments. By default the C library gives every large block
back to the system at once and asks for it again, and the system clears each page anew: a quarter
of the processor time of a cut went there. Kept blocks are reused by whatever comes next, so that
ONNX Runtime needs no hoard of its own beside them. A photo of about the same size, upright or not,
takes the blocks that the one before has left; for one of quite another size they are given back,
since pieces left between what stays would be too small for its largest blocks. So they are when
nothing is to do.

Only glibc can be told; elsewhere nothing happens, and nothing is needed.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # mallopt(3)
_KEPT = 1 << 29  # bytes at most that stay with a process while it works on a photo
_ALIKE = 1.25  # the sizes of two photos: one is at most so many times the other
_IDLE_SECONDS = 3.0  # after so long without a photo, none is expected to follow at once


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


class FreedMemory:
    """What the photos of this process have freed: when it is kept, and when it is given back.

    Parameters
    ----------
    give_back : gives the system what nothing uses
    idle : seconds without a photo after which it does
    """

    def __init__(
        self, give_back: Callable[[], None] = give_back_memory, idle: float = _IDLE_SECONDS
    ) -> None:
        self._give_back = give_back
        self._idle = idle
        self._size = 0
        self._timer: threading.Timer | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what is freed for the length of the block, and for a moment after it."""
        if self._timer is not None:
            self._timer.cancel()
        try:
            yield
        finally:
            self._timer = threading.Timer(self._idle, self._give_back)
            self._timer.daemon = True
            self._timer.start()

    def fit(self, size: int) -> None:
        """Make room for a photo of so many bytes, decoded, where those before had quite others."""
        if max(size, self._size) > _ALIKE * min(size, self._size):
            self._size = size
            self._give_back()
