"""Conversions against colours computed here, from the definitions of the spaces."""

from __future__ import annotations

import io
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.colour import SRGB
from engine.imaging.decode import Photo, read_photo
from engine.imaging.icc import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    BT709,
    BT2020,
    DISPLAY_P3,
    SRGB_CURVE,
    Primaries,
    matrix_profile,
    srgb_profile,
)
from engine.imaging.png_writer import chunk

Floats = NDArray[np.float64]


def linear_srgb(code: Floats) -> Floats:
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def coded_srgb(light: Floats) -> Floats:
    light = np.clip(light, 0, 1)
    return 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def rgb_to_xyz(primaries: Primaries) -> Floats:
    """Return the matrix of SMPTE RP 177."""
    corners = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    return corners[:, :3] * np.linalg.solve(corners[:, :3], corners[:, 3])


def converted(pixels: NDArray[np.uint8], primaries: Primaries, gamma: float | None) -> Floats:
    """Return sRGB levels of pixels in a space with a D65 white."""
    code = pixels / 255
    light = linear_srgb(code) if gamma is None else code**gamma
    return coded_srgb(light @ rgb_to_xyz(primaries).T @ np.linalg.inv(rgb_to_xyz(BT709)).T)


def lab_of_srgb(levels: Floats) -> Floats:
    xyz = linear_srgb(levels / 255) @ rgb_to_xyz(BT709).T / rgb_to_xyz(BT709).sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        (116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])), -1
    )


def difference(found: NDArray[np.uint8], expected: Floats) -> float:
    """Return the largest ΔE (CIE 1976) between two pictures."""
    return float(
        np.linalg.norm(lab_of_srgb(found.astype(np.float64)) - lab_of_srgb(expected), axis=-1).max()
    )


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def decoded(data: bytes) -> Photo:
    return read_photo(Path("x"), data)


def with_chunks(data: bytes, *added: bytes) -> bytes:
    """Return a PNG with chunks behind its IHDR."""
    return data[:33] + b"".join(added) + data[33:]


SPACES = [
    pytest.param("Display P3", DISPLAY_P3, None, id="P3"),
    pytest.param("Rec. 2020", BT2020, None, id="2020"),
    pytest.param("Adobe RGB", ADOBE_RGB, 563 / 256, id="Adobe"),
]


@pytest.mark.parametrize(("name", "primaries", "gamma"), SPACES)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "JPEG"])
def test_a_tagged_photo_is_converted(
    colours: NDArray[np.uint8], kind: str, name: str, primaries: Primaries, gamma: float | None
) -> None:
    profile = matrix_profile(name, primaries, SRGB_CURVE if gamma is None else (gamma,))
    options = {"lossless": True} if kind == "WEBP" else {}
    if kind == "JPEG":
        colours = np.full((16, 16, 3), (180, 90, 60), np.uint8)
        options = {"quality": 100, "subsampling": 0}
    photo = decoded(encoded(Image.fromarray(colours), kind, icc_profile=profile, **options))
    assert photo.profile == name
    assert difference(photo.pixels, converted(colours, primaries, gamma)) < 2


def test_alpha_is_not_touched_by_the_conversion(colours: NDArray[np.uint8]) -> None:
    alpha = colours[..., 0]
    profile = matrix_profile("Display P3", DISPLAY_P3, SRGB_CURVE)
    image = Image.fromarray(np.dstack((colours, alpha)))
    photo = decoded(encoded(image, icc_profile=profile))
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, alpha)
    assert difference(photo.pixels, converted(colours, DISPLAY_P3, None)) < 2


@pytest.mark.parametrize("profile", [srgb_profile(), matrix_profile("mine", BT709, SRGB_CURVE)])
def test_srgb_under_any_name_is_left_as_it_is(colours: NDArray[np.uint8], profile: bytes) -> None:
    photo = decoded(encoded(Image.fromarray(colours), icc_profile=profile))
    assert photo.profile == SRGB
    assert np.array_equal(photo.pixels, colours)
    assert photo.notes == ()


def test_an_untagged_photo_is_taken_for_srgb_and_this_is_said(
    colours: NDArray[np.uint8],
) -> None:
    photo = decoded(encoded(Image.fromarray(colours)))
    assert photo.profile == "sRGB (assumed)"
    assert np.array_equal(photo.pixels, colours)
    assert any("sRGB is assumed" in note for note in photo.notes)


@pytest.mark.parametrize("junk", [b"junk", srgb_profile()[:200], b"\0" * 600])
def test_a_damaged_profile_is_ignored_and_this_is_said(
    colours: NDArray[np.uint8], junk: bytes
) -> None:
    photo = decoded(encoded(Image.fromarray(colours), icc_profile=junk))
    assert np.array_equal(photo.pixels, colours)
    assert any("ignored" in note for note in photo.notes)


def test_a_profiles_name_brings_no_control_characters(colours: NDArray[np.uint8]) -> None:
    profile = matrix_profile("\x1b[31mred\nP3", DISPLAY_P3, SRGB_CURVE)
    assert decoded(encoded(Image.fromarray(colours), icc_profile=profile)).profile == "[31mred P3"


def test_grey_with_a_colour_profile_goes_through_it() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    profile = matrix_profile("Adobe RGB", ADOBE_RGB, ADOBE_GAMMA)
    photo = decoded(encoded(Image.fromarray(ramp), icc_profile=profile))
    expected = converted(np.dstack([ramp] * 3), ADOBE_RGB, 563 / 256)
    assert photo.profile == "Adobe RGB"
    assert difference(photo.pixels, expected) < 2


class TestExif:
    @staticmethod
    def tagged(interop: str | None, space: int) -> bytes:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0xA001] = space
        if interop:
            exif.get_ifd(0x8769)[0xA005] = {1: interop}
        image = Image.fromarray(np.full((16, 16, 3), (200, 100, 50), np.uint8))
        return encoded(image, "JPEG", quality=100, subsampling=0, exif=exif)

    @pytest.mark.parametrize(("interop", "space"), [("R03", 65535), (None, 2)])
    def test_it_may_say_adobe_rgb(self, interop: str | None, space: int) -> None:
        photo = decoded(self.tagged(interop, space))
        expected = converted(np.array([200, 100, 50], np.uint8), ADOBE_RGB, 563 / 256)
        assert photo.profile == "Adobe RGB (EXIF)"
        assert difference(photo.pixels, np.broadcast_to(expected, (16, 16, 3))) < 2

    @pytest.mark.parametrize(("interop", "space"), [("R98", 1), (None, 1)])
    def test_it_may_say_srgb(self, interop: str | None, space: int) -> None:
        photo = decoded(self.tagged(interop, space))
        assert photo.profile == SRGB
        assert photo.notes == ()

    def test_a_profile_outweighs_it(self) -> None:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0xA001] = 2
        image = Image.new("RGB", (8, 8), (200, 100, 50))
        assert decoded(encoded(image, exif=exif, icc_profile=srgb_profile())).profile == SRGB


class TestPngChunks:
    @pytest.mark.parametrize(
        ("primaries", "transfer", "space", "gamma", "name"),
        [
            (12, 13, DISPLAY_P3, None, "Display P3"),
            (9, 13, BT2020, None, "BT.2020"),
            (1, 8, BT709, 1.0, "BT.709, transfer 8"),
        ],
    )
    def test_cicp_is_obeyed(
        self,
        colours: NDArray[np.uint8],
        primaries: int,
        transfer: int,
        space: Primaries,
        gamma: float | None,
        name: str,
    ) -> None:
        data = encoded(Image.fromarray(colours), icc_profile=srgb_profile())
        photo = decoded(with_chunks(data, chunk(b"cICP", bytes((primaries, transfer, 0, 1)))))
        assert photo.profile == name
        assert difference(photo.pixels, converted(colours, space, gamma)) < 2

    def test_cicp_may_say_srgb(self, colours: NDArray[np.uint8]) -> None:
        data = with_chunks(encoded(Image.fromarray(colours)), chunk(b"cICP", bytes((1, 13, 0, 1))))
        photo = decoded(data)
        assert photo.profile == SRGB
        assert np.array_equal(photo.pixels, colours)

    def test_high_dynamic_range_is_named(self, colours: NDArray[np.uint8]) -> None:
        data = with_chunks(encoded(Image.fromarray(colours)), chunk(b"cICP", bytes((9, 16, 0, 1))))
        assert any("BT.2020 PQ" in note for note in decoded(data).notes)

    def test_gamma_alone_is_obeyed(self, colours: NDArray[np.uint8]) -> None:
        data = with_chunks(
            encoded(Image.fromarray(colours)), chunk(b"gAMA", struct.pack(">I", 55556))
        )
        expected = converted(colours, BT709, 1.8)
        assert difference(decoded(data).pixels, expected) < 2

    def test_gamma_and_primaries_are_obeyed(self, colours: NDArray[np.uint8]) -> None:
        points = itertools.chain(ADOBE_RGB.white, *ADOBE_RGB[:3])
        data = with_chunks(
            encoded(Image.fromarray(colours)),
            chunk(b"gAMA", struct.pack(">I", 45470)),
            chunk(b"cHRM", struct.pack(">8I", *(round(value * 100000) for value in points))),
        )
        # Its exponent is near enough to sRGB's to be taken for that, as browsers do.
        expected = converted(colours, ADOBE_RGB, None)
        assert difference(decoded(data).pixels, expected) < 2

    @pytest.mark.parametrize(
        "added",
        [
            [chunk(b"sRGB", b"\0")],
            [chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 100000))],
        ],
    )
    def test_the_srgb_chunk_is_obeyed(self, colours: NDArray[np.uint8], added: list[bytes]) -> None:
        photo = decoded(with_chunks(encoded(Image.fromarray(colours)), *added))
        assert photo.profile == SRGB
        assert np.array_equal(photo.pixels, colours)

    @pytest.mark.parametrize("numbers", [[0] * 8, [31270, 32900] * 4, [2**32 - 1] * 8])
    def test_impossible_primaries_are_ignored(
        self, colours: NDArray[np.uint8], numbers: list[int]
    ) -> None:
        data = with_chunks(
            encoded(Image.fromarray(colours)),
            chunk(b"gAMA", struct.pack(">I", 0)),
            chunk(b"cHRM", struct.pack(">8I", *numbers)),
        )
        assert np.array_equal(decoded(data).pixels, colours)


def test_avif_numbers_are_obeyed() -> None:
    flat = np.full((32, 32, 3), (180, 90, 60), np.uint8)
    data = encoded(Image.fromarray(flat), "AVIF", quality=100, subsampling="4:4:4")
    start = data.index(b"colrnclx") + 8
    p3 = data[:start] + struct.pack(">HH", 12, 13) + data[start + 4 :]
    photo = decoded(p3)
    assert photo.profile == "Display P3"
    expected = np.broadcast_to(converted(flat[0, 0], DISPLAY_P3, None), flat.shape)
    assert difference(photo.pixels, expected) < 3
