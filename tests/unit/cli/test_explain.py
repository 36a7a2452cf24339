"""``packshot explain``: what a message's code means, and everything else that has a name."""

from __future__ import annotations

import json

import pytest

from tui.cli.main import run
from tui.help.topics import topics

Captured = pytest.CaptureFixture[str]


def test_the_code_of_a_message_leads_to_its_explanation(capsys: Captured) -> None:
    assert run(["no-such-folder"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert told[0].endswith("[S01]")
    assert told[1] == "More about it: packshot explain S01"
    assert run(["explain", "S01"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    topic = topics()["error:S01"]
    for part in (topic.title, topic.what, topic.why, topic.do, "session"):
        assert part in text


@pytest.mark.parametrize("words", [["hole", "filled"], ["too-small"], ["placement.fill"], ["e02"]])
def test_everything_with_a_name_is_explained(capsys: Captured, words: list[str]) -> None:
    assert run(["explain", *words]) == 0
    assert "What" in capsys.readouterr().out


def test_all_of_them_are_listed(capsys: Captured) -> None:
    assert run(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(topics())
    assert run(["explain", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in listed] == [topic.name for topic in topics().values()]
    assert run(["explain", "halo", "--json"]) == 0
    halo = json.loads(capsys.readouterr().out)
    assert halo["kind"] == "defect"
    assert halo["terms"][0] == "halo"


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("matte", "packshot glossary matte"),
        ("placement.fil", "placement.fill"),
        ("qqqqzzzz", "lists all"),
    ],
)
def test_what_is_unknown_is_answered_with_a_suggestion(
    capsys: Captured, word: str, suggestion: str
) -> None:
    assert run(["explain", word]) == 1
    assert suggestion in capsys.readouterr().err


def test_what_was_typed_reaches_no_terminal_raw(capsys: Captured) -> None:
    assert run(["explain", "\x1b[2J"]) == 1
    assert "\x1b" not in capsys.readouterr().err
