"""The knobs of a recipe as a person turns them: by steps, between their ends.

Pure functions over recipes. Every recipe that comes out of here is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.matting.recipe import MAX_SHIFT, MAX_SOFTNESS, Recipe

if TYPE_CHECKING:
    from models.spec import ModelSpec


@dataclass(frozen=True)
class Knob:
    """One choice of a recipe.

    Attributes
    ----------
    title : its name on the screen
    field : the recipe's field that it turns
    shown : its value in a recipe, in words
    turned : the recipe some steps further, given the installed networks; stops at the ends
    """

    title: str
    field: str
    shown: Callable[[Recipe], str]
    turned: Callable[[Recipe, int, Sequence[ModelSpec]], Recipe]


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(round(value, 3), low), high)


def _shift(recipe: Recipe, steps: int, _: Sequence[ModelSpec]) -> Recipe:
    shift = _clamped(recipe.edge_shift + 0.5 * steps, -MAX_SHIFT, MAX_SHIFT)
    return replace(recipe, edge_shift=shift)


def _soften(recipe: Recipe, steps: int, _: Sequence[ModelSpec]) -> Recipe:
    softness = _clamped(recipe.edge_softness + 0.5 * steps, 0.0, MAX_SOFTNESS)
    return replace(recipe, edge_softness=softness)


def _open_holes(recipe: Recipe, steps: int, _: Sequence[ModelSpec]) -> Recipe:
    return replace(
        recipe, hole_sensitivity=_clamped(recipe.hole_sensitivity + 0.1 * steps, 0.0, 1.0)
    )


def _keep_shadow(recipe: Recipe, steps: int, _: Sequence[ModelSpec]) -> Recipe:
    return replace(recipe, keep_shadow=steps > 0)


def _refine(recipe: Recipe, steps: int, _: Sequence[ModelSpec]) -> Recipe:
    return replace(recipe, refine=steps > 0)


def _take_model(recipe: Recipe, steps: int, installed: Sequence[ModelSpec]) -> Recipe:
    ids = [spec.id for spec in installed]
    if not ids:
        return recipe
    place = ids.index(recipe.model) if recipe.model in ids else 0
    spec = installed[min(max(place + steps, 0), len(ids) - 1)]
    return replace(recipe, model=spec.id, model_sha256=spec.sha256, mask_sha256=None)


def _maker(recipe: Recipe) -> str:
    return "mask from outside" if recipe.mask_sha256 else recipe.model


KNOBS = (
    Knob(
        "Edge", "edge_shift",
        lambda recipe: f"{recipe.edge_shift:+g} px" if recipe.edge_shift else "0 px", _shift,
    ),
    Knob("Softness", "edge_softness", lambda recipe: f"{recipe.edge_softness:g} px", _soften),
    Knob(
        "Holes", "hole_sensitivity",
        lambda recipe: f"{recipe.hole_sensitivity:.0%}", _open_holes,
    ),
    Knob(
        "Shadow", "keep_shadow",
        lambda recipe: "kept" if recipe.keep_shadow else "away", _keep_shadow,
    ),
    Knob("Refine", "refine", lambda recipe: "on" if recipe.refine else "off", _refine),
    Knob("Model", "model", _maker, _take_model),
)  # fmt: skip
"""Every knob, in the order of the screen: the edge first, which shows at once."""


def told(recipe: Recipe) -> str:
    """Return a recipe in a line."""
    return ", ".join(f"{knob.title.lower()} {knob.shown(recipe)}" for knob in KNOBS)
