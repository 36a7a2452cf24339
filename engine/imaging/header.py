"""What a photo's header says, without its pixels: quick enough for a scan of thousands."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import ImageFile

from engine.imaging.colour import colour_space, expected_mode
from engine.imaging.jpeg_quality import jpeg_quality, jpeg_subsampling
from engine.imaging.metadata import read_metadata
from engine.imaging.opening import opened
from engine.imaging.orientation import TURNED

_ALPHA_MODES = frozenset({"RGBA", "RGBa", "LA", "La", "PA"})
_AVIF_META = 1 << 16
_TIFF_BITS = 258  # tag BitsPerSample


@dataclass(frozen=True)
class Header:
    """A photo's properties, as its file states them.

    Attributes
    ----------
    format : str
        "JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF" or "AVIF".
    width, height : int
        Pixels, after the EXIF orientation.
    bits : int
        Per channel.
    mode : str
        Pillow's mode: "RGB", "L", "CMYK", …
    profile : str
        The colour space, as in `engine.imaging.decode.Photo`.
    camera, taken, capture : str or None
        EXIF's maker and model; ISO 8601 in the camera's own time; how it was exposed.
    jpeg_quality, subsampling : int or None, str or None
        Of a JPEG; the quality only where its tables are the standard's.
    has_alpha : bool
        Whether the file can hold transparency; its pixels may still be opaque.
    """

    format: str
    width: int
    height: int
    bits: int
    mode: str
    profile: str
    camera: str | None
    taken: str | None
    capture: str | None
    jpeg_quality: int | None
    subsampling: str | None
    has_alpha: bool


def read_header(path: Path) -> Header:
    """Read a photo's header. A truncated file may show only when its pixels are decoded.

    Raises
    ------
    PhotoUnreadable : gone, not allowed, empty, not a picture
    PhotoUnsupported : a picture of a kind or size that packshot does not work with
    """
    with opened(path) as (image, stream):
        metadata = read_metadata(image, stream)
        width, height = image.size
        if metadata.orientation in TURNED:
            width, height = height, width
        return Header(
            # An MPO is a JPEG with more pictures behind the first.
            format="JPEG" if image.format == "MPO" else str(image.format),
            width=width,
            height=height,
            bits=bits_of(image, stream),
            mode=image.mode,
            profile=colour_space(image, stream, metadata, expected_mode(image.mode)).name,
            camera=metadata.camera,
            taken=metadata.taken,
            capture=metadata.capture,
            jpeg_quality=jpeg_quality(image),
            subsampling=jpeg_subsampling(image),
            has_alpha=image.mode in _ALPHA_MODES or "transparency" in image.info,
        )


def bits_of(image: ImageFile.ImageFile, stream: BinaryIO) -> int:
    """Return the bits per channel in the file; Pillow's modes do not tell."""
    if image.format == "PNG":
        stream.seek(24)  # signature 8, chunk head 8, width and height 8
        return stream.read(1)[0]
    if image.format == "TIFF":
        return int(max(getattr(image, "tag_v2", {}).get(_TIFF_BITS, (1,))))
    if image.format == "AVIF":
        stream.seek(0)
        meta = stream.read(_AVIF_META)
        start = meta.find(b"pixi") + 8  # behind version and flags: the number of channels, bits
        if start >= 8 and len(meta) > start + 1:
            return int(struct.unpack_from("xB", meta, start)[0])
    return 1 if image.mode == "1" else 8
