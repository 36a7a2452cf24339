"""Which photos stand side by side."""

from __future__ import annotations

import random
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.naming import NamingPattern
from engine.session.ordering import natural_key
from engine.session.records import PhotoRecord, Verdict
from engine.session.similarity import family_of, order_for_batch, similar


def photo(number: int, path: str, size: tuple[int, int] = (1600, 1200)) -> PhotoRecord:
    relative = PurePosixPath(path)
    name = NamingPattern().parse(relative)
    return PhotoRecord(
        id=number, path=relative, sku=name.sku, view=name.view, version=name.version, bytes=1,
        mtime_ns=1, width=size[0], height=size[1], sha256=None, format="JPEG", profile="sRGB",
        warnings=(), problem=None, matte=None, verdict=Verdict(), failure=None, deliveries=0,
    )  # fmt: skip


PHOTOS = [
    photo(number, path)
    for number, path in enumerate(
        [
            "SKU10-front.jpg",
            "SKU2-back.jpg",
            "SKU2-front.jpg",
            "SKU2-red-front.jpg",
            "mug.jpg",
            "SKU2-side-10.jpg",
            "SKU2-side-9.jpg",
        ]
    )
] + [photo(99, "SKU3-front.jpg", (800, 800))]


@pytest.mark.parametrize(
    ("sku", "family"),
    [("SKU123-red", "sku123"), ("SKU123", "sku123"), ("Mug", "mug"), ("AB-12-C", "ab-12")],
)
def test_variants_are_a_family(sku: str, family: str) -> None:
    assert family_of(sku) == family


def test_the_order_of_a_batch() -> None:
    names = [each.path.stem for each in order_for_batch(PHOTOS)]
    assert names == [
        "mug",
        "SKU2-front",
        "SKU2-side-9",
        "SKU2-side-10",
        "SKU2-back",
        "SKU2-red-front",
        "SKU3-front",
        "SKU10-front",
    ]


def test_similar_photos_the_likest_first() -> None:
    names = [each.path.stem for each in similar(PHOTOS, PHOTOS[2])]
    assert names[0] == "SKU2-front"
    assert set(names[1:4]) == {"SKU2-back", "SKU2-side-9", "SKU2-side-10"}
    assert names[4:] == ["SKU2-red-front", "SKU10-front"]


def test_photos_without_a_view_are_not_alike_for_that() -> None:
    photos = [photo(1, "mug.jpg"), photo(2, "vase.jpg")]
    assert similar(photos, photos[0]) == photos[:1]


@given(st.permutations(PHOTOS))
def test_both_orders_are_stable(shuffled: list[PhotoRecord]) -> None:
    assert order_for_batch(shuffled) == order_for_batch(PHOTOS)
    for each in PHOTOS:
        assert similar(shuffled, each) == similar(PHOTOS, each)


@given(st.lists(st.text(max_size=8)))
def test_natural_keys_compare_with_each_other(texts: list[str]) -> None:
    shuffled = random.Random(1).sample(texts, len(texts))
    assert sorted(texts, key=natural_key) == sorted(shuffled, key=natural_key)


def test_numbers_go_by_value() -> None:
    assert sorted(["v10", "V9", "v1"], key=natural_key) == ["v1", "V9", "v10"]
