"""Everything that a photo's EXIF says, as a table for a person to read.

Metadata is untrusted: damaged tags count as absent, and no control character of one leaves here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from numbers import Real
from pathlib import Path

from PIL import ExifTags

from engine.imaging.metadata import clean_text, read_exif
from engine.imaging.opening import opened

_MOST = 100  # tags that anyone would read through
_LONGEST_BYTES = 64
_LONG = 0.3  # seconds of exposure from which cameras no longer write a fraction
_POINTERS = frozenset({"ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "MakerNote"})
"""Tags that say where others are, or what only the maker can read."""

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def exif_table(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the EXIF of a photo as names and values, in the order of the file; decodes no pixels.

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : as ``engine.imaging.header.read_header``
    """
    with opened(path) as (image, stream):
        rows: list[tuple[str, str]] = []
        # Pillow's EXIF parser fails in as many ways as there are damaged tags: what it has read
        # until then is told.
        try:
            exif = read_exif(image, stream)
            for tags, names in (
                (exif, ExifTags.TAGS),
                (exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS),
                (exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS),
            ):
                rows.extend(_rows(tags, names))
        except Exception:  # noqa: S110 - see above
            pass
    return tuple(rows[:_MOST])


def _rows(tags: Mapping[int, object], names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for tag, value in tags.items():
        name = names.get(tag)
        if name and name not in _POINTERS and (told := _told(value)):
            if name == "ExposureTime" and isinstance(value, Real):
                told = _exposure(float(value), told)
            words = _WORDS.sub(" ", name)
            yield words[0] + re.sub(r"\b[A-Z](?=[a-z])", lambda m: m[0].lower(), words[1:]), told


def _exposure(seconds: float, told: str) -> str:
    """Return a short exposure as cameras write it, ``1/125``; any other as it is told."""
    return f"1/{1 / seconds:.0f}" if 0 < seconds < _LONG else told


def _told(value: object) -> str:
    """Return a tag's value in words; empty where there are none for it."""
    if isinstance(value, bytes):
        text = value.strip(b"\0 ")
        short = 0 < len(text) <= _LONGEST_BYTES and text.isascii()
        return clean_text(text.decode("ascii")) if short else ""
    if isinstance(value, tuple):
        return clean_text(" ".join(filter(None, map(_told, value))))
    if isinstance(value, str | int):
        return clean_text(value)
    try:
        number = float(value)  # type: ignore[arg-type]  # Pillow's IFDRational, or what is none
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""
    return f"{number:.6g}" if number == number else ""  # noqa: PLR0124 - NaN
