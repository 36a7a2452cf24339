"""A TIFF encoder for large photographs: quick, lossless, the same bytes for the same pixels.

Baseline TIFF 6.0 of one picture: RGB, interleaved, straight alpha as "unassociated" extra sample,
8 or 16 bits, in strips. Deflated ones (Adobe's code 8) go through the horizontal predictor of
part 14 of the specification first, without which a photo hardly shrinks.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.errors import OutputError
from engine.imaging.deflating import QUICKEST, zlib_stream
from engine.imaging.kinds import TIFF_PACKET_TAG
from engine.imaging.strips import Raster, Samples, each_strip

_HEADER = struct.Struct("<2sHI")  # "II", 42, where the directory is
_ENTRY = struct.Struct("<HHI4s")  # tag, type, count, value or where it is
_BYTE, _SHORT, _LONG, _RATIO, _CONTENT = 1, 3, 4, 5, 7  # types; the last is left alone by TIFF
_LARGEST = 1 << 32  # a file's bytes: places are 32-bit numbers
_ICC_PROFILE = 34675


class _Field(NamedTuple):
    """An entry of the directory: ``packed`` holds ``number`` values of a type, little-endian."""

    tag: int
    type: int
    number: int
    packed: bytes


def write_tiff(
    pixels: Samples,
    profile: bytes,
    *,
    alpha: Samples | None = None,
    xmp: bytes | None = None,
    level: int | None = QUICKEST,
    threads: int | None = None,
) -> bytes:
    """Encode pixels; the colour of wholly transparent ones is cleared.

    Parameters
    ----------
    pixels : (H, W, 3) or (H, W, 4) uint8 or uint16
        RGB, or RGB with straight alpha.
    profile : bytes
        The ICC profile that says what the colours are.
    alpha : (H, W), of the same type, optional
        The straight alpha of 3 channels; the file has 4.
    xmp : bytes, optional
        A packet of metadata.
    level : int, optional
        1 (`QUICKEST`) or zlib's 2…9; None: not compressed.
    threads : int, optional
        How many strips are encoded at once, by default as many as OpenCV's threads; the bytes are
        the same.

    Raises
    ------
    ValueError : no pixels, or a wrong shape or type
    OutputError : more than 4 GB, which a TIFF cannot hold
    """
    if pixels.ndim != 3 or pixels.shape[2] not in {3, 4}:
        raise ValueError(f"not (H, W, 3|4): {pixels.shape}")
    raster = Raster(pixels, alpha)
    strips = each_strip(lambda rows: _strip(raster, rows, level), raster.strips, threads)
    places = _places(strips)
    fields = _fields(raster, pixels.dtype.itemsize * 8, level, places, [*map(len, strips)])
    fields.append(_Field(_ICC_PROFILE, _CONTENT, len(profile), profile))
    if xmp is not None:
        fields.append(_Field(TIFF_PACKET_TAG, _BYTE, len(xmp), xmp))
    padding = places[-1] + len(strips[-1])
    directory = padding + padding % 2
    parts = [_HEADER.pack(b"II", 42, directory), *strips, b"\0" * (padding % 2)]
    return b"".join([*parts, _directory(fields, directory)])


def _strip(raster: Raster, rows: slice, level: int | None) -> bytes:
    columns = raster.occupied(rows)
    block = np.zeros((rows.stop - rows.start, raster.width, raster.channels), raster.dtype)
    if columns is not None:
        block[:, columns] = raster.block(rows, columns)
    little = block.astype(block.dtype.newbyteorder("<"), copy=False)
    if level is None:
        return little.tobytes()
    # Differences from the pixel on the left, modulo the type's range, as unsigned numbers do.
    residual = little.copy()
    residual[:, 1:] -= little[:, :-1]
    return zlib_stream(residual, level)


def _places(strips: Sequence[bytes]) -> list[int]:
    places, place = [], _HEADER.size
    for strip in strips:
        places.append(place)
        place += len(strip)
    if place > _LARGEST - (1 << 20):  # room for the directory
        raise OutputError(
            "picture",
            f"takes {place / 1e9:.1f} GB, and a TIFF holds 4 GB",
            "Choose a smaller canvas, or another format.",
        )
    return places


def _fields(
    raster: Raster, bits: int, level: int | None, places: list[int], lengths: list[int]
) -> list[_Field]:
    channels = raster.channels
    first = raster.strips[0]
    fields = [
        _numbers(256, _LONG, [raster.width]),
        _numbers(257, _LONG, [raster.height]),
        _numbers(258, _SHORT, [bits] * channels),
        _numbers(259, _SHORT, [1 if level is None else 8]),  # compression: none, Adobe's deflate
        _numbers(262, _SHORT, [2]),  # photometric: RGB
        _numbers(273, _LONG, places),
        _numbers(277, _SHORT, [channels]),
        _numbers(278, _LONG, [first.stop - first.start]),
        _numbers(279, _LONG, lengths),
        _Field(282, _RATIO, 1, struct.pack("<II", 1, 1)),  # no unit: pixels are square
        _Field(283, _RATIO, 1, struct.pack("<II", 1, 1)),
        _numbers(284, _SHORT, [1]),  # planes: interleaved
        _numbers(296, _SHORT, [1]),
    ]
    if level is not None:
        fields.append(_numbers(317, _SHORT, [2]))  # predictor: horizontal
    if channels == 4:
        fields.append(_numbers(338, _SHORT, [2]))  # extra sample: straight alpha
    return fields


def _numbers(tag: int, kind: int, values: list[int]) -> _Field:
    letter = "H" if kind == _SHORT else "I"
    return _Field(tag, kind, len(values), struct.pack(f"<{len(values)}{letter}", *values))


def _directory(fields: list[_Field], place: int) -> bytes:
    """Return the directory that stands at ``place``, with the values behind it that need room."""
    fields = sorted(fields)
    behind = place + 2 + _ENTRY.size * len(fields) + 4
    entries, values = [], b""
    for tag, kind, number, packed in fields:
        value = packed.ljust(4, b"\0")
        if len(packed) > 4:
            value = struct.pack("<I", behind + len(values))
            values += packed + b"\0" * (len(packed) % 2)
        entries.append(_ENTRY.pack(tag, kind, number, value))
    return struct.pack("<H", len(fields)) + b"".join(entries) + bytes(4) + values
