"""Places: what may be explained, written ``kind:name``, as ``preset:placement.fill``.

A term of the glossary occurs at places, a topic explains one, and the help is opened on those
where a person is.
"""

from __future__ import annotations

import re

_SPOKEN = {
    "screen": "screen {}",
    "preset": "preset field {}",
    "check": "rule {}",
    "recipe": "recipe value {}",
    "defect": "defect {}",
    "warning": "warning {}",
    "reason": "reason {}",
    "command": "packshot {}",
    "season": "season field {}",
    "session": "packshot.toml, {}",
}
_WHOLE = {"preset:": "every preset", "season:": "every season", "session:": "packshot.toml"}

PLACES = tuple(_SPOKEN)
"""The kinds of places that a term may occur at."""


def in_words(place: str) -> str:
    """Return a place as a person says it: ``preset field placement.fill``, ``packshot cut``."""
    if place in _WHOLE:
        return _WHOLE[place]
    kind, _, name = place.partition(":")
    if kind == "screen":
        name = name.capitalize()
    elif kind == "check":
        name = name.replace("_", " ")
    return _SPOKEN[kind].format(name)


def message_places(text: str) -> list[str]:
    """Return the place of each message whose code stands in a text, ``error:P01``."""
    return [f"error:{code}" for code in re.findall(r"\[([A-Z][0-9]{2})\]", text)]
