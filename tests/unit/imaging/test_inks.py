"""CMYK, grey, Lab and table profiles against colours computed here."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.imaging.decode import Photo, read_photo

Floats = NDArray[np.float64]
D50 = np.array([0.9642, 1.0, 0.8249])
BRADFORD_D50_TO_D65 = np.array(
    [[0.9555766, -0.0230393, 0.0631636], [-0.0282895, 1.0099416, 0.0210077],
     [0.0122982, -0.0204830, 1.3299098]]
)  # fmt: skip
XYZ_TO_SRGB = np.array(
    [[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560],
     [0.0556434, -0.2040259, 1.0572252]]
)  # fmt: skip
CORNERS = {
    corner: (100 - 24 * sum(corner), 8.0 * corner[1] - 4 * corner[0], 9.0 * corner[2])
    for corner in itertools.product((0, 1), repeat=4)
}


def coded_srgb(light: Floats) -> Floats:
    light = np.clip(light, 0, 1)
    return 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def srgb_of_lab(lab: tuple[float, float, float]) -> Floats:
    middle = (lab[0] + 16) / 116
    f = np.array([middle + lab[1] / 500, middle, middle - lab[2] / 200])
    xyz = D50 * np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29))
    return coded_srgb(XYZ_TO_SRGB @ BRADFORD_D50_TO_D65 @ xyz)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def decoded(data: bytes) -> Photo:
    return read_photo(Path("x"), data)


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
@pytest.mark.parametrize("corner", [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (1, 1, 1, 0)])
def test_cmyk_goes_through_its_profile(
    lut_profile: Callable[..., bytes], kind: str, corner: tuple[int, ...]
) -> None:
    profile = lut_profile(b"CMYK", 4, CORNERS)
    image = Image.new("CMYK", (16, 16), tuple(255 * ink for ink in corner))
    options = {"quality": 100} if kind == "JPEG" else {}
    photo = decoded(encoded(image, kind, icc_profile=profile, **options))
    reference = ImageCms.profileToProfile(
        image,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert reference is not None
    assert photo.profile == "corners"
    assert np.abs(photo.pixels.astype(int) - np.asarray(reference)).max() <= 2


def test_the_black_of_paper_becomes_black(lut_profile: Callable[..., bytes]) -> None:
    # Without black-point compensation this space's black, L* 25, would stay dark grey.
    corners = {
        corner: (25 + 25.0 * sum(corner), 0.0, 0.0)
        for corner in itertools.product((0, 1), repeat=3)
    }
    profile = lut_profile(b"RGB ", 3, corners)
    photo = decoded(encoded(Image.new("RGB", (4, 4)), icc_profile=profile))
    assert srgb_of_lab((25, 0, 0)).min() > 55
    assert photo.pixels.max() <= 3


def test_white_stays_white_and_grey_neutral(lut_profile: Callable[..., bytes]) -> None:
    profile = lut_profile(b"GRAY", 1, {(0,): (0, 0, 0), (1,): (100, 0, 0)})
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    photo = decoded(encoded(Image.fromarray(ramp), icc_profile=profile))
    assert photo.pixels[-1, -1].tolist() == [255, 255, 255]
    assert np.ptp(photo.pixels.astype(int), axis=2).max() <= 1
    middle = srgb_of_lab((128 / 255 * 100, 0, 0))
    assert np.abs(photo.pixels[8, 0] - middle).max() <= 2


@pytest.mark.parametrize("transparency", [None, 0])
def test_grey_with_alpha_goes_through_its_profile(
    lut_profile: Callable[..., bytes], transparency: int | None
) -> None:
    profile = lut_profile(b"GRAY", 1, {(0,): (0, 0, 0), (1,): (100, 0, 0)})
    image = Image.new("L", (8, 8), 128)
    options = {"transparency": 0}
    if transparency is None:
        image.putalpha(99)
        options = {}
    photo = decoded(encoded(image, icc_profile=profile, **options))
    assert photo.profile == "corners"
    assert (photo.alpha is None) == (transparency is not None)  # no pixel has that key
    middle = srgb_of_lab((128 / 255 * 100, 0, 0))
    assert np.abs(photo.pixels - middle).max() <= 2


def test_cmyk_without_a_profile_is_named_a_guess() -> None:
    photo = decoded(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "TIFF"))
    assert photo.profile == "CMYK (no profile)"
    assert any("guess" in note for note in photo.notes)
    assert photo.pixels[0, 0].tolist() == [255, 0, 0]


def test_negative_and_positive_cmyk_jpegs_are_told_apart() -> None:
    adobe = encoded(Image.new("CMYK", (16, 16), (0, 200, 200, 0)), "JPEG", quality=100)
    marker = adobe.index(b"\xff\xee")
    length = int.from_bytes(adobe[marker + 2 : marker + 4], "big")
    plain = adobe[:marker] + adobe[marker + 2 + length :]
    assert decoded(adobe).pixels[0, 0, 0] > 250
    assert np.allclose(decoded(plain).pixels[0, 0], (0, 0, 0), atol=3)


@pytest.mark.parametrize("lab", [(60, 30, 40), (50, -20, 10), (80, 0, 0), (40, 10, -40)])
def test_lab_is_converted(lab: tuple[int, int, int]) -> None:
    # Pillow keeps a and b with an offset, and writes them as TIFF wants them: signed.
    image = Image.new("LAB", (4, 4), (round(lab[0] * 2.55), lab[1] + 128, lab[2] + 128))
    data = encoded(image, "TIFF")
    assert bytes((round(lab[0] * 2.55), lab[1] % 256, lab[2] % 256)) in data
    photo = decoded(data)
    assert photo.profile == "CIELAB"
    assert np.abs(photo.pixels[0, 0] - srgb_of_lab(lab)).max() <= 3
