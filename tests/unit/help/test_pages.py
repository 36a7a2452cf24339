"""The playbook: its links lead somewhere, and it names only commands that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from engine.session.checklists import read_checklists
from tui.help.commands import Command, commands
from tui.help.glossary import terms
from tui.help.markup import links
from tui.help.pages import Page, page, pages
from tui.help.topics import topics
from tui.privacy.stored import ENFORCED, SENT, stored


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text of the help that may name a command, with where it stands."""
    for each in pages():
        yield each.id, each.text
    for topic in topics().values():
        yield topic.place, f"{topic.what} {topic.why} {topic.do}"
    for term in terms():
        yield term.id, f"{term.engineer} {term.merchandiser} {term.why}"
    for line in (*SENT, *ENFORCED, *(each.until for each in stored())):
        yield "privacy", line


def command_lines() -> Iterator[tuple[str, list[str]]]:
    """Yield every command line that the help names, as words."""
    for place, text in texts():
        for line in re.findall(r"`packshot\s+(?!--)([^`]+)`", text):
            yield place, line.split()


def command_for(words: list[str]) -> Command:
    """Return the command that the words begin with; KeyError where they begin with none."""
    known = commands()
    return known[" ".join(words[:2])] if " ".join(words[:2]) in known else known[words[0]]


def test_every_command_of_the_help_exists_with_its_options() -> None:
    named = list(command_lines())
    assert len(named) > 20
    for place, words in named:
        typed = " ".join(option.typed for option in command_for(words).options)
        for word in words:
            if word.startswith("-"):
                assert word in f"{typed} --help".replace(",", " ").split(), f"{place}: {words}"


def test_there_are_pages_with_titles_and_one_id_each() -> None:
    ids = [each.id for each in pages()]
    assert len(ids) == len(set(ids)) >= 10
    assert ids[0] == "roles"
    assert all(each.title and not each.title.startswith("#") for each in pages())


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.id)
def test_every_link_leads_somewhere(each: Page) -> None:
    known = {
        "term": {term.id for term in terms()},
        "page": {other.id for other in pages()} - {each.id},
        "checklist": {checklist.id for checklist in read_checklists().checklist},
    }
    for link in links(each.text):
        assert link.id in known[link.kind], link
    assert not re.search(r"\]\((?!term:|page:|checklist:)", each.text), "a link of another kind"


def test_every_page_leads_to_the_glossary() -> None:
    for each in pages():
        assert any(link.kind == "term" for link in links(each.text)), each.id


def test_an_unknown_page_is_an_error() -> None:
    with pytest.raises(KeyError):
        page("no-such-page")
