"""``packshot playbook``: every page as text, Markdown and JSON, the privacy page among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.cli.main import run
from tui.help.pages import page, pages
from tui.privacy.stored import ENFORCED, SENT, stored

Captured = pytest.CaptureFixture[str]


def test_all_pages_are_listed_and_each_is_printed_for_a_terminal(capsys: Captured) -> None:
    assert run(["playbook"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == [each.id for each in pages()]
    for name in listed:
        assert run(["playbook", name]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith(page(name).title)
        assert all(len(line) <= 88 for line in printed.splitlines())
        assert "](" not in printed and "**" not in printed and "|---" not in printed


def test_markdown_and_json_have_no_link_that_leads_nowhere(capsys: Captured) -> None:
    assert run(["playbook", "season", "--format", "md"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# ")
    assert "](" not in printed
    assert run(["playbook", "season", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["page"] == "season"
    assert told["markdown"].strip() in printed


def test_a_page_that_is_not_there_is_named_with_what_is_near(capsys: Captured) -> None:
    assert run(["playbook", "saeson\x1b"]) == 1
    told = capsys.readouterr().err
    assert "season" in told
    assert "\x1b" not in told
    assert run(["playbook", "qqqq"]) == 1
    assert "lists them" in capsys.readouterr().err


def test_the_privacy_page_says_what_the_command_says() -> None:
    text = page("privacy").text
    for paragraph in (*SENT, *ENFORCED):
        assert paragraph in text
    for each in stored():
        assert each.what[1:] in text
        assert each.until in text
    assert str(Path.home()) not in text, "nobody's name travels into a wiki"
