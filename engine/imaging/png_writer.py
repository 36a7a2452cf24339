"""A PNG encoder for large photographs: quick, small, and the same bytes for the same pixels.

Pixels are uint8 or uint16 (height, width, channels) with 1, 3 or 4 channels, straight alpha, or 3
channels with their alpha (height, width) apart. Strips are filtered and deflated; each ends on a
byte, so that their outputs, one after the other, are a single valid zlib stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from zlib_ng import zlib_ng

from engine.imaging.deflating import QUICKEST, open_blocks
from engine.imaging.png_filter import QUICK, THOROUGH, Bytes, choose_filter, residuals
from engine.imaging.png_reader import SIGNATURE
from engine.imaging.strips import Raster, Samples, each_strip

_COLOUR_TYPES = {1: 0, 3: 2, 4: 6}  # channels to the code in IHDR
_ZLIB_HEADER = b"\x78\x01"  # deflate, 32 KiB window, "fastest"
_LAST_BLOCK = b"\x03\x00"  # an empty deflate block that ends the stream
_ADLER_BASE = 65521


class _Strip(NamedTuple):
    deflated: bytes
    checksum: int
    length: int


def write_png(
    pixels: Samples,
    chunks: Iterable[bytes] = (),
    *,
    alpha: Samples | None = None,
    level: int = QUICKEST,
    threads: int | None = None,
) -> bytes:
    """Encode pixels; the colour of wholly transparent ones is cleared.

    Parameters
    ----------
    pixels : (H, W, C) uint8 or uint16
        1, 3 or 4 channels: grey, RGB, RGB with straight alpha.
    chunks : bytes
        Whole chunks, as `chunk` makes them, that stand before the pixels.
    alpha : (H, W), of the same type, optional
        The straight alpha of 3 channels; the file has 4.
    level : int
        1 (`QUICKEST`) or zlib's 2…9; the file's bytes depend on it, not on ``threads``.
    threads : int, optional
        How many strips are encoded at once, by default as many as OpenCV's threads.

    Raises
    ------
    ValueError : no pixels, or a wrong shape or type
    """
    raster = Raster(pixels, alpha)
    strips = each_strip(lambda rows: _deflate_strip(raster, rows, level), raster.strips, threads)

    header = struct.pack(
        ">IIBBBBB",
        raster.width,
        raster.height,
        8 * raster.dtype.itemsize,
        _COLOUR_TYPES[raster.channels],
        0,
        0,
        0,
    )
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


def _deflate_strip(raster: Raster, rows: slice, level: int) -> _Strip:
    count, pixel = rows.stop - rows.start, raster.channels * raster.dtype.itemsize
    columns = _columns_with_residuals(raster, rows)
    filtered = np.zeros((count, 1 + raster.row_bytes), np.uint8)
    if columns is not None:
        block = _rows_with_one_above(raster, rows, columns)
        above, below = block[:-1], block[1:]
        kind = choose_filter(above, below, pixel, QUICK if level == QUICKEST else THOROUGH)
        filtered[:, 0] = kind
        start = 1 + columns.start * pixel
        filtered[:, start : start + block.shape[1]] = residuals(kind, above, below, pixel)
    return _Strip(open_blocks(filtered, level), zlib_ng.adler32(filtered.data), filtered.size)


def _with_one_above(rows: slice) -> slice:
    return slice(max(0, rows.start - 1), rows.stop)


def _columns_with_residuals(raster: Raster, rows: slice) -> slice | None:
    """Return the columns in which any residual may be other than 0; None where none is.

    One more than is visible: the pixel right of the last one still refers to it.
    """
    seen = raster.occupied(_with_one_above(rows))
    return None if seen is None else slice(seen.start, min(raster.width, seen.stop + 1))


def _rows_with_one_above(raster: Raster, rows: slice, columns: slice) -> Bytes:
    """Return the bytes of a strip's rows, the row above as the first; above all stand zeros."""
    samples = raster.block(_with_one_above(rows), columns)
    # PNG's samples of 16 bits begin with the high byte.
    ordered = np.ascontiguousarray(samples, samples.dtype.newbyteorder(">"))
    block = ordered.view(np.uint8).reshape(len(samples), -1)
    return np.pad(block, ((1, 0), (0, 0))) if rows.start == 0 else block
