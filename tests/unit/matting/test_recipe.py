"""A recipe is a value with a digest, and a file that says clearly what is wrong with it."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RecipeInvalid
from engine.matting import recipe as recipe_module
from engine.matting.recipe import Recipe, read_recipe, recipe_from
from models.calibrated import Calibration

RECIPES = st.builds(
    Recipe,
    model=st.text("abcdefghij-0123456789", max_size=12),
    model_sha256=st.text("0123456789abcdef", max_size=64),
    refine=st.booleans(),
    edge_shift=st.floats(-50, 50),
    edge_softness=st.floats(0, 50),
    hole_sensitivity=st.floats(0, 1),
    keep_shadow=st.booleans(),
    mask_sha256=st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


@given(RECIPES)
def test_a_recipe_survives_its_file_and_a_process_border(
    tmp_path_factory: pytest.TempPathFactory, recipe: Recipe
) -> None:
    path = written(tmp_path_factory.mktemp("recipe"), recipe.to_toml())
    assert read_recipe(path) == recipe == pickle.loads(pickle.dumps(recipe))
    assert read_recipe(path).digest() == recipe.digest()


def test_what_a_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    assert read_recipe(written(tmp_path, "")) == Recipe("", "")
    assert read_recipe(written(tmp_path, "edge_shift = 1")) == Recipe("", "", edge_shift=1.0)


def test_every_choice_and_every_rendering_has_its_own_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = Recipe("a", "b")
    others = [
        replace(base, model="c"),
        replace(base, model_sha256="c"),
        replace(base, refine=False),
        replace(base, edge_shift=1.0),
        replace(base, edge_softness=1.0),
        replace(base, hole_sensitivity=0.6),
        replace(base, keep_shadow=True),
        replace(base, mask_sha256="0" * 64),
    ]
    assert len(others) == len(fields(Recipe))
    digests = {one.digest() for one in (base, *others)}
    monkeypatch.setattr(recipe_module, "RENDERING_VERSION", -1)
    digests.add(base.digest())
    assert len(digests) == len(others) + 2
    assert all(len(digest) == 64 for digest in digests)


def test_a_choice_that_nobody_makes_changes_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a session of an earlier packshot holds its mattes under.
    monkeypatch.setattr(recipe_module, "RENDERING_VERSION", 2)
    recipe = Recipe("u2netp", "5" * 64, refine=False)
    assert recipe.digest() == "781d0314143b6809719315e0d80e934f81a41042dd6a59ea238d3dca626823bf"
    assert "mask_sha256" not in recipe.content()


def test_other_weights_of_the_refiner_make_another_recipe_of_those_that_use_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipes = Recipe("a", "b"), Recipe("a", "b", refine=False)
    refined, plain = (recipe.digest() for recipe in recipes)
    monkeypatch.setattr(recipe_module, "refiner_sha256", lambda: "0" * 64)
    assert recipes[0].digest() != refined
    assert recipes[1].digest() == plain


def test_other_ranges_of_the_integers_make_another_recipe_of_those_that_use_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipes = Recipe("a", "b"), Recipe("a", "b", refine=False)
    refined, plain = (recipe.digest() for recipe in recipes)
    measured = Calibration({}, frozenset(), "12345678")
    monkeypatch.setattr(recipe_module, "calibration", lambda *_: measured)
    assert recipes[0].digest() != refined
    assert recipes[1].digest() == plain


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("edge_shfit = 1", "Did you mean “edge_shift”"),
        ("softness = 1", "edge_softness"),
        ("edge_shift = 'out'", "edge_shift has to be a number"),
        ("edge_shift = true", "edge_shift has to be a number"),
        ("refine = 1", "refine has to be true or false"),
        ("model = 3", "model has to be a text"),
        ("edge_softness = -1", "from 0 to 50"),
        ("edge_shift = nan", "from -50 to 50"),
        ("hole_sensitivity = 1.5", "hole_sensitivity is a number, from 0 to 1"),
        ("hole_sensitivty = 1", "Did you mean “hole_sensitivity”"),
        ("keep_shadows = true", "Did you mean “keep_shadow”"),
        ("keep_shadow = 'yes'", "keep_shadow has to be true or false"),
        ("mask_sha256 = '../../etc/passwd'", "64 hexadecimal digits"),
        ("mask_sha256 = 5", "mask_sha256 has to be a text"),
        ("edge_shift = ", "is not TOML"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RecipeInvalid, match=problem) as caught:
        read_recipe(path)
    assert caught.value.subject == str(path)
    assert caught.value.exit_status == 2


def test_files_that_are_no_text_or_not_there(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (binary, tmp_path / "missing.toml", tmp_path):
        with pytest.raises(RecipeInvalid):
            read_recipe(path)


def test_knobs_out_of_range_are_refused_in_code_too() -> None:
    with pytest.raises(RecipeInvalid, match="edge_softness"):
        Recipe("", "", edge_softness=51)


def test_every_knob_is_explained() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "recipes.md"
    explained = page.read_text(encoding="utf-8")
    for field in fields(Recipe):
        assert f"| `{field.name}` |" in explained


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"model": "u2netp"}, "model_sha256"),
        ({"model": "u2netp", "model_sha256": "0", "sharpness": 1}, "sharpness"),
        ({"model": "u2netp", "model_sha256": "0", "refine": "yes"}, "refine"),
        ({"model": "u2netp", "model_sha256": "0", "hole_sensitivity": 3}, "hole_sensitivity"),
    ],
)
def test_a_record_that_is_no_recipe_is_refused(record: dict[str, object], said: str) -> None:
    with pytest.raises(RecipeInvalid, match=said):
        recipe_from(record, "the matte's recipe")


def test_a_record_of_an_older_version_has_the_defaults_of_what_came_since() -> None:
    assert recipe_from({"model": "m", "model_sha256": "0"}, "a record") == Recipe("m", "0")
