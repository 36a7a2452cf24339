"""A photo's pixels as stored, brought to 8 bits: colour apart from alpha.

Colour is a Pillow image of mode L, RGB, CMYK or LAB, not yet converted and not yet turned; alpha
is of mode L, straight, or None where every pixel is opaque.
"""

from __future__ import annotations

import sys
from typing import BinaryIO, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from engine.errors import PhotoUnsupported

_OTHER_HALF = {"B": "L", "L": "B", "N": "L" if sys.byteorder == "big" else "B"}
_TIFF_BITS = 258  # tag BitsPerSample
_TIFF_PHOTOMETRIC = 262
_TIFF_PLANAR = 284
_WHITE_IS_ZERO = 0
_SEPARATE_PLANES = 2
_BAND_ROWS = 256  # rounded at once: both halves of a whole photo, as arrays, are a gigabyte


class Layers(NamedTuple):
    """Colour and alpha of the same size."""

    colour: Image.Image
    alpha: Image.Image | None


def read_layers(name: str, image: ImageFile.ImageFile, stream: BinaryIO, *, exact: bool) -> Layers:
    """Decode an opened photo.

    Parameters
    ----------
    name : str
        The file, for errors.
    exact : bool
        Round 16-bit samples, for which most are decoded twice; otherwise they are cut off, which
        is one level too low at most.

    Raises
    ------
    PhotoUnsupported : samples that are no picture's, such as floating point
    """
    split_mode = _sixteen_bit_mode(image)
    inverted = image.format == "JPEG" and image.mode == "CMYK" and "adobe" not in image.info
    if _is_misread(image):
        raise PhotoUnsupported(
            name,
            "is a TIFF of 16 bits with its channels apart (planar), which packshot does not read",
            'Export it again with "interleaved" channels.',
        )
    if split_mode is not None and exact:
        decoded = _sixteen_bits(image, stream, split_mode)
    elif image.mode.startswith("I;16"):
        decoded = Image.fromarray(_grey_to_eight_bits(image))
    else:
        image.load()
        decoded = image
    if inverted:
        # Pillow takes every CMYK JPEG for Adobe's, which are stored as negatives.
        decoded = Image.fromarray(255 - np.asarray(decoded), "CMYK")
    return _apart(name, decoded)


def _is_misread(image: ImageFile.ImageFile) -> bool:
    """Whether Pillow would take the 16-bit samples of separate planes for 8-bit ones, silently."""
    tags = getattr(image, "tag_v2", {})
    planar = tags.get(_TIFF_PLANAR) == _SEPARATE_PLANES
    return planar and max(tags.get(_TIFF_BITS, (1,))) > 8 and image.tile[0].codec_name == "raw"


def _apart(name: str, image: Image.Image) -> Layers:
    """Bring an image to one of the four modes of colour, and its alpha to an image of its own."""
    keyed = "transparency" in image.info
    if image.mode in {"L", "1"}:
        image = image.convert("LA" if keyed else "L")
    elif image.mode == "La":
        image = image.convert("LA")
    elif image.mode in {"PA", "RGBa"} or keyed:
        image = image.convert("RGBA")
    elif image.mode in {"P", "RGBX", "YCbCr", "HSV"}:
        image = image.convert("RGB")
    if image.mode == "LA":
        return Layers(image.getchannel("L"), _visible(image.getchannel("A")))
    if image.mode == "RGBA":
        return Layers(image.convert("RGB"), _visible(image.getchannel("A")))
    if image.mode not in {"L", "RGB", "CMYK", "LAB"}:
        raise PhotoUnsupported(
            name,
            f"has samples that packshot does not read (Pillow's mode {image.mode})",
            "Export it with 8 or 16 bits per channel.",
        )
    return Layers(image, None)


def _visible(alpha: Image.Image) -> Image.Image | None:
    """Return alpha, or None where it says nothing."""
    return None if alpha.getextrema() == (255, 255) else alpha


def _sixteen_bit_mode(image: ImageFile.ImageFile) -> str | None:
    """Return Pillow's raw mode of a colour image with 16 bits per channel, None for others."""
    keyed = "transparency" in image.info  # compared by Pillow, which has the high bytes alone
    if image.mode not in {"RGB", "RGBA", "CMYK"} or keyed or not image.tile:
        return None
    args = image.tile[0].args
    raw = args[0] if isinstance(args, tuple) else args
    # Alpha that was multiplied in is divided out while unpacking, with the high bytes alone.
    return raw if isinstance(raw, str) and ";16" in raw and "a" not in raw else None


def _sixteen_bits(image: ImageFile.ImageFile, stream: BinaryIO, raw: str) -> Image.Image:
    """Decode 16-bit channels, rounded to 8.

    Pillow keeps one byte of two: the high one, or, told that the order is the other one, the low.
    """
    if raw == "LA;16B":
        # No raw mode gives its low bytes, but as four channels all its bytes come at once.
        _reinterpret(image, "RGBA")
        grey_high, grey_low, alpha_high, alpha_low = np.moveaxis(np.asarray(image), 2, 0)
        grey = rounded_to_eight_bits(grey_high, grey_low)
        alpha = rounded_to_eight_bits(alpha_high, alpha_low)
        return Image.fromarray(np.dstack((grey, alpha)))
    image.load()
    stream.seek(0)
    with Image.open(stream, formats=[str(image.format)]) as again:
        _reinterpret(again, raw[:-1] + _OTHER_HALF[raw[-1]])
        again.load()
        for top in range(0, image.height, _BAND_ROWS):
            band = (0, top, image.width, min(top + _BAND_ROWS, image.height))
            high, low = np.asarray(image.crop(band)), np.asarray(again.crop(band))
            image.paste(Image.fromarray(rounded_to_eight_bits(high, low), image.mode), band)
    return image


def _reinterpret(image: ImageFile.ImageFile, raw: str) -> None:
    """Have the image decoded as another raw mode than its header says."""
    image.tile = [
        tile._replace(args=(raw, *tile.args[1:]) if isinstance(tile.args, tuple) else raw)
        for tile in image.tile
    ]


def rounded_to_eight_bits(high: NDArray[np.uint8], low: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return ``round((256·high + low) / 257)``, which maps 0…65535 onto 0…255.

    As 256·high + low = 257·high + (low − high), it differs from ``high`` by one, and only where
    the two bytes are more than half of 257 apart.
    """
    up = cv2.subtract(low, high) > 128
    down = cv2.subtract(high, low) > 128
    rounded: NDArray[np.uint8] = high + up.astype(np.uint8) - down.astype(np.uint8)
    return rounded


def _grey_to_eight_bits(image: Image.Image) -> NDArray[np.uint8]:
    samples = np.asarray(image).astype(np.uint16)
    tags = getattr(image, "tag_v2", {})
    bits = tags.get(_TIFF_BITS, (16,))[0]
    if bits == 16:
        grey = rounded_to_eight_bits((samples >> 8).astype(np.uint8), samples.astype(np.uint8))
    else:
        grey = cv2.convertScaleAbs(samples, alpha=255 / (2**bits - 1)).astype(np.uint8)
    # Pillow turns negatives of 1 and 8 bits, not these.
    return 255 - grey if tags.get(_TIFF_PHOTOMETRIC) == _WHITE_IS_ZERO else grey
