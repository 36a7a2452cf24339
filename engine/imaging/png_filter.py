"""PNG's row filters, chosen and applied to a strip of rows at a time.

A strip is uint8 of shape (rows, bytes per row); arrays are the caller's and none is changed.
Arithmetic is modulo 256, which uint8 does by itself. See the PNG specification, part 9.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_SAMPLED_ROWS = 3  # per strip, to choose its filter by


def choose_filter(above: Bytes, rows: Bytes, pixel_bytes: int, kinds: tuple[int, ...]) -> int:
    """Return the number of the filter that leaves the smallest residuals in a sample of a strip.

    Parameters
    ----------
    above : (n, m) uint8
        The row over each row; zeros over the first one of a picture.
    rows : (n, m) uint8
    pixel_bytes : int
        Bytes from a pixel to the one on its right.
    kinds : tuple of int
        Which filters to choose from: `QUICK` or `THOROUGH`.

    Notes
    -----
    The choice is the "minimum sum of absolute differences" of the PNG specification, 12.8, made
    for a strip instead of a row, so that it costs next to nothing.
    """
    count = len(rows)
    sample = np.linspace(0, count - 1, min(count, _SAMPLED_ROWS)).astype(np.intp)
    some_above, some_rows = above[sample], rows[sample]
    return min(
        kinds, key=lambda kind: _magnitude(residuals(kind, some_above, some_rows, pixel_bytes))
    )


def residuals(kind: int, above: Bytes, rows: Bytes, pixel_bytes: int) -> Bytes:
    """Return what a filter leaves of a strip, (n, m) uint8; parameters as `choose_filter`."""
    return _FILTERS[kind](above, rows, pixel_bytes)


def _magnitude(residual: Bytes) -> int:
    """Return the sum of the residuals' distances from 0, modulo 256."""
    return int(np.minimum(residual, 0 - residual).sum(dtype=np.int64))


def _left_of(rows: Bytes, pixel_bytes: int) -> Bytes:
    """Return what stands left of each byte: the same sample of the pixel before it, or nothing."""
    left = np.zeros_like(rows)
    left[:, pixel_bytes:] = rows[:, :-pixel_bytes]
    return left


def _sub(above: Bytes, rows: Bytes, pixel_bytes: int) -> Bytes:
    residual = rows.copy()
    residual[:, pixel_bytes:] -= rows[:, :-pixel_bytes]
    return residual


def _up(above: Bytes, rows: Bytes, pixel_bytes: int) -> Bytes:
    return rows - above


def _average(above: Bytes, rows: Bytes, pixel_bytes: int) -> Bytes:
    left = _left_of(rows, pixel_bytes)
    # floor((a + b) / 2) without a ninth bit: what both share, and half of what only one has.
    half = (left ^ above) >> np.uint8(1)
    half += left & above
    np.subtract(rows, half, out=half)
    return half


def _paeth(above: Bytes, rows: Bytes, pixel_bytes: int) -> Bytes:
    left = _left_of(rows, pixel_bytes)
    corner = _left_of(above, pixel_bytes)
    # With p = left + above - corner: |p - left| = |above - corner|, |p - above| = |left - corner|.
    # |p - corner| is their sum where both lie on one side of the corner, and so never the
    # smallest, and their difference where the corner lies between: eight bits are enough.
    to_left = cv2.absdiff(above, corner)
    to_above = cv2.absdiff(left, corner)
    between = (left > corner) != (above > corner)
    to_corner = np.where(between, cv2.absdiff(to_left, to_above), np.uint8(255))
    nearest = np.where(to_above <= to_corner, above, corner)
    nearest = np.where((to_left <= to_above) & (to_left <= to_corner), left, nearest)
    residual: Bytes = rows - nearest
    return residual


_FILTERS: dict[int, Callable[[Bytes, Bytes, int], Bytes]] = {
    1: _sub,
    2: _up,
    3: _average,
    4: _paeth,
}
"""The filters by their number in the file; 0, "none", hardly ever beats them on a photo."""

QUICK = (1, 2, 3)
"""Filters that cost next to nothing."""

THOROUGH = (*QUICK, 4)
"""All filters. Paeth leaves a photo 1% to 2% smaller than the average, and takes longer to compute
than everything else about an encoder that is built for speed."""
