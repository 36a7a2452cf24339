"""From what a person asked for to a complete recipe."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import RecipeInvalid
from engine.matting.recipe import Recipe, read_recipe, recipe_from

if TYPE_CHECKING:
    from engine.session.records import MatteRecord
    from engine.session.session import Session
    from models.store import ModelStore


def resolve_recipe(
    store: ModelStore, model: str | None = None, recipe_file: Path | None = None
) -> Recipe:
    """Return the recipe that a model's name and a recipe file come to.

    Parameters
    ----------
    store : where models are installed
    model : a model's id; it wins over the file's; without both the best installed one is taken
    recipe_file : TOML with the other choices; what it leaves out has its default

    Raises
    ------
    RecipeInvalid : the file cannot be used
    ModelUnknown, ModelMissing : there is no such model here
    """
    base = read_recipe(recipe_file) if recipe_file else Recipe(model="", model_sha256="")
    wanted = model or base.model or store.default().id
    spec = store.spec(wanted)
    if not store.is_installed(wanted):
        store.verified_path(wanted)  # says how to install or import it
    return replace(base, model=spec.id, model_sha256=spec.sha256)


def recipe_of(matte: MatteRecord | None) -> Recipe | None:
    """Return the recipe that a matte was made with; None where it is not one of this version."""
    if matte is None:
        return None
    try:
        return recipe_from(matte.recipe, "the matte's recipe")
    except RecipeInvalid:
        return None


def recipe_again(store: ModelStore, matte: MatteRecord | None) -> Recipe:
    """Return the recipe to make a matte with again: its own, which somebody may have adjusted.

    The best installed network stands in for one that is not here any more; without a matte it is
    the default recipe.

    Raises
    ------
    ModelMissing : none is installed
    """
    own = recipe_of(matte)
    if own is None:
        return resolve_recipe(store)
    spec = next((spec for spec in store.installed() if spec.id == own.model), None)
    if spec is None:
        best = resolve_recipe(store)
        return replace(own, model=best.model, model_sha256=best.model_sha256)
    return replace(own, model_sha256=spec.sha256)


def recipe_to_lock(
    session: Session, store: ModelStore, model: str | None = None, recipe_file: Path | None = None
) -> Recipe:
    """Return the recipe to lock a season with.

    Where nobody names a network, the approved photos do: a lock with another one would refuse to
    export every one of them.

    Parameters
    ----------
    session : whose approved photos
    store : where models are installed
    model, recipe_file : what a person has named

    Raises
    ------
    RecipeInvalid : the approved photos were cut with several networks; or as `resolve_recipe`
    ModelUnknown, ModelMissing : there is no such model here
    """
    if model is not None or recipe_file is not None:
        return resolve_recipe(store, model, recipe_file)
    used = Counter(
        photo.matte.model
        for photo in session.photos()
        if photo.matte is not None and photo.verdict.state == "approved"
    )
    if len(used) > 1:
        told = ", ".join(f"{count} with {name}" for name, count in used.most_common())
        raise RecipeInvalid(
            str(session.folder),
            f"its approved photos were cut with several networks: {told}",
            "Name the one to lock with --model, and cut the other photos again with it.",
        )
    return resolve_recipe(store, next(iter(used), None))
