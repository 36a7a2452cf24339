"""What can be measured on a finished file, after decoding the bytes that were written.

Pixels are sRGB uint8. The product is known from the matte that was placed, else from the file's
own alpha, else estimated by difference from the colour along the frame.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, JpegImagePlugin, UnidentifiedImageError

from engine.delivery.product import SOLID, Box, find_product
from engine.errors import PhotoUnreadable
from engine.imaging.decode import read_photo

_DIFFERENT = 24
"""Levels by which a pixel has to differ from the frame's colour to count as the product."""

_CHROMA = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0"}


@dataclass(frozen=True)
class Measured:
    """A finished file, measured.

    ``alpha`` is none, opaque or transparent. ``product`` (H, W) is everything that belongs to the
    product, soft edges included; ``box`` its box at half coverage, specks left out; ``estimated``
    says that neither a matte nor alpha was there to tell.
    """

    format: str
    width: int
    height: int
    bytes: int
    profile: str
    chroma: str | None
    alpha: str
    pixels: NDArray[np.uint8]
    product: NDArray[np.bool_]
    box: Box | None
    estimated: bool


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
    try:
        with warnings.catch_warnings():
            # Decoding has already judged the size.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            header = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError) as error:
        raise PhotoUnreadable(
            name, "is no picture that can be checked", "Give an image file."
        ) from error
    height, width = photo.pixels.shape[:2]
    alpha = photo.alpha
    transparent = alpha is not None and bool((alpha < 255).any())
    if coverage is not None and coverage.shape == (height, width):
        known: NDArray[np.uint8] | None = coverage
    else:
        known = alpha if transparent else None
    solid = known > SOLID if known is not None else _unlike_frame(photo.pixels)
    found = find_product(solid)
    return Measured(
        format=_format(header),
        width=width,
        height=height,
        bytes=len(data),
        profile=_profile(header),
        chroma=_chroma(header),
        alpha="transparent" if transparent else "opaque" if _has_alpha(header) else "none",
        pixels=photo.pixels,
        product=known > 0 if known is not None else solid,
        box=found.box if found else None,
        estimated=known is None,
    )


def _unlike_frame(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where a picture differs from its frame: outlines filled, specks left out."""
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = np.median(frame, axis=0).astype(np.uint8)
    difference = cv2.absdiff(pixels, np.full_like(pixels, colour)).max(axis=2)
    mask = np.zeros(difference.shape, np.uint8)
    if found := find_product(difference > _DIFFERENT):
        cv2.drawContours(mask, found.outlines, -1, color=1, thickness=cv2.FILLED)
    return mask.astype(np.bool_)


def _format(header: Image.Image) -> str:
    # Phones and cameras write JPEG files with further pictures inside, which Pillow calls MPO.
    return {"mpo": "jpeg"}.get(name := (header.format or "unknown").lower(), name)


def _has_alpha(header: Image.Image) -> bool:
    return "A" in header.getbands() or "transparency" in header.info


def _chroma(header: Image.Image) -> str | None:
    if not isinstance(header, JpegImagePlugin.JpegImageFile):
        return None
    return _CHROMA.get(JpegImagePlugin.get_sampling(header))


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
