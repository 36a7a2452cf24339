"""One search over all of the help: words, messages, fields, pages, checklists, commands and keys.

For a panel that opens on what a person types. Each hit says of which kind it is and carries the id
by which that kind is looked up: ``term``, ``topic`` (a place), ``page``, ``command``, ``key``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tui.cli.main import SUMMARIES
from tui.help.glossary import terms
from tui.help.pages import pages
from tui.help.search import Entry, Index
from tui.help.topics import topics
from tui.keys.contexts import KEYS
from tui.keys.names import name_of

Kind = Literal["term", "topic", "page", "command", "key"]


@dataclass(frozen=True)
class Hit:
    """Something that was found: its kind, its id there, a title, and a line about it."""

    kind: Kind
    id: str
    title: str
    line: str


def search_all(query: str, limit: int = 30) -> list[Hit]:
    """Return what in the help a query may mean, the likeliest first; nothing for an empty one."""
    hits, index = _prepared()
    return [hits[int(key)] for key, _ in index.find(query)[:limit]]


@functools.cache
def _prepared() -> tuple[list[Hit], Index]:
    found = list(_everything())
    entries = [
        Entry(str(number), hit.title, others, f"{hit.line} {text}")
        for number, (hit, others, text) in enumerate(found)
    ]
    return [hit for hit, _, _ in found], Index(entries)


def _everything() -> Iterator[tuple[Hit, tuple[str, ...], str]]:
    """Yield every hit with its other names and further text; of equals the first comes first."""
    for term in terms():
        translated = tuple(name for names in term.names.values() for name in names)
        hit = Hit("term", term.id, term.name, term.merchandiser)
        yield hit, (*term.also, *translated), f"{term.engineer} {term.why}"
    for topic in topics().values():
        title = topic.name if topic.says_no_more else f"{topic.name}: {topic.title}"
        hit = Hit("topic", topic.place, title, topic.what)
        yield hit, (topic.name, topic.title), f"{topic.why} {topic.do}"
    for page in pages():
        yield Hit("page", page.id, page.title, "Playbook"), (page.id,), page.text
    for name, summary in SUMMARIES.items():
        yield Hit("command", name, f"packshot {name}", summary), (name,), ""
    for key in {key.id: key for key in KEYS}.values():
        names = tuple(name_of(each) for each in key.keys.split(","))
        hit = Hit("key", key.id, f"{key.description} ({', '.join(names)})", key.tooltip)
        yield hit, (key.description,), ""
