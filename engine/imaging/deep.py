"""A photo's colours at 16 bits a channel, in a space that may be wider than sRGB.

For files that keep more than 8 bits of sRGB can hold. Alpha, orientation and everything that is
decided of a photo come from ``decode``; this is only its colours once more, finer.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFile

from engine.imaging.colour import colour_space, expected_mode
from engine.imaging.icc import Space
from engine.imaging.layers import read_layers
from engine.imaging.metadata import read_metadata
from engine.imaging.opening import blaming, opened
from engine.imaging.orientation import upright
from engine.imaging.rgb_space import Deep, RgbSpace, converted, named_space, rgb_space

_STEP = 257  # from 8 to 16 bits: 255 · 257 is 65535
_ORIENTATION = 274  # tags of TIFF
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_DEEP_FORMATS = frozenset({"PNG", "TIFF"})


def read_deep(path: Path, stream: BinaryIO, space: Space) -> Deep | None:
    """Return a photo's colours in a space, upright; (H, W, 3) uint16.

    None where the photo has no more than 8 bits of sRGB to give, or colours that only a table
    explains (CMYK, Lab, profiles of tables).

    Parameters
    ----------
    path : the file's name for errors
    stream : its content, read from the start and left open
    space : what the colours are to be in

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : as for ``decode.read_photo``
    """
    with opened(path, stream) as (image, content), blaming(path):
        metadata = read_metadata(image, content)
        orientation = metadata.orientation
        if _has_sixteen_bits(image):
            samples = _sixteen_bits(image, content)
            # Pillow, which turns a TIFF while it decodes, does not decode this one.
            orientation = getattr(image, "tag_v2", {}).get(_ORIENTATION, orientation)
        else:
            samples = _eight_bits(path, image, content)
        source = _source_space(image, content)
        if samples is None or source is None:
            return None
        if not _has_sixteen_bits(image) and source.same_as(named_space("sRGB")):
            return None
        return upright(converted(samples, source, named_space(space)), orientation)


def from_srgb(pixels: NDArray[np.uint8], space: Space) -> Deep:
    """Return 8-bit sRGB (H, W, 3) in a space at 16 bits."""
    return converted(pixels.astype(np.uint16) * _STEP, named_space("sRGB"), named_space(space))


def to_eight_bits(pixels: Deep) -> NDArray[np.uint8]:
    """Return 16-bit samples rounded to 8."""
    return ((pixels.astype(np.uint32) + _STEP // 2) // _STEP).astype(np.uint8)


def _has_sixteen_bits(image: ImageFile.ImageFile) -> bool:
    if image.format not in _DEEP_FORMATS or not image.tile:
        return False
    args = image.tile[0].args
    raw = args[0] if isinstance(args, tuple) else args
    return isinstance(raw, str) and ";16" in raw


def _source_space(image: ImageFile.ImageFile, stream: BinaryIO) -> RgbSpace | None:
    """Return the space of an RGB or grey photo; None for one that only a table explains."""
    mode = expected_mode(image.mode)
    if mode not in {"RGB", "L"}:
        return None
    found = colour_space(image, stream, read_metadata(image, stream), mode)
    return named_space("sRGB") if found.icc is None else rgb_space(found.icc)


def _sixteen_bits(image: ImageFile.ImageFile, stream: BinaryIO) -> Deep | None:
    """Return the samples of a PNG or TIFF of 16 bits a channel; None where OpenCV reads others."""
    if getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO:
        return None
    stream.seek(0)
    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    found = cv2.imdecode(np.frombuffer(stream.read(), np.uint8), flags)
    if found is None or found.dtype != np.uint16 or sorted(found.shape[:2]) != sorted(image.size):
        return None
    if found.ndim == 2:
        return np.repeat(np.asarray(found, np.uint16)[..., None], 3, axis=2)
    if found.shape[2] not in {3, 4}:
        return None
    code = cv2.COLOR_BGR2RGB if found.shape[2] == 3 else cv2.COLOR_BGRA2RGB
    return np.asarray(cv2.cvtColor(found, code), np.uint16)


def _eight_bits(path: Path, image: ImageFile.ImageFile, stream: BinaryIO) -> Deep | None:
    colour = read_layers(str(path), image, stream, exact=True).colour
    if colour.mode not in {"RGB", "L"}:
        return None
    return np.asarray(colour.convert("RGB")).astype(np.uint16) * _STEP
