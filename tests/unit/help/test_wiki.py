"""The wiki's pages: links that lead somewhere, nothing of the machine, nothing that acts."""

from __future__ import annotations

import json
import posixpath
import re

import pytest

from engine.session.checklists import Checklist, Checklists, Item, read_checklists
from presets.loader import list_presets
from tui.help.exemplars import samples
from tui.help.glossary import terms
from tui.help.wiki import wiki_pages
from tui.help.wiki_exemplars import exemplar_pictures
from tui.keys.contexts import KEYS

HOSTILE = "</td><script>x</script> [a](javascript:b) | `c` \x1b[2J # d"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return wiki_pages(read_checklists(), list_presets().presets, KEYS, exemplars=samples())


def test_every_link_leads_to_a_page(pages: dict[str, str]) -> None:
    count, pictures = 0, exemplar_pictures(samples())
    for path, text in pages.items():
        for target in re.findall(r"(?<!\\)\]\(([^)]*)\)", text):
            count += 1
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert found in pages or found in pictures, f"{path}: {target}"
    assert count > 500


def test_every_page_is_reached_from_the_index(pages: dict[str, str]) -> None:
    reached, waiting = {"index.md"}, ["index.md"]
    while waiting:
        path = waiting.pop()
        for target in re.findall(r"(?<!\\)\]\(([^)]*)\)", pages[path]):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if found not in reached and found in pages:
                reached.add(found)
                waiting.append(found)
    assert reached == set(pages)


def test_every_page_has_front_matter_with_its_title(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        front = re.match(r'---\ntitle: (".*")\nkind: [a-z]+\n---\n\n# (.+)\n\n', text)
        assert front, path
        assert json.loads(front[1])
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_every_table_has_as_many_cells_in_each_row(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        for table in re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
            assert len(widths) == 1, f"{path}: {table}"


def test_all_help_is_in_it(pages: dict[str, str]) -> None:
    assert {f"glossary/{each.id}.md" for each in terms()} <= set(pages)
    for each in terms():
        assert f"({each.id}.md)" in pages["glossary/index.md"], each.subject
    for key in KEYS:
        assert key.description in pages["keymap.md"]
    assert "P01" in pages["messages.md"]
    assert list_presets().presets[0].preset.name in pages["presets/index.md"]


def test_the_same_help_makes_the_same_pages(pages: dict[str, str]) -> None:
    again = wiki_pages(read_checklists(), list_presets().presets, KEYS, exemplars=samples())
    assert again == pages


def test_no_folder_of_the_machine_is_named(pages: dict[str, str]) -> None:
    folder = str(list_presets().presets[0].path.parent)
    assert not [path for path, text in pages.items() if folder in text]


def test_a_session_s_texts_are_shown_and_do_nothing() -> None:
    item = Item("item", HOSTILE, HOSTILE, ("halo", "no-such-term"))
    lists = Checklists((Checklist("own", HOSTILE, (item,), HOSTILE),))
    pages = wiki_pages(lists, [], KEYS)
    for path in ("checklists/own.md", "checklists/index.md"):
        body = pages[path].split("---\n", 2)[2]
        assert "<script" not in body.replace("\\<script", "")
        assert "\x1b" not in pages[path]
        assert not re.search(r"(?<!\\)\]\(javascript", body)
    assert "../glossary/halo.md" in pages["checklists/own.md"]


def test_the_playbook_of_a_session_without_the_built_in_lists_has_no_dead_links() -> None:
    lists = Checklists((Checklist("own", "Own", (Item("a", "b"),)),))
    pages = wiki_pages(lists, [], KEYS)
    assert "../checklists/index.md" in pages["playbook/day.md"]
    assert "checklists/qa.md" not in "".join(pages.values())
