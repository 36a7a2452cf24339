"""TIFF files: what is written is what every reader reads, whatever size, depth and level."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.imaging.decode import read_photo
from engine.imaging.icc import srgb_profile
from engine.imaging.tiff_writer import write_tiff

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4]))
PICTURES = hnp.arrays(np.uint8, SHAPES) | hnp.arrays(np.uint16, SHAPES)
LEVELS = st.sampled_from([None, 1, 6])


def cleared(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    expected = pixels.copy()
    if pixels.shape[2] == 4:
        expected[pixels[..., 3] == 0] = 0
    return expected


def large(channels: int, dtype: type = np.uint8) -> NDArray[np.uint8]:
    """Return noise of several strips, transparent at the top and beside a band."""
    pixels = np.random.default_rng(3).integers(0, np.iinfo(dtype).max, (900, 701, 4), dtype)
    pixels[:300, :, 3] = 0
    pixels[:, :200, 3] = 0
    pixels[:, 500:, 3] = 0
    return pixels[..., :channels]


@given(PICTURES, LEVELS)
def test_what_is_written_is_what_opencv_and_packshot_read(
    pixels: NDArray[np.uint8], level: int | None
) -> None:
    data = write_tiff(pixels, srgb_profile(), level=level)
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    order = [2, 1, 0, 3][: pixels.shape[2]]
    assert decoded.dtype == pixels.dtype
    expected = cleared(pixels)
    if pixels.dtype == np.uint8 and pixels.shape[2] == 4:
        # OpenCV has libtiff multiply 8 bits by a straight alpha.
        share = expected[..., 3:] / 255
        premultiplied = np.dstack((expected[..., :3] * share, expected[..., 3]))
        assert np.abs(decoded[..., order] - premultiplied).max() <= 1
    else:
        assert np.array_equal(decoded[..., order], expected)
    if pixels.dtype == np.uint16:
        expected = np.floor(expected / 257 + 0.5).astype(np.uint8)
    photo = read_photo(Path("x.tif"), data)
    assert photo.profile == "sRGB"
    assert np.array_equal(photo.pixels, expected[..., :3])
    if photo.alpha is not None:
        assert np.array_equal(photo.alpha, expected[..., 3])


@pytest.mark.parametrize("level", [None, 1, 6])
@pytest.mark.parametrize("channels", [3, 4])
def test_a_picture_of_many_strips_comes_back_from_pillow(channels: int, level: int | None) -> None:
    pixels = large(channels)
    data = write_tiff(pixels, srgb_profile(), level=level)
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == ("RGB" if channels == 3 else "RGBA")
        assert np.array_equal(np.asarray(image), cleared(pixels))
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        assert len(image.tag_v2[273]) > 1, "several strips"
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_threads_and_where_the_alpha_lies_do_not_change_the_file() -> None:
    pixels = large(4)
    data = write_tiff(pixels, srgb_profile())
    assert write_tiff(pixels, srgb_profile(), threads=3) == data
    colour, alpha = np.ascontiguousarray(pixels[..., :3]), pixels[..., 3]
    assert write_tiff(colour, srgb_profile(), alpha=alpha) == data


def test_the_callers_array_is_left_alone_and_the_backdrop_stays_out_of_the_file() -> None:
    pixels = large(4)
    before = pixels.copy()
    with Image.open(io.BytesIO(write_tiff(pixels, srgb_profile()))) as image:
        written = np.asarray(image)
    assert np.array_equal(pixels, before)
    assert not written[written[..., 3] == 0].any()


def test_a_photo_shrinks_further_than_without_a_predictor() -> None:
    rows, columns = np.mgrid[:600, :800]
    noise = np.random.default_rng(1).normal(0, 2, (600, 800, 3))
    ramp = np.dstack((rows / 3, columns / 4, (rows + columns) / 6))
    pixels = (ramp + noise).clip(0, 255).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "TIFF", compression="tiff_adobe_deflate")
    assert len(write_tiff(pixels, srgb_profile())) < 0.9 * len(stream.getvalue())


@pytest.mark.skipif(shutil.which("tiffinfo") is None, reason="tiffinfo is not installed")
@pytest.mark.parametrize("level", [None, 1])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [3, 4])
def test_tiffinfo_finds_nothing_wrong(
    channels: int, dtype: type, level: int | None, tmp_path: Path
) -> None:
    path = tmp_path / "x.tif"
    path.write_bytes(write_tiff(large(channels, dtype), srgb_profile(), level=level))
    told = subprocess.run(["tiffinfo", "-D", path], check=True, capture_output=True, text=True)
    assert not told.stderr


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 1), (4, 4, 5), (0, 4, 3)])
def test_shapes_that_are_no_picture_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"not|without pixels"):
        write_tiff(np.zeros(shape, np.uint8), srgb_profile())
