"""How a season's standing is shown: a glyph and a word for each, told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from tui.browse.states import UNICODE
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.seasons.standing import Standing
    from engine.session.states import State


@dataclass(frozen=True)
class Sign:
    """One cell for a season's standing, on any terminal and on one that knows ASCII alone."""

    glyph: str
    ascii: str
    word: str
    style: str


SIGNS = {
    "locked": Sign("■", "=", "locked", "$state-approved"),
    "open": Sign("□", "-", "open", "$foreground"),
    "changed": Sign("!", "!", "changed", "$error"),
    "broken": Sign("!", "!", "lock broken", "$error"),
    "unusable": Sign("!", "!", "unusable", "$error"),
}
"""The sign of each standing."""


def season_chips(standing: Standing | None, glyphs: dict[State, str]) -> list[Content]:
    """Return how a season stands, from the longest form to the shortest, its glyph alone.

    Parameters
    ----------
    standing : of the season that the session works for; None where it works for none
    glyphs : those of the states, which tell what the terminal can show
    """
    if standing is None:
        return [Content()]
    sign = SIGNS[standing.state]
    glyph = sign.glyph if glyphs is UNICODE else sign.ascii
    name = safe(standing.name)
    forms = (f"{glyph} {name} {sign.word}", f"{glyph} {name}", glyph)
    return [Content.styled(form, f"bold {sign.style}") for form in forms]
