"""The language in which photos are sought: words that must all hold, each of which ``!`` inverts.

``left`` is in the path; ``"left side"`` keeps its space. A word with a colon asks for more: a state
(``is:cut``), the photo's name (``view:front``, ``sku:201``), what people decided
(``verdict:rejected``, ``reason:halo``, ``by:mara``, ``stars:>=3``), what was found
(``warning:too-small``) or what it has (``has:note``, ``has:delivery``, ``has:defect`` or one kind
of them, ``has:halo``).
The beginning of a name is enough: ``is:appr``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from engine.matting.defects.defect import KINDS, Kind
from engine.session.records import MOST_STARS, REASONS, STATES, PhotoRecord
from engine.session.states import State
from engine.session.warnings import WARNINGS

Test = Callable[[PhotoRecord, State], bool]

_WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')


class _Question(Protocol):
    """What a word with a colon asks."""

    def test(self, value: str) -> Test:
        """Return whether a photo says what is asked for."""

    def knows(self, value: str) -> bool:
        """Return whether a value can be asked for."""

    @property
    def takes(self) -> str:
        """What can be asked for, in words."""


@dataclass(frozen=True)
class _Words:
    """A question for words: ``told`` gives what the photo has to say to it.

    With ``names`` a value is the beginning of one of them; without, it may stand anywhere.
    """

    told: Callable[[PhotoRecord, State], Iterable[str]]
    names: Sequence[str] = ()

    def test(self, value: str) -> Test:
        """Return whether a photo says what is asked for."""
        told = self.told
        if self.names:
            return lambda photo, state: any(each.startswith(value) for each in told(photo, state))
        return lambda photo, state: any(value in each.casefold() for each in told(photo, state))

    def knows(self, value: str) -> bool:
        """Return whether a value can be asked for."""
        return not self.names or any(name.startswith(value) for name in self.names)

    @property
    def takes(self) -> str:
        """What can be asked for, in words."""
        return ", ".join(self.names)


_NUMBER = re.compile(r"(>=|<=|>|<|=|)([0-9])")
_COMPARED = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "": operator.eq,
}


@dataclass(frozen=True)
class _Number:
    """A question for a number from 0 to ``most``: this one, or one that is larger or smaller."""

    told: Callable[[PhotoRecord], int]
    most: int

    def test(self, value: str) -> Test:
        """Return whether a photo says what is asked for; nothing else than a number matches."""
        asked = _NUMBER.fullmatch(value)
        if asked is None:
            return lambda photo, state: False
        compared, number, told = _COMPARED[asked[1]], int(asked[2]), self.told
        return lambda photo, state: compared(told(photo), number)

    def knows(self, value: str) -> bool:
        """Return whether a value can be asked for."""
        asked = _NUMBER.fullmatch(value)
        return asked is not None and int(asked[2]) <= self.most

    @property
    def takes(self) -> str:
        """What can be asked for, in words."""
        return f"a number from 0 to {self.most}, perhaps after >=, <=, > or <"


def _hyphened(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.replace(" ", "-") for name in names)


def _states(_: PhotoRecord, state: State) -> Iterable[str]:
    """Return the state's names: what was exported is approved, too."""
    exported = state in {State.EXPORTED, State.OUTDATED}
    return (state, State.APPROVED) if exported else (state,)


def _defects(photo: PhotoRecord) -> set[Kind]:
    return {defect.kind for defect in (photo.matte.defects if photo.matte else None) or ()}


def _has_defect(kind: Kind, photo: PhotoRecord) -> bool:
    return kind in _defects(photo)


_HAS: dict[str, Callable[[PhotoRecord], bool]] = {
    "warning": lambda photo: bool(photo.warnings),
    "note": lambda photo: bool(photo.verdict.note),
    "matte": lambda photo: photo.matte is not None,
    "delivery": lambda photo: photo.deliveries > 0,
    "defect": lambda photo: bool(_defects(photo)),
} | {kind.replace(" ", "-"): partial(_has_defect, kind) for kind in KINDS}

QUESTIONS: dict[str, _Question] = {
    "is": _Words(_states, tuple(State)),
    "view": _Words(lambda photo, _: (photo.view,)),
    "sku": _Words(lambda photo, _: (photo.sku,)),
    "verdict": _Words(lambda photo, _: (photo.verdict.state,), STATES),
    "reason": _Words(lambda photo, _: _hyphened(photo.verdict.reasons), _hyphened(REASONS)),
    "by": _Words(lambda photo, _: (photo.verdict.person,)),
    "stars": _Number(lambda photo: photo.stars, MOST_STARS),
    "warning": _Words(lambda photo, _: (each.kind for each in photo.warnings), WARNINGS),
    "has": _Words(lambda photo, _: (name for name, has in _HAS.items() if has(photo)), [*_HAS]),
}
"""What can be asked for with a colon."""


def matcher(text: str) -> Test:
    """Return the test that a filter text stands for; an empty text lets everything through."""
    tests = [_test(word) for word in _words(text)]
    return lambda photo, state: all(test(photo, state) for test in tests)


def problem(text: str) -> str | None:
    """Return what a person should know about a filter text that cannot match as it stands."""
    for word in _words(text):
        kind, colon, value = word.removeprefix("!").partition(":")
        if not colon or not kind.isalpha():
            continue
        question = QUESTIONS.get(kind)
        if question is None:
            return (
                f"{kind}: asks for nothing known; {', '.join(f'{each}:' for each in QUESTIONS)} do"
            )
        if not question.knows(value):
            return f"{kind}: takes {question.takes}"
    return None


def _words(text: str) -> list[str]:
    return [word.replace('"', "") for word in _WORD.findall(text.casefold())]


def _test(word: str) -> Test:
    if word.startswith("!") and len(word) > 1:
        test = _test(word[1:])
        return lambda photo, state: not test(photo, state)
    kind, colon, value = word.partition(":")
    if colon and kind in QUESTIONS:
        return QUESTIONS[kind].test(value)
    return lambda photo, state: word in str(photo.path).casefold()
