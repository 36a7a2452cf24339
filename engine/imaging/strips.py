"""A picture taken strip by strip, as encoders of large photographs want it.

Strips are about a megabyte: large enough for compression, small enough to stay in a core's cache
and to be done by several threads. The colour of wholly transparent pixels is cleared, so that it
costs nothing and nobody can bring the background back; only the columns in which something is
visible are touched. The arrays are the caller's and are not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.uint8] | NDArray[np.uint16]
Result = TypeVar("Result")

_STRIP_BYTES = 1 << 20
_COLOURS, _WITH_ALPHA = 3, 4  # channels


class Raster:
    """Pixels with or without alpha, of which rows can be taken.

    Parameters
    ----------
    pixels : (H, W, C) uint8 or uint16
        1, 3 or 4 channels: grey, RGB, RGB with straight alpha.
    alpha : (H, W), of the same type, optional
        The straight alpha of 3 channels: a cutout is interleaved strip by strip, so that no copy
        of the whole is made.

    Raises
    ------
    ValueError : no pixels, or a wrong shape or type
    """

    def __init__(self, pixels: Samples, alpha: Samples | None = None) -> None:
        typed = pixels.dtype in (np.uint8, np.uint16)
        if pixels.ndim != 3 or pixels.shape[2] not in {1, 3, 4} or not typed:
            raise ValueError(f"not (H, W, 1|3|4) uint8 or uint16: {pixels.shape} {pixels.dtype}")
        if pixels.size == 0:
            raise ValueError("a picture without pixels")
        if alpha is not None and (
            alpha.shape != pixels.shape[:2]
            or alpha.dtype != pixels.dtype
            or pixels.shape[2] != _COLOURS
        ):
            raise ValueError(f"alpha {alpha.shape} {alpha.dtype} for pixels {pixels.shape}")
        self._pixels = pixels
        self._alpha = alpha
        self.dtype = pixels.dtype
        self.height, self.width, self.channels = pixels.shape
        if alpha is not None:
            self.channels += 1
        self.row_bytes = self.width * self.channels * pixels.dtype.itemsize

    @property
    def strips(self) -> list[slice]:
        """The rows of each strip, from the top."""
        step = max(1, _STRIP_BYTES // self.row_bytes)
        return [
            slice(start, min(self.height, start + step)) for start in range(0, self.height, step)
        ]

    def occupied(self, rows: slice) -> slice | None:
        """Return the columns from the first to the last visible one, None where there is none."""
        if self.channels != _WITH_ALPHA:
            return slice(0, self.width)
        seen = self._pixels[rows, :, 3] if self._alpha is None else self._alpha[rows]
        occupied = np.flatnonzero(seen.max(axis=0))
        if not occupied.size:
            return None
        return slice(int(occupied[0]), int(occupied[-1]) + 1)

    def block(self, rows: slice, columns: slice) -> Samples:
        """Return a part of the picture, (n, m, channels), transparent pixels cleared."""
        source = self._pixels[rows, columns]
        if self.channels != _WITH_ALPHA:
            return source
        opacity = source[..., 3] if self._alpha is None else self._alpha[rows, columns]
        # OpenCV adds a channel and copies by a mask many times faster than NumPy's indexing.
        whole = source if self._alpha is None else cv2.cvtColor(source, cv2.COLOR_RGB2RGBA)
        cleared: Samples = np.zeros((*opacity.shape, _WITH_ALPHA), source.dtype)
        mask = opacity if opacity.dtype == np.uint8 else opacity > 0
        cv2.copyTo(whole, np.ascontiguousarray(mask, np.uint8), cleared)
        cleared[..., 3] = opacity
        return cleared


def each_strip(
    function: Callable[[slice], Result], strips: Sequence[slice], threads: int | None
) -> list[Result]:
    """Return what a function makes of each strip.

    Parameters
    ----------
    threads : how many do it; None: as many as OpenCV uses in this process, which a worker sets to
        its share of the cores
    """
    threads = min(len(strips), threads or cv2.getNumThreads())
    if threads <= 1:
        return [function(strip) for strip in strips]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(function, strips))
