"""What names say about SKU, view and version."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.session.naming import NamingPattern, PhotoName

PARSED = {
    "SKU123-front-v2.jpg": ("SKU123", "front", 2),
    "SKU123-front-v2.png": ("SKU123", "front", 2),
    "SKU123_front.jpg": ("SKU123", "front", 1),
    "SKU123 front.jpg": ("SKU123", "front", 1),
    "SKU123.jpg": ("SKU123", "", 1),
    "SKU123-v3.jpg": ("SKU123", "", 3),
    "SKU123-v0.jpg": ("SKU123", "", 1),
    "SKU123 (2).jpg": ("SKU123", "2", 1),
    "SKU123-front (2).jpg": ("SKU123", "front-2", 1),
    "SKU123 - Copy.jpg": ("SKU123", "copy", 1),
    "SKU123-front-02.jpg": ("SKU123", "front-02", 1),
    "SKU123_0001.jpg": ("SKU123", "0001", 1),
    "SKU123-handle.jpg": ("SKU123", "handle", 1),
    "SKU123-red-front.jpg": ("SKU123-red", "front", 1),
    "AB-1234-three-quarter.jpg": ("AB-1234", "three-quarter", 1),
    "AB-1234.jpg": ("AB-1234", "", 1),
    "SHOE-RED-front.jpg": ("SHOE-RED", "front", 1),
    "SHOE-RED-42-front.jpg": ("SHOE-RED-42", "front", 1),
    "mug-01.jpg": ("mug", "01", 1),
    "red-mug.jpg": ("red-mug", "", 1),
    "B07ABC1234.MAIN.jpg": ("B07ABC1234", "MAIN", 1),
    "B07ABC1234.PT01.jpg": ("B07ABC1234", "PT01", 1),
    "05412345000013_C1N1.jpg": ("05412345000013", "C1N1", 1),
    # Camera names say nothing about the product.
    "IMG_1234.JPG": ("IMG_1234", "", 1),
    "IMG_1234 (2).jpg": ("IMG_1234", "2", 1),
    "DSC01234.jpg": ("DSC01234", "", 1),
    "_DSC1234.jpg": ("_DSC1234", "", 1),
    "P1010001.JPG": ("P1010001", "", 1),
    "_MG_1234.jpg": ("_MG_1234", "", 1),
    "MG-1234.jpg": ("MG-1234", "", 1),
    "WhatsApp Image 2026-01-02 at 10.11.12.jpeg": ("WhatsApp Image 2026-01-02 at 10.11.12", "", 1),
    "PXL_20261123_142500123.jpg": ("PXL_20261123_142500123", "", 1),
    "20261123_142500.jpg": ("20261123_142500", "", 1),
    "Capture/IMG_1234.JPG": ("IMG_1234", "", 1),
    "SKU1/IMG_1234.JPG": ("SKU1", "IMG_1234", 1),
    "Capture/SKU1/DSC01234.jpg": ("SKU1", "DSC01234", 1),
    "2026-11-23/IMG_1234.JPG": ("IMG_1234", "", 1),
    # A folder for each SKU.
    "SKU1/front.jpg": ("SKU1", "front", 1),
    "SKU1/front-v2.jpg": ("SKU1", "front", 2),
    "SKU1/v2.jpg": ("SKU1", "", 2),
    "SKU1/01.jpg": ("SKU1", "01", 1),
    "SKU1/handle.jpg": ("SKU1", "handle", 1),
    "SKU1/raw/front.jpg": ("SKU1", "front", 1),
    "SKU1/360/001.jpg": ("SKU1", "360-001", 1),
    "SKU1/SKU1-front.jpg": ("SKU1", "front", 1),
    "batch/SKU1-front.jpg": ("SKU1", "front", 1),
    "front/SKU1.jpg": ("SKU1", "front", 1),
    "front/SKU1-front.jpg": ("SKU1", "front", 1),
    "Capture/front.jpg": ("front", "", 1),
    # Names that say nothing at all.
    "001.jpg": ("001", "", 1),
    "v2.jpg": ("v2", "", 1),
    "front-v2.jpg": ("front", "", 2),
    "front (2).jpg": ("front", "2", 1),
}


@pytest.mark.parametrize(("path", "expected"), PARSED.items())
def test_default_rules(path: str, expected: tuple[str, str, int]) -> None:
    assert NamingPattern().parse(PurePosixPath(path)) == PhotoName(*expected)


NAMES = st.text(st.characters(exclude_characters="/\0", categories=["L", "N", "P", "S", "Z", "Cs"]))
PATHS = st.lists(
    NAMES | st.sampled_from([*(PurePosixPath(path).name for path in PARSED), "Capture", "SKU1"]),
    min_size=1,
    max_size=4,
).map(lambda parts: PurePosixPath(*parts))


@given(PATHS, st.none() | st.sampled_from([r"(?P<sku>.*)", r"(?P<sku>[^/]*)/(?P<view>.*)"]))
def test_every_name_has_a_sku_and_a_version(path: PurePosixPath, pattern: str | None) -> None:
    name = NamingPattern(pattern).parse(path)
    assert name.sku.strip()
    assert name.version >= 1
    assert "/" not in name.sku
    assert name == NamingPattern(pattern).parse(path)


SKUS = st.from_regex(r"[A-Z]{2,4}[0-9]{3,6}", fullmatch=True)
VIEWS = st.sampled_from(["front", "back", "left", "right", "top", "detail", "threequarter"])


@example("CF000", "front", 1, ".")
@example("IMG0000", "front", 2, "-")
@example("ALT000", "front", 1, "-")
@given(SKUS, VIEWS, st.integers(1, 99), st.sampled_from("-_ ."))
def test_written_and_read_again(sku: str, view: str, version: int, divider: str) -> None:
    path = PurePosixPath(f"{sku}{divider}{view}{divider}v{version}.jpg")
    assert NamingPattern().parse(path) == PhotoName(sku, view, version)


def test_own_pattern_for_the_name() -> None:
    naming = NamingPattern(r"(?P<view>[a-z]+)__(?P<sku>[a-z0-9]+)(?:__r(?P<version>[0-9]+))?")
    assert naming.parse(PurePosixPath("deep/front__mug7__r3.jpg")) == PhotoName("mug7", "front", 3)
    assert naming.parse(PurePosixPath("front__mug7.jpg")) == PhotoName("mug7", "front", 1)


def test_own_pattern_for_the_path() -> None:
    naming = NamingPattern(r"(?P<view>[^/]+)/(?P<sku>[^/]+)")
    assert naming.parse(PurePosixPath("side/mug.jpg")) == PhotoName("mug", "side", 1)


def test_names_that_an_own_pattern_does_not_fit_follow_the_default_rules() -> None:
    naming = NamingPattern(r"X(?P<sku>[0-9]+)")
    assert naming.parse(PurePosixPath("SKU123-front.jpg")) == PhotoName("SKU123", "front", 1)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?P<sku>", "no regular expression"),
        ("(?P<view>.*)", "no group named sku"),
        ("(?P<sku>.*)(?P<vew>.*)", "'vew'; the nearest known is 'view'"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        NamingPattern(pattern)
