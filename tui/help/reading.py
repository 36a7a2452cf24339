"""What the help says about a hit: a title, what stands under it, and a text with links.

The text is in the part of Markdown that ``tui.help.markup`` lays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.session.checklists import Checklist
from tui.help.commands import Command, commands
from tui.help.glossary import LANGUAGES, Term, related, term, terms
from tui.help.handbook import Handbook, Hit
from tui.help.markup import as_plain, link_to, plain
from tui.help.pages import page
from tui.help.places import in_words
from tui.help.snippet import as_text
from tui.help.topics import Topic, terms_of, topics
from tui.keys.contexts import find
from tui.keys.key import SECTIONS
from tui.safe_text import safe

_COPIED_WIDTH = 88


@dataclass(frozen=True)
class Reading:
    """Something to be read.

    Attributes
    ----------
    title : its name
    under : other names, or of what kind it is
    text : what is said about it, with links to other help
    """

    title: str
    under: str
    text: str


def read(hit: Hit, book: Handbook) -> Reading:
    """Return what there is to read about a hit of a book."""
    if hit.kind == "term":
        found = term(hit.id)
        return Reading(found.name, ", ".join(found.also), _parts(_of_term(found)))
    if hit.kind == "topic":
        under = hit.id.replace(":", " ", 1)
        return Reading(hit.title, under, _parts(_of_topic(topics()[hit.id])))
    if hit.kind == "page":
        return Reading(hit.title, "playbook", page(hit.id).text)
    if hit.kind == "checklist":
        return Reading(hit.title, "checklist", _of_checklist(book.checklist(hit.id)))
    if hit.kind == "key":
        key = find(hit.id)
        where = SECTIONS[key.id.partition(".")[0]] if key else ""
        return Reading(hit.title, f"key  {where}  {hit.id}", plain(hit.line))
    command = commands()[hit.id]
    return Reading(hit.title, f"command  {command.usage}", _of_command(command))


def copied(hit: Hit, book: Handbook) -> str:
    """Return a hit as plain text for a clipboard."""
    if hit.kind == "term":
        return as_text(term(hit.id))
    reading = read(hit, book)
    under = [reading.under] if reading.under else []
    return "\n".join([reading.title, *under, "", as_plain(reading.text, _COPIED_WIDTH)])


def _of_term(found: Term) -> Iterator[tuple[str, str]]:
    yield "Engineers mean", found.engineer
    yield "Merchandisers mean", found.merchandiser
    yield "Why it matters", found.why
    yield "Related", _term_links(related(found))
    yield "In packshot", ", ".join(_place_link(place) for place in found.where)
    names = (f"{name} {plain(', '.join(found.names[code]))}" for code, name in LANGUAGES.items())
    yield "In other languages", "; ".join(names)


def _of_topic(topic: Topic) -> Iterator[tuple[str, str]]:
    yield "", topic.what
    yield "Why", topic.why
    yield "" if topic.is_field else "What to do", topic.do
    yield "In the glossary", _term_links(terms_of(topic.place))


def _of_checklist(found: Checklist) -> str:
    known = {each.id: each for each in terms()}
    points = []
    for item in found.item:
        named = [known[term_id] for term_id in item.terms if term_id in known]
        links = f" ({_term_links(named)})" if named else ""
        why = f" {plain(safe(item.why))}" if item.why else ""
        points.append(f"- **{plain(safe(item.text))}**{why}{links}")
    return "\n\n".join([plain(safe(found.about)), "\n".join(points)]).strip()


def _of_command(command: Command) -> str:
    """Return a command's own help; what it says is written for a terminal and has no markup."""
    about = [plain(paragraph) for paragraph in command.about.split("\n\n")]
    options = [f"- `{option.typed}` {plain(option.about)}" for option in command.options]
    listed = ["**Options**", "\n".join(options)] if options else []
    return "\n\n".join([*about, *listed])


def _parts(parts: Iterable[tuple[str, str]]) -> str:
    """Return what is said under headings, those left out under which nothing is."""
    return "\n\n".join(
        f"**{heading}**\n\n{text}" if heading else text for heading, text in parts if text
    )


def _term_links(found: Iterable[Term]) -> str:
    return ", ".join(link_to(each.name, "term", each.id) for each in found)


def _place_link(place: str) -> str:
    """Return a place in words, as a link where something is said about it."""
    kind, _, name = place.partition(":")
    if kind == "command":
        return link_to(in_words(place), "command", name)
    return link_to(in_words(place), "topic", place) if place in topics() else plain(in_words(place))
