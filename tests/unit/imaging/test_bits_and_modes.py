"""Bit depths, palettes, grey, alpha: what a file may hold, brought to 8-bit RGB."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.errors import PhotoUnsupported
from engine.imaging.decode import Photo, read_photo, read_reduced
from engine.imaging.header import read_header
from engine.imaging.layers import rounded_to_eight_bits

EVERY_LEVEL = np.arange(65536, dtype=np.uint16).reshape(256, 256)
ROUNDED = np.floor(EVERY_LEVEL / 257 + 0.5).astype(np.uint8)


def saved(image: Image.Image, kind: str, **options: object) -> Photo:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return read_photo(Path("x"), stream.getvalue())


def from_opencv(samples: NDArray[np.uint16], suffix: str, *options: int) -> Photo:
    order = [2, 1, 0, 3]
    if samples.ndim == 3:
        samples = samples[..., order[: samples.shape[2]]]
    done, data = cv2.imencode(suffix, samples, options)
    assert done
    return read_photo(Path("x"), data.tobytes())


def test_sixteen_bits_are_rounded_not_cut_off() -> None:
    high = (EVERY_LEVEL >> 8).astype(np.uint8)
    low = (EVERY_LEVEL & 255).astype(np.uint8)
    assert np.array_equal(rounded_to_eight_bits(high, low), ROUNDED)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".png", ()),
        (".tif", (cv2.IMWRITE_TIFF_COMPRESSION, 1)),
        (".tif", (cv2.IMWRITE_TIFF_COMPRESSION, 5)),
        (".tif", (cv2.IMWRITE_TIFF_COMPRESSION, 8)),
    ],
)
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_sixteen_bit_file_is_rounded(
    suffix: str, options: tuple[int, ...], channels: int
) -> None:
    shifts = [np.roll(EVERY_LEVEL, shift * 1000) for shift in range(channels)]
    samples = shifts[0] if channels == 1 else np.dstack(shifts)
    expected = np.floor(samples / 257 + 0.5).astype(np.uint8)

    photo = from_opencv(samples, suffix, *options)

    if channels == 1:
        assert np.array_equal(photo.pixels, np.dstack([expected] * 3))
        return
    assert np.array_equal(photo.pixels, expected[..., :3])
    if channels == 4:
        assert photo.alpha is not None
        assert np.array_equal(photo.alpha, expected[..., 3])


def test_grey_and_alpha_of_sixteen_bits_are_rounded() -> None:
    import struct
    import zlib

    from engine.imaging.png_reader import SIGNATURE
    from engine.imaging.png_writer import chunk

    rows = np.empty((256, 256, 2), ">u2")
    rows[..., 0], rows[..., 1] = EVERY_LEVEL, EVERY_LEVEL.T
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    data = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 256, 256, 16, 4, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")

    photo = read_photo(Path("x.png"), data)

    assert np.array_equal(photo.pixels, np.dstack([ROUNDED] * 3))
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, ROUNDED.T)


def test_white_may_be_zero_in_a_tiff() -> None:
    dark = EVERY_LEVEL[:16]
    stream = io.BytesIO()
    Image.fromarray(dark).save(stream, "TIFF", tiffinfo={262: 0})
    photo = read_photo(Path("x.tif"), stream.getvalue())
    with Image.open(io.BytesIO(stream.getvalue())) as image:
        assert image.tag_v2[262] == 0  # otherwise this test shows nothing
    assert photo.pixels[0, 0].tolist() == [255, 255, 255]


def test_float_samples_are_refused_with_a_reason() -> None:
    with pytest.raises(PhotoUnsupported, match="8 or 16 bits"):
        saved(Image.fromarray(np.zeros((4, 4), np.float32)), "TIFF")


def test_grey_becomes_three_equal_channels() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    photo = saved(Image.fromarray(ramp), "PNG")
    assert np.array_equal(photo.pixels, np.dstack([ramp] * 3))
    assert photo.alpha is None


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_one_bit_becomes_black_and_white(kind: str) -> None:
    bits = np.random.default_rng(1).integers(0, 2, (9, 13), np.uint8) * 255
    photo = saved(Image.fromarray(bits).convert("1"), kind)
    assert np.array_equal(photo.pixels, np.dstack([bits] * 3))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_palette_becomes_its_colours(kind: str) -> None:
    image = Image.new("P", (4, 2))
    image.putpalette([10, 20, 30, 200, 100, 50, 0, 255, 0])
    image.putdata([0, 1, 2, 0, 1, 2, 0, 1])
    photo = saved(image, kind)
    assert photo.pixels[0].tolist() == [[10, 20, 30], [200, 100, 50], [0, 255, 0], [10, 20, 30]]
    assert photo.alpha is None


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palettes_transparent_entry_becomes_alpha(kind: str) -> None:
    image = Image.new("P", (3, 1))
    image.putpalette([10, 20, 30, 200, 100, 50, 0, 255, 0])
    image.putdata([0, 1, 2])
    photo = saved(image, kind, transparency=1)
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[255, 0, 255]]
    assert photo.pixels[0, 2].tolist() == [0, 255, 0]


def test_a_transparent_colour_becomes_alpha() -> None:
    image = Image.fromarray(np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8))
    photo = saved(image, "PNG", transparency=(4, 5, 6))
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[255, 0]]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_alpha_is_kept_straight(kind: str) -> None:
    pixels = np.full((8, 8, 4), (200, 100, 50, 128), np.uint8)
    options = {"lossless": True} if kind == "WEBP" else {}
    photo = saved(Image.fromarray(pixels), kind, **options)
    assert photo.pixels[3, 3].tolist() == [200, 100, 50]
    assert photo.alpha is not None
    assert photo.alpha[3, 3] == 128


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_that_is_opaque_everywhere_is_none(mode: str) -> None:
    photo = saved(Image.new(mode, (5, 5)), "PNG")
    assert photo.alpha is not None
    assert saved(Image.new("RGB", (5, 5)).convert(mode), "PNG").alpha is None


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP"])
def test_of_several_pictures_the_first_is_taken_and_this_is_said(kind: str) -> None:
    first, second = Image.new("RGB", (20, 10), (255, 0, 0)), Image.new("RGB", (20, 10), (0, 0, 255))
    photo = saved(first, kind, save_all=True, append_images=[second])
    assert photo.pixels[5, 5, 0] > 240
    assert photo.pixels[5, 5, 2] < 15
    assert any("the first" in note for note in photo.notes)


def test_pixels_belong_to_the_caller() -> None:
    photo = saved(Image.new("RGBA", (5, 5), (1, 2, 3, 4)), "PNG")
    assert photo.alpha is not None
    photo.pixels[...] = 0
    photo.alpha[...] = 0


class TestReduced:
    @pytest.mark.parametrize("suffix", ["jpg", "png"])
    @pytest.mark.parametrize(("asked", "size"), [(100, (100, 75)), (37, (37, 28)), (1, (1, 1))])
    def test_the_longer_side_is_as_asked(
        self, tmp_path: Path, suffix: str, asked: int, size: tuple[int, int]
    ) -> None:
        path = tmp_path / f"x.{suffix}"
        Image.new("RGB", (400, 300), (200, 100, 50)).save(path)
        photo = read_reduced(path, asked)
        assert photo.pixels.shape == (size[1], size[0], 3)
        assert np.abs(photo.pixels - np.array([200.0, 100, 50])).max() <= 2

    def test_nothing_is_enlarged(self, tmp_path: Path) -> None:
        path = tmp_path / "x.jpg"
        Image.new("RGB", (40, 30)).save(path)
        assert read_reduced(path, 4000).pixels.shape == (30, 40, 3)

    def test_it_looks_like_the_whole_photo(self, sample_photos: Path) -> None:
        path = sample_photos / "SKU206-front.jpg"
        whole = read_photo(path).pixels
        small = read_reduced(path, 500).pixels
        expected = cv2.resize(whole, (375, 500), interpolation=cv2.INTER_AREA)
        assert np.abs(small.astype(int) - expected).mean() < 1

    def test_colour_of_transparent_pixels_does_not_bleed(self, tmp_path: Path) -> None:
        pixels = np.full((64, 64, 4), (0, 255, 0, 0), np.uint8)
        pixels[:, :33] = (200, 100, 50, 255)
        path = tmp_path / "x.png"
        Image.fromarray(pixels).save(path)
        photo = read_reduced(path, 16)
        assert photo.alpha is not None
        visible = photo.alpha > 0
        assert 0 < photo.alpha[0, 8] < 255
        assert np.abs(photo.pixels[visible] - np.array([200.0, 100, 50])).max() <= 3

    def test_a_side_below_one_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="0 pixels"):
            read_reduced(tmp_path / "x.png", 0)


def test_the_header_tells_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    cv2.imwrite(str(path), np.dstack([EVERY_LEVEL] * 4))
    header = read_header(path)
    assert (header.format, header.bits, header.has_alpha) == ("PNG", 16, True)
    Image.new("1", (7, 3)).save(path)
    header = read_header(path)
    assert (header.width, header.height, header.bits, header.has_alpha) == (7, 3, 1, False)
