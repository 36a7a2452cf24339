"""The words of the trade: what engineers and what merchandisers mean by them.

The content is in ``terms/*.toml``, by subject. The panel and the command read it from here;
nothing here needs Textual, so that the command comes at once.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import tomli

from tui.help.search import Entry, Index, fold, spellings

LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish", "pl": "Polish"}
"""The languages that every term is named in, besides English."""


_SURE = 40.0  # the score from which the first hit of a search is taken to be what was meant


@dataclass(frozen=True)
class Term:
    """One word.

    Attributes
    ----------
    id : what others link to; it never changes
    name : the word as packshot uses it
    also : other English words for it
    engineer, merchandiser : what each means by it, in a sentence or two
    why : what goes wrong when they talk past each other
    related : ids of other terms
    where : the places where it occurs (see ``tui.help.places``)
    names : its names by language (see ``LANGUAGES``), the usual one first
    find : words of any language by which it is found besides; they are no names of it
    subject : the file it comes from: edges, studio, files, catalogue, work, machine, privacy
    """

    id: str
    name: str
    also: tuple[str, ...]
    engineer: str
    merchandiser: str
    why: str
    related: tuple[str, ...]
    where: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(hash=False)
    find: tuple[str, ...] = ()
    subject: str = ""

    @property
    def translated(self) -> tuple[str, ...]:
        """Its names in all of the languages."""
        return tuple(name for names in self.names.values() for name in names)

    @property
    def others(self) -> tuple[str, ...]:
        """Every word but its name by which it is found."""
        return (*self.also, *self.translated, *self.find)


@functools.cache
def terms() -> tuple[Term, ...]:
    """Return every term by name."""
    read = [
        _term(entry, source.name.removesuffix(".toml"))
        for source in files("tui.help").joinpath("terms").iterdir()
        if source.name.endswith(".toml")
        for entry in tomli.loads(source.read_text("utf-8"))["term"]
    ]
    return tuple(sorted(read, key=lambda term: term.name.casefold()))


def term(term_id: str) -> Term:
    """Return the term with an id; KeyError when there is none."""
    return _by_id()[term_id]


def related(to: Term) -> tuple[Term, ...]:
    """Return the terms that a term links to, in its order."""
    return tuple(term(term_id) for term_id in to.related)


def search(query: str) -> list[Term]:
    """Return the terms that a query may mean, the likeliest first; all for an empty query.

    The query may be a name, another word for it, a name in one of the languages, misspelled or
    without accents, only begun, or a description.
    """
    if not query.strip():
        return list(terms())
    return [each for each, _ in scored(query)]


def scored(query: str) -> list[tuple[Term, float]]:
    """Return the terms that a query may mean with how likely each is, 0…100, likeliest first."""
    return [(term(key), score) for key, score in _index().find(query)]


def likeliest(query: str) -> Term | None:
    """Return the term that a query surely means; None where it may mean this or that."""
    found = [each for each, score in scored(query)[:1] if score >= _SURE]
    return found[0] if found else None


def lookup(query: str) -> Term | None:
    """Return the one term that a word names, in any of its forms and languages."""
    return _by_word().get("".join(fold(query)))


def terms_at(place: str) -> tuple[Term, ...]:
    """Return the terms that occur at a place such as ``defect:halo``, the most telling first.

    That is the one of the same name, then those that name the place early, then those that occur
    in many places. A field without terms of its own has those of its table, or of its file.
    """
    kind, _, name = place.partition(":")
    while place:
        found = [each for each in terms() if place in each.where]
        if found:
            return tuple(sorted(found, key=lambda each: _telling(each, place, name)))
        place = place.rpartition(".")[0] or (f"{kind}:" if place != f"{kind}:" else "")
    return ()


def _telling(each: Term, place: str, name: str) -> tuple[bool, int, int]:
    return each.name != name, each.where.index(place), -len(each.where)


@functools.cache
def _by_id() -> Mapping[str, Term]:
    return {term.id: term for term in terms()}


@functools.cache
def _by_word() -> Mapping[str, Term]:
    """Return terms by every folded form of their names; a name wins over another word."""
    found: dict[str, Term] = {}
    ranked = (
        [(word, each) for each in terms() for word in (each.name, each.id)],
        [(word, each) for each in terms() for word in each.also],
        [(word, each) for each in terms() for word in each.translated],
        [(word, each) for each in terms() for word in each.find],
    )
    for word, each in itertools.chain(*ranked):
        for spelled in spellings(word):
            found.setdefault("".join(spelled), each)
    return found


@functools.cache
def _index() -> Index:
    return Index(
        [
            Entry(
                key=each.id,
                name=each.name,
                others=each.others,
                text=f"{each.engineer} {each.merchandiser} {each.why}",
            )
            for each in terms()
        ]
    )


def _term(entry: Mapping[str, Any], subject: str) -> Term:
    return Term(
        id=entry["id"],
        name=entry["name"],
        also=tuple(entry["also"]),
        engineer=entry["engineer"],
        merchandiser=entry["merchandiser"],
        why=entry["why"],
        related=tuple(entry["related"]),
        where=tuple(entry["where"]),
        names={language: tuple(entry[language]) for language in LANGUAGES},
        find=tuple(entry.get("find", ())),
        subject=subject,
    )
