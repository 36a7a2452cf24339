"""Colours at 16 bits: finer than 8, wider than sRGB, unless there is nothing to gain."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.imaging.decode import read_photo
from engine.imaging.deep import from_srgb, read_deep, to_eight_bits
from engine.imaging.encode import encode_png, encode_tiff
from engine.imaging.icc import Space, profile_of, srgb_profile
from engine.imaging.rgb_space import converted, named_space, rgb_space

SPACES: tuple[Space, ...] = ("sRGB", "Display P3", "Adobe RGB")
ROWS, COLUMNS = np.mgrid[:40, :50]
FINE = np.dstack([ROWS * 1500 + 7, COLUMNS * 1300 + 11, ROWS * COLUMNS * 30]).astype(np.uint16)


def deep(data: bytes, space: Space = "sRGB") -> NDArray[np.uint16] | None:
    return read_deep(Path("photo"), io.BytesIO(data), space)


@pytest.mark.parametrize("encode", [encode_png, encode_tiff])
def test_sixteen_bits_come_back_as_they_were_written(encode: object) -> None:
    assert callable(encode)
    found = deep(encode(FINE))
    assert found is not None
    assert np.array_equal(found, FINE)
    # Other programs read the same.
    other = cv2.imdecode(np.frombuffer(encode(FINE), np.uint8), cv2.IMREAD_UNCHANGED)
    assert other is not None
    assert np.array_equal(other[..., ::-1], FINE)


@pytest.mark.parametrize("encode", [encode_png, encode_tiff])
def test_alpha_is_left_to_the_matte(encode: object) -> None:
    assert callable(encode)
    alpha = np.full((40, 50, 1), 65535, np.uint16)
    found = deep(encode(np.dstack([FINE, alpha])))
    assert found is not None
    assert np.array_equal(found, FINE)


def test_a_photo_of_eight_bits_of_srgb_has_nothing_to_give() -> None:
    assert deep(encode_png(to_eight_bits(FINE))) is None


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("source", SPACES)
def test_conversions_agree_with_littlecms(source: Space, space: Space) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (60, 60, 3), np.uint8)
    profiles = [ImageCms.ImageCmsProfile(io.BytesIO(profile_of(each))) for each in (source, space)]
    transform = ImageCms.ImageCmsTransform(
        *profiles, "RGB", "RGB", intent=ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    expected = np.asarray(transform.apply(Image.fromarray(pixels))).astype(int)
    wide = pixels.astype(np.uint16) * 257
    found = to_eight_bits(converted(wide, named_space(source), named_space(space)))
    assert np.abs(found - expected).max() <= 2
    assert (np.abs(found - expected) > 1).mean() < 0.001


@given(st.lists(st.integers(0, 65535), min_size=3, max_size=3))
def test_there_and_back_loses_next_to_nothing(rgb: list[int]) -> None:
    pixels = np.array(rgb, np.uint16).reshape(1, 1, 3)
    srgb, wide = named_space("sRGB"), named_space("Display P3")
    back = converted(converted(pixels, srgb, wide), wide, srgb)
    assert np.abs(back.astype(int) - pixels).max() <= 24


def test_colours_outside_srgb_are_kept_in_a_wider_space() -> None:
    red = np.zeros((8, 8, 3), np.uint8)
    red[...] = (255, 0, 0)
    stream = io.BytesIO()
    Image.fromarray(red).save(stream, "JPEG", quality=100, icc_profile=profile_of("Display P3"))
    found = deep(stream.getvalue(), "Display P3")
    assert found is not None
    assert to_eight_bits(found)[0, 0].tolist()[0] >= 253
    # In sRGB it was clipped before, and comes out duller in the wider space.
    clipped = read_photo(Path("photo"), stream.getvalue()).pixels
    assert to_eight_bits(from_srgb(clipped, "Display P3"))[0, 0].tolist()[0] < 240


def test_a_turned_photo_is_upright() -> None:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[274] = 6
    picture = np.zeros((20, 30, 3), np.uint8)
    picture[:, :10] = 200
    Image.fromarray(picture).save(
        stream, "JPEG", quality=100, exif=exif, icc_profile=profile_of("Display P3")
    )
    found, decoded = deep(stream.getvalue()), read_photo(Path("photo"), stream.getvalue())
    assert found is not None
    assert found.shape == decoded.pixels.shape == (30, 20, 3)
    assert np.abs(to_eight_bits(found).astype(int) - decoded.pixels).max() <= 2


def test_profiles_that_are_no_matrix_are_left_to_littlecms() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert rgb_space(lab) is None
    assert rgb_space(b"") is None
    assert rgb_space(b"\0" * 200) is None
    assert rgb_space(srgb_profile()[:300]) is None


@example(b"\0\0\0\x01", 449)  # a curve of a kind that does not exist
@given(st.binary(max_size=600), st.integers(0, 590))
def test_a_damaged_profile_is_no_space_or_a_sound_one(data: bytes, place: int) -> None:
    whole = profile_of("Display P3")
    found = rgb_space(whole[:place] + data + whole[place + len(data) :])
    if found is not None:
        assert np.isfinite(found.curves).all()
        assert np.isfinite(found.matrix).all()
        assert (np.diff(found.curves) >= -1e-6).all()
