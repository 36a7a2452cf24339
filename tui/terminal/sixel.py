"""Sixel pictures: drawn over the cells, as true as they can be within so many bytes.

A terminal keeps nothing of them but what is on the screen: text that is written over them is there
instead. So a picture covers its whole panel, surround included, and what was lost of it can be made
again, for any part that begins and ends with a cell. Runs in a worker process.

textual-image encodes, from a picture that has its palette already. Its own widget draws a picture
anew with every refresh, over whatever lies above it, and in the process that answers the keys.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from textual_image._sixel import SixelOptions, image_to_sixels

from tui.terminal.palette import coarse, dithered, few, nearest

Pixels = NDArray[np.uint8]

_FORMS = (
    (1, dithered, 0.25),
    (1, nearest, 0.15),
    (1, coarse, 0.08),
    (1, few, 0.05),
    (2, coarse, 0.04),
    (2, few, 0.02),
    (4, few, 0.0),
)
"""How much smaller and with how few colours, the truest first; with fewer bytes of a pixel no photo
was ever encoded, so that it need not be tried."""

_DEFINED = re.compile(r"(#\d+)(;2;\d+;\d+;\d+)")


@dataclass(frozen=True)
class Sixels:
    """A picture's sixels, and its pixels with their palette as a PNG, to make parts of."""

    data: bytes
    source: bytes


def sixels_within(
    pixels: Pixels, panel: tuple[int, int], surround: tuple[int, int, int], budget: int
) -> Sixels:
    """Encode a picture in the middle of its panel.

    Parameters
    ----------
    pixels : (H, W, 3) uint8
        sRGB.
    panel : (int, int)
        Width and height in pixels, not below the picture's.
    surround : three ints of 0…255
        The colour around the picture.
    budget : int
        The most bytes; the smallest form is returned where none is small enough.
    """
    made = Sixels(b"", b"")
    whole = _in_panel(pixels, panel, surround)
    for shrink, reduce, least in _FORMS:
        if panel[0] * panel[1] * least > budget:
            continue
        image = reduce(_smaller(whole, shrink)).resize(panel, Image.Resampling.NEAREST)
        made = Sixels(_encoded(image), _png(image))
        if len(made.data) <= budget:
            break
    return made


def parts_of(source: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> list[bytes]:
    """Encode parts of a picture: left, top, right and bottom of each in pixels of the panel."""
    image = Image.open(io.BytesIO(source))
    return [_encoded(image.crop(box)) for box in boxes]


def _in_panel(pixels: Pixels, panel: tuple[int, int], surround: tuple[int, int, int]) -> Pixels:
    """Return the picture in the middle of its panel."""
    canvas = np.empty((panel[1], panel[0], 3), np.uint8)
    canvas[:] = surround
    height, width = pixels.shape[:2]
    left, top = (panel[0] - width) // 2, (panel[1] - height) // 2
    canvas[top : top + height, left : left + width] = pixels
    return canvas


def _smaller(whole: Pixels, shrink: int) -> Pixels:
    if shrink == 1:
        return whole
    size = max(1, whole.shape[1] // shrink), max(1, whole.shape[0] // shrink)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)


def _encoded(image: Image.Image) -> bytes:
    # textual-image 0.12 only defines a colour where it first draws with it. WezTerm then still
    # draws with the one before, so that every definition is followed by its choice.
    return _DEFINED.sub(r"\1\2\1", image_to_sixels(image, SixelOptions())).encode()


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
