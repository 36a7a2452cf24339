"""Faults planted into finished files, so that it is known what the checker has to find.

A finished file is a product on pure white, as a seller uploads it. A fault takes its pixels
(H, W, 3) uint8 and its mask of the product (H, W), and returns the bytes and the name of the file
with the fault. No array passed in is changed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Plant = Callable[[Pixels, Mask], tuple[bytes, str]]

NAME = "SKU1-front.jpg"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

# Linear Display P3 from linear sRGB; both have the white of D65 and sRGB's curve.
_TO_P3 = np.array([[0.8225, 0.1774, 0.0], [0.0332, 0.9669, 0.0], [0.0171, 0.0724, 0.9108]])


@dataclass(frozen=True)
class Fault:
    """The rule that has to find a fault, how it is planted, and rules that may break with it."""

    rule: str
    plant: Plant
    beside: frozenset[str] = frozenset()


def finished(photo: Pixels, alpha: Mask, side: int, fill: float = 0.86) -> tuple[Pixels, Mask]:
    """Return a product on a white square, and its mask; never enlarged: the square is smaller then.

    Parameters
    ----------
    photo, alpha : (H, W, 3), (H, W), the exact matte
    side : pixels of the square
    fill : share of the square that the product spans
    """
    rows, columns = np.flatnonzero(alpha.max(axis=1) > 127), np.flatnonzero(alpha.max(axis=0) > 127)
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    opacity = alpha[cut][..., None] / 255
    over_white = np.rint(photo[cut] * opacity + 255 * (1 - opacity)).astype(np.uint8)
    side = min(side, int(max(over_white.shape[:2]) / fill))
    factor = side * fill / max(over_white.shape[:2])
    size = (round(over_white.shape[1] * factor), round(over_white.shape[0] * factor))
    product = np.asarray(Image.fromarray(over_white).resize(size, Image.Resampling.LANCZOS))
    mask = np.asarray(Image.fromarray(alpha[cut]).resize(size, Image.Resampling.BOX))
    return _on_white(product, side), _on_white(mask, side, 0)


def jpeg(pixels: Pixels, name: str = NAME, **settings: object) -> tuple[bytes, str]:
    """Return a file as a careful seller saves it, but for what ``settings`` say."""
    stream = io.BytesIO()
    careful = {"quality": 95, "subsampling": "4:4:4", "icc_profile": SRGB}
    Image.fromarray(pixels).save(stream, "JPEG", **(careful | settings))
    return stream.getvalue(), name


def png(pixels: Pixels, name: str = "SKU1-front.png") -> tuple[bytes, str]:
    """Return a lossless file."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", icc_profile=SRGB, compress_level=1)
    return stream.getvalue(), name


def _on_white(values: NDArray[np.uint8], side: int, level: int = 255) -> NDArray[np.uint8]:
    canvas = np.full((side, side, *values.shape[2:]), level, np.uint8)
    top, left = (side - values.shape[0]) // 2, (side - values.shape[1]) // 2
    canvas[top : top + values.shape[0], left : left + values.shape[1]] = values
    return canvas


def _resized(pixels: Pixels, side: int, kernel: Image.Resampling) -> Pixels:
    return np.asarray(Image.fromarray(pixels).resize((side, side), kernel))


def _off_white_corner(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    changed = pixels.copy()
    changed[: len(pixels) // 25, : len(pixels) // 25] = 252
    return jpeg(changed)


def _off_white(pixels: Pixels, mask: Mask) -> tuple[bytes, str]:
    return jpeg(np.where(mask[..., None] > 0, pixels, np.minimum(pixels, 251)).astype(np.uint8))


def _too_little_fill(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    side = len(pixels)
    smaller = _resized(pixels, round(side * 0.84 / 0.86), Image.Resampling.LANCZOS)
    return jpeg(_on_white(smaller, side))


def _touching(pixels: Pixels, mask: Mask) -> tuple[bytes, str]:
    first = int(np.flatnonzero(mask.max(axis=0) > 127)[0])
    moved = np.full_like(pixels, 255)
    moved[:, : pixels.shape[1] - first] = pixels[:, first:]
    return jpeg(moved)


def _p3_untagged(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    encoded = pixels / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    wide = np.clip(linear @ _TO_P3.T, 0, 1)
    again = np.where(wide <= 0.0031308, wide * 12.92, 1.055 * wide ** (1 / 2.4) - 0.055)
    return jpeg(np.rint(again * 255).astype(np.uint8), icc_profile=None)


def _alpha_left_in(pixels: Pixels, mask: Mask) -> tuple[bytes, str]:
    return png(np.dstack([pixels, mask]))


def _enlarged(
    factor: float, kernel: Image.Resampling
) -> Callable[[Pixels, Mask], tuple[bytes, str]]:
    def plant(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
        side = len(pixels)
        small = _resized(pixels, round(side / factor), Image.Resampling.LANCZOS)
        return jpeg(_resized(small, side, kernel))

    return plant


def _blurred(share: float) -> Plant:
    def plant(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
        return jpeg(cv2.GaussianBlur(pixels, (0, 0), len(pixels) * share))

    return plant


def _messaging_copy(name: str) -> Plant:
    def plant(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
        copy = _resized(pixels, 1600, Image.Resampling.BILINEAR)
        return jpeg(copy, name, quality=75, subsampling="4:2:0", icc_profile=None)

    return plant


def _two(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    side = len(pixels)
    half = _resized(pixels, side // 2, Image.Resampling.LANCZOS)
    pair = np.full_like(pixels, 255)
    top = side // 4
    pair[top : top + side // 2, : side // 2] = half
    pair[top : top + side // 2, side // 2 : side // 2 * 2] = half
    return jpeg(pair)


def _bar(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    changed = pixels.copy()
    changed[:, :4] = (30, 30, 30)
    return jpeg(changed)


def _border(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    changed = pixels.copy()
    for edge in (np.s_[:6], np.s_[-6:], np.s_[:, :6], np.s_[:, -6:]):
        changed[edge] = (200, 200, 200)
    return jpeg(changed)


def _frame_shadow(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
    height = len(pixels)
    depth = height // 20
    dark = np.ones((height, 1, 1))
    dark[-depth:, 0, 0] = 1 - 0.12 * np.linspace(0, 1, depth)
    return jpeg(np.rint(pixels * dark).astype(np.uint8))


def _small(side: int) -> Plant:
    def plant(pixels: Pixels, _: Mask) -> tuple[bytes, str]:
        return jpeg(_resized(pixels, side, Image.Resampling.LANCZOS))

    return plant


_SIZE = frozenset({"long_side", "product_side"})
_SOFT = frozenset({"sharp", "not_upscaled"})

FAULTS: Mapping[str, Fault] = {
    "off-white corner": Fault("white_background", _off_white_corner),
    "off-white ground": Fault("white_background", _off_white),
    "fill of 84%": Fault("fill", _too_little_fill),
    "touches the edge": Fault("not_cropped", _touching),
    "Display P3, untagged": Fault("profile", _p3_untagged),
    "4:2:0 colour": Fault("chroma", lambda pixels, _: jpeg(pixels, subsampling="4:2:0")),
    "alpha left in": Fault("alpha", _alpha_left_in, frozenset({"white_background"})),
    "499 pixels": Fault("long_side", _small(499), _SIZE),
    "900 pixels": Fault("product_side", _small(900), _SIZE),
    "enlarged 1.5 times": Fault("not_upscaled", _enlarged(1.5, Image.Resampling.BICUBIC), _SOFT),
    "enlarged 2 times": Fault("not_upscaled", _enlarged(2, Image.Resampling.BICUBIC), _SOFT),
    "enlarged 2.5 times": Fault("not_upscaled", _enlarged(2.5, Image.Resampling.LANCZOS), _SOFT),
    "enlarged 3 times": Fault("not_upscaled", _enlarged(3, Image.Resampling.BICUBIC), _SOFT),
    "enlarged 4 times": Fault("not_upscaled", _enlarged(4, Image.Resampling.BILINEAR), _SOFT),
    "blurred by 0.15% of the side": Fault("sharp", _blurred(0.0015), _SOFT),
    "blurred by 0.3% of the side": Fault("sharp", _blurred(0.003), _SOFT | {"fill"}),
    "WhatsApp copy": Fault(
        "original_source",
        _messaging_copy("IMG-20261124-WA0007.jpg"),
        _SOFT | {"profile", "chroma"},
    ),
    "WhatsApp copy, renamed": Fault(
        "original_source", _messaging_copy(NAME), _SOFT | {"profile", "chroma"}
    ),
    "two objects": Fault("one_object", _two, frozenset({"fill", "product_side", "not_cropped"})),
    "bar along the frame": Fault("clean_frame", _bar, frozenset({"white_background"})),
    "border": Fault("clean_frame", _border, frozenset({"white_background"})),
    "shadow at the frame": Fault(
        "white_background", _frame_shadow, frozenset({"clean_frame", "not_cropped"})
    ),
}
"""Every fault by name."""

UNCERTAIN = frozenset({"enlarged 1.5 times", "enlarged 2 times", "blurred by 0.15% of the side"})
"""Faults that are no worse than a soft lens: no checker finds them without accusing good files."""
