"""How different two colours look: CIEDE2000.

sRGB is coded, 0…255, the last axis of an array; L*a*b* is relative to D65, the white of sRGB.

Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary
Test Data, and Mathematical Observations" (Color Research and Application, 2005); the numbers in
the comments are its equations. sRGB is IEC 61966-2-1.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_DARK = 216 / 24389  # up to here the cube root of L*a*b* is a line
_SLOPE = 24389 / 27 / 116
_TWENTY_FIVE_TO_7 = 25.0**7


def srgb_to_lab(colour: Values) -> Values:
    """Return L*a*b* (…, 3) of sRGB colours (…, 3), coded, 0…255; the kind of float is kept."""
    kind = colour.dtype
    coded = colour / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    relative = _TO_XYZ / _TO_XYZ.sum(1, keepdims=True)  # white is the sum of the primaries
    xyz = linear @ relative.T.astype(kind)
    root = np.where(xyz > _DARK, np.cbrt(xyz), _SLOPE * xyz + 16 / 116)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(kind)


def ciede2000(one: Values, other: Values) -> Values:
    """Return the difference ΔE₀₀ of L*a*b* colours, with all three weights 1.

    Parameters
    ----------
    one, other : (…, 3) L*a*b*

    Returns
    -------
    (…) at least 0; about 1 is the least that is seen side by side
    """
    lightness1, a1, b1 = (one[..., i] for i in range(3))
    lightness2, a2, b2 = (other[..., i] for i in range(3))
    stretch = 1.5 - 0.5 * _chroma_share((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2)  # (2)–(5)
    a1, a2 = a1 * stretch, a2 * stretch
    chroma1, chroma2 = np.hypot(a1, b1), np.hypot(a2, b2)  # (6)
    hue1, hue2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)  # (7)

    gray = chroma1 * chroma2 == 0  # a gray has no hue to differ or to average
    turn = hue2 - hue1
    around = np.abs(turn) > np.pi
    turn = np.where(gray, 0, turn - np.where(around, np.sign(turn) * 2 * np.pi, 0))  # (10)
    total = hue1 + hue2
    half_turn = np.where(total < 2 * np.pi, np.pi, -np.pi).astype(total.dtype)
    middle = total / 2 + np.where(around, half_turn, 0)
    hue = np.where(gray, total, middle)  # (14)

    d_lightness = lightness2 - lightness1  # (8)
    d_chroma = chroma2 - chroma1  # (9)
    d_hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(turn / 2)  # (11)
    lightness = (lightness1 + lightness2) / 2  # (12)
    chroma = (chroma1 + chroma2) / 2  # (13)
    tint = (
        1
        - 0.17 * np.cos(hue - math.radians(30))
        + 0.24 * np.cos(2 * hue)
        + 0.32 * np.cos(3 * hue + math.radians(6))
        - 0.20 * np.cos(4 * hue - math.radians(63))
    )  # (15)
    bend = math.radians(30) * np.exp(-(((np.degrees(hue) - 275) / 25) ** 2))  # (16)
    from_middle = (lightness - 50) ** 2
    of_lightness = d_lightness / (1 + 0.015 * from_middle / np.sqrt(20 + from_middle))  # (18)
    of_chroma = d_chroma / (1 + 0.045 * chroma)  # (19)
    of_hue = d_hue / (1 + 0.015 * chroma * tint)  # (20)
    rotation = -np.sin(2 * bend) * 2 * _chroma_share(chroma)  # (17), (21)
    square = of_lightness**2 + of_chroma**2 + of_hue**2 + rotation * of_chroma * of_hue  # (22)
    return np.asarray(np.sqrt(np.maximum(square, 0)))


def _chroma_share(chroma: Values) -> Values:
    """Return the root of C⁷ / (C⁷ + 25⁷), which grows from 0 to 1 around a chroma of 25."""
    power = chroma**7
    return np.asarray(np.sqrt(power / (power + _TWENTY_FIVE_TO_7)))
