"""Terms written out, to be pasted into a briefing for people who have no packshot."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from tui.help.glossary import LANGUAGES, Term, related
from tui.help.places import in_words

WIDTH = 88  # columns of the plain text
_LABEL = 18  # columns of its headings


def as_text(term: Term) -> str:
    """Return a term as plain text, wrapped."""
    also = f"  ({', '.join(term.also)})" if term.also else ""
    lines = textwrap.wrap(f"{term.name}{also}", WIDTH, subsequent_indent="  ")
    for heading, text in sections(term):
        lines += textwrap.wrap(
            f"{heading:<{_LABEL - 2}}{text}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent=" " * _LABEL,
        )
    return "\n".join(lines)


def as_markdown(terms: Iterable[Term]) -> str:
    """Return terms as Markdown, one heading each."""
    return "\n".join(line for term in terms for line in _markdown(term)).rstrip()


def as_data(term: Term) -> dict[str, Any]:
    """Return a term as plain data for JSON; related terms by name."""
    return {
        "id": term.id,
        "name": term.name,
        "also": list(term.also),
        "engineer": term.engineer,
        "merchandiser": term.merchandiser,
        "why": term.why,
        "related": [other.name for other in related(term)],
        "where": list(term.where),
        "names": {language: list(names) for language, names in term.names.items()},
    }


def sections(term: Term) -> Iterator[tuple[str, str]]:
    """Yield what is said about a term, under its headings."""
    yield "Engineers", term.engineer
    yield "Merchandisers", term.merchandiser
    yield "Why it matters", term.why
    yield "Related", ", ".join(other.name for other in related(term))
    if term.where:
        yield "In packshot", ", ".join(in_words(place) for place in term.where)
    for language, name in LANGUAGES.items():
        yield name, ", ".join(term.names[language])


def _markdown(term: Term) -> Iterator[str]:
    yield f"## {term.name}"
    yield ""
    if term.also:
        yield f"Also: {', '.join(term.also)}."
        yield ""
    for heading, text in sections(term):
        yield f"- **{heading}:** {text}"
    yield ""
