"""What a photo's EXIF says: how it was held, by which camera, when, in which colour space.

Metadata is untrusted: damaged tags count as absent, and no control character of one leaves here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal

from PIL import ExifTags, Image, ImageFile

from engine.imaging.png_reader import content, find_chunk

_ADOBE_RGB_INTEROP = "R03"  # DCF 2.0 "optional file", which means Adobe RGB
_EXIF_SRGB = 1
_EXIF_ADOBE_RGB = 2  # not in the standard, but written by some cameras
_LONGEST_TEXT = 80
_LONG = 0.3  # seconds of exposure from which cameras no longer write a fraction
_SMALLEST, _LARGEST = 1e-6, 1e7  # of a capture setting


@dataclass(frozen=True)
class Metadata:
    """EXIF of one photo; ``orientation`` is 1…8, 1 where nothing has to be turned."""

    orientation: int = 1
    camera: str | None = None
    taken: str | None = None
    capture: str | None = None
    colour_space: Literal["sRGB", "Adobe RGB"] | None = None


def read_metadata(image: ImageFile.ImageFile, stream: BinaryIO) -> Metadata:
    """Read the EXIF of an opened photo; decodes no pixels.

    ``taken`` is ISO 8601 in the camera's own time, without a zone; ``capture`` says how it was
    exposed: "1/125 s f/11 ISO 100 85 mm", what the camera tells of it.
    """
    try:
        exif = read_exif(image, stream)
        camera_tags = exif.get_ifd(ExifTags.IFD.Exif)
        interop_tags = exif.get_ifd(ExifTags.IFD.Interop)
        return Metadata(
            orientation=_orientation(image, exif),
            camera=_camera(exif),
            taken=_taken(
                camera_tags.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
            ),
            capture=_capture(camera_tags),
            colour_space=_colour_space(
                camera_tags.get(ExifTags.Base.ColorSpace),
                interop_tags.get(ExifTags.Interop.InteropIndex),
            ),
        )
    # Pillow's EXIF parser fails in as many ways as there are damaged tags, and a photo is not
    # worth less without them.
    except Exception:
        return Metadata()


def clean_text(value: object, longest: int = _LONGEST_TEXT) -> str:
    """Return a text from a file without control characters, outer space and excess length."""
    kept = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return " ".join(kept.split())[:longest]


def read_exif(image: ImageFile.ImageFile, stream: BinaryIO) -> Image.Exif:
    """Return the EXIF of an opened photo; decodes no pixels. Damaged tags may raise anything."""
    if image.format != "PNG":
        return image.getexif()
    # For a PNG, Pillow would decode the pixels to find the chunk.
    exif = Image.Exif()
    position = stream.tell()
    chunk = find_chunk(stream, b"eXIf")
    if chunk is not None:
        exif.load(b"Exif\0\0" + content(stream, chunk))
    stream.seek(position)
    return exif


def _orientation(image: Image.Image, exif: Image.Exif) -> int:
    if image.format == "TIFF":
        return 1  # Pillow turns a TIFF while it decodes
    value = exif.get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _camera(exif: Image.Exif) -> str | None:
    make = clean_text(exif.get(ExifTags.Base.Make) or "")
    model = clean_text(exif.get(ExifTags.Base.Model) or "")
    if make and model.lower().startswith(make.split()[0].lower()):
        make = ""  # "Canon" and "Canon EOS R5"
    return " ".join(part for part in (make, model) if part) or None


def _taken(value: object) -> str | None:
    try:
        return datetime.strptime(clean_text(value)[:19], "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return None


def _capture(tags: Mapping[int, object]) -> str | None:
    """Return time, aperture, sensitivity, focal length and white balance, as far as they are told.

    The lens's name is no part of it: its focal length is.
    """
    told = []
    seconds = _positive(tags.get(ExifTags.Base.ExposureTime))
    if seconds is not None:
        told.append(f"{seconds:.3g} s" if seconds >= _LONG else f"1/{1 / seconds:.0f} s")
    if (aperture := _positive(tags.get(ExifTags.Base.FNumber))) is not None:
        told.append(f"f/{aperture:.3g}")
    speed = tags.get(ExifTags.Base.ISOSpeedRatings)
    speed = _positive(speed[0] if isinstance(speed, tuple) and speed else speed)
    if speed is not None:
        told.append(f"ISO {speed:.0f}")
    if (length := _positive(tags.get(ExifTags.Base.FocalLength))) is not None:
        told.append(f"{length:.3g} mm")
    if told and tags.get(ExifTags.Base.WhiteBalance) == 1:
        told.append("white balance set")
    return " ".join(told) or None


def _positive(value: object) -> float | None:
    """Return a tag's number; None for what is none, not positive, or beyond any camera."""
    try:
        number = float(str(value)) if not isinstance(value, float) else value
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if _SMALLEST < number < _LARGEST else None


def _colour_space(space: object, interop: object) -> Literal["sRGB", "Adobe RGB"] | None:
    index = interop.decode("latin-1") if isinstance(interop, bytes) else str(interop)
    if space == _EXIF_ADOBE_RGB or index.rstrip("\0 ") == _ADOBE_RGB_INTEROP:
        return "Adobe RGB"
    return "sRGB" if space == _EXIF_SRGB else None
