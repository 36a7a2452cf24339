"""From which file each field of an effective preset comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from presets.loader import content_of, find_preset
from presets.sources import FieldSource, field_sources

PARENT = """\
schema_version = 1
name = "parent"
version = "2026-11"
title = "Parent"
[canvas]
kind = "fixed"
width = 800
height = 600
[background]
kind = "colour"
[placement]
fill = 0.8
margin = 0.02
[file]
format = "jpeg"
quality = 80
[[rules]]
check = "width"
minimum = 500
severity = "warn"
evidence = "packshot"
source = "us"
date = "2026-11"
[[rules]]
check = "not_cropped"
severity = "warn"
evidence = "packshot"
source = "us"
date = "2026-11"
"""
CHILD = """\
schema_version = 1
name = "child"
extends = "parent"
version = "2026-11"
title = "Child"
[placement]
fill = 0.7
[file]
format = "webp"
[[rules]]
check = "width"
minimum = 700
severity = "warn"
evidence = "packshot"
source = "us"
date = "2026-11"
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "parent.toml").write_text(PARENT, "utf-8")
    (tmp_path / "presets" / "child.toml").write_text(CHILD, "utf-8")
    return tmp_path


def whence(found: tuple[FieldSource, ...], field: str) -> str | None:
    (one,) = [each for each in found if each.field == field]
    return one.file.stem if one.file else None


def test_each_field_is_of_the_file_that_says_it(session: Path) -> None:
    found = field_sources(find_preset("child", session))
    assert whence(found, "title") == "child"
    assert whence(found, "placement.fill") == "child"
    assert whence(found, "placement.margin") == "parent"
    assert whence(found, "placement.upscale") is None
    assert whence(found, "canvas.width") == "parent"
    assert whence(found, "background.rgb") is None


def test_a_table_of_another_form_takes_nothing_over(session: Path) -> None:
    found = field_sources(find_preset("child", session))
    assert whence(found, "file.format") == "child"
    assert whence(found, "file.quality") is None


def test_a_rule_is_of_the_file_that_checks_it(session: Path) -> None:
    found = [each for each in field_sources(find_preset("child", session)) if each.field == "rules"]
    assert [(each.value["check"], each.file and each.file.stem) for each in found] == [  # type: ignore[index]
        ("width", "child"),
        ("not_cropped", "parent"),
    ]


@pytest.mark.parametrize("name", ["amazon-main-eu", "web-hero-avif", "master-tiff", "shopify"])
def test_every_field_of_a_built_in_preset_has_its_source(name: str) -> None:
    loaded = find_preset(name)
    found = field_sources(loaded)
    told = {each.field.split(".")[0] for each in found}
    assert told == set(content_of(loaded.preset)) - (
        {"rules"} if not loaded.preset.rules else set()
    )
    assert {each.file for each in found} <= {loaded.path, *loaded.parents, None}
