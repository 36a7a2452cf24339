"""XMP packets: written the same way every time, found in every format, read without trust."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from engine.imaging.credit import read_credit
from engine.imaging.encode import (
    encode_avif,
    encode_jpeg,
    encode_png,
    encode_tiff,
    encode_webp,
)
from engine.imaging.properties import (
    ALT_TEXT,
    COPYRIGHT,
    CREATOR,
    CREDIT,
    DATE,
    KEYWORDS,
    SOURCE_TYPE,
)
from engine.imaging.xmp import Name, Value, first_text, packet, packet_in, read_packet

RGB = np.full((12, 16, 3), 90, np.uint8)
FORMATS: dict[str, Callable[[bytes | None], bytes]] = {
    "png": lambda xmp: encode_png(RGB, xmp=xmp),
    "jpeg": lambda xmp: encode_jpeg(
        RGB, quality=90, subsampling="4:4:4", progressive=True, xmp=xmp
    ),
    "webp": lambda xmp: encode_webp(RGB, quality=90, lossless=False, xmp=xmp),
    "avif": lambda xmp: encode_avif(RGB, quality=90, subsampling="4:4:4", xmp=xmp),
    "tiff": lambda xmp: encode_tiff(RGB, xmp=xmp),
}
SAID: dict[Name, Value] = {
    CREATOR: ("Ann & Söhne", "Bob"),
    KEYWORDS: ("mug", "red"),
    ALT_TEXT: {"en": 'A "red" <mug>', "de-AT": "Eine rote Tasse ☕"},
    CREDIT: "Studio ]]> North",
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_carries_the_packet_and_the_same_pixels(name: str) -> None:
    said = packet(SAID)
    with_packet, without = FORMATS[name](said), FORMATS[name](None)
    assert packet_in(io.BytesIO(with_packet)) == said
    assert packet_in(io.BytesIO(without)) is None
    pixels = [np.asarray(Image.open(io.BytesIO(data))) for data in (with_packet, without)]
    assert np.array_equal(*pixels)
    assert FORMATS[name](said) == with_packet


def test_a_packet_is_well_formed_and_independent_of_the_order() -> None:
    said = packet(SAID)
    assert packet(dict(reversed(SAID.items()))) == said
    ElementTree.fromstring(said.decode())
    found = read_packet(said)
    assert found[CREATOR.key] == SAID[CREATOR]
    assert found[KEYWORDS.key] == SAID[KEYWORDS]
    assert found[CREDIT.key] == SAID[CREDIT]
    assert found[ALT_TEXT.key] == {"x-default": 'A "red" <mug>', **dict(SAID[ALT_TEXT])}  # type: ignore[arg-type]
    assert b"rdf:Bag><rdf:li>mug" in said


@given(text=st.text(max_size=80), language=st.sampled_from(["en", "de", "fr-CA"]))
def test_any_text_makes_a_packet_that_can_be_read(text: str, language: str) -> None:
    said = packet({CREDIT: text, ALT_TEXT: {language: text}})
    ElementTree.fromstring(said.decode("utf-8", "surrogatepass"))
    read = first_text(read_packet(said).get(CREDIT.key))
    assert read.split() == [part for part in _xml(text).split() if part]


def _xml(text: str) -> str:
    """Return what XML can say of a text."""
    kept = (sign for sign in text if sign >= " " or sign in "\t\n\r")
    return "".join(sign for sign in kept if sign not in "\ufffe\uffff").replace("\r", "\n")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<x",
        b"\xff\xfe<\0x\0",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b"<x>" + b"a" * (1 << 20) + b"</x>",
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description><a>"
        b"<b>c</b></a></rdf:Description></rdf:RDF>",
    ],
)
def test_what_is_no_packet_says_nothing(data: bytes) -> None:
    assert read_packet(data) == {}
    assert packet_in(io.BytesIO(data)) is None


def jpeg_with(exif: Image.Exif, xmp: bytes = b"") -> io.BytesIO:
    stream = io.BytesIO()
    Image.fromarray(RGB).save(stream, "JPEG", exif=exif, xmp=xmp)
    return stream


def test_credit_comes_from_xmp_first_and_from_exif_where_that_is_silent() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Camera Owner"
    exif[ExifTags.Base.Copyright] = "(c) \x1b[2J2026  North\n"
    exif[ExifTags.Base.DateTime] = "2026:11:02 10:11:12"
    said = packet({CREATOR: ("Ann",), SOURCE_TYPE: "http://cv.iptc.org/digitalCapture"})
    wanted = (CREATOR, COPYRIGHT, DATE, SOURCE_TYPE, KEYWORDS)
    assert read_credit(jpeg_with(exif, said), wanted) == {
        CREATOR: ("Ann",),
        COPYRIGHT: {"x-default": "(c) [2J2026 North"},
        DATE: "2026-11-02T10:11:12",
        SOURCE_TYPE: "http://cv.iptc.org/digitalCapture",
    }
    assert read_credit(jpeg_with(exif), (CREATOR,)) == {CREATOR: ("Camera Owner",)}
    assert read_credit(jpeg_with(exif, said), ()) == {}


def test_what_is_taken_over_is_bounded() -> None:
    long = packet({KEYWORDS: tuple(f"{number:04}" + "x" * 900 for number in range(200))})
    found = read_credit(jpeg_with(Image.Exif(), long[:60_000]), (KEYWORDS,))
    assert found == {}
    found = read_credit(io.BytesIO(encode_png(RGB, xmp=long)), (KEYWORDS,))
    assert len(found[KEYWORDS]) == 50
    assert all(len(text) == 500 for text in found[KEYWORDS])
