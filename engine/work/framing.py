"""How a picture lies in a panel: which part of it is seen, at which scale, and on what."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.work.jobs import View

Pixels = NDArray[np.uint8]

_CHECKER_CELLS = 18  # along the shorter side of a picture, so that they look alike at every size
_CHECKER_TONES = (102, 153)


def region_of(
    size: tuple[int, int], box: tuple[int, int], zoom: float, centre: tuple[float, float]
) -> tuple[int, int, int, int]:
    """Return the part of the photo that the panel shows: left, top, right, bottom in photo pixels.

    It is moved to lie inside the photo, so that panning stops at the edges.
    """
    shown = [min(side, max(1, round(panel / zoom))) for side, panel in zip(size, box, strict=True)]
    start = [
        min(max(0, round(middle * side - part / 2)), side - part)
        for middle, side, part in zip(centre, size, shown, strict=True)
    ]
    return start[0], start[1], start[0] + shown[0], start[1] + shown[1]


def scaled(
    pixels: Pixels, region: tuple[int, int, int, int], size: tuple[int, int], box: tuple[int, int]
) -> Pixels:
    """Cut ``region`` (in photo pixels) out of a photo, or its reduced copy, and scale it to box."""
    scale_x, scale_y = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    left, right = round(region[0] * scale_x), max(1, round(region[2] * scale_x))
    top, bottom = round(region[1] * scale_y), max(1, round(region[3] * scale_y))
    part = pixels[min(top, bottom - 1) : bottom, min(left, right - 1) : right]
    shrinks = box[0] < part.shape[1] or box[1] < part.shape[0]
    # Above 1:1 a person judges single pixels, which no filter may invent.
    method = cv2.INTER_AREA if shrinks else cv2.INTER_NEAREST
    return np.ascontiguousarray(cv2.resize(part, box, interpolation=method), dtype=np.uint8)


def ground(view: View, height: int, width: int, scale: float = 1.0) -> NDArray[np.float32]:
    """Return what lies under a cutout: black, white, or a checkerboard, as (H, W or 1, 1 or 3).

    ``scale`` is how many pixels there are for one of the screen, on a side: the squares stay where
    they are when a sharp picture follows one of half the size.
    """
    if view == "black":
        return np.zeros((1, 1, 3), np.float32)
    if view == "white":
        return np.full((1, 1, 3), 255, np.float32)
    # An even number of pixels: a terminal's block characters show them in pairs.
    cell = max(4, int(min(height, width) / scale) // _CHECKER_CELLS // 2 * 2)
    rows, columns = np.ogrid[:height, :width]
    drawn = cell * scale
    odd = (rows // drawn + columns // drawn) % 2 >= 1
    return np.where(odd[..., None], *_CHECKER_TONES).astype(np.float32)
