from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.imaging.encode import encode_matte, encode_png, read_text
from engine.imaging.png_filter import THOROUGH, choose_filter, residuals
from engine.imaging.png_writer import combined_adler32

pictures = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4])),
    elements=st.integers(0, 255),
)
keys = st.text(st.characters(codec="latin-1", categories=["L", "N", "P"]), min_size=1, max_size=79)
texts = st.dictionaries(keys, st.text(st.characters(exclude_categories=["Cs"]), max_size=200))


def cleared(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    expected = pixels.copy()
    if pixels.shape[2] == 4:
        expected[pixels[..., 3] == 0] = 0
    return expected


def cutout(height: int, width: int) -> NDArray[np.uint8]:
    """Return a noisy, graded RGBA picture, opaque in a disc."""
    rows, columns = np.mgrid[:height, :width].astype(np.float64)
    noise = np.random.default_rng(7).normal(0, 2, (height, width, 3))
    colour = np.dstack((rows / height, columns / width, (rows + columns) / 2 / height)) * 200
    distance = np.hypot(rows - height / 2, columns - width / 2)
    alpha = np.clip((0.4 * height - distance) * 60, 0, 255)
    return np.dstack((np.clip(colour + noise + 20, 0, 255), alpha)).astype(np.uint8)


def strict_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return a PNG's chunks, every length and checksum verified."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, start = [], 8
    while start < len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        body = data[start + 8 : start + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, start + 8 + length)
        assert checksum == zlib.crc32(kind + body)
        found.append((kind, body))
        start += 12 + length
    assert start == len(data)
    return found


@given(pictures)
def test_what_is_written_is_what_pillow_and_opencv_read(pixels: NDArray[np.uint8]) -> None:
    data = encode_png(pixels)
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == ("RGB" if pixels.shape[2] == 3 else "RGBA")
        assert np.array_equal(np.asarray(image), cleared(pixels))
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    order = [2, 1, 0, 3][: pixels.shape[2]]
    assert np.array_equal(decoded[..., order], cleared(pixels))


@pytest.mark.parametrize("level", [1, 6])
def test_a_picture_of_many_strips_is_one_valid_stream(level: int) -> None:
    pixels = cutout(900, 1201)
    data = encode_png(pixels, level=level)
    found = strict_chunks(data)
    kinds = [kind for kind, _ in found]
    assert kinds[0] == b"IHDR"
    assert kinds[-1] == b"IEND"
    assert kinds.count(b"IDAT") > 3
    stream = b"".join(body for kind, body in found if kind == b"IDAT")
    inflate = zlib.decompressobj()  # verifies the Adler-32 of the whole
    rows = inflate.decompress(stream)
    assert inflate.eof
    assert not inflate.unused_data
    assert len(rows) == 900 * (1 + 1201 * 4)
    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(np.asarray(image), cleared(pixels))


@given(pictures)
def test_alpha_may_come_apart(pixels: NDArray[np.uint8]) -> None:
    colour, alpha = pixels[..., :3], pixels[..., -1]
    joined = np.dstack((colour, alpha))
    assert encode_png(colour, alpha=alpha) == encode_png(joined)


@pytest.mark.parametrize("shape", [(30, 29), (30, 30, 1)])
def test_alpha_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="alpha"):
        encode_png(np.zeros((30, 30, 3), np.uint8), alpha=np.zeros(shape, np.uint8))


def test_threads_do_not_change_the_file() -> None:
    pixels = cutout(700, 1201)
    assert encode_png(pixels, threads=3) == encode_png(pixels)


@pytest.mark.skipif(shutil.which("pngcheck") is None, reason="pngcheck is not installed")
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pngcheck_finds_nothing_wrong(channels: int, tmp_path: Path) -> None:
    pixels = cutout(700, 1201)
    data = encode_matte(pixels[..., 3]) if channels == 1 else encode_png(pixels[..., :channels])
    (tmp_path / "x.png").write_bytes(data)
    subprocess.run(["pngcheck", "-q", tmp_path / "x.png"], check=True)


def test_it_is_hardly_larger_than_pillow_makes_it_on_a_noisy_cutout() -> None:
    pixels = cleared(cutout(600, 800))
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    assert len(encode_png(pixels)) < 1.3 * len(stream.getvalue())


def test_the_same_pixels_make_the_same_bytes_whatever_their_layout_in_memory() -> None:
    pixels = cutout(300, 900)
    turned = np.asfortranarray(pixels)
    assert encode_png(pixels) == encode_png(turned)


def test_the_callers_array_is_left_alone() -> None:
    pixels = cutout(50, 60)
    before = pixels.copy()
    encode_png(pixels)
    assert np.array_equal(pixels, before)


def test_it_carries_the_srgb_profile() -> None:
    with Image.open(io.BytesIO(encode_png(cutout(4, 4)))) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def unfilter(filtered: NDArray[np.uint8], above: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Undo a strip's filters byte by byte, as the PNG specification, part 9, words it."""
    rows = np.zeros((len(filtered), filtered.shape[1] - 1), np.int64)
    previous = above.astype(np.int64)
    for row, (kind, *left) in zip(rows, filtered.astype(np.int64), strict=True):
        for x, residual in enumerate(left):
            a = row[x - step] if x >= step else 0
            b = previous[x]
            c = previous[x - step] if x >= step else 0
            nearest = min((a, b, c), key=lambda value, p=a + b - c: abs(p - value))
            row[x] = (residual + [0, a, b, (a + b) // 2, nearest][kind]) % 256
        previous = row
    return rows.astype(np.uint8)


@pytest.mark.parametrize("step", [1, 3, 4])
@pytest.mark.parametrize("wanted", [1, 2, 3, 4])
def test_each_filter_is_taken_where_it_is_best_and_can_be_undone(wanted: int, step: int) -> None:
    # Residuals of a few levels, put through the inverse of the wanted filter.
    small = np.random.default_rng(wanted).integers(-3, 4, (12, 96)).astype(np.uint8)
    made = np.hstack((np.full((12, 1), wanted, np.uint8), small))
    first = np.random.default_rng(9).integers(0, 256, 96, np.uint8)
    rows = unfilter(made, first, step)
    above = np.vstack((first[None], rows[:-1]))

    kind = choose_filter(above, rows, step, THOROUGH)
    left = residuals(kind, above, rows, step)

    assert kind == wanted
    assert np.array_equal(left, small)
    assert np.array_equal(unfilter(made, first, step), rows)


@settings(max_examples=50)
@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_checksums_of_parts_combine_to_that_of_the_whole(first: bytes, second: bytes) -> None:
    combined = combined_adler32(zlib.adler32(first), zlib.adler32(second), len(second))
    assert combined == zlib.adler32(first + second)


@given(text=texts)
def test_texts_come_back_as_they_were(
    text: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = encode_png(np.zeros((1, 1, 3), np.uint8), text=text)
    strict_chunks(data)
    path = tmp_path_factory.mktemp("text") / "x.png"
    path.write_bytes(data)
    assert read_text(path) == text
    with Image.open(path) as image:
        image.load()
        assert image.text == text


def test_compressed_texts_of_other_programs_are_read(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("zipped", "naïve " * 50, zip=True)
    info.add_itxt("wide", "白い " * 50, zip=True)
    path = tmp_path / "x.png"
    Image.new("L", (3, 3)).save(path, pnginfo=info)
    assert read_text(path) == {"zipped": "naïve " * 50, "wide": "白い " * 50}


@pytest.mark.parametrize("data", [b"", b"not a PNG", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt"])
def test_a_file_that_is_no_png_has_no_texts(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(data)
    assert read_text(path) == {}


def test_texts_of_a_missing_file_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="cannot be read"):
        read_text(tmp_path / "none.png")


@pytest.mark.parametrize("key", ["", "x" * 80, " x", "a\0b", "a\nb", "白"])
def test_keys_that_png_forbids_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"key|codec"):
        encode_png(np.zeros((1, 1, 3), np.uint8), text={key: "x"})


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3), (4, 0, 4)])
def test_shapes_that_are_no_picture_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"\(H, W|without pixels"):
        encode_png(np.zeros(shape, np.uint8))
