"""What the help panel shows of a hit: a title, paragraphs, and the terms that lead on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.help.everything import Hit
from tui.help.glossary import LANGUAGES, Term, related, term
from tui.help.pages import Link, page
from tui.help.snippet import as_text
from tui.help.topics import terms_of, topics
from tui.keys.contexts import find
from tui.keys.key import SECTIONS


@dataclass(frozen=True)
class Reading:
    """Something to be read.

    Attributes
    ----------
    title : its name
    under : other names, or of what kind it is
    parts : headings, empty ones among them, with their texts
    links : terms to read next
    """

    title: str
    under: str
    parts: tuple[tuple[str, str], ...]
    links: tuple[Term, ...] = ()

    def as_text(self) -> str:
        """Return all of it as plain text, to be pasted elsewhere."""
        lines = [self.title, *([self.under] if self.under else [])]
        for heading, text in self.parts:
            lines += ["", f"{heading}: {text}" if heading else text]
        return "\n".join(lines)


def hit_of(found: Term) -> Hit:
    """Return a term as a search would."""
    return Hit("term", found.id, found.name, found.merchandiser)


def read(hit: Hit) -> Reading:
    """Return what there is to read about a hit."""
    if hit.kind == "term":
        return _term(term(hit.id))
    if hit.kind == "topic":
        topic = topics()[hit.id]
        parts = (("", topic.what), ("Why", topic.why), ("What to do", topic.do))
        return Reading(hit.title, hit.id.replace(":", " "), _some(parts), terms_of(hit.id))
    if hit.kind == "page":
        found = page(hit.id)
        linked = [term(link.id) for link in found.links() if link.kind == "term"]
        text = found.linked(_unlinked)
        return Reading(found.title, "playbook", (("", text),), tuple(dict.fromkeys(linked)))
    if hit.kind == "key":
        key = find(hit.id)
        where = SECTIONS[key.id.partition(".")[0]] if key else ""
        return Reading(hit.title, f"key  {where}  {hit.id}", (("", hit.line),))
    return Reading(hit.title, "command", (("", hit.line), ("More", f"{hit.title} --help")))


def copied(hit: Hit) -> str:
    """Return a hit as plain text for a clipboard."""
    return as_text(term(hit.id)) if hit.kind == "term" else read(hit).as_text()


def _term(found: Term) -> Reading:
    parts = (
        ("Engineers mean", found.engineer),
        ("Merchandisers mean", found.merchandiser),
        ("Why it matters", found.why),
        ("Elsewhere", "; ".join(_translations(found))),
    )
    return Reading(found.name, ", ".join(found.also), _some(parts), related(found))


def _translations(found: Term) -> Iterator[str]:
    for code, language in LANGUAGES.items():
        yield f"{language} {', '.join(found.names[code])}"


def _some(parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(part for part in parts if part[1])


def _unlinked(link: Link) -> str:
    """Return where a link of a page leads, as the panel names it."""
    return f"{link.kind} {link.id}"
