"""The photo's own background on a preset's canvas, as it is or out of focus.

Where the canvas reaches beyond the photo, and where the product has stood, the background is drawn
on smoothly from around (``engine.matting.membrane``): a sweep goes on as a sweep. That is done on
a small grid, since nothing sharp is to be invented there.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.placement import Placed
from engine.delivery.composing.resample import onto_canvas
from engine.delivery.composing.shadows.smoothing import blurred, smooth_step
from engine.delivery.product import FAINT
from engine.matting.membrane import draw

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]

_GRID = 640  # cells on the canvas's longer side
_BELIEVED = 100.0  # weight of a cell of the photo against a difference of one to a neighbour
_BESIDE = 3  # cells around the product that may still show some of it
_SEAM = 0.006  # of the canvas's longer side, over which the photo passes into what is drawn on


def kept_backdrop(original: Picture, taken: NDArray[np.uint8], placed: Placed) -> Picture:
    """Return the photo on the canvas, product and all, its background continued around it.

    Parameters
    ----------
    original : (H, W, 3) the photo
    taken : (H, W) what is no background, 0…255
    placed : canvas size, scale and offset
    """
    photo, inside = onto_canvas(original, np.full(taken.shape, 255, np.uint8), placed)
    if inside.all():
        return photo
    drawn = _enlarged(_plate(original, taken, placed), placed)
    reach = max(1.0, _SEAM * max(placed.width, placed.height))
    bordered = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    depth = cv2.distanceTransform((bordered > 127).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
    share = smooth_step(np.asarray(depth, np.float32) / np.float32(reach))[..., None]
    mixed: Picture = np.rint(drawn + (photo - drawn) * share).clip(0, 255).astype(np.uint8)
    return mixed


def blurred_backdrop(
    original: Picture, taken: NDArray[np.uint8], placed: Placed, radius: float
) -> Picture:
    """Return the photo's background on the canvas, without the product, blurred.

    Parameters
    ----------
    original : (H, W, 3) the photo
    taken : (H, W) what is no background, 0…255
    placed : canvas size, scale and offset
    radius : standard deviation of the blur, in canvas pixels
    """
    plate = _plate(original, taken, placed)
    cell = max(placed.width, placed.height) / max(plate.shape[:2])
    # Beyond the canvas lies what lies at its border.
    border = int(np.ceil(3 * radius / cell)) + 1
    wide = cv2.copyMakeBorder(plate, border, border, border, border, cv2.BORDER_REPLICATE)
    soft = blurred(np.asarray(wide, np.float32), radius / cell, radius / cell)
    inner = np.ascontiguousarray(soft[border:-border, border:-border])
    picture: Picture = np.rint(_enlarged(inner, placed).clip(0, 255)).astype(np.uint8)
    return picture


def _plate(original: Picture, taken: NDArray[np.uint8], placed: Placed) -> Plane:
    """Return the background alone on a small grid over the whole canvas, (h, w, 3), 0…255."""
    share = min(1.0, _GRID / max(placed.width, placed.height))
    size = max(1, round(placed.width * share)), max(1, round(placed.height * share))
    scale = placed.scale * share
    small = (
        max(1, round(original.shape[1] * scale)),
        max(1, round(original.shape[0] * scale)),
    )
    photo = cv2.resize(original, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    cover = cv2.resize(taken, small, interpolation=cv2.INTER_AREA)
    hidden = cv2.dilate(
        (cover > FAINT).astype(np.uint8), np.ones((2 * _BESIDE + 1, 2 * _BESIDE + 1), np.uint8)
    )
    data = np.zeros((size[1], size[0], 3), np.float32)
    precision = np.zeros((size[1], size[0]), np.float32)
    source, target = _overlap(small, size, (placed.left * share, placed.top * share))
    data[target] = photo[source]
    precision[target] = np.where(hidden[source] > 0, 0, _BELIEVED)
    return draw(data, precision)


def _overlap(
    small: tuple[int, int], size: tuple[int, int], offset: tuple[float, float]
) -> tuple[Any, Any]:
    """Return which part of the small photo lies on which part of the small canvas."""
    spans = []
    for photo, canvas, start in zip(small, size, offset, strict=True):
        first = round(start)
        low, high = max(0, first), max(0, min(canvas, first + photo))
        spans.append((slice(low - first, high - first), slice(low, high)))
    (columns, onto_columns), (rows, onto_rows) = spans
    return (rows, columns), (onto_rows, onto_columns)


def _enlarged(plate: Plane, placed: Placed) -> Plane:
    size = (placed.width, placed.height)
    return np.asarray(cv2.resize(plate, size, interpolation=cv2.INTER_CUBIC), np.float32)
