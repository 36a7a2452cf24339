"""A finished picture in its preset's format."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.delivery.provenance import Provenance, provenance_text, with_comment
from engine.imaging.deflating import QUICKEST
from engine.imaging.encode import (
    AVIF_SPEED,
    WEBP_EFFORT,
    encode_avif,
    encode_jpeg,
    encode_png,
    encode_tiff,
    encode_webp,
)
from presets.schema import AvifFile, JpegFile, PngFile, Preset, WebpFile


def encode(
    pixels: NDArray[np.uint8], preset: Preset, provenance: Provenance, xmp: bytes | None = None
) -> bytes:
    """Return a picture in the preset's format, with its provenance where the format has a place.

    The same picture, preset, provenance and metadata give the same bytes.

    Parameters
    ----------
    pixels : (h, w, 3), or (h, w, 4) with straight alpha
    preset : whose format and encoder settings
    provenance : the photo and the recipe of its matte
    xmp : a packet of metadata, where there is any
    """
    settings = preset.file
    text = provenance_text(provenance, preset)
    if isinstance(settings, PngFile):
        return encode_png(pixels, level=settings.level or QUICKEST, text=text, xmp=xmp)
    if isinstance(settings, JpegFile):
        encoded = encode_jpeg(
            pixels,
            quality=settings.quality,
            subsampling=settings.subsampling,
            progressive=settings.progressive,
            xmp=xmp,
        )
        return with_comment(encoded, text)
    if isinstance(settings, WebpFile):
        return encode_webp(
            pixels,
            quality=settings.quality,
            lossless=settings.lossless,
            effort=WEBP_EFFORT if settings.effort is None else settings.effort,
            xmp=xmp,
        )
    if isinstance(settings, AvifFile):
        return encode_avif(
            pixels,
            quality=settings.quality,
            subsampling=settings.subsampling,
            speed=AVIF_SPEED if settings.speed is None else settings.speed,
            xmp=xmp,
        )
    level = None if settings.compression == "none" else settings.level or QUICKEST
    return encode_tiff(pixels, level=level, xmp=xmp)
