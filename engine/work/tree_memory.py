"""How much memory a process and all below it have; what they share counts once.

It is the sum of their proportional set sizes. Linux only; elsewhere nobody is asked.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

_INTERVAL = 0.1  # seconds between two looks


def tree_memory(root: int) -> int:
    """Return the bytes of a process and of all below it now; 0 where the system does not tell."""
    return sum(_proportional(process) for process in _tree(root))


class PeakMemory:
    """Watches a process and all below it for the time of a context; ``bytes`` is the most."""

    def __init__(self, root: int) -> None:
        self.bytes = 0
        self._root = root
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watching.join()

    def _watch(self) -> None:
        while True:
            self.bytes = max(self.bytes, tree_memory(self._root))
            if self._over.wait(_INTERVAL):
                return


def _tree(root: int) -> list[int]:
    found = [root]
    for process in found:  # grows while it is walked
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue  # it has ended meanwhile
    return found


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
