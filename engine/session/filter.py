"""The language in which photos are sought: words that must all hold, each of which ``!`` inverts.

``left`` is in the path; ``"left side"`` keeps its space. A word with a colon asks for more: a state
(``is:cut``), the photo's name (``view:front``, ``sku:201``), what people decided
(``verdict:rejected``, ``reason:halo``, ``by:mara``), what was found (``warning:too-small``) or what
it has (``has:note``, ``has:delivery``, ``has:defect`` or one kind of them, ``has:halo``).
The beginning of a name is enough: ``is:appr``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from engine.matting.defects.defect import KINDS, Kind
from engine.session.records import REASONS, STATES, PhotoRecord
from engine.session.states import State
from engine.session.warnings import WARNINGS

Test = Callable[[PhotoRecord, State], bool]

_WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')


@dataclass(frozen=True)
class _Question:
    """What a word with a colon asks: ``told`` gives what the photo has to say to it.

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
    "is": _Question(_states, tuple(State)),
    "view": _Question(lambda photo, _: (photo.view,)),
    "sku": _Question(lambda photo, _: (photo.sku,)),
    "verdict": _Question(lambda photo, _: (photo.verdict.state,), STATES),
    "reason": _Question(lambda photo, _: _hyphened(photo.verdict.reasons), _hyphened(REASONS)),
    "by": _Question(lambda photo, _: (photo.verdict.person,)),
    "warning": _Question(lambda photo, _: (each.kind for each in photo.warnings), WARNINGS),
    "has": _Question(lambda photo, _: (name for name, has in _HAS.items() if has(photo)), [*_HAS]),
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
            return f"{kind}: takes {', '.join(question.names)}"
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
