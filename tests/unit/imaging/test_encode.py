"""JPEG, WebP, AVIF and TIFF: profile, size, pixels. PNG has its own file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.errors import OutputError
from engine.imaging.decode import Photo, read_photo
from engine.imaging.encode import (
    Subsampling,
    encode_avif,
    encode_jpeg,
    encode_png,
    encode_tiff,
    encode_webp,
)
from engine.imaging.header import read_header

ROWS, COLUMNS = np.mgrid[:48, :60]
RGB = np.dstack((ROWS * 5, COLUMNS * 4, 255 - ROWS * 5)).astype(np.uint8)
RGBA = np.dstack((RGB, np.where(ROWS > 20, 255, 77))).astype(np.uint8)

Encode = Callable[[NDArray[np.uint8]], bytes]


def jpeg(pixels: NDArray[np.uint8]) -> bytes:
    return encode_jpeg(pixels, quality=95, subsampling="4:4:4", progressive=False)


def webp(pixels: NDArray[np.uint8]) -> bytes:
    return encode_webp(pixels, quality=80, lossless=True)


def avif(pixels: NDArray[np.uint8]) -> bytes:
    return encode_avif(pixels, quality=90, subsampling="4:4:4")


def decoded(data: bytes) -> Photo:
    return read_photo(Path("x"), data)


@pytest.mark.parametrize("encode", [jpeg, webp, avif, encode_tiff, encode_png])
def test_every_colour_file_is_tagged_srgb_and_the_same_in_every_run(encode: Encode) -> None:
    data = encode(RGB)
    assert decoded(data).profile == "sRGB"
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["icc_profile"]
    assert encode(RGB) == data


@pytest.mark.parametrize("encode", [webp, encode_tiff])
def test_lossless_files_keep_every_pixel_and_straight_alpha(encode: Encode) -> None:
    assert np.array_equal(decoded(encode(RGB)).pixels, RGB)
    photo = decoded(encode(RGBA))
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, RGBA[..., 3])
    assert np.array_equal(photo.pixels, RGB)


def test_a_lossy_webp_is_near(tmp_path: Path) -> None:
    photo = decoded(encode_webp(RGB, quality=90, lossless=False))
    assert np.abs(photo.pixels.astype(int) - RGB).mean() < 4


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_as_asked(tmp_path: Path, subsampling: Subsampling, progressive: bool) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(encode_jpeg(RGB, quality=91, subsampling=subsampling, progressive=progressive))
    header = read_header(path)
    assert (header.jpeg_quality, header.subsampling) == (91, subsampling)
    with Image.open(path) as image:
        assert bool(image.info.get("progressive")) is progressive
    assert np.abs(read_photo(path).pixels.astype(int) - RGB).mean() < 4


def test_an_avif_is_near_and_keeps_its_alpha_nearly() -> None:
    photo = decoded(avif(RGBA))
    assert photo.alpha is not None
    assert np.abs(photo.alpha.astype(int) - RGBA[..., 3]).mean() < 2
    assert np.abs(photo.pixels.astype(int) - RGB).mean() < 4


@pytest.mark.parametrize("encode", [jpeg, webp, avif, encode_tiff])
@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (4, 4, 5)])
def test_shapes_that_are_no_picture_are_refused(encode: Encode, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not"):
        encode(np.zeros(shape, np.uint8))


def test_jpeg_has_no_alpha() -> None:
    with pytest.raises(ValueError, match="not"):
        jpeg(RGBA)


@pytest.mark.parametrize(("encode", "side"), [(jpeg, 65_501), (webp, 16_384), (avif, 65_537)])
def test_a_picture_too_large_for_its_format_is_refused(encode: Encode, side: int) -> None:
    with pytest.raises(OutputError, match="on a side"):
        encode(np.zeros((1, side, 3), np.uint8))
