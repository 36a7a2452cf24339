"""The playbook: pages of practice in Markdown, in the order in which they are read.

A page's text links to other help by kind and id: ``[halo](term:halo)``, ``[roles](page:roles)``,
``[QA](checklist:qa)``. Who shows a page decides what such a link becomes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

_LINK = re.compile(r"\[([^\]]+)\]\((term|page|checklist):([a-z0-9-]+)\)")


@dataclass(frozen=True)
class Link:
    """A link of a page: to which kind of help, and to which of it."""

    kind: str
    id: str


@dataclass(frozen=True)
class Page:
    """One page: its id (``season``), its title, and its Markdown without the title."""

    id: str
    title: str
    text: str

    def links(self) -> Iterator[Link]:
        """Yield every link to other help."""
        for found in _LINK.finditer(self.text):
            yield Link(found[2], found[3])

    def linked(self, target: Callable[[Link], str]) -> str:
        """Return the Markdown with each link led to where ``target`` says."""
        return _LINK.sub(
            lambda found: f"[{found[1]}]({target(Link(found[2], found[3]))})", self.text
        )


@functools.cache
def pages() -> tuple[Page, ...]:
    """Return every page in reading order."""
    folder = files("tui.help").joinpath("playbook")
    sources = sorted(
        (source for source in folder.iterdir() if source.name.endswith(".md")),
        key=lambda source: source.name,
    )
    return tuple(_page(source.name, source.read_text("utf-8")) for source in sources)


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
