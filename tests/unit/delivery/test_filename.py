"""File names: inside their folder, safe everywhere, versions that go on."""

from __future__ import annotations

import hashlib
import unicodedata
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.delivery.naming.characters import safe_part
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.naming.register import OTHERS
from engine.delivery.naming.versions import split_version, versions
from engine.delivery.writing import Written, write_delivery
from engine.errors import OutputNotWritable
from presets.schema import Preset


def preset(template: str, file_format: str = "png", folder: str = "") -> Preset:
    return Preset.model_validate(
        {
            "schema_version": 1,
            "name": "shop",
            "version": "2026-11",
            "title": "Test",
            "canvas": {"kind": "photo"},
            "background": {"kind": "colour"},
            "file": {"format": file_format},
            "naming": {"template": template, "folder": folder},
        }
    )


HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "..",
        "../../etc/passwd",
        "C:\\x",
        "\\\\host\\share",
        "CON",
        "nul.txt",
        "a\x1b[2Jb",
        "-rf",
        "~",
    ]
)
TEMPLATES = st.sampled_from(
    [
        "{folder}/{stem}",
        "{folder}/{sku}-{view}-{version}",
        "{folder}-{stem}",
        "{sku}/{view}",
        "{preset}_{sku}",
        "{view}",
        "{version}{view}",
        "a{sku}..",
    ]
)


@given(stem=HOSTILE, sku=HOSTILE, view=HOSTILE, folder=HOSTILE, template=TEMPLATES)
@example(stem="..", sku="..", view="/", folder="../..", template="{sku}/{view}")
@example(stem="\x00", sku="\u202e", view="", folder="/", template="{folder}/{stem}")
def test_a_name_never_escapes_and_is_legal_everywhere(
    stem: str, sku: str, view: str, folder: str, template: str
) -> None:
    name = delivery_name(
        preset(template), NameParts(stem, sku, view, 2, PurePosixPath(folder.replace("\0", "")))
    )
    assert not name.is_absolute()
    assert not PureWindowsPath(name).drive
    assert name.parts[0] == "shop"
    assert len(name.parts) >= 2
    assert name.suffix == ".png"
    assert name.stem
    for part in name.parts:
        assert part not in {".", ".."}
        assert not any(unicodedata.category(character).startswith("C") for character in part)
        assert not set(part) & set('<>:"/\\|?*')
        assert part[0] not in " .-"
        assert part[-1] not in " ."
        assert part.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        assert len(part.encode()) <= 255


@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert safe_part(safe_part(text)) == safe_part(text)


@pytest.mark.parametrize(
    ("template", "parts", "expected"),
    [
        ("{folder}/{stem}", NameParts("SKU1 (2)"), "shop/SKU1 (2).png"),
        (
            "{folder}/{stem}",
            NameParts("front", folder=PurePosixPath("shoes/SKU1")),
            "shop/shoes/SKU1/front.png",
        ),
        ("{sku}-{view}-{version}", NameParts("x", "SKU1", "front"), "shop/SKU1-front.png"),
        ("{sku}-{view}-{version}", NameParts("x", "SKU1", "front", 2), "shop/SKU1-front-v2.png"),
        ("{sku}-{view}-{version}", NameParts("x", "SKU1", "", 3), "shop/SKU1-v3.png"),
        ("{sku}-{view}", NameParts("DSC_0041"), "shop/DSC_0041.png"),
        ("{view}_{sku}", NameParts("x", "SKU1"), "shop/SKU1.png"),
        ("{preset}-{sku}", NameParts("x", "Größe-Ü"), "shop/shop-Größe-Ü.png"),
        ("{view}", NameParts("DSC_0041"), "shop/DSC_0041.png"),
        ("{stem}", NameParts("aux"), "shop/_aux.png"),
        ("{stem}", NameParts("..."), "shop/photo.png"),
    ],
)
def test_templates(template: str, parts: NameParts, expected: str) -> None:
    assert delivery_name(preset(template), parts).as_posix() == expected


@pytest.mark.parametrize(
    ("file_format", "suffix"),
    [("jpeg", ".jpg"), ("png", ".png"), ("webp", ".webp"), ("tiff", ".tif")],
)
def test_suffix_and_folder_come_from_the_preset(file_format: str, suffix: str) -> None:
    name = delivery_name(preset("{stem}", file_format, folder="web/big"), NameParts("a"))
    assert name.as_posix() == f"web/big/a{suffix}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x/a.png", ["x/a.png", "x/a-v2.png", "x/a-v3.png"]),
        ("a-v2.png", ["a-v2.png", "a-v3.png", "a-v4.png"]),
        ("a.b-v9.png", ["a.b-v9.png", "a.b-v10.png", "a.b-v11.png"]),
    ],
)
def test_versions_count_on(name: str, expected: list[str]) -> None:
    found = list(islice(versions(PurePosixPath(name)), 3))
    assert [version.as_posix() for _, version in found] == expected
    for number, version in found:
        assert split_version(version) == (split_version(found[0][1])[0], number)


def test_a_delivery_is_never_overwritten_and_never_repeated(tmp_path: Path) -> None:
    name = PurePosixPath("shop/a.png")
    first = write_delivery(tmp_path, name, b"one")
    again = write_delivery(tmp_path, name, b"one")
    other = write_delivery(tmp_path, name, b"two")
    other_again = write_delivery(tmp_path, name, b"two")
    assert first == Written(tmp_path / "shop/a.png", 1, is_new=True)
    assert again == Written(tmp_path / "shop/a.png", 1, is_new=False)
    assert other == Written(tmp_path / "shop/a-v2.png", 2, is_new=True)
    assert other_again == Written(tmp_path / "shop/a-v2.png", 2, is_new=False)
    assert (tmp_path / "shop/a.png").read_bytes() == b"one"
    assert sorted(path.name for path in (tmp_path / "shop").iterdir()) == ["a-v2.png", "a.png"]


def test_a_version_stands_for_its_bytes_also_when_its_file_was_moved_away(tmp_path: Path) -> None:
    name = PurePosixPath("shop/a.png")
    taken = {1: hashlib.sha256(b"one").hexdigest(), 2: OTHERS}
    assert write_delivery(tmp_path, name, b"two", taken).path.name == "a-v3.png"
    assert write_delivery(tmp_path, name, b"one", taken).path.name == "a.png"


def test_a_link_out_of_the_output_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    output = tmp_path / "output"
    outside.mkdir()
    output.mkdir()
    (output / "shop").symlink_to(outside)
    with pytest.raises(OutputNotWritable, match="leads out of the output folder"):
        write_delivery(output, PurePosixPath("shop/a.png"), b"one")
    assert list(outside.iterdir()) == []
