"""``packshot glossary``: one word, several, another language, and a snippet for a briefing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui.cli.main import run
from tui.help.glossary import LANGUAGES, terms

Captured = pytest.CaptureFixture[str]


def listed(capsys: Captured, *words: str) -> list[dict[str, Any]]:
    assert run(["glossary", *words, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_a_term_is_explained_in_all_its_parts(capsys: Captured) -> None:
    assert run(["glossary", "rim"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    (halo,) = [term for term in terms() if term.id == "halo"]
    for part in (halo.name, halo.engineer, halo.merchandiser, halo.why, "foreground colour"):
        assert part in text
    for language, name in LANGUAGES.items():
        assert f"{name} {halo.names[language][0]}" in text


def test_without_a_term_all_are_listed(capsys: Captured) -> None:
    assert run(["glossary"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == [term.name for term in terms()]
    assert all(len(line) <= 88 for line in lines)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["straight", "alpha"], ["straight-alpha"]),
        (["alpha", "matte", "flatten"], ["alpha", "matte", "flatten"]),
        (["alpha", "matte"], ["alpha", "matte"]),
        (["preset", "lock"], ["preset-lock"]),
        (["balance", "de", "blancos"], ["white-balance"]),
        (["détourage", "Freisteller"], ["cutout"]),
        (["segmentaton"], ["segmentation"]),
    ],
)
def test_words_together_or_apart(capsys: Captured, words: list[str], ids: list[str]) -> None:
    assert [each["id"] for each in listed(capsys, *words)] == ids


def test_json_has_every_part_and_names_what_is_related(capsys: Captured) -> None:
    everything = listed(capsys)
    assert len(everything) == len(terms())
    (halo,) = listed(capsys, "halo")
    assert set(halo) == {
        "id", "name", "also", "engineer", "merchandiser", "why", "related", "where", "names",
    }  # fmt: skip
    assert "foreground colour" in halo["related"]
    assert set(halo["names"]) == set(LANGUAGES)
    assert run(["glossary", "halo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [halo]


def test_markdown_has_a_heading_for_each_term(capsys: Captured) -> None:
    assert run(["glossary", "alpha", "matte", "flatten", "--format", "md"]) == 0
    text = capsys.readouterr().out
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["## alpha", "## matte", "## flatten"]
    assert "- **German:** auf Hintergrundebene reduzieren" in text


def test_an_unknown_word_is_named_and_the_others_are_printed(capsys: Captured) -> None:
    assert run(["glossary", "halo", "qqqq\x1bzzzz"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("halo")
    assert "not in the glossary" in captured.err
    assert "\x1b" not in captured.err
    assert run(["glossary", ""]) == 1


def test_a_form_that_there_is_not_is_a_usage_error() -> None:
    assert run(["glossary", "halo", "--format", "html"]) == 2
