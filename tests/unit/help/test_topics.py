"""Everything that packshot names to a person has a help entry."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from engine.errors import REPORTED, PackshotError, SessionMissing, sentence
from engine.matting.defects.defect import KINDS
from engine.matting.recipe import Recipe
from engine.session.config import SessionConfig
from engine.session.findings import find_anti_patterns
from engine.session.records import REASONS, PhotoRecord, Verdict
from engine.session.warnings import WARNINGS, PhotoWarning
from presets.schema import Preset, Rule
from presets.seasons import Season
from tui.cli.main import USAGE_CODE
from tui.help.glossary import terms
from tui.help.schema_fields import schema_fields
from tui.help.topics import Topic, explain, near, note_places, terms_of, topics
from tui.keys.app import APP
from tui.keys.contexts import CONTEXTS


def below(error: type[Exception]) -> Iterator[type[Exception]]:
    """Yield an error class and all that derive from it."""
    yield error
    for lower in error.__subclasses__():
        yield from below(lower)


def photo(number: int, name: str, **more: Any) -> PhotoRecord:
    record = PhotoRecord(
        id=number, path=PurePosixPath(name), sku="", view="front", version=1, bytes=1000,
        mtime_ns=1, width=2000, height=2000, sha256=None, format="JPEG", profile="sRGB",
        warnings=(), problem=None, matte=None, verdict=Verdict(), failure=None, deliveries=0,
    )  # fmt: skip
    return replace(record, **more)


PROJECT = Path(__file__).parents[3]
ERRORS = [error for root in REPORTED for error in below(root) if error is not PackshotError]
SCREENS = [key.id.partition(".")[2] for key in APP if key.action.startswith("show(")]
DIALOGS = {
    "the knobs": "knobs",
    "a comparison": "compare",
    "the reasons": "reasons",
    "the orders": "orders",
    "the presets": "export",
    "the alt text": "alt text",
    "a question": "question",
    "the glossary": "help",
    "the keys": "keys",
    "the inspector": "inspector",
    "the log": "log",
    "the checklists": "checklists",
    "the filter": "filter",
    "the seasons": "seasons",
    "the files": "batch",
    "a reason": "reason",
    "the report": "report",
}
"""What the help calls each place that has keys of its own."""
CHECKS = get_args(Rule.model_fields["check"].annotation)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_code_of_its_own_and_an_entry(error: type[PackshotError]) -> None:
    assert "code" in vars(error), f"{error.__name__} needs a code, and an entry in errors.toml"
    assert re.fullmatch(r"[A-Z][0-9]{2}", error.code)
    assert f"error:{error.code}" in topics()


def test_no_code_is_given_twice_or_explained_without_an_error() -> None:
    codes = [error.code for error in ERRORS]  # type: ignore[attr-defined]  # tested above
    assert len(codes) == len(set(codes))
    explained = {place for place in topics() if place.startswith("error:")}
    assert explained == {f"error:{code}" for code in (*codes, USAGE_CODE)}


def test_the_code_stands_at_the_end_of_a_message() -> None:
    error = SessionMissing("/shoot", "no such folder", "Name a folder of photos.")
    assert sentence(error) == "/shoot: no such folder. Name a folder of photos. [S01]"


@pytest.mark.parametrize(
    "place",
    [
        *(f"defect:{kind}" for kind in KINDS),
        *(f"warning:{kind}" for kind in WARNINGS),
        *(f"recipe:{field.name}" for field in fields(Recipe)),
        *(f"screen:{name}" for name in SCREENS),
        *(f"screen:{name}" for name in DIALOGS.values()),
        *(f"check:{name}" for name in CHECKS),
        *(f"reason:{reason}" for reason in REASONS),
        *schema_fields(),
    ],
)
def test_every_defect_warning_field_and_screen_has_an_entry(place: str) -> None:
    topic = topics()[place]
    assert topic.what
    assert terms_of(place), "a term to read next"


def test_every_place_with_keys_of_its_own_has_an_entry() -> None:
    screens = {name.capitalize() for name in SCREENS}
    assert screens | set(DIALOGS) == set(CONTEXTS)


class Beginnings(ast.NodeVisitor):
    """Gathers every text of several words below a node; of one with gaps, how it begins."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.visit(node.values[0])

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and " " in node.value.strip():
            self.found.add(node.value)


def written_notes() -> set[str]:
    """Return how each note begins that the engine writes: what is given to anything so called."""
    gathered = Beginnings()
    for path in PROJECT.joinpath("engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name, value in named(node):
                if "note" in name.lower():
                    gathered.visit(value)
    return gathered.found


def named(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a statement gives to a name, appends to one, or returns from a function."""
    if isinstance(node, ast.Assign):
        yield ast.unparse(node.targets[0]), node.value
    elif isinstance(node, ast.AugAssign):
        yield ast.unparse(node.target), node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield ast.unparse(node.func), node
    elif isinstance(node, ast.FunctionDef):
        yield from ((node.name, each) for each in ast.walk(node) if isinstance(each, ast.Return))


def test_every_note_of_the_engine_has_an_entry() -> None:
    notes = written_notes()
    assert len(notes) > 10
    assert {note for note in notes if not note_places([note])} == set()
    assert note_places(["no colour profile: sRGB is assumed"]) == ["note:no-profile"]


def test_every_finding_of_a_scan_has_an_entry() -> None:
    warned = tuple(PhotoWarning(kind, "", "") for kind in WARNINGS)
    photos = [
        photo(1, "a.jpg", sha256="a", sku="A"),
        photo(2, "b.jpg", sha256="a", sku="A"),
        photo(3, "c.jpg", profile="Display P3", sku="C", warnings=warned),
    ]
    kinds = {finding.kind for finding in find_anti_patterns(photos)}
    assert len(kinds) == 6
    assert {f"warning:{kind}" for kind in kinds} <= set(topics())


@pytest.mark.parametrize("topic", topics().values(), ids=lambda topic: topic.place)
def test_an_entry_is_complete_and_its_terms_exist(topic: Topic) -> None:
    assert set(topic.terms) <= {term.id for term in terms()}
    if topic.place not in schema_fields():
        assert topic.why
        assert topic.do
        assert topic.terms
    for text in filter(None, (topic.what, topic.why, topic.do)):
        assert text.endswith(".")


def paths(schema: dict[str, Any], node: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the path of every field that a JSON Schema knows."""
    if "$ref" in node:
        yield from paths(schema, schema["$defs"][node["$ref"].rpartition("/")[2]], before)
    for name, below in node.get("properties", {}).items():
        yield before + name
        yield from paths(schema, below, f"{before}{name}.")
    items = [node["items"]] if "items" in node else []
    for inner in (*node.get("anyOf", ()), *node.get("oneOf", ()), *items):
        yield from paths(schema, inner, before)


@pytest.mark.parametrize(
    ("kind", "schema"), [("preset", Preset), ("season", Season), ("session", SessionConfig)]
)
def test_the_fields_are_those_of_the_schema(kind: str, schema: type[Any]) -> None:
    known = TypeAdapter(schema).json_schema()
    told = {place for place in schema_fields() if place.startswith(f"{kind}:")}
    assert told == {f"{kind}:{path}" for path in paths(known, known)}


def test_a_field_that_forms_of_a_table_share_is_told_by_form() -> None:
    quality = topics()["preset:file.quality"]
    assert "webp: Quality of the colour; alpha is always kept exactly." in quality.what
    assert "avif: Quality of the colour and of the alpha." in quality.what
    assert "jpeg: Left out, it is `95`." in quality.do
    assert topics()["preset:file.progressive"].what.startswith("Only for jpeg.")
    assert topics()["preset:placement.fill"].do == "Left out, it is `0.85`."


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("P01", "error:P01"),
        ("[p01]", "error:P01"),
        ("hole  FILLED", "defect:hole filled"),
        ("too-small", "warning:too-small"),
        ("placement.fill", "preset:placement.fill"),
        ("preset:placement.fill", "preset:placement.fill"),
        ("edge_shift", "recipe:edge_shift"),
        ("queue", "screen:queue"),
        ("white_background", "check:white_background"),
        ("other", "reason:other"),
        ("No colour profile: sRGB is assumed", "note:no-profile"),
        ("season:starts", "season:starts"),
        ("naming.pattern", "session:naming.pattern"),
    ],
)
def test_a_topic_is_found_as_a_person_names_it(typed: str, place: str) -> None:
    topic = explain(typed)
    assert topic is not None
    assert topic.place == place


def test_what_is_unknown_is_answered_with_what_is_near() -> None:
    assert explain("placement.filling") is None
    assert "preset:placement.fill" in {topic.place for topic in near("placement.fil")}
    assert near("qqqqzzzz") == []
