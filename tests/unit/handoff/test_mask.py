"""Masks from outside on real photos: the true one is taken, every wrong one is refused."""

from __future__ import annotations

import functools
import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.errors import MaskRefused
from engine.handoff.mask import REDUCED_SIDE, decode_mask, require_fit, require_sense
from engine.imaging.decode import read_photo

PROJECT = Path(__file__).resolve().parents[3]
TRUTH = PROJECT / "tests" / "data" / "sample-alpha"
NAMES = sorted(path.stem for path in TRUTH.glob("*.png"))

Pixels = NDArray[np.uint8]


@functools.cache
def pair(name: str) -> tuple[Pixels, Pixels]:
    """Return a sample photo and its exact alpha."""
    photo = read_photo(PROJECT / "tui" / "demo" / "photos" / f"{name}.jpg").pixels
    alpha = np.asarray(Image.open(TRUTH / f"{name}.png").convert("L"))
    return photo, alpha


def fit(photo: Pixels, mask: Pixels, own: Pixels | None = None) -> None:
    """Lay a mask on a photo as the program does."""
    scale = max(1.0, max(photo.shape) / REDUCED_SIDE)
    size = (round(photo.shape[1] / scale), round(photo.shape[0] / scale))
    reduced = [
        np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        for picture in (photo, mask)
    ]
    require_sense(reduced[1], "m.png", own)
    require_fit(reduced[0], reduced[1], "m.png", scale)


@pytest.mark.parametrize("name", NAMES[::2])
def test_the_true_mask_is_taken_and_a_moved_one_refused(name: str) -> None:
    photo, alpha = pair(name)
    fit(photo, alpha)
    with pytest.raises(MaskRefused, match=r"move -[23]\.\d pixels to the right"):
        fit(photo, np.roll(alpha, 3, axis=1))


@pytest.mark.parametrize("name", NAMES[::4])
def test_a_mask_of_another_photo_or_turned_is_refused(name: str) -> None:
    photo, alpha = pair(name)
    height, width = alpha.shape
    other = pair(NAMES[(NAMES.index(name) + 4) % len(NAMES)])[1]
    wrong = (
        cv2.resize(other, (width, height)),
        np.ascontiguousarray(alpha[::-1]),
        np.ascontiguousarray(alpha[:, ::-1]),
    )
    for mask in wrong:
        with pytest.raises(MaskRefused, match=r"not of this photo|lies elsewhere"):
            fit(photo, np.asarray(mask, np.uint8))


def test_an_inverted_an_empty_and_a_full_mask_are_refused() -> None:
    photo, alpha = pair(NAMES[0])
    for own in (None, alpha):
        with pytest.raises(MaskRefused, match="inverted"):
            fit(photo, 255 - alpha, own)
    with pytest.raises(MaskRefused, match="empty"):
        fit(photo, np.zeros_like(alpha))
    with pytest.raises(MaskRefused, match="white all over"):
        fit(photo, np.full_like(alpha, 255))


def test_a_product_that_fills_the_frame_is_not_taken_for_inverted() -> None:
    photo, alpha = pair(NAMES[0])
    rows, columns = np.nonzero(alpha > 127)
    part = (
        slice(rows.min() + 250, rows.max() - 250),
        slice(columns.min() + 250, columns.max() - 250),
    )
    close, mask = photo[part].copy(), np.full_like(alpha[part], 255)
    mask[-20:, -20:] = 0
    close[-20:, -20:] = 250
    fit(close, mask, own=mask)


def encoded(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


GREY = np.tile(np.arange(0, 250, 5, dtype=np.uint8), (40, 1))  # 50 × 40


@pytest.mark.parametrize("mode", ["L", "RGB", "LA", "RGBA", "P", "I;16", "alpha"])
def test_a_mask_may_be_any_png_that_says_what_is_product(mode: str) -> None:
    image = Image.fromarray(GREY)
    if mode == "I;16":
        image = Image.fromarray(GREY.astype(np.uint16) * 257)
    elif mode == "alpha":  # a cutout
        colour = np.zeros((*GREY.shape, 3), np.uint8) + np.array([90, 20, 200], np.uint8)
        image = Image.fromarray(np.dstack([colour, GREY]))
    else:
        image = image.convert(mode)
    assert np.array_equal(decode_mask(encoded(image), "m.png", (50, 40)), GREY)


@pytest.mark.parametrize("size", [(50, 40), (100, 80), (150, 120)])
def test_a_whole_fraction_of_the_photos_size_is_taken(size: tuple[int, int]) -> None:
    assert decode_mask(encoded(Image.fromarray(GREY)), "m.png", size).shape == (40, 50)


@pytest.mark.parametrize("size", [(40, 50), (75, 60), (100, 81), (25, 20), (50, 80)])
def test_any_other_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(MaskRefused, match=f"50 × 40, the photo {size[0]} × {size[1]}"):
        decode_mask(encoded(Image.fromarray(GREY)), "m.png", size)


def test_what_is_no_mask_is_refused() -> None:
    colour = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 50, 3), np.uint8))
    with pytest.raises(MaskRefused, match="in colour without transparency"):
        decode_mask(encoded(colour), "m.png", (50, 40))
    stream = io.BytesIO()
    colour.save(stream, "JPEG")
    whole = encoded(colour)
    for data in (stream.getvalue(), b"", b"\x89PNG\r\n\x1a\n", whole[: len(whole) // 2]):
        with pytest.raises(MaskRefused, match="no PNG"):
            decode_mask(data, "m.png", (50, 40))


def test_a_picture_bomb_is_refused_by_its_header() -> None:
    """A PNG that claims to be 60,000 pixels square is never decoded."""
    data = bytearray(encoded(Image.fromarray(GREY)))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    with pytest.raises(MaskRefused, match="60000 × 60000"):
        decode_mask(bytes(data), "m.png", (50, 40))
