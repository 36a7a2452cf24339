"""A Display P3 ICC profile, built from its numbers (ICC.1:2010, matrix/TRC display profile)."""

from __future__ import annotations

import struct

_WHITE_D50 = (0.9642, 1.0, 0.8249)
# Columns of Display P3 to XYZ, adapted to D50 by Bradford.
_RED = (0.51512, 0.24120, -0.00105)
_GREEN = (0.29198, 0.69225, 0.04189)
_BLUE = (0.15710, 0.06657, 0.78407)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _text(text: str) -> bytes:
    data = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(78)


def display_p3_profile() -> bytes:
    """Return the bytes of a version-2.4-compatible profile with a parametric sRGB curve."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + b"".join(map(_fixed, _SRGB_CURVE))
    tags = {
        b"desc": _text("Display P3"),
        b"cprt": b"text\0\0\0\0public domain\0",
        b"wtpt": _xyz(_WHITE_D50),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table = struct.pack(">I", len(tags))
    data = b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    size = start + len(data)
    header = struct.pack(">I", size) + bytes(4) + bytes([4, 0, 0, 0]) + b"mntrRGB XYZ "
    header += bytes(12) + b"acsp" + bytes(28) + b"".join(map(_fixed, _WHITE_D50))
    return header.ljust(128, b"\0") + table + data
