"""Turning a recipe's knobs: what is shown meanwhile, and what is cut in the end."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import PATIENCE_S, RECIPE, InstantWorkers, notices, press, settle
from textual.pilot import Pilot

from engine.matting.recipe import Recipe, recipe_from
from engine.session.session import Session
from engine.work.jobs import PreviewJob
from engine.work.recipes import recipe_of
from tui.adjust.bar import AdjustBar
from tui.adjust.knobs import KNOBS, told
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.photo.pane import PhotoPane

SIZE = (80, 24)
OTHER = SimpleNamespace(id="u2net", sha256="1" * 64)
MODELS = (SimpleNamespace(id="u2netp", sha256="0" * 64), OTHER)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two networks, whose files nobody opens."""
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: list(MODELS))
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)


def shown(app: Workstation) -> PreviewJob:
    """Return what the picture on the screen was asked for with."""
    job = app.screen.query_one(PhotoPane).shown
    assert job is not None
    return job


async def wait_for_edges(pilot: Pilot[None], workers: InstantWorkers, edges: set[float]) -> None:
    """Wait until pictures of recipes with some edges were drawn."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        drawn = {job.proposal.recipe.edge_shift for job in workers.pictures if job.proposal}
        if drawn >= edges:
            return
        assert time.monotonic() < deadline, f"drawn were {drawn}"
        await pilot.pause(0.02)


@pytest.mark.usefixtures("cut_all")
async def test_the_next_steps_are_drawn_before_they_are_asked_for(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a")
        await wait_for_edges(pilot, workers, {-0.5, 0.5})
        await press(pilot, "l")
        await wait_for_edges(pilot, workers, {1.0})


def recipes(session: Session) -> dict[str, Recipe | None]:
    """Return the recipe of each photo's newest matte."""
    return {photo.path.stem: recipe_of(photo.matte) for photo in session.photos() if photo.matte}


@pytest.mark.usefixtures("cut_all")
async def test_a_turned_knob_is_shown_at_once_and_cut_on_enter(
    app: Workstation, workers: InstantWorkers, session: Session
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a")
        bar = app.screen.query_one(AdjustBar)
        assert bar.has_focus
        assert shown(app).proposal is None, "nothing is tried yet"
        await press(pilot, "l")
        tried = shown(app).proposal
        assert tried is not None
        assert tried.recipe == replace(RECIPE, edge_shift=0.5)
        assert tried.keeps_matte, "the edge is moved on the matte that is there"
        await press(pilot, "j", "L", "j", "H", "j", "l", "j", "h", "j", "l")
        wanted = replace(
            RECIPE,
            edge_shift=0.5,
            edge_softness=2.5,
            hole_sensitivity=0.0,
            keep_shadow=True,
            refine=False,
            model="u2net",
            model_sha256="1" * 64,
        )
        tried = shown(app).proposal
        assert tried is not None
        assert tried.recipe == wanted
        assert not tried.keeps_matte
        assert shown(app).keep_shadow
        await press(pilot, "Y")
        beside = shown(app).beside
        assert beside is not None
        assert beside.matte == shown(app).matte, "what there is, beside what is tried"
        await press(pilot, "c")
        assert bar.shown_recipe == RECIPE
        await press(pilot, "c", "enter")
        assert recipes(session)["SKU201-back"] == wanted
        assert list(recipes(session).values()).count(wanted) == 1
        assert app.screen.query_one(PhotoList).has_focus
        assert bar.recipe is None


@pytest.mark.usefixtures("cut_all")
async def test_a_recipe_is_for_the_photo_the_marked_ones_or_the_sku(
    app: Workstation, session: Session
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a", "l", "a", "enter")
        shifted = replace(RECIPE, edge_shift=0.5)
        made = [name for name, recipe in recipes(session).items() if recipe == shifted]
        assert sorted(made) == ["SKU201-back", "SKU201-front", "SKU201-left"]
        await press(pilot, "G", "space", "a", "H", "enter")
        assert recipes(session)["SKU203-front"] == replace(RECIPE, edge_shift=-2.5)


@pytest.mark.usefixtures("cut_all")
async def test_leaving_cuts_nothing_and_so_does_another_photo(
    app: Workstation, workers: InstantWorkers, session: Session
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a", "l", "escape")
        assert shown(app).proposal is None or app.screen.query_one(PhotoList).has_focus
        await press(pilot, "a", "l", "0")
        assert app.screen.query_one(AdjustBar).shown_recipe == RECIPE
        await press(pilot, "l")
        app.screen.query_one(PhotoList).action_bottom()
        await settle(pilot)
        assert app.screen.query_one(AdjustBar).recipe is None
        assert set(recipes(session).values()) == {RECIPE}


async def test_a_photo_without_a_matte_shows_what_it_would_become(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a", "l")
        job = shown(app)
        assert job.matte is None
        assert job.view == "checker"
        assert job.proposal is not None
        assert job.proposal.stored is None


@pytest.mark.usefixtures("cut_all")
async def test_a_recipe_is_copied_and_pasted(app: Workstation, session: Session) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "V")
        assert "C copies" in notices(app)
        await press(pilot, "j", "a", "l", "enter")
        await press(pilot, "C", "G", "V")
        assert "edge +0.5 px" in notices(app)
        shifted = [name for name, recipe in recipes(session).items() if recipe != RECIPE]
        assert sorted(shifted) == ["SKU201-back", "SKU203-front"]


@given(st.lists(st.tuples(st.sampled_from(KNOBS), st.integers(-200, 200)), max_size=20))
def test_every_turn_gives_a_recipe_that_holds(turns: list[tuple[object, int]]) -> None:
    recipe = RECIPE
    for knob, steps in turns:
        recipe = knob.turned(recipe, steps, MODELS)  # type: ignore[attr-defined]
    assert recipe_from(recipe.content(), "it") == recipe
    assert told(recipe)
