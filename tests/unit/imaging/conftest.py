"""What several tests of imaging make: files on disk, and ICC profiles with known answers."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

WriteFile = Callable[[str, bytes], Path]
Lab = tuple[float, float, float]
LutProfile = Callable[[bytes, int, Mapping[tuple[int, ...], Lab]], bytes]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Return a function that writes a file of this name and content."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def lut_profile() -> LutProfile:
    """Return a function that makes an ICC profile from the Lab colours of a cube's corners.

    Its arguments are ICC's name of the space ("CMYK"), the number of channels, and the corners.
    """

    def make(space: bytes, channels: int, corners: Mapping[tuple[int, ...], Lab]) -> bytes:
        grid = b"".join(
            _lab16(corners[corner]) for corner in itertools.product((0, 1), repeat=channels)
        )
        identity = struct.pack(">9i", *(65536 * value for value in (1, 0, 0, 0, 1, 0, 0, 0, 1)))
        line = struct.pack(">2H", 0, 65535)
        lut = struct.pack(">4sI4B", b"mft2", 0, channels, 3, 2, 0) + identity
        lut += struct.pack(">2H", 2, 2) + line * channels + grid + line * 3
        white = struct.pack(">4sI3i", b"XYZ ", 0, 63190, 65536, 54061)
        text = b"corners\0"
        name = struct.pack(">4sII", b"desc", 0, len(text)) + text + bytes(79)
        tags = ((b"desc", name), (b"wtpt", white), (b"A2B0", lut), (b"A2B1", lut))
        offset, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
        for tag, content in tags:
            table += struct.pack(">4sII", tag, offset + len(body), len(content))
            body += content + bytes(-len(content) % 4)
        header = struct.pack(">II", offset + len(body), 0) + b"\x02\x40\0\0scnr" + space + b"Lab "
        header += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
        return header + bytes(128 - len(header)) + table + body

    return make


def _lab16(lab: Lab) -> bytes:
    """Return Lab in the 16-bit coding of version 2 profiles."""
    lightness, a, b = lab
    return struct.pack(
        ">3H", round(lightness / 100 * 0xFF00), round((a + 128) * 256), round((b + 128) * 256)
    )


@pytest.fixture
def colours() -> NDArray[np.uint8]:
    """Return a (17, 289, 3) picture of colours from all over the cube."""
    levels = np.linspace(0, 255, 17).astype(np.uint8)
    return np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(17, -1, 3)
