"""A PNG encoder for large photographs: quick, small, and the same bytes for the same pixels.

Pixels are uint8 (height, width, channels) with 1, 3 or 4 channels, straight alpha, or 3 channels
with their alpha (height, width) apart: a cutout is interleaved strip by strip, so that no copy of
the whole is made. The arrays are the caller's and are not changed. Strips of about a megabyte are
filtered and deflated; each ends on a byte, so that their outputs, one after the other, are a single
valid zlib stream. Only the columns that are visible in a strip are touched.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

from engine.imaging.png_filter import QUICK, THOROUGH, Bytes, choose_filter, residuals

QUICKEST = 1
"""The level that matches only runs of one byte.

After filtering, a photo's noise has few repetitions that are worth a search: this is six to twelve
times quicker than zlib's level 6, and a fifth larger at most.
"""

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_COLOUR_TYPES = {1: 0, 3: 2, 4: 6}  # channels to the code in IHDR
_STRIP_BYTES = 1 << 20
_ZLIB_HEADER = b"\x78\x01"  # deflate, 32 KiB window, "fastest"
_LAST_BLOCK = b"\x03\x00"  # an empty deflate block that ends the stream
_MEMORY_LEVEL = 9  # zlib's highest
_ADLER_BASE = 65521


class _Strip(NamedTuple):
    deflated: bytes
    checksum: int
    length: int


def write_png(
    pixels: NDArray[np.uint8],
    chunks: Iterable[bytes] = (),
    *,
    alpha: NDArray[np.uint8] | None = None,
    level: int = QUICKEST,
    threads: int = 1,
) -> bytes:
    """Encode pixels; the colour of wholly transparent ones is cleared.

    Parameters
    ----------
    pixels : (H, W, C) uint8
        1, 3 or 4 channels: grey, RGB, RGB with straight alpha.
    chunks : bytes
        Whole chunks, as `chunk` makes them, that stand before the pixels.
    alpha : (H, W) uint8, optional
        The straight alpha of 3 channels; the file has 4.
    level : int
        1 (`QUICKEST`) or zlib's 2…9; the file's bytes depend on it, not on ``threads``.
    threads : int
        How many strips are encoded at once.

    Raises
    ------
    ValueError : no pixels, or a wrong shape or type
    """
    if pixels.ndim != 3 or pixels.shape[2] not in _COLOUR_TYPES or pixels.dtype != np.uint8:
        raise ValueError(f"not (H, W, 1|3|4) uint8: {pixels.shape} {pixels.dtype}")
    if pixels.size == 0:
        raise ValueError("a picture without pixels")
    height, width, channels = pixels.shape
    if alpha is not None:
        if alpha.shape != (height, width) or alpha.dtype != np.uint8 or channels != 3:
            raise ValueError(f"alpha {alpha.shape} {alpha.dtype} for pixels {pixels.shape}")
        channels = 4
    rows = max(1, _STRIP_BYTES // (width * channels))

    def strip(start: int) -> _Strip:
        return _deflate_strip(pixels, alpha, slice(start, min(height, start + rows)), level)

    with ThreadPoolExecutor(threads) as pool:
        # One thread is the caller's own: a pool of it would only hand strips to and fro.
        strips = list((pool.map if threads > 1 else map)(strip, range(0, height, rows)))

    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[channels], 0, 0, 0)
    parts = [SIGNATURE, chunk(b"IHDR", header), *chunks]
    checksum = 1
    prefix = _ZLIB_HEADER
    for part in strips:
        parts.append(chunk(b"IDAT", prefix + part.deflated))
        checksum = combined_adler32(checksum, part.checksum, part.length)
        prefix = b""
    parts.append(chunk(b"IDAT", _LAST_BLOCK + struct.pack(">I", checksum)))
    parts.append(chunk(b"IEND", b""))
    return b"".join(parts)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a PNG chunk: length, kind, content, checksum."""
    checksum = zlib_ng.crc32(content, zlib_ng.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def combined_adler32(first: int, second: int, second_length: int) -> int:
    """Return the Adler-32 of two runs of bytes, one after the other, from that of each.

    It is a sum and a sum of sums (RFC 1950, 8.2), both starting at 1 and 0: the second run's sum
    of sums counts the whole first sum once more for each of its bytes.
    """
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + second_length * ((first & 0xFFFF) - 1)
    return (high % _ADLER_BASE) << 16 | low % _ADLER_BASE


def _deflate_strip(
    pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None, rows: slice, level: int
) -> _Strip:
    count, width = rows.stop - rows.start, pixels.shape[1]
    channels = 4 if alpha is not None else pixels.shape[2]
    columns = _visible_columns(pixels, alpha, rows)
    filtered = np.zeros((count, 1 + width * channels), np.uint8)
    if columns is not None:
        block = _rows_with_one_above(pixels, alpha, rows, columns)
        above, below = block[:-1], block[1:]
        kind = choose_filter(above, below, channels, QUICK if level == QUICKEST else THOROUGH)
        filtered[:, 0] = kind
        start = 1 + columns.start * channels
        filtered[:, start : start + block.shape[1]] = residuals(kind, above, below, channels)
    return _Strip(_deflated(filtered, level), zlib_ng.adler32(filtered.data), filtered.size)


def _deflated(filtered: Bytes, level: int) -> bytes:
    strategy = zlib_ng.Z_RLE if level == QUICKEST else zlib_ng.Z_FILTERED
    deflate = zlib_ng.compressobj(
        level, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS, _MEMORY_LEVEL, strategy
    )
    return bytes(deflate.compress(filtered.data) + deflate.flush(zlib_ng.Z_SYNC_FLUSH))


def _with_one_above(rows: slice) -> slice:
    return slice(max(0, rows.start - 1), rows.stop)


def _visible_columns(
    pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None, rows: slice
) -> slice | None:
    """Return the columns in which any residual may be other than 0; None where none is.

    One more than is visible: the pixel right of the last one still refers to it.
    """
    width, channels = pixels.shape[1:]
    if alpha is None and channels == 3:
        return slice(0, width)
    seen = alpha if alpha is not None else pixels[..., channels - 1]
    occupied = np.flatnonzero(seen[_with_one_above(rows)].max(axis=0))
    if not occupied.size:
        return None
    return slice(int(occupied[0]), min(width, int(occupied[-1]) + 2))


def _rows_with_one_above(
    pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None, rows: slice, columns: slice
) -> Bytes:
    """Return a strip's rows with the row above them as the first, transparent pixels cleared.

    Above a picture's first row stand zeros.
    """
    wanted = _with_one_above(rows)
    source = pixels[wanted, columns]
    missing = 1 if rows.start == 0 else 0
    channels = 4 if alpha is not None else source.shape[2]
    block = np.zeros((len(source) + missing, source.shape[1], channels), np.uint8)
    filled = block[missing:]
    if channels == 4:
        opacity = source[..., 3] if alpha is None else alpha[wanted, columns]
        # OpenCV adds a channel and copies by a mask many times faster than NumPy's indexing.
        whole = source if alpha is None else cv2.cvtColor(source, cv2.COLOR_RGB2RGBA)
        cv2.copyTo(whole, np.ascontiguousarray(opacity), filled)
        filled[..., 3] = opacity
    else:
        filled[:] = source
    return block.reshape(len(block), -1)
