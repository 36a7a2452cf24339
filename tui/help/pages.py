"""The playbook: pages of practice, in the order in which they are read, and what is stored where.

A page is written in the part of Markdown that ``tui.help.markup`` knows, and links to other help by
kind and id: ``[halo](term:halo)``, ``[roles](page:roles)``, ``[QA](checklist:qa)``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

from tui.privacy.page import privacy_text

PRIVACY = "privacy"
"""The id of the page about what is stored where, which is made from the code."""


@dataclass(frozen=True)
class Page:
    """One page: its id (``season``), its title, and its Markdown without the title."""

    id: str
    title: str
    text: str


@functools.cache
def pages() -> tuple[Page, ...]:
    """Return every page in reading order, the privacy page at the end."""
    folder = files("tui.help").joinpath("playbook")
    sources = sorted(
        (source for source in folder.iterdir() if source.name.endswith(".md")),
        key=lambda source: source.name,
    )
    written = (_page(source.name, source.read_text("utf-8")) for source in sources)
    return (*written, Page(PRIVACY, "What is stored where", privacy_text()))


def page(page_id: str) -> Page:
    """Return the page with an id; KeyError when there is none."""
    return {each.id: each for each in pages()}[page_id]


def _page(name: str, content: str) -> Page:
    """Read a page: its id is its file's name without number, its title its first line."""
    heading, _, text = content.partition("\n")
    return Page(
        id=name.removesuffix(".md").partition("-")[2],
        title=heading.removeprefix("# ").strip(),
        text=text.strip() + "\n",
    )
