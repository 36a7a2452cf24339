"""Whose a photo is: what its file says of creator, rights, source and date.

From its XMP packet first, from EXIF where that says nothing. Untrusted: texts come without control
characters, short, and only those that are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO

from PIL import ExifTags, Image

from engine.imaging.kinds import READ_FORMATS
from engine.imaging.metadata import clean_text, read_exif, read_metadata
from engine.imaging.properties import COPYRIGHT, CREATOR, DATE, LANGUAGES, LISTS
from engine.imaging.xmp import Name, Value, first_text, packet_in, read_packet

_LONGEST = 500  # characters of one text
_MOST = 50  # texts of one property


def read_credit(stream: BinaryIO, wanted: Collection[Name]) -> dict[Name, Value]:
    """Return what a photo's file says of the properties that are wanted.

    Parameters
    ----------
    stream : the file
    wanted : properties; those of which the file says nothing are left out
    """
    if not wanted:
        return {}
    packet = packet_in(stream)
    said = read_packet(packet) if packet is not None else {}
    camera = _exif(stream) if {CREATOR, COPYRIGHT, DATE} & set(wanted) else {}
    found = {name: _fitting(name, said.get(name.key) or camera.get(name)) for name in wanted}
    return {name: value for name, value in found.items() if value}


def _fitting(name: Name, value: Value | None) -> Value:
    """Return a value in the form that its property has, its texts cleaned."""
    if name in LISTS:
        texts = (value,) if isinstance(value, str) else tuple(value or ())
        return tuple(clean for text in texts[:_MOST] if (clean := clean_text(text, _LONGEST)))
    text = clean_text(first_text(value), _LONGEST)
    return ({"x-default": text} if text else {}) if name in LANGUAGES else text


def _exif(stream: BinaryIO) -> dict[Name, Value]:
    stream.seek(0)
    try:
        with Image.open(stream, formats=READ_FORMATS) as image:
            exif = read_exif(image, stream)
            taken = read_metadata(image, stream).taken
            artist = exif.get(ExifTags.Base.Artist)
            rights = exif.get(ExifTags.Base.Copyright)
    # As in ``metadata``: damaged tags are absent, in whatever way they fail.
    except Exception:
        return {}
    said = {CREATOR: artist, COPYRIGHT: rights, DATE: taken}
    return {name: str(text) for name, text in said.items() if text}
