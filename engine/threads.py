"""Parts of one job, done side by side by as many threads as the job may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import cv2

Part = TypeVar("Part")
Result = TypeVar("Result")


def side_by_side(
    function: Callable[[Part], Result], parts: Sequence[Part], threads: int | None = None
) -> list[Result]:
    """Return what a function makes of each part, in their order.

    Parameters
    ----------
    function : it spends its time where other threads can run: in OpenCV, in a deflate, in NumPy's
        loops over large arrays
    threads : how many do it; None: as many as OpenCV uses in this process, which a worker sets to
        its share of the cores
    """
    threads = min(len(parts), threads or cv2.getNumThreads())
    if threads <= 1:
        return [function(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(function, parts))
