"""A photo's pixels: uint8 RGB in sRGB, upright, with straight alpha apart.

The arrays belong to the caller. The file is only read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from engine.imaging.colour import colour_space, to_srgb
from engine.imaging.layers import read_layers
from engine.imaging.metadata import read_metadata
from engine.imaging.opening import Content, blaming, opened
from engine.imaging.orientation import upright

_BAND_ROWS = 256  # copied at once: quicker than Pillow's own way to an array, which copies twice


@dataclass(frozen=True)
class Photo:
    """A decoded photo.

    Attributes
    ----------
    pixels : (H, W, 3) uint8
        sRGB.
    alpha : (H, W) uint8, or None where every pixel is opaque
        Straight: ``pixels`` are not multiplied by it.
    profile : str
        The colour space that the file was in: "sRGB", "Display P3", "sRGB (assumed)", …
    notes : tuple of str
        What was decided, and what a person should know about the file.
    """

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    profile: str
    notes: tuple[str, ...]


def read_photo(path: Path, content: Content | None = None) -> Photo:
    """Decode a photo at its full size.

    Parameters
    ----------
    path : Path
        The file; with ``content`` only its name for errors.
    content : bytes or a binary stream, optional
        The file's content, where it is at hand; a stream is read from its start and left open.

    Raises
    ------
    PhotoUnreadable : gone, not allowed, empty, not a picture, truncated or damaged
    PhotoUnsupported : a picture of a kind or size that packshot does not work with
    """
    with opened(path, content) as (image, stream):
        return _decoded(path, image, stream, None)


def read_reduced(path: Path, long_side: int) -> Photo:
    """Decode a photo at most ``long_side`` pixels long on its longer side; never enlarged.

    A JPEG is decoded at a half, a quarter or an eighth where that is enough, at the same fraction
    of the time and memory.

    Raises
    ------
    ValueError : ``long_side`` is below 1
    PhotoUnreadable, PhotoUnsupported : as for `read_photo`
    """
    if long_side < 1:
        raise ValueError(f"a side of {long_side} pixels")
    with opened(path) as (image, stream):
        scale = min(1.0, long_side / max(image.size))
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image.draft(None, size)
        return _decoded(path, image, stream, size)


def _decoded(
    path: Path, image: ImageFile.ImageFile, stream: BinaryIO, size: tuple[int, int] | None
) -> Photo:
    metadata = read_metadata(image, stream)
    with blaming(path):
        layers = read_layers(str(path), image, stream, exact=size is None)
    space = colour_space(image, stream, metadata, layers.colour.mode)
    notes = space.notes
    if getattr(image, "is_animated", False) and image.format != "MPO":
        notes += ("more than one picture in the file: the first is used",)
    colour, alpha = to_srgb(layers.colour, space), layers.alpha
    if size is not None and size != colour.size:
        colour, alpha = _resized(colour, alpha, size)
    return Photo(
        pixels=upright(_as_array(colour), metadata.orientation),
        alpha=None if alpha is None else upright(_as_array(alpha), metadata.orientation),
        profile=space.name,
        notes=notes,
    )


def _resized(
    colour: Image.Image, alpha: Image.Image | None, size: tuple[int, int]
) -> tuple[Image.Image, Image.Image | None]:
    """Shrink by averaging areas, each pixel's colour counted as far as it is visible."""
    if alpha is None:
        return colour.resize(size, Image.Resampling.BOX), None
    # For this mode Pillow multiplies alpha in before, and divides it out afterwards.
    both = Image.merge("RGBA", (*colour.split(), alpha)).resize(size, Image.Resampling.BOX)
    return both.convert("RGB"), both.getchannel("A")


def _as_array(image: Image.Image) -> NDArray[np.uint8]:
    """Return an image of mode L or RGB as an array of its own."""
    shape = (image.height, image.width) if image.mode == "L" else (image.height, image.width, 3)
    pixels = np.empty(shape, np.uint8)
    for top in range(0, image.height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, image.height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return pixels
