"""What is published about presets says what the code does: JSON Schema and the page of fields."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from presets.json_schema import preset_schema, season_schema
from presets.loader import BUILT_IN, read_preset
from presets.schema import Preset
from presets.seasons import BUILT_IN as SEASONS
from tui.help.preset_reference import reference, reference_page

DOCS = Path(__file__).resolve().parents[3] / "docs"
VALIDATOR = jsonschema.Draft202012Validator(preset_schema())
FILES = sorted(BUILT_IN.glob("*.toml"))


def content(name: str) -> dict[str, Any]:
    return tomli.loads((BUILT_IN / f"{name}.toml").read_text("utf-8"))


def test_the_published_schemas_are_those_of_the_code() -> None:
    for name, schema in (("preset", preset_schema()), ("season", season_schema())):
        published = json.loads((DOCS / f"{name}.schema.json").read_text("utf-8"))
        assert published == schema, f"packshot presets schema > docs/{name}.schema.json"


def test_the_page_of_presets_ends_in_the_fields_of_the_code() -> None:
    page = (DOCS / "presets.md").read_text("utf-8")
    _, fields = page.split("<!-- from here on: packshot presets fields -->\n\n")
    assert fields == reference_page()


def test_the_pages_own_example_is_a_preset(tmp_path: Path) -> None:
    page = (DOCS / "presets.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    path = tmp_path / "shop-line.toml"
    path.write_text(example, "utf-8")
    assert read_preset(path).for_view("top").shadow is not None
    VALIDATOR.validate(tomli.loads(example))


def test_every_field_is_on_the_page_once() -> None:
    told = [
        (table.place, table.form, field.name) for table in reference() for field in table.fields
    ]
    assert len(told) == len(set(told))
    assert {name for place, _, name in told if not place} == set(Preset.model_fields)
    for table in reference():
        assert table.meaning.endswith(".")
        for field in table.fields:
            assert field.values
            assert field.meaning.endswith((".", ":"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_built_in_presets_are_valid(path: Path) -> None:
    VALIDATOR.validate(tomli.loads(path.read_text("utf-8")))


def test_built_in_seasons_are_valid() -> None:
    for path in SEASONS.glob("*.toml"):
        # TOML has dates, JSON texts.
        season = json.loads(json.dumps(tomli.loads(path.read_text("utf-8")), default=str))
        jsonschema.Draft202012Validator(season_schema()).validate(season)


def changed(name: str, change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    made = copy.deepcopy(content(name))
    change(made)
    return made


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("amazon-main", lambda c: c.update(colour=1)),
        ("amazon-main", lambda c: c["file"].update(zzz=1)),
        ("amazon-main", lambda c: c["placement"].update(fill=1.5)),
        ("amazon-main", lambda c: c["canvas"].pop("width")),
        ("amazon-main", lambda c: c.pop("file")),
        # A preset that extends another is checked inside its tables, too.
        ("master-tiff", lambda c: c["file"].update(zzz=1)),
        ("master-tiff", lambda c: c.update(placement={"fil": 0.5})),
        ("master-tiff", lambda c: c.update(placement={"margins": {"botom": 0.1}})),
        ("master-tiff", lambda c: c.update(shadow={"kind": "contact", "strenght": 1})),
        ("master-tiff", lambda c: c.update(shadow={"strength": "much"})),
        ("master-tiff", lambda c: c.update(views=[{"fill": 0.5}])),
        ("master-tiff", lambda c: c["rules"][0].pop("severity")),
    ],
)
def test_mistakes_are_refused(name: str, change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(changed(name, change))


@pytest.mark.parametrize(
    "change",
    [
        {"placement": {"fill": 0.5}},
        {"canvas": {"smallest_side": 700}},
        {"file": {"quality": 80}},
        {"shadow": {"strength": 0.2}},
        {"naming": {"folder": "ours"}},
    ],
)
def test_what_is_taken_over_may_be_left_out(change: dict[str, Any]) -> None:
    VALIDATOR.validate({"schema_version": 1, "name": "ours", "extends": "amazon-main", **change})
