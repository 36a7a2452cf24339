"""What a photo looks like: the same from a thumbnail as from its pixels, and what EXIF tells."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageDraw

from engine.imaging.header import read_header
from engine.imaging.look import Look
from engine.imaging.looking import look_of, read_look

BACKDROP = (210, 200, 190)


def scene(offset: int = 0) -> Image.Image:
    picture = Image.new("RGB", (1200, 900), BACKDROP)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300 + offset, 250, 800 + offset, 700), fill=(40, 60, 120))
    draw.rectangle((700, 100, 760, 880), fill=(160, 30, 30))
    return picture


def with_thumbnail(small: Image.Image) -> bytes:
    """Return a camera's EXIF block whose second directory points to a thumbnail."""
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=80)
    data = stream.getvalue()
    entries = ((0x0103, 3, 6), (0x0201, 4, 8 + 6 + 42), (0x0202, 4, len(data)))
    tiff = b"II*\0" + (8).to_bytes(4, "little")  # the first directory, empty
    tiff += (0).to_bytes(2, "little") + (14).to_bytes(4, "little")
    tiff += len(entries).to_bytes(2, "little")
    for tag, kind, value in entries:
        tiff += tag.to_bytes(2, "little") + kind.to_bytes(2, "little")
        tiff += (1).to_bytes(4, "little") + value.to_bytes(4, "little")
    tiff += (0).to_bytes(4, "little")
    return b"Exif\0\0" + tiff.ljust(56, b"\0") + data


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_backdrop_and_arrangement_are_found_in_every_format(tmp_path: Path, suffix: str) -> None:
    scene().save(path := tmp_path / f"x{suffix}")
    look = read_look(path)
    assert max(abs(a - b) for a, b in zip(look.backdrop, BACKDROP, strict=True)) <= 2
    assert look.distance(look_of(np.asarray(scene()))) <= 4


def test_a_cameras_thumbnail_is_taken_and_another_shape_is_not(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    red = Image.new("RGB", (160, 120), (200, 0, 0))
    scene().save(path, exif=with_thumbnail(red))
    assert read_look(path).backdrop[1] < 20, "the thumbnail, which here is another picture"
    scene().save(path, exif=with_thumbnail(red.resize((160, 160))))
    assert read_look(path).backdrop[1] > 180, "the photo: a thumbnail of another shape is stale"


def test_what_looks_alike_is_near_and_what_does_not_is_far() -> None:
    here, moved = look_of(np.asarray(scene())), look_of(np.asarray(scene(20)))
    other = look_of(np.asarray(scene().rotate(90)))
    assert here.distance(moved) <= 10 < here.distance(other)


@given(st.integers(0, 2**64 - 1), st.tuples(*[st.integers(0, 255)] * 3))
def test_a_look_comes_back_as_it_was_kept(number: int, backdrop: Any) -> None:
    look = Look(number, backdrop)
    assert Look.unpacked(look.packed()) == look
    assert look.distance(look) == 0


def exposed(path: Path, **tags: object) -> str | None:
    exif = Image.Exif()
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    for name, value in tags.items():
        camera[ExifTags.Base[name]] = value
    Image.new("RGB", (60, 40)).save(path, exif=exif)
    return read_header(path).capture


def test_how_a_photo_was_exposed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    told = exposed(path, ExposureTime=1 / 125, FNumber=11.0, ISOSpeedRatings=100, FocalLength=85.0)
    assert told == "1/125 s f/11 ISO 100 85 mm"
    assert exposed(path, ExposureTime=2.5, WhiteBalance=1) == "2.5 s white balance set"
    assert exposed(path) is None


def test_senseless_settings_are_left_out(tmp_path: Path) -> None:
    assert exposed(tmp_path / "x.jpg", ExposureTime=0.0, ISOSpeedRatings=0) is None
