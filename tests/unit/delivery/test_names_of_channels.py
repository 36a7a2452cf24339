"""Names as a channel wants them: what they are made of, how they are spelled, their pattern."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming_cases import naming, photos, record

from engine.delivery.naming.allowed import name_problem
from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.naming.plain import NO_FACTS, NameFacts
from engine.delivery.naming.register import Register
from engine.delivery.writing import write_delivery
from engine.errors import NameRefused
from engine.session.products import Product
from engine.session.records import PhotoRecord, Verdict
from presets.schema import Preset


def shop(**spelling: object) -> Preset:
    return naming("shop", "{sku}.{view}", "", **spelling)


def named(wish: Preset, *paths: str, facts: NameFacts = NO_FACTS, **changes: object) -> list[str]:
    there = [replace(found, **changes) for found in photos(*paths)]
    parts = name_parts(there, wish, Register(), facts)
    return [delivery_name(wish, parts[found.id]).name for found in there]


def test_what_is_known_of_products_and_photos_can_be_in_a_name() -> None:
    products = {"sku1": Product("SKU1", gtin="4006381333931", asin="B012345678")}
    facts = NameFacts(products, "autumn")
    wish = naming("shop", "{gtin}_{asin}_{season}_{date}_{number}", "")
    assert named(wish, "SKU1-front.jpg", facts=facts, taken="2026-11-02T10:11:12") == [
        "4006381333931_B012345678_autumn_2026-11-02_1.png"
    ]
    wish = naming("shop", "{sku}_{number}", "")
    found = named(wish, "a1-front.jpg", "a1-back.jpg", "b2-front.jpg")
    assert found == ["a1_1.png", "a1_2.png", "b2_1.png"]


def test_a_sku_that_is_a_gtin_or_an_asin_stands_for_itself() -> None:
    wish = naming("shop", "{gtin}x{asin}", "")
    assert named(wish, "4006381333931-front.jpg") == ["4006381333931x.png"]
    assert named(wish, "b07abc1234-front.jpg") == ["xB07ABC1234.png"]
    assert (
        named(wish, "4006381333932-front.jpg", "ABCDEFGHIJ-front.jpg")[0]
        == "x-4006381333932-front.png"
    )


def test_the_size_is_in_a_name_where_the_canvas_has_one() -> None:
    fixed = {"canvas": {"kind": "fixed", "width": 800, "height": 600}}
    content = naming("shop", "{sku}_{width}x{height}", "").model_dump(exclude_none=True)
    wish = Preset.model_validate(content | fixed)
    assert named(wish, "SKU1-front.jpg") == ["SKU1_800x600.png"]
    shrinking = {"canvas": fixed["canvas"] | {"smallest_side": 100}}
    with pytest.raises(ValueError, match="needs a canvas of one size"):
        Preset.model_validate(content | shrinking)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Größe&1-front.jpg", "Groesse-1.front.png"),
        ("Çå ßøæ-front.jpg", "Ca-ssoae.front.png"),
        ("靴-front.jpg", "front.png"),
        ("SKU1-front.jpg", "SKU1.front.png"),
    ],
)
def test_a_name_can_be_of_ascii_alone(path: str, expected: str) -> None:
    assert named(shop(ascii=True), path) == [expected]


@given(st.text(max_size=60))
def test_an_ascii_name_is_plain_whatever_it_was(text: str) -> None:
    wish = naming("shop", "{sku}", "", ascii=True)
    name = delivery_name(wish, NameParts("DSC_1", sku=text, view="front")).stem
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name)


@pytest.mark.parametrize(
    ("case", "expected"), [("upper", "SKU1.FRONT.png"), ("lower", "sku1.front.png")]
)
def test_a_name_can_be_in_one_case(case: str, expected: str) -> None:
    assert named(shop(case=case), "Sku1-Front.jpg") == [expected]


def problems(wish: Preset, *found: PhotoRecord) -> dict[str, str | None]:
    parts = name_parts(found, wish, Register())
    return {
        each.path.name: name_problem(wish, parts[each.id], delivery_name(wish, parts[each.id]))
        for each in found
    }


def test_what_a_name_needs_and_has_not_is_named() -> None:
    wish = naming("shop", "{gtin}", "", required=("gtin",))
    assert problems(wish, *photos("SKU1-front.jpg", "4006381333931-front.jpg")) == {
        "SKU1-front.jpg": "it has no GTIN, which its name needs",
        "4006381333931-front.jpg": None,
    }


def test_a_name_outside_the_pattern_is_refused_and_never_marked() -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.(MAIN|BACK)", case="upper")
    found = problems(
        wish, *photos("A1-main.jpg", "A1-back.jpg", "A1-zoom.jpg", "A2-main.jpg", "A2 main.tif")
    )
    assert found["A1-main.jpg"] is found["A1-back.jpg"] is None
    assert "its name would be A1.ZOOM.png" in str(found["A1-zoom.jpg"])
    assert "another photo has its name" in str(found["A2 main.tif"])


def test_of_several_versions_the_newest_that_was_not_rejected_has_the_name() -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.MAIN", case="upper")
    one, two, three = photos("A1-main.jpg", "A1-main-v2.jpg", "A1-main-v3.jpg")
    rejected = replace(three, verdict=Verdict("rejected"))
    found = problems(wish, one, two, rejected)
    assert found["A1-main-v2.jpg"] is None
    assert found["A1-main.jpg"] == "a newer version of it has its name: A1-main-v2.jpg"
    assert problems(wish, one, two, three)["A1-main-v3.jpg"] is None


def test_the_newest_version_goes_on_with_the_versions_of_the_older(tmp_path: Path) -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.MAIN", case="upper", collision="folder")
    one, two = photos("A1-main.jpg", "A1-main-v2.jpg")
    first = delivery_name(wish, name_parts([one], wish, Register())[one.id])
    written = write_delivery(tmp_path, first, b"one", policy="folder")
    path = written.path.relative_to(tmp_path).as_posix()
    known = Register.of([record(one.id, wish, path, b"one")], tmp_path, tmp_path)
    parts = name_parts([one, two], wish, known)[two.id]
    name = delivery_name(wish, parts)
    assert write_delivery(tmp_path, name, b"two", parts.taken, "folder").path == (
        tmp_path / "shop" / "v2" / "A1.MAIN.png"
    )


def test_a_final_name_is_never_given_to_other_content(tmp_path: Path) -> None:
    name = PurePosixPath("shop/a.png")
    write_delivery(tmp_path, name, b"one", policy="refuse")
    assert not write_delivery(tmp_path, name, b"one", policy="refuse").is_new
    with pytest.raises(NameRefused, match="delivered before with other content"):
        write_delivery(tmp_path, name, b"two", policy="refuse")
    assert (tmp_path / "shop" / "a.png").read_bytes() == b"one"
