"""A recipe that is being tried is shown as it will be cut, on a smaller copy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.work.jobs import CutJob, PreviewJob, Proposal, cut, preview
from engine.work.recipes import resolve_recipe
from models.store import ModelStore

BOX = (160, 160)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_photos: Path) -> Path:
    """Return a session's folder with one photo."""
    folder = tmp_path_factory.mktemp("session")
    shutil.copy(sample_photos / "SKU203-front.jpg", folder / "photo.jpg")
    return folder


@pytest.fixture(scope="module")
def recipe(model_home: Path) -> Recipe:
    return resolve_recipe(ModelStore(model_home), "u2netp")


@pytest.fixture(scope="module")
def stored(folder: Path, recipe: Recipe, model_home: Path) -> Path:
    """Return the photo's matte."""
    result = cut(CutJob(folder / "photo.jpg", recipe, model_home, session=folder))
    return matte_path(folder, result.sha256, recipe.digest())


def shown(job: PreviewJob) -> NDArray[np.int16]:
    """Return the matte that a request for its view shows."""
    picture = preview(job)
    rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    return rgb[..., 0].astype(np.int16)


def test_a_proposal_without_a_matte_is_close_to_the_cut(
    folder: Path, stored: Path, recipe: Recipe, model_home: Path
) -> None:
    photo = folder / "photo.jpg"
    made = shown(PreviewJob(photo, stored, "matte", BOX))
    tried = shown(PreviewJob(photo, None, "matte", BOX, proposal=Proposal(recipe, model_home)))
    assert np.abs(made - tried).mean() < 4


def test_the_edge_moves_on_the_stored_matte_and_runs_no_network(
    folder: Path, stored: Path, recipe: Recipe, tmp_path: Path
) -> None:
    photo = folder / "photo.jpg"
    before = shown(PreviewJob(photo, stored, "matte", BOX))
    areas = []
    for shift in (-20.0, 0.0, 20.0):
        trial = Proposal(replace(recipe, edge_shift=shift), tmp_path, recipe)  # no network there
        areas.append(shown(PreviewJob(photo, stored, "matte", BOX, proposal=trial)).mean())
    assert areas[0] < before.mean() < areas[2]
    assert areas[1] == before.mean()


def test_the_edge_that_is_tried_is_the_one_that_is_cut(
    folder: Path, stored: Path, recipe: Recipe, model_home: Path
) -> None:
    photo = folder / "photo.jpg"
    wanted = replace(recipe, edge_shift=12.0, edge_softness=6.0)
    result = cut(CutJob(photo, wanted, model_home, session=folder))
    made = shown(
        PreviewJob(photo, matte_path(folder, result.sha256, wanted.digest()), "matte", BOX)
    )
    trial = Proposal(wanted, model_home, recipe)
    tried = shown(PreviewJob(photo, stored, "matte", BOX, proposal=trial))
    unturned = shown(PreviewJob(photo, stored, "matte", BOX))
    assert np.abs(made - tried).mean() < np.abs(made - unturned).mean() / 3


def test_another_choice_than_the_edge_needs_a_matte_of_its_own(recipe: Recipe) -> None:
    home = Path()
    for changed in (
        replace(recipe, hole_sensitivity=0.9),
        replace(recipe, refine=False),
        replace(recipe, model="other"),
    ):
        assert not Proposal(changed, home, recipe).keeps_matte
    assert Proposal(replace(recipe, edge_shift=3.0, keep_shadow=True), home, recipe).keeps_matte
    assert not Proposal(recipe, home, replace(recipe, edge_softness=2.0)).keeps_matte
    assert not Proposal(recipe, home).keeps_matte
