"""EXIF as a table: names in words, values as a person writes them, nothing that only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from engine.errors import PhotoUnreadable
from engine.imaging.exif_table import exif_table


def saved(path: Path, kind: str) -> Path:
    """Write a photo with EXIF of every sort."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Canon"
    exif[ExifTags.Base.Artist] = "Mara\x1b[2J\nK."
    exif[ExifTags.Base.XResolution] = IFDRational(300, 1)
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.ExposureTime] = IFDRational(1, 125)
    camera[ExifTags.Base.FNumber] = IFDRational(56, 5)
    camera[ExifTags.Base.LensModel] = "RF 85mm"
    camera[ExifTags.Base.MakerNote] = b"\x00\x01" * 40
    camera[ExifTags.Base.ExifVersion] = b"0232"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    file = path / f"SKU1.{kind}"
    Image.new("RGB", (8, 8)).save(file, exif=exif)
    return file


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_every_tag_that_a_person_can_read(tmp_path: Path, kind: str) -> None:
    table = dict(exif_table(saved(tmp_path, kind)))
    told = {name: table.get(name) for name in ("Make", "Artist", "Exposure time", "F number")}
    assert told == {
        "Make": "Canon",
        "Artist": "Mara [2J K.",
        "Exposure time": "1/125",
        "F number": "11.2",
    }
    assert table["Lens model"] == "RF 85mm"
    assert table["Exif version"] == "0232"
    assert table["GPS latitude"] == "52 31 12"
    assert "Maker note" not in table
    assert "GPS info" not in table


def test_a_photo_without_any_and_one_whose_tags_are_damaged(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "bare.png")
    assert exif_table(tmp_path / "bare.png") == ()
    Image.new("RGB", (8, 8)).save(tmp_path / "bad.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" * 9)
    assert all(isinstance(value, str) for row in exif_table(tmp_path / "bad.jpg") for value in row)
    (tmp_path / "none.jpg").write_text("no photo")
    with pytest.raises(PhotoUnreadable):
        exif_table(tmp_path / "none.jpg")
