"""Pictures with few colours, for terminals that take no more, and for lines that carry no more.

Runs in a worker process.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

COLOURS = 255
"""Of a palette: one of the 256 of a file stays free, for what is transparent."""

_SAMPLE = 60_000  # pixels that are enough to find a palette


def dithered(pixels: NDArray[np.uint8]) -> Image.Image:
    """Return (H, W, 3) pixels with a palette, each one's error shared out among its neighbours."""
    return _with_palette(pixels, Image.Dither.FLOYDSTEINBERG)


def nearest(pixels: NDArray[np.uint8]) -> Image.Image:
    """Return them with a palette, each in the colour next to its own: a third fewer bytes."""
    return _with_palette(pixels, Image.Dither.NONE)


def coarse(pixels: NDArray[np.uint8]) -> Image.Image:
    """Return them with an octree's palette: half the bytes, with bands in what was smooth."""
    return Image.fromarray(pixels).quantize(COLOURS, method=Image.Quantize.FASTOCTREE)


def few(pixels: NDArray[np.uint8]) -> Image.Image:
    """Return them with two dozen colours: enough to see what is there."""
    return Image.fromarray(pixels).quantize(24, method=Image.Quantize.FASTOCTREE)


def _with_palette(pixels: NDArray[np.uint8], dither: Image.Dither) -> Image.Image:
    image = Image.fromarray(pixels)
    factor = max(1, round((image.width * image.height / _SAMPLE) ** 0.5))
    palette = image.reduce(factor).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    return image.quantize(palette=palette, dither=dither)
