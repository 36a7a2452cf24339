"""What a preset may say, and how a mistake in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
import tomli_w
from pydantic import BaseModel

from presets.errors import PresetInvalid
from presets.json_schema import preset_schema
from presets.loader import BUILT_IN, content_of, digest, list_presets, read_preset
from presets.schema import Preset

GOLDEN_DIGEST = "f3cd874ea1537007e054935c5f6608e05d0b54508904170618d26fa7bfbfb818"
AMAZON = (BUILT_IN / "amazon-main.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("fill = 0.85", "fil = 0.85", "unknown field placement.fil. Did you mean fill?"),
        ("smallest_side", "smalest_side", "canvas.smalest_side. Did you mean smallest_side?"),
        ("title =", "titel =", "unknown field titel (1 more). Did you mean title?"),
        ("minimum = 500", "minimun = 500", "rules (entry 4).minimun. Did you mean minimum?"),
        ("quality = 95", "zzz = 95", "Known here: format, least_quality, profile, "),
        ("minimum = 500", "", "rules (entry 4): long_side needs a minimum or a maximum"),
        ("width = 2000\n", "", "canvas.width is missing"),
        ('kind = "fixed"', 'kind = "fixxed"', "canvas.kind must be one of photo, fixed"),
        ("{folder}/", "../", "naming.template: the path leaves the output folder"),
        ("{folder}/", "/", "naming.template: the path leaves the output folder"),
        ("{view}", "{viev}", "naming.template: {viev} is no token"),
        ("{view}", "{view!r}", "naming.template: {view} is no plain token"),
        ('name = "amazon-main"', 'name = "amazon"', "is named amazon inside"),
        ("smallest_side = 1000", "smallest_side = 3000", "longer than the canvas"),
        ('kind = "colour"\nrgb = [255, 255, 255]', 'kind = "transparent"', "cannot be transparent"),
        ("fill = 0.85", "fill = nan", "placement.fill"),
        ("[canvas]", "[canvas", "is no valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    before: str, after: str, told: str, tmp_path: Path
) -> None:
    assert before in AMAZON
    path = tmp_path / "amazon-main.toml"
    path.write_text(AMAZON.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PresetInvalid) as caught:
        read_preset(path)
    assert told in str(caught.value)
    assert caught.value.subject == str(path)
    assert caught.value.exit_status == 2


def test_an_uncertain_rule_cannot_fail_a_file(tmp_path: Path) -> None:
    path = tmp_path / "amazon-main.toml"
    uncertain = AMAZON.replace('evidence = "channel"', 'evidence = "uncertain"', 1)
    path.write_text(uncertain, encoding="utf-8")
    with pytest.raises(PresetInvalid, match="a rule of uncertain evidence can only warn"):
        read_preset(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00", b"name = 1", b"[[["])
def test_files_that_are_no_presets_are_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(PresetInvalid):
        read_preset(path)


def models() -> list[type[BaseModel]]:
    from presets import schema

    return [
        value
        for value in vars(schema).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.model_fields
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_is_documented_and_unknown_ones_are_refused(model: type[BaseModel]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        assert field.description, f"{model.__name__}.{name} has no docstring"
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"]


@pytest.mark.parametrize("name", sorted(path.stem for path in BUILT_IN.glob("*.toml")))
def test_writing_and_reading_a_preset_keeps_its_digest(name: str, tmp_path: Path) -> None:
    preset = read_preset(BUILT_IN / f"{name}.toml")
    path = tmp_path / f"{name}.toml"
    path.write_text(tomli_w.dumps(content_of(preset)), "utf-8")
    assert digest(read_preset(path)) == digest(preset)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("canvas", "width", 1999),
        ("canvas", "smallest_side", 1001),
        ("background", "rgb", [255, 255, 254]),
        ("placement", "fill", 0.8500001),
        ("placement", "upscale", True),
        ("file", "quality", 94),
        ("naming", "template", "{stem}"),
    ],
)
def test_any_changed_setting_changes_the_digest(table: str, field: str, value: object) -> None:
    content = tomli.loads(AMAZON)
    original = Preset.model_validate(content)
    content[table][field] = value
    assert digest(Preset.model_validate(content)) != digest(original)


def test_a_later_schema_leaves_the_digests_of_todays_presets_alone() -> None:
    content = {
        "schema_version": 1,
        "name": "plain",
        "version": "2026-11",
        "title": "Plain",
        "canvas": {"kind": "fixed", "width": 1000, "height": 1000},
        "background": {"kind": "colour"},
        "placement": {},
        "file": {"format": "jpeg"},
        "rules": [
            {
                "check": "width",
                "minimum": 500,
                "severity": "warn",
                "evidence": "packshot",
                "source": "us",
                "date": "2026-11",
            }
        ],
    }
    # A field was added whose default is not None: every lock out there would be broken by it.
    assert digest(Preset.model_validate(content)) == GOLDEN_DIGEST


def test_comments_and_order_do_not_change_the_digest(tmp_path: Path) -> None:
    content = tomli.loads(AMAZON)
    reversed_content = dict(reversed(content.items()))
    path = tmp_path / "amazon-main.toml"
    path.write_text("# ours\n" + tomli_w.dumps(reversed_content), "utf-8")
    assert digest(read_preset(path)) == digest(Preset.model_validate(content))


def test_the_built_in_presets_are_named_as_such() -> None:
    assert {loaded.origin for loaded in list_presets().presets} == {"built-in"}


def test_the_json_schema_documents_every_field() -> None:
    schema = preset_schema()
    whole = schema["else"]
    assert set(whole["properties"]) == set(Preset.model_fields)
    assert set(schema["then"]["properties"]) == set(Preset.model_fields)
    assert whole["additionalProperties"] is False
    for table in (whole, *schema["$defs"].values()):
        for name, field in table["properties"].items():
            assert field.get("description") or field["$ref"], name


def test_what_the_channel_rules_ask_of_amazons_main_image() -> None:
    preset = read_preset(BUILT_IN / "amazon-main.toml")
    assert preset.canvas.kind == "fixed"
    assert preset.canvas.width == preset.canvas.height == 2000
    assert preset.background.kind == "colour"
    assert preset.background.rgb == (255, 255, 255)
    assert preset.placement is not None
    assert preset.placement.fill == 0.85
    assert preset.placement.upscale is False
    assert preset.file.format == "jpeg"
    assert preset.file.subsampling == "4:4:4"
