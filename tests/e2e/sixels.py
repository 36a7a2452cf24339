"""Reads sixel pictures.

Source: DEC, "VT330/VT340 Programmer Reference Manual", chapter 14.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_ITEM = re.compile(
    r'"(?P<raster>[\d;]*)|#(?P<colour>[\d;]+)|!(?P<times>\d+)(?P<repeated>[?-~])|(?P<plain>[?-~])|[$-]'
)


def decode_sixels(data: str) -> NDArray[np.uint8]:
    """Return the picture of a sixel string, after its ``ESC P``: (H, W, 4) uint8 with alpha."""
    body = data[data.index("q") + 1 :]
    raster = re.match(r'"(\d+);(\d+);(\d+);(\d+)', body)
    assert raster, "without raster attributes a terminal cannot know the size"
    width, height = int(raster[3]), int(raster[4])
    canvas = np.zeros((-(-height // 6) * 6 + 6, width, 4), np.uint8)
    colours: dict[int, tuple[int, ...]] = {}
    colour: tuple[int, ...] = (0, 0, 0)
    x = y = 0
    for item in _ITEM.finditer(body):
        if item["colour"]:
            values = [int(value) for value in item["colour"].split(";")]
            if len(values) == 5:
                assert values[1] == 2, "RGB in hundredths"
                colours[values[0]] = tuple(round(value * 2.55) for value in values[2:])
            else:
                # WezTerm does not take a colour that is only defined for the one to draw with.
                colour = colours[values[0]]
        elif item[0] == "$":
            x = 0
        elif item[0] == "-":
            x, y = 0, y + 6
        elif not item["raster"] and item[0][0] != '"':
            times = int(item["times"] or 1)
            bits = ord(item["repeated"] or item["plain"]) - 63
            for row in range(6):
                if bits >> row & 1:
                    canvas[y + row, x : x + times] = (*colour, 255)
            x += times
    return canvas[:height]
