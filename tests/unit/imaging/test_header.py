from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.imaging.header import read_header
from engine.imaging.icc import DISPLAY_P3, SRGB_CURVE, matrix_profile
from engine.imaging.jpeg_quality import estimate_quality
from engine.imaging.kinds import PHOTO_SUFFIXES

NOISE = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)


def test_everything_that_a_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon\0", "Canon EOS R5\x1b[2J"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:11:03 14:05:59"
    profile = matrix_profile("Display P3", DISPLAY_P3, SRGB_CURVE)
    path = tmp_path / "x.jpg"
    Image.fromarray(NOISE).save(path, quality=88, subsampling=1, exif=exif, icc_profile=profile)

    header = read_header(path)

    assert (header.format, header.mode, header.bits) == ("JPEG", "RGB", 8)
    assert (header.width, header.height) == (48, 64)
    assert header.camera == "Canon EOS R5 [2J"
    assert header.taken == "2026-11-03T14:05:59"
    assert header.profile == "Display P3"
    assert (header.jpeg_quality, header.subsampling) == (88, "4:2:2")
    assert not header.has_alpha


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("SONY", "ILCE-7M4", "SONY ILCE-7M4"),
        ("", "X100", "X100"),
        ("Leica", "", "Leica"),
        ("", "", None),
    ],
)
def test_the_cameras_name(tmp_path: Path, make: str, model: str, camera: str | None) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = make, model
    path = tmp_path / "x.jpg"
    Image.fromarray(NOISE).save(path, exif=exif)
    assert read_header(path).camera == camera


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "yesterday"])
def test_a_time_that_is_none(tmp_path: Path, taken: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    path = tmp_path / "x.jpg"
    Image.fromarray(NOISE).save(path, exif=exif)
    assert read_header(path).taken is None


@pytest.mark.parametrize(
    ("mode", "kind", "alpha"),
    [
        ("RGBA", "PNG", True),
        ("LA", "PNG", True),
        ("RGB", "WEBP", False),
        ("RGBA", "WEBP", True),
        ("P", "GIF", False),
    ],
)
def test_whether_a_file_can_hold_transparency(
    tmp_path: Path, mode: str, kind: str, alpha: bool
) -> None:
    path = tmp_path / "x"
    Image.new(mode, (8, 8)).save(path, kind)
    assert read_header(path).has_alpha is alpha


def test_no_pixels_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    Image.fromarray(NOISE).save(path)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"IDAT") + 4])
    assert read_header(path).width == 64


@pytest.mark.parametrize("quality", range(1, 101))
def test_the_quality_of_libjpegs_tables_is_exact(tmp_path: Path, quality: int) -> None:
    path = tmp_path / "x.jpg"
    Image.fromarray(NOISE[:8, :8]).save(path, quality=quality)
    assert read_header(path).jpeg_quality == quality


def test_grey_has_one_table_and_a_quality() -> None:
    with_one = {0: [max(1, value) for value in range(64)]}
    assert estimate_quality(with_one) is not None


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_only_a_jpeg_has_a_quality(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    Image.fromarray(NOISE).save(path, kind)
    header = read_header(path)
    assert (header.jpeg_quality, header.subsampling) == (None, None)


def test_tables_of_another_family_have_no_confident_quality(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    table = [3 + (position * 7) % 40 for position in range(64)]
    Image.fromarray(NOISE).save(path, qtables=[table, table])
    assert read_header(path).jpeg_quality is None


@given(st.lists(st.lists(st.integers(1, 65535), max_size=70), max_size=4))
def test_any_tables_give_an_estimate_or_none(tables: list[list[int]]) -> None:
    estimate = estimate_quality(dict(enumerate(tables)))
    assert estimate is None or 1 <= estimate.quality <= 100


@pytest.mark.parametrize(("subsampling", "name"), [(0, "4:4:4"), (1, "4:2:2"), (2, "4:2:0")])
def test_the_subsampling(tmp_path: Path, subsampling: int, name: str) -> None:
    path = tmp_path / "x.jpg"
    Image.fromarray(NOISE).save(path, subsampling=subsampling)
    assert read_header(path).subsampling == name


def test_suffixes_are_lower_case_with_a_dot() -> None:
    assert {".jpg", ".png", ".tif", ".webp", ".heic"} <= PHOTO_SUFFIXES
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in PHOTO_SUFFIXES)
