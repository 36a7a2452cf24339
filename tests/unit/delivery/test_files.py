"""Bits, colour space and bytes of a delivered file."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.delivery.deliver import Delivered, deliver, open_photo
from engine.delivery.naming.filename import NameParts
from engine.delivery.needs import needs_of
from engine.delivery.provenance import Provenance
from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_png, encode_tiff
from engine.imaging.icc import profile_of
from presets.schema import Preset

SIDE = 240
ROWS, COLUMNS = np.mgrid[:SIDE, :SIDE]
# Steps of a few 16-bit levels, which 8 bits cannot tell apart.
FINE = np.dstack([20_000 + 3 * ROWS, 30_000 + 2 * COLUMNS, 9_000 + ROWS + COLUMNS])
FINE = FINE.astype(np.uint16)
MATTE = np.zeros((SIDE, SIDE), np.uint8)
cv2.circle(MATTE, (120, 120), 100, 255, -1, cv2.LINE_AA)


def preset(file: dict[str, Any], **changes: object) -> Preset:
    content = {
        "schema_version": 1,
        "name": "test",
        "version": "2026-11",
        "title": "Test",
        "canvas": {"kind": "photo"},
        "background": {"kind": "transparent"},
        "file": file,
    }
    return Preset.model_validate(content | changes)


def made(folder: Path, wanted: Preset, photo: bytes) -> Delivered:
    path = folder / "SKU1-front.png"
    path.write_bytes(photo)
    provenance = Provenance(hashlib.sha256(photo).hexdigest(), "ab" * 32)
    needs = needs_of([wanted], recipe_keeps_shadow=False)
    opened = open_photo(path, MATTE, provenance, needs=needs)
    return deliver(opened, wanted, folder / "out", NameParts("a"), provenance)


def read16(path: Path) -> NDArray[np.uint16]:
    """Read a file as another program does, as RGBA."""
    found = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert found is not None
    assert found.dtype == np.uint16
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2RGBA), np.uint16)


@pytest.mark.parametrize("file_format", ["png", "tiff"])
@pytest.mark.parametrize("encode", [encode_png, encode_tiff])
def test_sixteen_bits_of_a_photo_arrive_where_the_product_is_solid(
    file_format: str, encode: Any, tmp_path: Path
) -> None:
    delivered = made(tmp_path, preset({"format": file_format, "bits": 16}), encode(FINE))
    found = read16(delivered.path)
    solid = MATTE == 255
    assert np.array_equal(found[solid][:, :3], FINE[solid])
    assert np.array_equal(found[..., 3], MATTE.astype(np.uint16) * 257)
    soft = (MATTE > 20) & (MATTE < 235)
    assert np.abs(found[soft][:, :3].astype(int) - FINE[soft]).max() < 2500
    assert delivered.notes == () or "8 bits" not in " ".join(delivered.notes)


def test_sixteen_bits_pass_the_scaling(tmp_path: Path) -> None:
    wanted = preset(
        {"format": "png", "bits": 16},
        canvas={"kind": "fixed", "width": 120, "height": 120},
        background={"kind": "colour"},
        placement={"fill": 0.8},
    )
    found = cv2.imread(str(made(tmp_path, wanted, encode_png(FINE)).path), cv2.IMREAD_UNCHANGED)
    assert found is not None
    assert found.dtype == np.uint16
    assert (found[0, 0] == 65535).all()
    inside = found[40:80, 40:80, ::-1].astype(int)
    assert len(np.unique(inside[..., 0])) > 35, "more levels than 8 bits have here"
    scale = 120 * 0.8 / 200
    rows = 120 + (np.arange(40, 80) + 0.5 - 60) / scale
    assert np.abs(inside[:, 20, 0] - (20_000 + 3 * rows)).max() < 8


def test_a_photo_of_eight_bits_is_not_made_finer_and_that_is_said(tmp_path: Path) -> None:
    eight = (FINE // 257).astype(np.uint8)
    delivered = made(tmp_path, preset({"format": "png", "bits": 16}), encode_png(eight))
    found = read16(delivered.path)
    solid = MATTE == 255
    assert np.array_equal(found[solid][:, :3], eight[solid].astype(np.uint16) * 257)
    assert any("no more than 8 bits of sRGB: 16 bits hold the same" in n for n in delivered.notes)


def wide_red(space: Any = "Display P3") -> bytes:
    pixels = np.full((SIDE, SIDE, 3), 210, np.uint8)
    pixels[MATTE > 0] = (255, 10, 10)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", icc_profile=profile_of(space))
    return stream.getvalue()


@pytest.mark.parametrize("file_format", ["jpeg", "png", "webp", "avif", "tiff"])
def test_a_wider_space_keeps_colours_that_srgb_has_not(file_format: str, tmp_path: Path) -> None:
    background = {"kind": "colour"}
    file = {"format": file_format, "profile": "Display P3"}
    delivered = made(tmp_path, preset(file, background=background), wide_red())
    image = Image.open(delivered.path)
    icc = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "Display P3" in ImageCms.getProfileDescription(icc)
    pixels = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(pixels[120, 120] - (255, 10, 10)).max() <= 6
    assert (pixels[2, 2] >= 254).all()
    # What any reader makes of it is the red that the photo has, as far as sRGB reaches.
    seen = read_photo(delivered.path).pixels[120, 120].astype(int)
    assert np.abs(seen - read_photo(tmp_path / "SKU1-front.png").pixels[120, 120]).max() <= 8


def test_an_srgb_photo_keeps_its_look_in_a_wider_space(tmp_path: Path) -> None:
    pixels = np.full((SIDE, SIDE, 3), 210, np.uint8)
    pixels[MATTE > 0] = (180, 60, 20)
    file = {"format": "png", "profile": "Adobe RGB"}
    delivered = made(tmp_path, preset(file), encode_png(pixels))
    seen = read_photo(delivered.path).pixels[120, 120].astype(int)
    assert np.abs(seen - (180, 60, 20)).max() <= 1
    assert any("Adobe RGB hold the same colours" in note for note in delivered.notes)


def noisy() -> bytes:
    noise = np.random.default_rng(4).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    return encode_png(np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.2), np.uint8))


def quality_in(delivered: Delivered) -> int:
    told = next(note for note in delivered.notes if note.startswith("quality"))
    return int(told.split()[1])


@pytest.mark.parametrize("file_format", ["jpeg", "webp", "avif"])
def test_quality_goes_down_no_farther_than_the_bytes_need(file_format: str, tmp_path: Path) -> None:
    background = {"kind": "colour"}
    plain = preset({"format": file_format, "quality": 95}, background=background)
    whole = made(tmp_path, plain, noisy())
    target = int(whole.bytes * 0.6)
    file = {"format": file_format, "quality": 95, "target_bytes": target, "least_quality": 20}
    smaller = made(tmp_path, preset(file, background=background), noisy())
    assert smaller.bytes <= target
    chosen = quality_in(smaller)
    better = {"format": file_format, "quality": chosen + 1}
    assert made(tmp_path, preset(better, background=background), noisy()).bytes > target
    assert made(tmp_path, preset(file, background=background), noisy()).sha256 == smaller.sha256


def test_a_target_out_of_reach_ends_at_the_least_quality_and_is_told(tmp_path: Path) -> None:
    file = {"format": "jpeg", "target_bytes": 1000, "least_quality": 85}
    delivered = made(tmp_path, preset(file, background={"kind": "colour"}), noisy())
    assert delivered.bytes > 1000
    assert quality_in(delivered) == 85
    assert any("it has" in note and "all the same" in note for note in delivered.notes)


def test_a_file_that_is_small_enough_is_left_alone(tmp_path: Path) -> None:
    background = {"kind": "colour"}
    plain = made(tmp_path, preset({"format": "jpeg"}, background=background), noisy())
    file = {"format": "jpeg", "target_bytes": 10_000_000}
    wished = made(tmp_path, preset(file, background=background), noisy())
    assert not any(note.startswith("quality") for note in wished.notes)
    assert wished.bytes == plain.bytes


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ({"format": "jpeg", "least_quality": 70}, "least_quality needs target_bytes"),
        ({"format": "jpeg", "quality": 80, "target_bytes": 9000, "least_quality": 90}, "above"),
        ({"format": "webp", "lossless": True, "target_bytes": 9000}, "lossless"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(file: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        preset(file, background={"kind": "colour"})
