"""ICC profiles: the one that packshot embeds, and small ones for spaces that files only name.

Profiles are bytes, the same in every run. Matrix profiles follow ICC.1:2010 (version 4):
colorants adapted to D50, one parametric curve for all three channels.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

_CREATED = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
_CREATED_AT = slice(24, 36)
_D50 = np.array([0.9642, 1.0, 0.8249])  # the white of ICC's connection space
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_D65 = (0.3127, 0.3290)

Point = tuple[float, float]


class Primaries(NamedTuple):
    """Chromaticities (CIE 1931 x, y) of red, green, blue and white."""

    red: Point
    green: Point
    blue: Point
    white: Point = _D65


BT709 = Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
BT2020 = Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
DISPLAY_P3 = Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
DCI_P3 = Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351))
ADOBE_RGB = Primaries((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))

SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""g, a, b, c, d of linear = (a·x + b)^g from d upwards, c·x below (IEC 61966-2-1)."""

ADOBE_GAMMA = (563 / 256,)

Space = Literal["sRGB", "Display P3", "Adobe RGB"]
"""The colour spaces that files can be written in."""


@cache
def srgb_profile() -> bytes:
    """Return the sRGB profile that every colour file of packshot carries (about 600 bytes)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # It is stamped with the time of its making, which would make every file a different one.
    profile[_CREATED_AT] = _CREATED
    return bytes(profile)


def profile_of(space: Space) -> bytes:
    """Return the profile of a space that files can be written in."""
    if space == "Display P3":
        return matrix_profile(space, DISPLAY_P3, SRGB_CURVE)
    if space == "Adobe RGB":
        return matrix_profile("Adobe RGB (1998)", ADOBE_RGB, ADOBE_GAMMA)
    return srgb_profile()


@cache
def matrix_profile(name: str, primaries: Primaries, curve: tuple[float, ...]) -> bytes:
    """Return the profile of an RGB space.

    Parameters
    ----------
    name : str
        Its description, ASCII.
    primaries : Primaries
    curve : tuple of float
        From code value to linear light, both 0…1: one number is a power, five are as `SRGB_CURVE`.

    Raises
    ------
    ValueError : the primaries span no space
    """
    colorants = _colorants(primaries)
    transfer = _parametric(curve)
    tags = [
        (b"desc", _text(name)),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _xyz(_D50)),
        (b"rXYZ", _xyz(colorants[:, 0])),
        (b"gXYZ", _xyz(colorants[:, 1])),
        (b"bXYZ", _xyz(colorants[:, 2])),
        (b"rTRC", transfer),
        (b"gTRC", transfer),
        (b"bTRC", transfer),
    ]
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for signature, content in tags:
        table += struct.pack(">4sII", signature, offset + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    header = struct.pack(
        ">I4sI4s4s4s12s4s4s24s12s48s",
        offset + len(body),
        b"",
        0x04300000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        _CREATED,
        b"acsp",
        b"",
        b"",
        _fixed(_D50),
        b"",
    )
    return header + table + body


def _colorants(primaries: Primaries) -> NDArray[np.float64]:
    """Return XYZ of full red, green and blue as columns, adapted from the own white to D50."""
    try:
        corners = np.array([_xyz_of(point) for point in primaries[:3]]).T
        white = _xyz_of(primaries.white)
        colorants = corners * np.linalg.solve(corners, white)
    except (ZeroDivisionError, np.linalg.LinAlgError) as error:
        raise ValueError("these primaries span no colour space") from error
    cones = (_BRADFORD @ _D50) / (_BRADFORD @ white)
    adaptation = np.linalg.inv(_BRADFORD) @ (cones[:, None] * _BRADFORD)
    adapted: NDArray[np.float64] = adaptation @ colorants
    return adapted


def _xyz_of(point: Point) -> NDArray[np.float64]:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(values: NDArray[np.float64]) -> bytes:
    """Return numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(float(value) * 65536)) for value in values)


def _xyz(values: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _parametric(curve: tuple[float, ...]) -> bytes:
    kind = 0 if len(curve) == 1 else 3
    return struct.pack(">4sIHH", b"para", 0, kind, 0) + _fixed(np.array(curve))


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded
