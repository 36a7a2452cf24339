"""The words of the trade: what engineers and what merchandisers mean by them.

The content is in ``glossary.toml``. The panel and the command read it from here; nothing here
needs Textual, so that the command comes at once.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import tomli


@dataclass(frozen=True)
class Term:
    """One word.

    Attributes
    ----------
    name : the word as packshot uses it
    also : other words for it
    engineer, merchandiser : what each means by it, in a sentence or two
    why : what goes wrong when they talk past each other
    related : names of other terms
    """

    name: str
    also: tuple[str, ...]
    engineer: str
    merchandiser: str
    why: str
    related: tuple[str, ...]


@functools.cache
def terms() -> tuple[Term, ...]:
    """Return every term by name."""
    content = tomli.loads(files("tui.help").joinpath("glossary.toml").read_text("utf-8"))
    read = [
        Term(
            name=entry["name"],
            also=tuple(entry["also"]),
            engineer=entry["engineer"],
            merchandiser=entry["merchandiser"],
            why=entry["why"],
            related=tuple(entry["related"]),
        )
        for entry in content["term"]
    ]
    return tuple(sorted(read, key=lambda term: term.name.casefold()))


def search(query: str) -> list[Term]:
    """Return the terms that a query may mean, the likeliest first; all for an empty query.

    A name counts more than another word for it, a beginning more than a middle, and letters in
    the right order more than a misspelling; what is only in the text comes last.
    """
    wanted = query.casefold().strip()
    if not wanted:
        return list(terms())
    scored = [(_score(wanted, term), term) for term in terms()]
    found = [entry for entry in scored if entry[0] > 0]
    return [term for _, term in sorted(found, key=lambda entry: -entry[0])]


def lookup(query: str) -> Term | None:
    """Return the one term that a word names, in any of its forms."""
    wanted = query.casefold().strip()
    return next(
        (term for term in terms() if wanted in {word.casefold() for word in _words(term)}), None
    )


def _words(term: Term) -> Sequence[str]:
    return (term.name, *term.also)


def _score(wanted: str, term: Term) -> float:
    name = _word_score(wanted, term.name.casefold())
    also = max((_word_score(wanted, word.casefold()) for word in term.also), default=0.0)
    text = f"{term.engineer} {term.merchandiser} {term.why}".casefold()
    return max(name, also * 0.9, 10.0 if wanted in text else 0.0)


def _word_score(wanted: str, word: str) -> float:
    """Return 0 for no likeness, up to 100 for the same word."""
    if wanted == word:
        return 100.0
    if word.startswith(wanted):
        return 90.0
    if any(part.startswith(wanted) for part in word.split()):
        return 80.0
    if wanted in word:
        return 70.0
    if len(wanted) >= 3 and wanted[0] == word[0] and _in_order(wanted, word):
        return 50.0
    likeness = difflib.SequenceMatcher(None, wanted, word).ratio()
    return likeness * 50 if likeness >= 0.6 else 0.0


def _in_order(letters: str, word: str) -> bool:
    """Whether the letters occur in the word in their order, perhaps with others between."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
