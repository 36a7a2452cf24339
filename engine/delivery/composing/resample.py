"""Scaling a cutout without rims.

Straight colour and alpha (0…255) go in and come out. In between everything is premultiplied, so
that the colour behind a transparent pixel has no weight; alpha and colour always pass the same
kernel, so that dividing one by the other gives the colour back.

Values stay in sRGB's own encoding, as viewers and photo editors scale: sharpening kernels in
linear light draw dark outlines beside white labels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.delivery.composing.placement import Placed

_REACH = 3  # canvas pixels that the widest kernel looks to either side

Colours = TypeVar("Colours", NDArray[np.uint8], NDArray[np.uint16])
Span = tuple[int, int]
Region = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Window:
    """The photo rows and columns that matter, and the canvas pixels that they cover."""

    rows: Span
    columns: Span
    top: int
    left: int
    width: int
    height: int
    region: Region  # what the canvas pixels see, in pixels of the cut-out rows and columns

    @property
    def source(self) -> tuple[slice, slice]:
        """The part of the photo."""
        return slice(*self.rows), slice(*self.columns)

    @property
    def target(self) -> tuple[slice, slice]:
        """The part of the canvas."""
        return (
            slice(self.top, self.top + self.height),
            slice(self.left, self.left + self.width),
        )


def onto_canvas(
    foreground: Colours, alpha: NDArray[np.uint8], placed: Placed
) -> tuple[Colours, NDArray[np.uint8]]:
    """Return foreground (h, w, 3) and alpha (h, w) on the canvas, straight.

    Alpha and the colour near the edge pass a kernel without negative lobes (Hamming): no ghost
    outline appears beside the product, and nothing leaves the range of its neighbours. The
    inside, where alpha is whole, gets the sharper Lanczos. At scale 1 pixels are copied.

    Parameters
    ----------
    foreground : (H, W, 3) straight colour, of 8 or 16 bits
    alpha : (H, W) coverage, 0…255
    placed : canvas size, scale and offset
    """
    colour = np.zeros((placed.height, placed.width, 3), foreground.dtype)
    coverage = np.zeros((placed.height, placed.width), np.uint8)
    window = _window(alpha, placed)
    if window is None:
        return colour, coverage
    source, target = window.source, window.target
    if placed.scale == 1:
        colour[target] = _copied(foreground[source], window)
        coverage[target] = _copied(alpha[source], window)
        return colour, coverage
    weight = _weight(alpha, window)
    soft_weight = _scaled(weight, window, Image.Resampling.HAMMING)
    sharp_weight = _scaled(weight, window, Image.Resampling.LANCZOS)
    # Rounded to 255, the pixel's surroundings are solid: both weights are close to 1.
    most = np.iinfo(foreground.dtype).max
    inside = soft_weight >= 254.5 / 255
    for channel in range(3):
        plane = foreground[source][..., channel] * weight
        sharp = _scaled(plane, window, Image.Resampling.LANCZOS)
        soft = _scaled(plane, window, Image.Resampling.HAMMING)
        straight = np.where(
            inside,
            sharp / np.where(inside, sharp_weight, 1),
            soft / np.maximum(soft_weight, 1e-4),
        )
        colour[target][..., channel] = np.rint(straight.clip(0, most))
    coverage[target] = _levels(soft_weight)
    return colour, coverage


def coverage_on_canvas(alpha: NDArray[np.uint8], placed: Placed) -> NDArray[np.uint8]:
    """Return alpha (h, w) on the canvas, as :func:`onto_canvas` gives it, without the colours.

    Parameters
    ----------
    alpha : (H, W) coverage, 0…255
    placed : canvas size, scale and offset
    """
    coverage = np.zeros((placed.height, placed.width), np.uint8)
    window = _window(alpha, placed)
    if window is not None:
        coverage[window.target] = (
            _copied(alpha[window.source], window)
            if placed.scale == 1
            else _levels(_scaled(_weight(alpha, window), window, Image.Resampling.HAMMING))
        )
    return coverage


def _window(alpha: NDArray[np.uint8], placed: Placed) -> _Window | None:
    """Return what has to be scaled: everything visible, with the kernel's reach around it."""
    rows = _visible(alpha.max(axis=1), placed.scale)
    columns = _visible(alpha.max(axis=0), placed.scale)
    if rows is None or columns is None:
        return None
    top, bottom = _covered(rows, placed.scale, placed.top, placed.height)
    left, right = _covered(columns, placed.scale, placed.left, placed.width)
    if bottom <= top or right <= left:
        return None
    return _Window(
        rows=rows,
        columns=columns,
        top=top,
        left=left,
        width=right - left,
        height=bottom - top,
        region=(
            _seen(left, columns, placed.scale, placed.left),
            _seen(top, rows, placed.scale, placed.top),
            _seen(right, columns, placed.scale, placed.left),
            _seen(bottom, rows, placed.scale, placed.top),
        ),
    )


def _visible(occupied: NDArray[np.uint8], scale: float) -> Span | None:
    """Return the first and past-the-last occupied index, widened by the kernel's reach."""
    indices = np.flatnonzero(occupied)
    if not indices.size:
        return None
    reach = math.ceil(_REACH * max(1.0, 1 / scale)) + 1
    return max(0, int(indices[0]) - reach), min(occupied.size, int(indices[-1]) + 1 + reach)


def _covered(span: Span, scale: float, offset: float, canvas: int) -> Span:
    """Return the canvas pixels that lie wholly inside a span of the photo."""
    first = math.ceil(span[0] * scale + offset - 1e-6)
    last = math.floor(span[1] * scale + offset + 1e-6)
    return max(0, first), min(canvas, last)


def _seen(position: int, span: Span, scale: float, offset: float) -> float:
    """Return a canvas position in pixels of the span, inside it."""
    return min(max((position - offset) / scale - span[0], 0.0), float(span[1] - span[0]))


def _copied(values: Colours, window: _Window) -> Colours:
    left, top = round(window.region[0]), round(window.region[1])
    return values[top : top + window.height, left : left + window.width]


def _weight(alpha: NDArray[np.uint8], window: _Window) -> NDArray[np.float32]:
    return alpha[window.source].astype(np.float32) / np.float32(255)


def _levels(weight: NDArray[np.float32]) -> NDArray[np.uint8]:
    levels: NDArray[np.uint8] = np.rint((weight * 255).clip(0, 255)).astype(np.uint8)
    return levels


def _scaled(
    plane: NDArray[np.float32], window: _Window, kernel: Image.Resampling
) -> NDArray[np.float32]:
    scaled = Image.fromarray(plane).resize((window.width, window.height), kernel, box=window.region)
    return np.asarray(scaled, np.float32)
