"""What packshot says when it is asked to explain: a message, a defect, a field, a screen.

A topic is found at a *place*: ``error:P01``, ``defect:halo``, ``warning:too-small``,
``screen:browse``, ``recipe:edge_shift``, ``preset:placement.fill``. The content is in
``explanations/*.toml``; preset fields are told by their own schema.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

import tomli

from tui.help.glossary import Term, term, terms_at
from tui.help.search import Entry, Index, fold

_FILES = {
    "error": "errors.toml",
    "defect": "defects.toml",
    "warning": "warnings.toml",
    "screen": "screens.toml",
    "recipe": "recipe.toml",
}


@dataclass(frozen=True)
class Topic:
    """One thing that can be explained.

    Attributes
    ----------
    place : where it is met, ``error:P01``
    title : its name in a few words
    what : what it is or what happened
    why : the usual causes, or what it is for; may be empty for a preset field
    do : what to do about it; may be empty for a preset field
    terms : ids of the glossary's terms to read next
    """

    place: str
    title: str
    what: str
    why: str
    do: str
    terms: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a person types to have it explained: ``P01``, ``halo``, ``placement.fill``."""
        return self.place.partition(":")[2]

    @property
    def says_no_more(self) -> bool:
        """Whether the title only repeats the name."""
        return self.title.casefold() == self.name.casefold()


@functools.cache
def topics() -> Mapping[str, Topic]:
    """Return every topic by its place."""
    return {topic.place: topic for topic in (*_written(), *_preset_fields())}


def terms_of(place: str) -> tuple[Term, ...]:
    """Return the terms of the glossary that belong to a place, the one to open first."""
    topic = topics().get(place)
    named = [term(term_id) for term_id in topic.terms] if topic else []
    return tuple(dict.fromkeys([*named, *terms_at(place)]))


def explain(word: str) -> Topic | None:
    """Return the topic that a person names: by code, by name or by place, in any case."""
    wanted = " ".join(word.split()).strip("[]").casefold()
    for topic in topics().values():
        if wanted in {topic.name.casefold(), topic.place.casefold()}:
            return topic
    return None


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
            )


def _preset_fields() -> Iterator[Topic]:
    # pydantic takes a moment to import; a panel that asks for a term alone need not wait for it.
    from tui.help.preset_fields import preset_fields  # noqa: PLC0415

    for path, meaning in preset_fields().items():
        place = f"preset:{path}"
        ids = tuple(each.id for each in terms_at(place))
        yield Topic(place, path, meaning, "", "", ids)


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
