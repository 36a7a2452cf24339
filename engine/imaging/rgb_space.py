"""RGB spaces by matrix and curves, and the way from one to another at 16 bits a channel.

LittleCMS, through Pillow, works at 8 bits. A profile of three primaries and three curves (ICC.1,
"three-component matrix-based") is simple enough to be done here at full precision: to linear light
by its curves, to the next space by one matrix, and back by that one's curve. That is the relative
colorimetric intent; what lies outside the new space is clipped channel by channel, as LittleCMS
does it. Profiles that have tables are another matter, and are left to LittleCMS.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.imaging.icc import Space, profile_of

Deep = NDArray[np.uint16]

_CODES = 1 << 16
_BAND_ROWS = 256
_TABLES = frozenset({b"A2B0", b"A2B1", b"A2B2"})
_FIXED = 65536.0
_PARAMETERS = (1, 3, 4, 5, 7)  # of a parametric curve, by its kind


@dataclass(frozen=True)
class RgbSpace:
    """A space: ``curves`` (3, 65536) from code value to linear light, both over 0…1, and the
    ``matrix`` (3, 3) from linear RGB to XYZ under D50."""

    curves: NDArray[np.float32]
    matrix: NDArray[np.float64]

    def same_as(self, other: RgbSpace) -> bool:
        """Return whether two spaces differ by less than half a level of 8 bits."""
        return (
            float(np.abs(self.curves - other.curves).max()) < 0.5 / 255
            and float(np.abs(self.matrix - other.matrix).max()) < 0.5 / 255
        )


@lru_cache(maxsize=16)
def rgb_space(profile: bytes) -> RgbSpace | None:
    """Return the space of a profile of primaries and curves; None for every other profile."""
    try:
        tags = _tags(profile)
        if profile[16:20] != b"RGB " or profile[20:24] != b"XYZ " or _TABLES & tags.keys():
            return None
        columns = [_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        curves = [_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
    except (KeyError, struct.error, ValueError):
        return None
    matrix = np.array(columns).T
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-6:
        return None
    return RgbSpace(np.stack(curves), matrix)


def named_space(space: Space) -> RgbSpace:
    """Return one of the spaces that files can be written in."""
    found = rgb_space(profile_of(space))
    if found is None:
        raise AssertionError(f"the profile of {space} is no matrix profile")
    return found


def converted(pixels: Deep, source: RgbSpace, target: RgbSpace) -> Deep:
    """Return pixels of one space in another.

    Parameters
    ----------
    pixels : (H, W, 3) uint16
    source, target : the spaces; all three curves of ``target`` are one
    """
    if source.same_as(target):
        return pixels
    between = np.linalg.solve(target.matrix, source.matrix).astype(np.float32)
    codes = _codes(target)
    moved = np.empty_like(pixels)
    for top in range(0, len(pixels), _BAND_ROWS):
        band = pixels[top : top + _BAND_ROWS]
        light = np.stack([source.curves[n][band[..., n]] for n in range(3)], axis=-1)
        light = (light @ between.T).clip(0, 1)
        # Steps as fine in the shadows as the codes are.
        steps = np.sqrt(light) * np.float32(_CODES - 1) + np.float32(0.5)
        moved[top : top + _BAND_ROWS] = codes[steps.astype(np.uint16)]
    return moved


@lru_cache(maxsize=4)
def _codes_of(curve: bytes) -> Deep:
    light = np.frombuffer(curve, np.float32)
    wanted = np.linspace(0, 1, _CODES) ** 2
    found = np.interp(wanted, light, np.arange(_CODES))
    return np.rint(found).astype(np.uint16)


def _codes(space: RgbSpace) -> Deep:
    """Return the code value for every square root of linear light."""
    return _codes_of(space.curves[0].tobytes())


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack(">I", profile[128:132])
    tags = {}
    for n in range(min(count, 100)):
        name, offset, size = struct.unpack(">4sII", profile[132 + 12 * n : 144 + 12 * n])
        tags[name] = profile[offset : offset + size]
    return tags


def _xyz(tag: bytes) -> NDArray[np.float64]:
    return np.array(struct.unpack(">iii", tag[8:20])) / _FIXED


def _curve(tag: bytes) -> NDArray[np.float32]:
    """Return a curve at every code value; ValueError for one that does not rise.

    ``curv`` is a power or a table, ``para`` a power with a line below (ICC.1, 10.6 and 10.18).
    """
    # A damaged curve may well be infinite somewhere: it is looked at below, not warned of.
    with np.errstate(all="ignore"):
        light = _light(np.linspace(0, 1, _CODES), tag)
        rises = np.isfinite(light).all() and (np.diff(light) >= -1e-6).all()
    if not rises:
        raise ValueError("a curve that does not rise")
    return np.asarray(light.clip(0, 1), np.float32)


def _light(x: NDArray[np.float64], tag: bytes) -> NDArray[np.float64]:
    if tag[:4] == b"curv":
        (count,) = struct.unpack(">I", tag[8:12])
        values = struct.unpack(f">{count}H", tag[12 : 12 + 2 * count])
        if count == 0:
            return x
        if count == 1:
            return np.asarray(x ** (values[0] / 256))
        return np.interp(x, np.linspace(0, 1, count), np.array(values) / (_CODES - 1))
    if tag[:4] == b"para":
        return _parametric(x, tag)
    raise ValueError("no curve")


def _parametric(x: NDArray[np.float64], tag: bytes) -> NDArray[np.float64]:
    (kind,) = struct.unpack(">H", tag[8:10])
    if kind >= len(_PARAMETERS):
        raise ValueError(f"no parametric curve is of kind {kind}")
    number = _PARAMETERS[kind]
    given = [value / _FIXED for value in struct.unpack(f">{number}i", tag[12 : 12 + 4 * number])]
    g, a, b, c, d, e, f = given + [0.0] * (7 - number)
    if kind == 0:
        return np.asarray(x**g)
    if kind in {1, 2}:
        # Below −b/a, where the power's base would be negative, the curve is flat.
        shift = c if kind == 2 else 0.0
        return np.asarray(np.where(a * x + b >= 0, (a * x + b).clip(0, None) ** g, 0) + shift)
    offset, slope = (e, f) if kind == 4 else (0.0, 0.0)
    return np.asarray(np.where(x >= d, (a * x + b).clip(0, None) ** g + offset, c * x + slope))
