from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.imaging.decode import read_photo, read_reduced
from engine.imaging.header import read_header

ORIENTATION = 0x0112
LOSSLESS = {"PNG": {}, "TIFF": {}, "WEBP": {"lossless": True, "exact": True}}


def picture(mode: str = "RGB") -> Image.Image:
    """Return a small picture without any symmetry."""
    pixels = np.random.default_rng(3).integers(0, 256, (16, 24, len(mode)), np.uint8)
    return Image.fromarray(pixels)


def save(path: Path, image: Image.Image, kind: str, orientation: int) -> None:
    if kind == "TIFF":
        image.save(path, kind, tiffinfo={ORIENTATION: orientation})
        return
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    image.save(path, kind, exif=exif, **LOSSLESS.get(kind, {}))


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return what Pillow itself makes of an image of this orientation."""
    copy = image.copy()
    copy.getexif()[ORIENTATION] = orientation
    return ImageOps.exif_transpose(copy)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_photo_is_turned_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    path = tmp_path / f"x.{kind.lower()}"
    save(path, picture("RGBA"), kind, orientation)
    expected = np.asarray(upright(picture("RGBA"), orientation))

    photo = read_photo(path)
    header = read_header(path)

    assert np.array_equal(photo.pixels, expected[..., :3])
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, expected[..., 3])
    assert (header.height, header.width) == expected.shape[:2]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "AVIF"])
def test_a_lossy_photo_is_turned_as_pillow_turns_it(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    path = tmp_path / f"x.{kind.lower()}"
    save(path, picture(), kind, orientation)
    with Image.open(path) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))

    photo = read_photo(path)
    header = read_header(path)

    assert np.array_equal(photo.pixels, expected)
    assert (header.height, header.width) == expected.shape[:2]
    assert read_reduced(path, 12).pixels.shape[:2] == tuple(
        side // 2 for side in expected.shape[:2]
    )


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_turns_nothing(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "x.png"
    save(path, picture(), "PNG", orientation)
    assert np.array_equal(read_photo(path).pixels, np.asarray(picture()))
