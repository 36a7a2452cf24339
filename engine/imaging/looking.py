"""Finds what a photo looks like, from the smallest copy of it that there is.

A camera's JPEG holds a thumbnail, which is read in a moment; from every other file a reduced copy
is decoded. Thumbnails that do not have the photo's shape are an editing program's leftovers.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile

from engine.imaging.decode import read_reduced
from engine.imaging.look import Look
from engine.imaging.metadata import read_metadata
from engine.imaging.opening import opened
from engine.imaging.orientation import upright

_SIDE = 160  # pixels: that of a camera's thumbnail
_FRAME = 0.04  # of the shorter side, that counts as the frame
_SAME_SHAPE = 0.03  # by which a thumbnail's ratio of sides may differ
_SMALLEST = 64  # pixels on a thumbnail's longer side


def read_look(path: Path) -> Look:
    """Return what a photo looks like; its full pixels are not decoded where that can be helped.

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : it cannot be read
    """
    with opened(path) as (image, stream):
        small = _thumbnail(image, stream)
    return look_of(read_reduced(path, _SIDE).pixels if small is None else small)


def look_of(pixels: NDArray[np.uint8]) -> Look:
    """Return what (H, W, 3) uint8 sRGB looks like, whatever their size.

    After N. Krawetz, "Kind of Like That" (2013): signs of differences between neighbours.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    number = int("".join("1" if bit else "0" for bit in bits), 2)
    width = max(1, round(_FRAME * min(pixels.shape[:2])))
    # The upper half of the frame: below, a product often reaches it.
    upper = pixels[: max(1, len(pixels) // 2)]
    sides = [upper[:, :width], upper[:, -width:], pixels[:width]]
    backdrop = np.median(np.concatenate([side.reshape(-1, 3) for side in sides]), axis=0)
    red, green, blue = (int(level) for level in backdrop)
    return Look(number, (red, green, blue))


def _thumbnail(image: ImageFile.ImageFile, stream: BinaryIO) -> NDArray[np.uint8] | None:
    """Return the thumbnail inside a camera's file, upright; None where none can be trusted."""
    try:
        tags = image.getexif().get_ifd(ExifTags.IFD.IFD1) if image.format != "PNG" else {}
        place, length = tags.get(513), tags.get(514)  # JPEGInterchangeFormat and its length
        exif = image.info.get("exif", b"")
        if not (isinstance(place, int) and isinstance(length, int)):
            return None
        start = 6 + place  # behind "Exif\0\0"
        with Image.open(io.BytesIO(exif[start : start + length]), formats=["JPEG"]) as small:
            ratio = small.width / small.height / (image.width / image.height)
            if abs(ratio - 1) > _SAME_SHAPE or max(small.size) < _SMALLEST:
                return None
            pixels = np.array(small.convert("RGB"))
        return upright(pixels, read_metadata(image, stream).orientation)
    # Metadata is damaged in as many ways as there are programs; the photo itself remains.
    except Exception:
        return None
