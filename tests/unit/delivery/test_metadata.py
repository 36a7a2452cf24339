"""What a delivered file says about itself: nothing, but for what its preset names."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image

from engine.delivery.deliver import Delivered, deliver, open_photo
from engine.delivery.inputs import Inputs
from engine.delivery.naming.filename import NameParts
from engine.delivery.needs import needs_of
from engine.delivery.provenance import Provenance
from engine.errors import AltTextMissing
from engine.imaging.properties import ALT_TEXT, COPYRIGHT, CREATOR, CREDIT, DATE
from engine.imaging.xmp import packet, packet_in, read_packet
from presets.schema import Preset

SECRET = b"GPSLatitude of the studio"


def preset(metadata: dict[str, Any] | None, file_format: str = "jpeg") -> Preset:
    content = {
        "schema_version": 1,
        "name": "test",
        "version": "2026-11",
        "title": "Test",
        "canvas": {"kind": "fixed", "width": 80, "height": 80},
        "background": {"kind": "colour"},
        "file": {"format": file_format},
    }
    return Preset.model_validate(content | ({"metadata": metadata} if metadata else {}))


def made(folder: Path, wanted: Preset, alt: dict[str, str] | None = None) -> Delivered:
    """Deliver a photo whose file says a lot about itself."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Camera Owner"
    exif[ExifTags.Base.Make] = "Secret Cameras"
    exif[ExifTags.Base.DateTime] = "2026:11:02 10:11:12"
    exif[ExifTags.Base.ImageDescription] = SECRET.decode()
    said = packet({CREATOR: ("Ann",), COPYRIGHT: {"x-default": "North"}, CREDIT: "From the photo"})
    path = folder / "SKU1-front.jpg"
    pixels = np.full((120, 120, 3), 200, np.uint8)
    pixels[20:100, 20:100] = (30, 60, 160)
    Image.fromarray(pixels).save(path, exif=exif, xmp=said, quality=95)
    alpha = np.zeros((120, 120), np.uint8)
    alpha[20:100, 20:100] = 255
    provenance = Provenance(hashlib.sha256(path.read_bytes()).hexdigest(), "ab" * 32)
    needs = needs_of([wanted], recipe_keeps_shadow=False)
    opened = open_photo(path, alpha, provenance, needs=needs)
    inputs = Inputs(alt=tuple((alt or {}).items()))
    return deliver(opened, wanted, folder / "out", NameParts("a"), provenance, inputs)


def said(data: bytes) -> dict[str, Any]:
    """Return what a file says of itself, but for its provenance."""
    found = read_packet(packet_in(io.BytesIO(data)) or b"")
    return {key: value for key, value in found.items() if "packshot" not in key}


@pytest.mark.parametrize("file_format", ["jpeg", "png", "webp", "avif", "tiff"])
def test_nothing_of_the_photos_metadata_is_in_a_file_that_does_not_ask(
    file_format: str, tmp_path: Path
) -> None:
    data = made(tmp_path, preset(None, file_format)).path.read_bytes()
    assert said(data) == {}
    for word in (SECRET, b"Secret Cameras", b"Camera Owner", b"Ann"):
        assert word not in data


@pytest.mark.parametrize("file_format", ["jpeg", "png", "webp", "avif", "tiff"])
def test_what_is_kept_and_written_is_in_the_file_and_nothing_else(
    file_format: str, tmp_path: Path
) -> None:
    metadata = {
        "keep": ["creator", "copyright", "credit", "date", "keywords"],
        "write": {"credit": "Studio North", "source": "studio.example"},
        "alt": "write",
    }
    delivered = made(tmp_path, preset(metadata, file_format), {"en": "A blue box", "de": "Box"})
    data = delivered.path.read_bytes()
    found = said(data)
    assert found[CREATOR.key] == ("Ann",)
    assert found[COPYRIGHT.key] == {"x-default": "North"}
    assert found[CREDIT.key] == "Studio North"
    assert found[DATE.key] == "2026-11-02T10:11:12"
    assert found[ALT_TEXT.key] == {"x-default": "Box", "de": "Box", "en": "A blue box"}
    assert len(found) == 6
    for word in (SECRET, b"Secret Cameras", b"Camera Owner"):
        assert word not in data
    assert Image.open(io.BytesIO(data)).info.get("icc_profile")


def test_the_first_language_stands_for_readers_that_know_none(tmp_path: Path) -> None:
    wanted = preset({"alt": "write", "languages": ["fr", "en"]})
    data = made(tmp_path, wanted, {"de": "Box", "en": "A box", "fr": "Une boîte"}).path.read_bytes()
    found = read_packet(packet_in(io.BytesIO(data)) or b"")
    assert found[ALT_TEXT.key] == {"x-default": "Une boîte", "fr": "Une boîte", "en": "A box"}


def test_without_any_alt_text_nothing_is_made_up(tmp_path: Path) -> None:
    data = made(tmp_path, preset({"alt": "write"})).path.read_bytes()
    assert said(data) == {}


def test_a_file_may_say_nothing_at_all(tmp_path: Path) -> None:
    data = made(tmp_path, preset({"provenance": False})).path.read_bytes()
    assert packet_in(io.BytesIO(data)) is None


@pytest.mark.parametrize(
    ("metadata", "alt", "missing"),
    [
        ({"alt": "required"}, {}, "it has no alt text"),
        ({"alt": "required", "languages": ["en", "de"]}, {"en": "A box"}, "no alt text in de"),
    ],
)
def test_a_photo_without_the_required_alt_text_is_not_exported(
    metadata: dict[str, Any], alt: dict[str, str], missing: str, tmp_path: Path
) -> None:
    with pytest.raises(AltTextMissing, match=missing):
        made(tmp_path, preset(metadata), alt)
    assert not (tmp_path / "out").exists()


def test_inputs_come_back_from_their_record() -> None:
    inputs = Inputs(view="front", alt=(("de", "Box"), ("en", "A box")))
    assert Inputs.recorded(inputs.content() or {}) == inputs
    assert Inputs().content() is None
    assert Inputs.recorded({}) == Inputs()
    with pytest.raises(ValueError, match="unknown inputs: zoom"):
        Inputs.recorded({"zoom": 1})
