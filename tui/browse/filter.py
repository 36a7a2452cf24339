"""The filter language of the list: words that must all hold, each of which ``!`` inverts.

``left`` is in the path, ``is:cut`` is a state, ``view:front`` the photo's view, ``sku:201`` in
its SKU, ``has:warning``, ``has:note``, ``has:matte`` and ``has:delivery`` what it has. Defects are
had too: ``has:defect`` any of them, ``has:halo`` or ``has:hole-filled`` one kind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.matting.defects.defect import KINDS, Kind
from engine.session.records import PhotoRecord
from tui.browse.states import State

Test = Callable[[PhotoRecord, State], bool]


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


def matcher(text: str) -> Test:
    """Return the test that a filter text stands for; an empty text lets everything through."""
    tests = [_word(word) for word in text.casefold().split()]
    return lambda photo, state: all(test(photo, state) for test in tests)


def problem(text: str) -> str | None:
    """Return what a person should know about a filter text that cannot match as it stands."""
    for word in text.casefold().split():
        kind, colon, value = word.removeprefix("!").partition(":")
        if not colon or not value:
            continue
        if kind == "is" and not any(state.startswith(value) for state in State):
            return f"is: takes {', '.join(State)}"
        if kind == "has" and not any(name.startswith(value) for name in _HAS):
            return f"has: takes {', '.join(_HAS)}"
    return None


def _word(word: str) -> Test:
    if word.startswith("!") and len(word) > 1:
        test = _word(word[1:])
        return lambda photo, state: not test(photo, state)
    kind, _, value = word.partition(":")
    if kind == "is":
        return lambda photo, state: state.startswith(value)
    if kind == "view":
        return lambda photo, state: photo.view.casefold().startswith(value)
    if kind == "sku":
        return lambda photo, state: value in photo.sku.casefold()
    if kind == "has":
        kinds = [has for name, has in _HAS.items() if name.startswith(value)]
        return lambda photo, state: any(has(photo) for has in kinds)
    return lambda photo, state: word in str(photo.path).casefold()
