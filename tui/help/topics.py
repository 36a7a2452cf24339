"""What packshot says when it is asked to explain: a message, a defect, a field, a screen.

A topic is found at a *place*: ``error:P01``, ``defect:halo``, ``warning:too-small``,
``check:fill``, ``screen:browse``, ``recipe:edge_shift``, ``preset:placement.fill``. The content is
in ``explanations/*.toml``; a reason of a rejection is told as the defect of its name, and a field
of a file by its own schema.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

import tomli

from engine.session.records import REASONS
from tui.help.glossary import Term, term, terms_at
from tui.help.search import Entry, Index, fold

_FILES = {
    "error": "errors.toml",
    "defect": "defects.toml",
    "warning": "warnings.toml",
    "check": "checks.toml",
    "screen": "screens.toml",
    "recipe": "recipe.toml",
    "reason": "reasons.toml",
    "note": "notes.toml",
}


@dataclass(frozen=True)
class Topic:
    """One thing that can be explained.

    Attributes
    ----------
    place : where it is met, ``error:P01``
    title : its name in a few words
    what : what it is or what happened
    why : the usual causes, or what it is for; empty for a field of a file
    do : what to do about it; for a field of a file what holds where it is left out, if anything
    terms : ids of the glossary's terms to read next
    says : how a note begins that it explains; of notes only
    """

    place: str
    title: str
    what: str
    why: str
    do: str
    terms: tuple[str, ...]
    says: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a person types to have it explained: ``P01``, ``halo``, ``placement.fill``."""
        return self.place.partition(":")[2]

    @property
    def is_field(self) -> bool:
        """Whether it is a field of a file, which has no causes and no cure."""
        return self.place.partition(":")[0] in {"preset", "season", "session"}

    @property
    def says_no_more(self) -> bool:
        """Whether the title only repeats the name."""
        return self.title.casefold() == self.name.casefold()


@functools.cache
def topics() -> Mapping[str, Topic]:
    """Return every topic by its place."""
    written = {topic.place: topic for topic in _written()}
    others = (*_reasons(written), *_fields())
    return written | {topic.place: topic for topic in others}


def terms_of(place: str) -> tuple[Term, ...]:
    """Return the terms of the glossary that belong to a place, the one to open first."""
    topic = topics().get(place)
    named = [term(term_id) for term_id in topic.terms] if topic else []
    return tuple(dict.fromkeys([*named, *terms_at(place)]))


def explain(word: str) -> Topic | None:
    """Return the topic that a person names: by code, name, place or a note's words, in any case."""
    wanted = " ".join(word.split()).strip("[]").casefold()
    for topic in topics().values():
        if wanted in {topic.name.casefold(), topic.place.casefold()}:
            return topic
    return next((topics()[place] for place in note_places([wanted])), None)


def note_places(notes: Iterable[str]) -> list[str]:
    """Return the place of each note of a matte or a delivery, ``note:no-profile``."""
    known = [(says.casefold(), topic) for topic in topics().values() for says in topic.says]
    return [
        topic.place for note in notes for says, topic in known if note.casefold().startswith(says)
    ]


def near(word: str, count: int = 3) -> list[Topic]:
    """Return the topics that a word may mean, the likeliest first."""
    return [topics()[place] for place, _ in _index().find(word)[:count]]


def _written() -> Iterator[Topic]:
    for kind, name in _FILES.items():
        content = tomli.loads(files("tui.help").joinpath("explanations", name).read_text("utf-8"))
        for key, entry in content.items():
            yield Topic(
                place=f"{kind}:{key}",
                title=entry["title"],
                what=entry["what"],
                why=entry["why"],
                do=entry["do"],
                terms=tuple(entry["terms"]),
                says=tuple(entry.get("says", ())),
            )


def _reasons(written: Mapping[str, Topic]) -> Iterator[Topic]:
    """Yield the reasons of a rejection: each but the last is a defect that a person saw."""
    for place, topic in written.items():
        kind, _, name = place.partition(":")
        if kind == "defect" and name in REASONS:
            yield replace(topic, place=f"reason:{name}")


def _fields() -> Iterator[Topic]:
    # pydantic takes a moment to import; a panel that asks for a term alone need not wait for it.
    from tui.help.schema_fields import schema_fields  # noqa: PLC0415

    for place, (meaning, default) in schema_fields().items():
        path = place.partition(":")[2]
        yield Topic(place, path, meaning, "", default, tuple(each.id for each in terms_at(place)))


@functools.cache
def _index() -> Index:
    return Index(
        [
            Entry(
                key=topic.place,
                name=topic.name,
                others=() if topic.says_no_more else (topic.title,),
                text=" ".join([*fold(topic.what), *fold(topic.do)]),
            )
            for topic in topics().values()
        ]
    )
