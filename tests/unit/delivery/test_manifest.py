"""Manifests: what each system gets, letter by letter, and what hostile names do to them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.manifest.files import manifest_bytes
from engine.delivery.manifest.row import ManifestRow
from engine.delivery.manifest.table import lay_out
from engine.spreadsheet import read_sheet
from presets.errors import ManifestInvalid, ManifestUnknown
from presets.manifest import find_manifest, list_manifests, read_manifest
from presets.urls import checked_template, path_of, url_of

FRONT = ManifestRow(
    sku="SKU1",
    view="front",
    preset="shopify",
    file="shopify/SKU1-front-v2.jpg",
    sha256="ab" * 32,
    photo="Capture/SKU1-front.jpg",
    version=2,
    url="https://cdn.example.com/shopify/SKU1-front-v2.jpg",
    gtin="4006381333931",
    handle="hand-cream",
    verdict="approved",
    exported="2026-11-27T10:00:00.000+00:00",
    width=2048,
    height=2048,
    bytes=212_000,
    alts={"en": 'Tube, 30" wide; label in front', "de": "Tube, Etikett vorn"},
)
BACK = replace(
    FRONT,
    view="back",
    position=2,
    file="shopify/SKU1-back.jpg",
    url="https://cdn.example.com/shopify/SKU1-back.jpg",
    alts={},
    version=1,
)
OTHER = replace(
    FRONT,
    sku="SKU2",
    handle="",
    file="shopify/SKU2-front.jpg",
    url="https://cdn.example.com/shopify/SKU2-front.jpg",
)
ROWS = (FRONT, BACK, OTHER)


def made(name: str, rows: tuple[ManifestRow, ...] = ROWS) -> tuple[str, tuple[str, ...]]:
    table = lay_out(find_manifest(name).format, rows)
    return manifest_bytes(table).decode(), table.problems


def test_shopify_gets_one_row_a_file_and_no_product_without_its_handle() -> None:
    text, problems = made("shopify")
    assert text == (
        "Handle,Image Src,Image Position,Image Alt Text\r\n"
        "hand-cream,https://cdn.example.com/shopify/SKU1-front-v2.jpg,1,"
        '"Tube, 30"" wide; label in front"\r\n'
        "hand-cream,https://cdn.example.com/shopify/SKU1-back.jpg,2,\r\n"
    )
    assert problems == ("shopify/SKU2-front.jpg: has no Handle",)


def test_akeneo_gets_one_row_a_product_with_relative_paths() -> None:
    text, problems = made("akeneo")
    assert text == (
        "sku;image_main;image_2;image_3;image_4;image_5\r\n"
        "SKU1;shopify/SKU1-front-v2.jpg;shopify/SKU1-back.jpg;;;\r\n"
        "SKU2;shopify/SKU2-front.jpg;;;;\r\n"
    )
    assert problems == ()


def test_salsify_gets_urls_and_alt_texts_as_properties() -> None:
    text, _ = made("salsify", (FRONT, BACK))
    head, row, end = text.split("\r\n")
    assert head.startswith("SKU,GTIN,Main Image,Main Image Alt Text,Image 2,")
    assert row.startswith("SKU1,4006381333931,https://cdn.example.com/shopify/SKU1-front-v2.jpg,")
    assert end == ""


def test_amazon_gets_a_patch_for_each_image_and_says_whose_number_is_missing() -> None:
    rows = tuple(replace(row, preset="amazon-main") for row in (FRONT, BACK))
    text, problems = made("amazon", rows)
    feed = json.loads(text)
    assert feed["header"] == {"sellerId": "", "version": "2.0", "issueLocale": "en_US"}
    (message,) = feed["messages"]
    assert (message["messageId"], message["sku"], message["operationType"]) == (1, "SKU1", "PATCH")
    assert [patch["path"] for patch in message["patches"]] == [
        "/attributes/main_product_image_locator",
        "/attributes/other_product_image_locator_1",
    ]
    assert message["patches"][0]["value"] == [
        {"marketplace_id": "ATVPDKIKX0DER", "media_location": FRONT.url}
    ]
    assert len(problems) == 1
    assert "seller_id is empty" in problems[0]


def test_json_keeps_numbers_and_texts_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'schema_version = 1\nname = "own"\ntitle = "t"\nkind = "json"\n'
        '[values]\nshop = "eu"\n'
        '[[columns]]\nheader = "w"\nvalue = "{width}"\n'
        '[[columns]]\nheader = "size"\nvalue = "{width}×{height} {shop}"\n'
        '[[columns]]\nheader = "alt"\nvalue = "{alt}"\nlanguage = "de"\n'
    )
    table = lay_out(read_manifest(path), [FRONT, replace(BACK, width=None, height=None)])
    first, second = json.loads(manifest_bytes(table))
    assert first == {"w": 2048, "size": "2048×2048 eu", "alt": "Tube, Etikett vorn"}
    assert second["w"] == ""
    assert second["alt"] == ""


def test_a_view_has_its_own_column(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'schema_version = 1\nname = "own"\ntitle = "t"\nkind = "csv"\nper = "sku"\n'
        '[[columns]]\nheader = "b"\nvalue = "{file}"\nview = "BACK"\n'
    )
    table = lay_out(read_manifest(path), [FRONT, BACK])
    assert manifest_bytes(table) == b"b\r\nshopify/SKU1-back.jpg\r\n"


@given(
    sku=st.text(min_size=1, max_size=15),
    alt=st.text(max_size=30),
)
def test_hostile_names_stay_in_their_cell(
    tmp_path_factory: pytest.TempPathFactory, sku: str, alt: str
) -> None:
    row = replace(FRONT, sku=sku, alts={"en": alt})
    data = manifest_bytes(lay_out(find_manifest("generic").format, [row, BACK]))
    path = tmp_path_factory.mktemp("csv") / "manifest.csv"
    path.write_bytes(data)
    sheet = read_sheet(path)
    assert [line.cells["sha256"] for line in sheet.rows] == [FRONT.sha256] * 2
    assert sheet.rows[1].cells["sku"] == "SKU1"
    if sku.isprintable() and sku == sku.strip():
        assert sheet.rows[0].cells["sku"] == sku


TEMPLATE = "https://cdn.example.com/{season}/{file}?v={sha256}"


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_name_leads_a_url_elsewhere(season: str, name: str) -> None:
    values = {
        **{key: str(value) for key, value in FRONT.values().items()},
        "season": season,
        "file": f"shopify/{name}",
    }
    url = url_of(checked_template(TEMPLATE), values)
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("https", "cdn.example.com")
    assert parts.query == f"v={FRONT.sha256}"
    assert parts.fragment == ""
    assert unquote(parts.path) == f"/{season}/shopify/{name}"
    assert url.isascii()
    assert path_of(url) == parts.path + "?" + parts.query


def test_a_name_that_is_no_unicode_has_a_url_and_a_row() -> None:
    row = replace(FRONT, sku="SKU\udce9", file="shopify/SKU\udce9.jpg")
    values = {key: str(value) for key, value in row.values().items()}
    assert url_of("https://cdn.example.com/{file}", values).endswith("/shopify/SKU%E9.jpg")
    assert b"SKU\xef\xbf\xbd" in manifest_bytes(lay_out(find_manifest("generic").format, [row]))


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("cdn.example.com/{file}", "starts with https"),
        ("ftp://cdn.example.com/{file}", "starts with https"),
        ("https://{sku}.example.com/{file}", "host of a URL cannot"),
        ("https://cdn.example.com/{fil}", "no token of a URL"),
        ("https://cdn.example.com/a b", "no spaces"),
        ("https://cdn.example.com/{file!r}", "no plain token"),
        ("https://cdn.example.com/{file.name}", "no plain token"),
        ("https://cdn.example.com/{", "brace|expected|Single"),
    ],
)
def test_a_template_that_cannot_be_a_url_is_refused(template: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        checked_template(template)


def test_every_format_of_packshot_can_be_used_and_the_nearest_wins(tmp_path: Path) -> None:
    found, problems = list_manifests()
    assert {each.format.name for each in found} == {
        "akeneo", "amazon", "generic", "salsify", "shopify",
    }  # fmt: skip
    assert problems == []
    own = tmp_path / "manifests" / "shopify.toml"
    own.parent.mkdir()
    own.write_text(
        find_manifest("shopify").path.read_text().replace('"Handle"', '"Product handle"')
    )
    nearest = find_manifest("shopify", tmp_path)
    assert nearest.origin == "session"
    assert nearest.format.columns[0].header == "Product handle"
    with pytest.raises(ManifestUnknown, match="Did you mean shopify"):
        find_manifest("shopfy")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ('kind = "xml"', "kind"),
        ('colums = "a"', "unknown field colums"),
        ('name = "other"', "is named other inside"),
        ('per = "sku"\nkind = "csv"\nvalues = {skus = "a"}', "{skew} is no token"),
    ],
)
def test_a_format_that_cannot_be_used_says_why(tmp_path: Path, change: str, problem: str) -> None:
    base = {"schema_version": "1", "name": '"own"', "title": '"t"', "kind": '"csv"'}
    base |= dict(line.split(" = ", 1) for line in change.splitlines())
    path = tmp_path / "own.toml"
    text = "".join(f"{key} = {value}\n" for key, value in base.items())
    path.write_text(text + '[[columns]]\nheader = "a"\nvalue = "{skew}"\n')
    if "skew" not in problem:
        path.write_text(text + '[[columns]]\nheader = "a"\nvalue = "{sku}"\n')
    with pytest.raises(ManifestInvalid) as caught:
        read_manifest(path)
    assert problem in str(caught.value)
