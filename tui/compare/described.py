"""How the mattes of a photo are told apart in words: by what is different in their recipes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.session.records import MatteRecord
from engine.work.recipes import recipe_of
from tui.adjust.knobs import KNOBS
from tui.browse.facts import day_text
from tui.safe_text import safe


def described(mattes: Sequence[MatteRecord]) -> list[str]:
    """Return a line for each matte: its network, what its recipe has for itself, who and when."""
    values = [_values(matte) for matte in mattes]
    told = {
        title
        for title in dict.fromkeys(title for each in values for title in each)
        if len({each.get(title) for each in values}) > 1
    }
    return [_line(matte, each, told) for matte, each in zip(mattes, values, strict=True)]


def _values(matte: MatteRecord) -> dict[str, str]:
    """Return what each knob stands at; the network's name alone for a recipe of another version."""
    recipe = recipe_of(matte)
    if recipe is None:
        return {"Model": matte.model}
    return {knob.title: knob.shown(recipe) for knob in KNOBS}


def _line(matte: MatteRecord, values: dict[str, str], told: set[str]) -> str:
    own = [values.get("Model", matte.model)]
    own += [
        f"{title.lower()} {value}"
        for title, value in values.items()
        if title in told and title != "Model"
    ]
    if len(own) == 1:
        own.append(f"recipe {matte.recipe_digest[:8]}")
    return safe(f"{', '.join(own)}  {day_text(matte.at)}  {matte.person}")
