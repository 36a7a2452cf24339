"""All of the help as one book: what is in it, what a search finds, what belongs to a place.

Each hit says of which kind it is and carries the id by which that kind is looked up. A person's own
keys and a session's own checklists are part of the book.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.session.checklists import Checklist, Checklists, read_checklists
from tui.help import glossary
from tui.help.commands import Command, commands
from tui.help.glossary import Term, term, terms
from tui.help.pages import PRIVACY, Page, page, pages
from tui.help.search import Entry, Index
from tui.help.topics import Topic, terms_of, topics
from tui.keys.contexts import KEYS
from tui.keys.key import Key
from tui.keys.names import name_of
from tui.keys.user import UserKeys
from tui.safe_text import safe

_NAMED = 60.0  # the score from which the name of something was meant, and not only its text
_SAID = 0.6  # what a text of many lines is worth beside a term's two sentences

Kind = Literal["term", "topic", "page", "checklist", "command", "key"]


@dataclass(frozen=True)
class Hit:
    """Something in the help: its kind, its id there, a title, and a line about it."""

    kind: Kind
    id: str
    title: str
    line: str


class Handbook:
    """The help of one person in one session.

    Parameters
    ----------
    keys : the keys that a person has changed
    checklists : those of the session; the built-in ones where it has none
    """

    def __init__(self, keys: UserKeys | None = None, checklists: Checklists | None = None) -> None:
        self.keys = keys or UserKeys()
        self.checklists = checklists or read_checklists()

    def search(self, query: str, limit: int = 30) -> list[Hit]:
        """Return what a query may mean, the likeliest first; nothing for an empty one.

        The first search takes as long as reading all of the help; see ``prepare``.
        """
        hits, index = self._prepared
        # Words of the trade are weighed among themselves, as the glossary does: what is rare there
        # may be common in all of the help.
        scored = [(score, _term_hit(each)) for each, score in glossary.scored(query)]
        scored += [
            (score if score >= _NAMED else score * _SAID, hits[int(key)])
            for key, score in index.find(query)
        ]
        scored.sort(key=lambda pair: -pair[0])
        return [hit for _, hit in scored[:limit]]

    def prepare(self) -> None:
        """Read all of the help, so that nothing is waited for later; safe in another thread."""
        self.search("alpha")

    def shelves(self) -> Mapping[str, Sequence[Hit]]:
        """Return what one may leaf through, by the heading that it stands under."""
        return {
            "Playbook": [_page_hit(each) for each in pages()],
            "Checklists": [_checklist_hit(each) for each in self.checklists.checklist],
            "Glossary": [_term_hit(each) for each in terms()],
        }

    def everything(self) -> list[Hit]:
        """Return all that a search may find."""
        return [*map(_term_hit, terms()), *self._prepared[0]]

    def at(self, places: Iterable[str]) -> list[Hit]:
        """Return what belongs to some places, in their order: the topics first, then the terms.

        Parameters
        ----------
        places : such as ``defect:halo``; ``term:halo`` is a term itself; one that nothing is
            known about is passed over
        """
        known = list(dict.fromkeys(places))
        words = (place.removeprefix("term:") for place in known if place.startswith("term:"))
        found = [hit for word in words if (hit := self.hit("term", word))]
        found += [_topic_hit(topics()[place]) for place in known if place in topics()]
        found += [_term_hit(each) for place in known for each in terms_of(place)]
        return list(dict.fromkeys(found))

    def hit(self, kind: str, id_: str) -> Hit | None:
        """Return what a link leads to; None where that is no part of this book."""
        try:
            return self._hit(kind, id_)
        except KeyError:
            return None

    def checklist(self, id_: str) -> Checklist:
        """Return the checklist with an id; KeyError when there is none."""
        return {each.id: each for each in self.checklists.checklist}[id_]

    def _hit(self, kind: str, id_: str) -> Hit:
        if kind == "term":
            return _term_hit(term(id_))
        if kind == "topic":
            return _topic_hit(topics()[id_])
        if kind == "page":
            return _page_hit(page(id_))
        if kind == "checklist":
            return _checklist_hit(self.checklist(id_))
        if kind == "command":
            return _command_hit(commands()[id_])
        return self._key_hit({key.id: key for key in KEYS}[id_])

    def _key_hit(self, key: Key) -> Hit:
        names = ", ".join(name_of(each) for each in self.keys.keys_of(key.id))
        return Hit("key", key.id, f"{key.description} ({names})", key.tooltip)

    @functools.cached_property
    def _prepared(self) -> tuple[list[Hit], Index]:
        found = list(self._everything())
        entries = [
            Entry(str(number), hit.title, others, f"{hit.line} {text}")
            for number, (hit, others, text) in enumerate(found)
        ]
        return [hit for hit, _, _ in found], Index(entries)

    def _everything(self) -> Iterator[tuple[Hit, tuple[str, ...], str]]:
        """Yield every hit but terms with its other names and further text, the likelier first."""
        for topic in topics().values():
            # A reason says what the defect of its name says already.
            if f"defect:{topic.name}" not in topics() or topic.place.startswith("defect:"):
                others = (topic.name, topic.title)
                yield _topic_hit(topic), others, f"{topic.why} {topic.do}"
        for written in pages():
            # The privacy page names so much that its text would answer every question.
            text = "" if written.id == PRIVACY else written.text
            yield _page_hit(written), (written.id,), text
        for checklist in self.checklists.checklist:
            points = " ".join(f"{item.text} {item.why}" for item in checklist.item)
            others = (checklist.id, f"{checklist.title} checklist")
            yield _checklist_hit(checklist), others, points
        for command in commands().values():
            options = " ".join(f"{option.typed} {option.about}" for option in command.options)
            yield _command_hit(command), (command.name,), f"{command.about} {options}"
        for key in KEYS:
            yield self._key_hit(key), (key.description,), ""


def _term_hit(found: Term) -> Hit:
    return Hit("term", found.id, found.name, found.merchandiser)


def _topic_hit(topic: Topic) -> Hit:
    # A note is only known by what it says: its name stands nowhere else.
    alone = topic.says_no_more or topic.place.startswith("note:")
    title = topic.title if alone else f"{topic.name}: {topic.title}"
    return Hit("topic", topic.place, title, topic.what)


def _page_hit(found: Page) -> Hit:
    return Hit("page", found.id, found.title, "Playbook")


def _checklist_hit(found: Checklist) -> Hit:
    return Hit("checklist", found.id, safe(found.title), safe(found.about))


def _command_hit(command: Command) -> Hit:
    return Hit("command", command.name, f"packshot {command.name}", command.about.split("\n\n")[0])
