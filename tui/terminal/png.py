"""PNGs for a terminal: as true as they can be within so many bytes.

Pictures for the screen are judged by their colours and their edges, and may have to come over a
slow line. What is given up first is the number of colours, then pixels, which the terminal makes
up for. Runs in a worker process.
"""

from __future__ import annotations

import io
import struct

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.png_writer import chunk, write_png
from tui.terminal.palette import COLOURS, coarse, dithered, nearest

Pixels = NDArray[np.uint8]

_SCALES = (1.0, 0.5, 0.25)
_HOPELESS = 0.1  # of its bytes: no photo was ever deflated to so little


def png_within(pixels: Pixels, whole: tuple[int, int], budget: int) -> bytes:
    """Encode a picture in the middle of a transparent ground.

    Parameters
    ----------
    pixels : (H, W, 3) uint8
        sRGB.
    whole : (int, int)
        Width and height in pixels of the ground, not below the picture's.
    budget : int
        The most bytes of the file; the smallest form is returned where none is small enough.

    Returns
    -------
    A PNG of 24-bit colours where that fits, else with a palette, else with fewer pixels.
    """
    data = b""
    for scale in _SCALES:
        part, ground = _scaled(pixels, scale), _scaled_size(whole, scale)
        if part.nbytes * _HOPELESS <= budget:
            data = _true_colour(part, ground)
            if len(data) <= budget:
                return data
        for reduce in (dithered, nearest, coarse):
            data = indexed_png(reduce(part), ground)
            if len(data) <= budget:
                return data
    return data


def _true_colour(pixels: Pixels, ground: tuple[int, int]) -> bytes:
    """Encode with 24-bit colours, of which one that the picture does not have is transparent."""
    height, width = pixels.shape[:2]
    if (width, height) == ground:
        return write_png(np.ascontiguousarray(pixels))
    key = _unused_colour(pixels)
    canvas = np.empty((ground[1], ground[0], 3), np.uint8)
    canvas[:] = key
    left, top = _corner((width, height), ground)
    canvas[top : top + height, left : left + width] = pixels
    return write_png(canvas, [chunk(b"tRNS", struct.pack(">3H", *key))])


def indexed_png(image: Image.Image, ground: tuple[int, int]) -> bytes:
    """Encode a picture with a palette in the middle of a transparent ground."""
    stream = io.BytesIO()
    if image.size == ground:
        image.save(stream, "PNG")
        return stream.getvalue()
    canvas = Image.new("P", ground, COLOURS)
    palette = (image.getpalette() or [])[: 3 * COLOURS]
    canvas.putpalette(palette + [0] * (3 * 256 - len(palette)))
    canvas.paste(image, _corner(image.size, ground))
    canvas.save(stream, "PNG", transparency=COLOURS)
    return stream.getvalue()


def _corner(size: tuple[int, int], ground: tuple[int, int]) -> tuple[int, int]:
    """Return where a picture's left upper corner lies when it is in the middle."""
    return (ground[0] - size[0]) // 2, (ground[1] - size[1]) // 2


def _unused_colour(pixels: Pixels) -> tuple[int, int, int]:
    """Return a colour that no pixel has: there are more colours than a screen has pixels."""
    wide = pixels.astype(np.uint32)
    used = np.zeros(1 << 24, bool)
    used[wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]] = True
    free = int(used.argmin())
    return free >> 16, free >> 8 & 255, free & 255


def _scaled(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    size = _scaled_size((pixels.shape[1], pixels.shape[0]), scale)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _scaled_size(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
