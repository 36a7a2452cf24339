"""From what a person asked for to a complete recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.matting.recipe import Recipe, read_recipe
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
