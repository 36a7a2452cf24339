"""What can be measured on a finished file, after decoding the bytes that were written.

Pixels are sRGB uint8. The product is known from the matte that was placed, else from the file's
own alpha, else estimated by difference from the colour along the frame.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from engine.delivery.checking.frame import Bar, bars, ground_colour
from engine.delivery.composing.background import flatten
from engine.delivery.product import SOLID, Box, find_product
from engine.errors import PhotoUnreadable
from engine.imaging.decode import read_photo
from engine.imaging.header import bits_of
from engine.imaging.jpeg_quality import jpeg_quality, jpeg_subsampling
from engine.imaging.metadata import read_metadata
from engine.session.warnings import Facts

_DIFFERENT = 24
"""Levels by which a pixel has to differ from the ground to count as the product."""

_NOT_GROUND = 8
"""Levels by which a pixel has to differ from the ground to count as part of a bar or shadow."""


@dataclass(frozen=True)
class Measured:
    """A finished file, measured.

    ``alpha`` is none, opaque or transparent. ``product`` (H, W) is everything that belongs to the
    product, soft edges included; ``box`` its box at half coverage, specks left out, and ``parts``
    the shares of its separate pieces, the largest first; ``estimated`` says that neither a matte
    nor alpha was there to tell. ``bars`` lie along the frame. ``facts`` are the file's own name
    and header. ``shown`` (H, W) are the grey levels that a viewer shows on a white page.
    """

    format: str
    width: int
    height: int
    bytes: int
    profile: str
    bits: int
    alpha: str
    pixels: NDArray[np.uint8]
    shown: NDArray[np.uint8]
    product: NDArray[np.bool_]
    box: Box | None
    parts: tuple[float, ...]
    estimated: bool
    bars: tuple[Bar, ...]
    facts: Facts


def measure(data: bytes, name: str, coverage: NDArray[np.uint8] | None = None) -> Measured:
    """Decode a finished file and measure it.

    Parameters
    ----------
    data : the file's bytes
    name : what the file is called, for errors
    coverage : (H, W) the product's alpha in this file where it is known, 0…255

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : the bytes are no picture that can be decoded
    """
    photo = read_photo(Path(name), data)
    header = _header(data, name)
    height, width = photo.pixels.shape[:2]
    alpha = photo.alpha
    transparent = alpha is not None and bool((alpha < 255).any())
    if coverage is not None and coverage.shape == (height, width):
        known: NDArray[np.uint8] | None = coverage
    else:
        known = alpha if transparent else None
    difference = _difference(photo.pixels)
    other = difference > _NOT_GROUND
    if known is not None:
        other &= known == 0
    along = bars(photo.pixels, other)
    solid = known > SOLID if known is not None else _unlike_ground(difference, along)
    found = find_product(solid)
    return Measured(
        format=_format(header),
        width=width,
        height=height,
        bytes=len(data),
        profile=_profile(header),
        bits=bits_of(header, io.BytesIO(data)),
        alpha="transparent" if transparent else "opaque" if _has_alpha(header) else "none",
        pixels=photo.pixels,
        shown=_shown(photo.pixels, alpha),
        product=known > 0 if known is not None else solid,
        box=found.box if found else None,
        parts=found.shares if found else (),
        estimated=known is None,
        bars=along,
        facts=_facts(header, data, name),
    )


def _header(data: bytes, name: str) -> ImageFile.ImageFile:
    try:
        with warnings.catch_warnings():
            # Decoding has already judged the size.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError) as error:
        raise PhotoUnreadable(
            name, "is no picture that can be checked", "Give an image file."
        ) from error


def _difference(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return by how many levels each pixel differs from the ground, (H, W)."""
    by_channel = cv2.split(cv2.absdiff(pixels, np.full_like(pixels, ground_colour(pixels))))
    return np.asarray(cv2.max(cv2.max(by_channel[0], by_channel[1]), by_channel[2]), np.uint8)


def _unlike_ground(difference: NDArray[np.uint8], along: Sequence[Bar]) -> NDArray[np.bool_]:
    """Return the product by its difference from the ground: outlines filled, specks left out."""
    unlike = difference > _DIFFERENT
    for bar in along:
        unlike[bar.place] = False
    mask = np.zeros(difference.shape, np.uint8)
    if found := find_product(unlike):
        cv2.drawContours(mask, found.outlines, -1, color=1, thickness=cv2.FILLED)
    return mask.astype(np.bool_)


def _shown(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    over = pixels if alpha is None else flatten(pixels, alpha, (255, 255, 255))
    return np.asarray(cv2.cvtColor(over, cv2.COLOR_RGB2GRAY), np.uint8)


def _facts(header: ImageFile.ImageFile, data: bytes, name: str) -> Facts:
    return Facts(
        Path(name).name,
        _format(header),
        *header.size,
        read_metadata(header, io.BytesIO(data)).camera,
        jpeg_quality(header),
        jpeg_subsampling(header),
    )


def _format(header: Image.Image) -> str:
    # Phones and cameras write JPEG files with further pictures inside, which Pillow calls MPO.
    return {"mpo": "jpeg"}.get(name := (header.format or "unknown").lower(), name)


def _has_alpha(header: Image.Image) -> bool:
    return "A" in header.getbands() or "transparency" in header.info


def _profile(header: Image.Image) -> str:
    """Return the colour space that the file names: sRGB, CMYK, another's name, or untagged."""
    if header.mode == "CMYK":
        return "CMYK"
    icc = header.info.get("icc_profile")
    if icc is None:
        return "sRGB" if "srgb" in header.info else "untagged"
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc))).strip()
    except (ImageCms.PyCMSError, OSError):
        return "unreadable"
    return "sRGB" if "srgb" in name.lower().replace(" ", "") else name
