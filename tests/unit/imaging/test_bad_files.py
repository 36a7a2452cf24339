"""Every file that is no usable photo is named with its reason, and nothing else is ever raised."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import PhotoError, PhotoUnreadable, PhotoUnsupported
from engine.imaging import opening
from engine.imaging.decode import read_photo, read_reduced
from engine.imaging.header import read_header

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

WriteFile = Callable[[str, bytes], Path]
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")


def encoded(kind: str, **options: object) -> bytes:
    pixels = np.random.default_rng(5).integers(0, 256, (40, 56, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("read", [read_photo, read_header, lambda path: read_reduced(path, 100)])
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"Dear photographer,\nthe photo follows.\n", "text"),
        ("Größe: 3 m\n".encode() * 1000, "text"),
        (bytes(9000), "zeros"),
        (bytes(range(256)) * 20, "not a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "truncated"),
        (b"\x89PNG\r\n\x1a\n\0\0", "truncated"),
        (b"II*\0\x08\0\0\0", "truncated"),
    ],
)
def test_what_is_no_photo_is_unreadable(
    write_file: WriteFile, read: Callable[[Path], object], data: bytes, problem: str
) -> None:
    path = write_file("x.jpg", data)
    with pytest.raises(PhotoUnreadable, match=problem) as caught:
        read(path)
    assert caught.value.subject == str(path)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("x.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "HEIC"),
        ("x.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "HEIC"),
        ("x.cr3", b"\0\0\0\x18ftypcrx \0\0\0\x01" + bytes(99), "raw"),
        ("x.jpg", b"\0\0\0\x18ftypcrx \0\0\0\x01" + bytes(99), "raw"),
        ("x.NEF", encoded("TIFF"), "raw"),
        ("x.jpg", b"\0\0\0\x18ftypisom\0\0\0\0" + bytes(99), "film"),
        ("x.psd", b"8BPS\0\x01" + bytes(99), "Photoshop"),
        ("x.jpg", b"\xff\x0a" + bytes(range(200, 256)), "JPEG XL"),
    ],
)
def test_other_pictures_are_unsupported_and_named(
    write_file: WriteFile, name: str, data: bytes, problem: str
) -> None:
    with pytest.raises(PhotoUnsupported, match=problem):
        read_photo(write_file(name, data))


def test_a_rare_kind_of_tiff_is_named(write_file: WriteFile) -> None:
    data = encoded("TIFF")
    entry = data.index(b"\x03\x01\x03\0")  # the tag Compression, one 16-bit number
    rare = data[: entry + 8] + (50002).to_bytes(2, "little") + data[entry + 10 :]
    with pytest.raises(PhotoUnsupported, match="compression 50002"):
        read_photo(write_file("x.tif", rare))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("kind", KINDS)
def test_half_a_file_is_refused(write_file: WriteFile, kind: str, share: float) -> None:
    data = encoded(kind)
    with pytest.raises(PhotoUnreadable, match=r"truncated|damaged"):
        read_photo(write_file("x", data[: int(len(data) * share)]))


@pytest.mark.parametrize("progressive", [False, True])
def test_a_truncated_jpeg_is_called_truncated(
    write_file: WriteFile, sample_photos: Path, progressive: bool
) -> None:
    data = (sample_photos / "SKU201-front.jpg").read_bytes()
    if progressive:
        data = encoded("JPEG", progressive=True)
    path = write_file("x.jpg", data[: len(data) * 2 // 3])
    with pytest.raises(PhotoUnreadable, match="truncated"):
        read_photo(path)
    with pytest.raises(PhotoUnreadable, match="truncated"):
        read_reduced(path, 20)


def test_a_jpeg_filled_up_with_zeros_is_called_truncated(
    write_file: WriteFile, sample_photos: Path
) -> None:
    data = (sample_photos / "SKU201-front.jpg").read_bytes()
    half = len(data) // 2
    with pytest.raises(PhotoUnreadable, match="truncated"):
        read_photo(write_file("x.jpg", data[:half] + bytes(len(data) - half)))


def test_a_folder_a_pipe_and_nothing_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match="folder"):
        read_photo(tmp_path)
    with pytest.raises(PhotoUnreadable, match="does not exist"):
        read_photo(tmp_path / "none.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoUnreadable, match="regular"):
        read_photo(tmp_path / "pipe.jpg")


def test_a_file_that_may_not_be_read_is_unreadable(
    write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write_file("x.jpg", encoded("JPEG"))
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    with pytest.raises(PhotoUnreadable, match="permission denied"):
        read_photo(path)


def test_a_hundred_megapixels_are_legal(write_file: WriteFile) -> None:
    stream = io.BytesIO()
    Image.new("1", (12_000, 10_000)).save(stream, "PNG")
    path = write_file("x.png", stream.getvalue())
    assert read_header(path).width == 12_000


def test_a_bomb_is_refused_before_it_is_decoded(write_file: WriteFile) -> None:
    stream = io.BytesIO()
    Image.new("1", (21_000, 20_000)).save(stream, "PNG")
    path = write_file("x.png", stream.getvalue())
    for read in (read_photo, read_header):
        with pytest.raises(PhotoUnsupported, match="21000 × 20000"):
            read(path)


def test_damaged_exif_does_not_cost_the_photo(write_file: WriteFile) -> None:
    data = encoded("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40)
    assert read_photo(write_file("x.jpg", data)).pixels.shape == (40, 56, 3)
    assert read_header(write_file("y.jpg", data)).camera is None


class TestAnyBytes:
    @pytest.fixture(autouse=True, scope="class")
    @staticmethod
    def small() -> Iterator[None]:
        """Keep damaged headers from asking for gigabytes."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "MAX_PIXELS", 1_000_000)
            yield

    @staticmethod
    def read(data: bytes) -> None:
        try:
            photo = read_photo(Path("x"), data)
        except PhotoError:
            return
        assert photo.pixels.dtype == np.uint8
        assert photo.pixels.shape[2] == 3

    @given(st.binary(max_size=500))
    def test_random_ones(self, data: bytes) -> None:
        self.read(data)

    @settings(max_examples=200, deadline=None)
    @given(st.sampled_from(KINDS), st.integers(0, 2**32), st.integers(1, 30))
    def test_damaged_photos(self, kind: str, seed: int, count: int) -> None:
        data = bytearray(GOOD[kind])
        chance = random.Random(seed)
        for _ in range(count):
            # Half of the damage in the header, where it has the most ways to do harm.
            end = len(data) if chance.random() < 0.5 else min(len(data), 200)
            data[chance.randrange(end)] = chance.randrange(256)
        self.read(bytes(data))


GOOD = {kind: encoded(kind) for kind in KINDS}
