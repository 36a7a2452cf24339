"""Pixels to the bytes of a file: straight alpha, of a space whose profile every file carries.

The same pixels make the same bytes; the arrays are the caller's and are not changed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, features

from engine.errors import OutputError, PhotoUnreadable, PhotoUnsupported
from engine.imaging.deflating import QUICKEST
from engine.imaging.icc import Space, profile_of
from engine.imaging.kinds import PNG_PACKET_KEYWORD
from engine.imaging.png_reader import read_text
from engine.imaging.png_writer import chunk, write_png
from engine.imaging.strips import Samples
from engine.imaging.tiff_writer import write_tiff
from engine.imaging.transparent import continued

__all__ = [
    "decode_matte",
    "encode_avif",
    "encode_jpeg",
    "encode_matte",
    "encode_png",
    "encode_tiff",
    "encode_webp",
    "read_text",
]

Subsampling = Literal["4:4:4", "4:2:2", "4:2:0"]

_NO_TEXT: Mapping[str, str] = MappingProxyType({})
_JPEG_SIDE = 65_500  # libjpeg's limit
_WEBP_SIDE = 16_383  # fourteen bits
_AVIF_SIDE = 65_536

AVIF_SPEED = 6
"""Slower ones save a few per cent of bytes for twice the time."""

WEBP_EFFORT = 4
"""libwebp's own choice."""


def encode_png(
    pixels: Samples,
    *,
    alpha: Samples | None = None,
    level: int = QUICKEST,
    threads: int | None = None,
    text: Mapping[str, str] = _NO_TEXT,
    xmp: bytes | None = None,
    space: Space = "sRGB",
) -> bytes:
    """Encode a PNG, quickly.

    Parameters
    ----------
    pixels : (H, W, 3) or (H, W, 4) uint8 or uint16
        The fourth channel is straight alpha; the colour of wholly transparent pixels is cleared.
    alpha : (H, W), of the same type, optional
        Straight alpha of 3 channels; no copy of the whole is made to join them.
    level : int
        1 is quickest; zlib's 2…9 take many times as long and are smaller on clean, drawn pictures.
    threads : int, optional
        How many to use, by default as many as OpenCV; the bytes are the same.
    text : mapping of str to str
        Keys of 1…79 Latin-1 characters, and their texts.
    xmp : bytes, optional
        A packet of metadata, here as for every other format.
    space : str
        What the colours are, here as for every other format: its profile is embedded.

    Raises
    ------
    ValueError : a wrong shape, type or key
    """
    if pixels.ndim != 3 or pixels.shape[2] not in {3, 4}:
        raise ValueError(f"not (H, W, 3|4): {pixels.shape}")
    named = space.encode("latin-1")
    profile = chunk(b"iCCP", named + b"\0\0" + zlib.compress(profile_of(space), 9))
    said = [_utf8_chunk(PNG_PACKET_KEYWORD, xmp)] if xmp is not None else []
    return write_png(
        pixels, [profile, *_text_chunks(text), *said], alpha=alpha, level=level, threads=threads
    )


def encode_jpeg(
    pixels: Samples,
    *,
    quality: int,
    subsampling: Subsampling,
    progressive: bool,
    xmp: bytes | None = None,
    space: Space = "sRGB",
) -> bytes:
    """Encode (H, W, 3) uint8 as a JPEG of quality 1…100.

    Raises
    ------
    ValueError : a wrong shape or type
    OutputError : more than 65,500 pixels on a side
    """
    image = Image.fromarray(_checked(pixels, {3}))
    _refuse_larger(image, _JPEG_SIDE, "JPEG")
    stream = io.BytesIO()
    image.save(
        stream,
        "JPEG",
        quality=quality,
        subsampling=subsampling,
        progressive=progressive,
        optimize=True,
        icc_profile=profile_of(space),
        xmp=xmp or b"",
    )
    return stream.getvalue()


def encode_webp(
    pixels: Samples,
    *,
    quality: int,
    lossless: bool,
    effort: int = WEBP_EFFORT,
    xmp: bytes | None = None,
    space: Space = "sRGB",
) -> bytes:
    """Encode (H, W, 3) or (H, W, 4) uint8 as WebP; no colour of transparent pixels is kept.

    Parameters
    ----------
    quality : 0…100; where ``lossless``, how hard the encoder tries, beside ``effort``
    effort : 0 quick … 6 small

    Raises
    ------
    ValueError : a wrong shape or type
    OutputError : more than 16,383 pixels on a side
    """
    shown = _checked(pixels, {3, 4})
    image = Image.fromarray(shown if lossless else continued(shown))
    _refuse_larger(image, _WEBP_SIDE, "WebP")
    stream = io.BytesIO()
    image.save(
        stream,
        "WEBP",
        quality=quality,
        lossless=lossless,
        method=effort,
        icc_profile=profile_of(space),
        xmp=xmp or b"",
    )
    return stream.getvalue()


def encode_avif(
    pixels: Samples,
    *,
    quality: int,
    subsampling: Subsampling,
    speed: int = AVIF_SPEED,
    xmp: bytes | None = None,
    space: Space = "sRGB",
) -> bytes:
    """Encode (H, W, 3) or (H, W, 4) uint8 as AVIF of quality 0…100, at a speed 0 slow … 10 quick.

    No colour of transparent pixels is kept. In one thread: with another number of them the
    encoder divides the picture otherwise.

    Raises
    ------
    ValueError : a wrong shape or type
    OutputError : more than 65,536 pixels on a side, or this Pillow was built without AVIF
    """
    image = Image.fromarray(continued(_checked(pixels, {3, 4})))
    _refuse_larger(image, _AVIF_SIDE, "AVIF")
    if not features.check("avif"):
        raise OutputError(
            "picture",
            "cannot be written as AVIF: the Pillow of this machine was built without it",
            "Install Pillow from its own wheels, or choose webp.",
        )
    stream = io.BytesIO()
    image.save(
        stream,
        "AVIF",
        quality=quality,
        subsampling=subsampling,
        speed=speed,
        max_threads=1,
        icc_profile=profile_of(space),
        xmp=xmp or b"",
    )
    return stream.getvalue()


def encode_tiff(
    pixels: Samples,
    *,
    level: int | None = QUICKEST,
    threads: int | None = None,
    xmp: bytes | None = None,
    space: Space = "sRGB",
) -> bytes:
    """Encode a TIFF, quickly.

    Parameters
    ----------
    pixels : (H, W, 3) or (H, W, 4) uint8 or uint16
        The fourth channel is straight alpha; the colour of wholly transparent pixels is cleared.
    level : int, optional
        How hard it is deflated, as of `encode_png`; None: not at all.
    threads : int, optional
        How many to use, by default as many as OpenCV; the bytes are the same.

    Raises
    ------
    ValueError : a wrong shape or type
    OutputError : more than 4 GB
    """
    return write_tiff(pixels, profile_of(space), xmp=xmp, level=level, threads=threads)


def encode_matte(alpha: NDArray[np.uint8], text: Mapping[str, str] = _NO_TEXT) -> bytes:
    """Encode (H, W) uint8 losslessly, as a grey PNG of 8 bits.

    Raises
    ------
    ValueError : a wrong shape, type or key
    """
    if alpha.ndim != 2:
        raise ValueError(f"not (H, W): {alpha.shape}")
    return write_png(alpha[:, :, None], _text_chunks(text))


def decode_matte(data: bytes) -> NDArray[np.uint8]:
    """Return the (H, W) uint8 of a matte that `encode_matte` made.

    Raises
    ------
    PhotoUnreadable : not a PNG, truncated or damaged
    PhotoUnsupported : a PNG of another kind than 8-bit grey
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.mode != "L":
                raise PhotoUnsupported(
                    "matte", f"is of mode {image.mode}, not 8-bit grey", "Cut the photo again."
                )
            return np.array(image)
    except (OSError, SyntaxError, ValueError, zlib.error) as error:
        raise PhotoUnreadable("matte", "is truncated or damaged", "Cut the photo again.") from error


def _checked(pixels: Samples, channels: set[int]) -> NDArray[np.uint8]:
    if pixels.ndim != 3 or pixels.shape[2] not in channels or pixels.dtype != np.uint8:
        raise ValueError(f"not (H, W, {channels}) uint8: {pixels.shape} {pixels.dtype}")
    return np.asarray(pixels, np.uint8)


def _refuse_larger(image: Image.Image, side: int, name: str) -> None:
    if max(image.size) > side:
        raise OutputError(
            "picture",
            f"is {image.width} × {image.height} pixels, and {name} holds {side} on a side",
            "Choose a smaller canvas or another format.",
        )


def _text_chunks(text: Mapping[str, str]) -> list[bytes]:
    return [_text_chunk(key, value) for key, value in text.items()]


def _text_chunk(key: str, value: str) -> bytes:
    """Return a tEXt chunk, or an iTXt chunk where the text is not ASCII."""
    name = key.encode("latin-1")
    if not 1 <= len(name) <= 79 or not key.isprintable() or key != key.strip():
        raise ValueError(f"not a key of a PNG text: {key!r}")
    if value.isascii() and "\0" not in value:
        return chunk(b"tEXt", name + b"\0" + value.encode("ascii"))
    return _utf8_chunk(key, value.encode("utf-8"))


def _utf8_chunk(key: str, text: bytes) -> bytes:
    """Return an iTXt chunk: no compression, no language, no translated key."""
    return chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text)
