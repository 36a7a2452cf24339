"""The recipe that a photo is cut with again: its own, as far as this machine has its network."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from engine.errors import RecipeInvalid
from engine.matting.recipe import Recipe
from engine.session.records import MatteRecord
from engine.work.recipes import recipe_again, recipe_of
from models.errors import ModelMissing

ADJUSTED = Recipe(model="u2netp", model_sha256="0" * 64, edge_shift=2.0, keep_shadow=True)


class Store:
    """Stands for the models of a machine: their ids, the best first."""

    def __init__(self, *ids: str) -> None:
        self._specs = {each: SimpleNamespace(id=each, sha256=str(len(each)) * 64) for each in ids}

    def installed(self) -> list[Any]:
        return list(self._specs.values())

    def default(self) -> Any:
        return next(iter(self._specs.values()), SimpleNamespace(id="u2netp"))

    def spec(self, model: str) -> Any:
        return self._specs.get(model)

    def is_installed(self, model: str) -> bool:
        return model in self._specs

    def verified_path(self, model: str) -> None:
        raise ModelMissing(model, "is not installed", "Install it.")


def matte(values: dict[str, Any]) -> MatteRecord:
    return MatteRecord("0" * 64, "1" * 64, "u2netp", values, 48, 32, 0.1, (), "mara@studio", "")


def again(store: Store, of: MatteRecord | None) -> Recipe:
    return recipe_again(store, of)  # type: ignore[arg-type]


def test_what_somebody_has_adjusted_is_kept() -> None:
    made = again(Store("u2net", "u2netp"), matte(ADJUSTED.content()))
    assert made == replace(ADJUSTED, model_sha256="6" * 64), "with the network's file of today"


def test_the_best_network_stands_in_for_one_that_is_gone() -> None:
    made = again(Store("u2net"), matte(ADJUSTED.content()))
    assert made == replace(ADJUSTED, model="u2net", model_sha256="5" * 64)


@pytest.mark.parametrize("values", [{}, {"model": "u2netp"}, {"edge_shift": 900.0}])
def test_without_a_recipe_of_this_version_it_is_the_default(values: dict[str, Any]) -> None:
    assert recipe_of(matte(values)) is None
    assert again(Store("u2net"), matte(values)).edge_shift == 0
    assert again(Store("u2net"), None) == Recipe(model="u2net", model_sha256="5" * 64)


def test_without_any_network_the_remedy_is_told() -> None:
    for of in (None, matte(ADJUSTED.content())):
        with pytest.raises((ModelMissing, RecipeInvalid)):
            again(Store(), of)
