"""One returned file as the mask of its photo, or why it is none."""

from __future__ import annotations

import io
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import MaskRefused
from engine.handoff.alignment import align

Pixels = NDArray[np.uint8]

REDUCED_SIDE = 2048
"""Pixels on the longer side of the photo that a mask is laid on."""

_EMPTY, _FULL = 0.0005, 0.9995  # of the frame


def mask_bytes_limit(size: tuple[int, int]) -> int:
    """Return how many bytes the mask of a photo of (width, height) may have: four times 16 bits."""
    return size[0] * size[1] * 8 + (1 << 20)


def decode_mask(data: bytes, place: str, size: tuple[int, int]) -> Pixels:
    """Return a mask as (h, w) uint8, 0 background to 255 product.

    Parameters
    ----------
    data : a PNG: grey, or a cutout, whose alpha is the mask
    place : what an error calls it
    size : width and height of the photo; the mask has it, or a whole fraction of it

    Raises
    ------
    MaskRefused : no PNG, damaged, of another size, or coloured without an alpha
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            _require_size(place, image.size, size)
            return _grey(image, place)
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error) as error:
        raise MaskRefused(
            place, "is no PNG, or a damaged one", "Ask for an 8-bit grey PNG of the photo's size."
        ) from error


def require_sense(mask: Pixels, place: str, own: Pixels | None) -> None:
    """Make sure that a mask says that some of the frame is product, in white.

    Parameters
    ----------
    mask : (h, w)
    place : what an error calls it
    own : (h, w), the session's matte of the photo, where there is one

    Raises
    ------
    MaskRefused : empty, full, or inverted
    """
    coverage = float(mask.mean()) / 255
    if not _EMPTY < coverage < _FULL:
        what = "empty: no product is white" if coverage <= _EMPTY else "white all over"
        raise MaskRefused(place, f"is {what}", "Ask for it again.")
    if _is_inverted(mask, own):
        raise MaskRefused(
            place, "is inverted: the background is white", "Ask for the product in white."
        )


def require_fit(photo: Pixels, mask: Pixels, place: str, scale: float) -> None:
    """Make sure that a mask is of its photo and lies in place.

    Parameters
    ----------
    photo : (h, w, 3) sRGB, the photo reduced to ``REDUCED_SIDE``
    mask : (h, w), the mask at the same size
    place : what an error calls it
    scale : pixels of the photo as it is for one of these

    Raises
    ------
    MaskRefused : of another photo, or moved; with the figures
    """
    found = align(photo, mask, scale)
    if not found.is_of_photo:
        raise MaskRefused(
            place,
            f"is not of this photo: {found.best:.0%} of its outline lies on an edge there",
            "Ask for it again, under the name that the photo was sent with; for a product that "
            "hardly shows on its backdrop, look at it and take it with --unchecked.",
        )
    if not found.is_in_place:
        raise MaskRefused(
            place,
            f"lies elsewhere: it would have to move {found.right:+.1f} pixels to the right and "
            f"{found.down:+.1f} down; {found.best:.0%} of its outline would then lie on edges, "
            f"now it is {found.agreement:.0%}",
            "Ask for it uncropped, unscaled and unturned.",
        )


def _require_size(place: str, mask: tuple[int, int], photo: tuple[int, int]) -> None:
    factor = photo[0] // mask[0] if mask[0] else 0
    if factor < 1 or (mask[0] * factor, mask[1] * factor) != photo:
        raise MaskRefused(
            place,
            f"is {mask[0]} × {mask[1]}, the photo {photo[0]} × {photo[1]}",
            "Ask for the photo's own size, uncropped; a half or a third of it is taken, too.",
        )


def _grey(image: Image.Image, place: str) -> Pixels:
    """Return the channel that says what is product."""
    if image.mode.startswith("I"):
        return np.asarray(np.asarray(image).astype(np.uint32) // 257, np.uint8)
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        alpha = np.asarray(image.convert("RGBA").getchannel("A"))
        if alpha.min() < 255:
            return alpha
    if image.mode in {"1", "L", "LA"}:
        return np.asarray(image.convert("L"))
    colours = np.asarray(image.convert("RGB"))
    if np.ptp(colours, axis=2).max() > 2:
        raise MaskRefused(
            place,
            "is a picture in colour without transparency",
            "Ask for the mask, or for the cutout with its alpha.",
        )
    return np.ascontiguousarray(colours[..., 0])


def _is_inverted(mask: Pixels, own: Pixels | None) -> bool:
    """Tell whether black is the product: by the session's own matte, or else by the frame."""
    if own is not None and own.any():
        return _overlap(mask, own) < _overlap(255 - mask, own)
    frame = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return float(frame.mean()) > 127


def _overlap(first: Pixels, second: NDArray[np.generic]) -> float:
    """Return the intersection over union of two mattes."""
    union = np.maximum(first, second).sum(dtype=np.float64)
    return float(np.minimum(first, second).sum(dtype=np.float64) / union) if union else 0.0
