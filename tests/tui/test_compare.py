"""Comparing the mattes of a photo, and having another one count."""

from __future__ import annotations

from pathlib import Path

import pytest
from studio import OTHER_RECIPE, RECIPE, InstantWorkers, cut_again, notices, press, settle

from engine.session.layout import matte_path
from engine.session.session import Session
from tui.app import Workstation
from tui.compare.described import described
from tui.compare.screen import CompareScreen

SIZE = (80, 24)


def asked(workers: InstantWorkers) -> set[tuple[Path | None, Path | None, str]]:
    """Return which mattes were to be seen, and beside which others in which way."""
    return {
        (job.matte, job.beside.matte, job.beside.how) if job.beside else (job.matte, None, "")
        for job in workers.pictures
    }


@pytest.mark.usefixtures("cut_all")
async def test_two_mattes_are_compared_and_one_is_chosen(
    app: Workstation, session: Session, workers: InstantWorkers
) -> None:
    cut_again(session)
    photo = session.photos()[0]
    assert photo.sha256 is not None
    old, new = (
        matte_path(session.folder, photo.sha256, recipe.digest())
        for recipe in (RECIPE, OTHER_RECIPE)
    )
    session.judge([photo.id], "approved")

    def now() -> tuple[str, str]:
        record = session.photo(photo.id)
        assert record.matte is not None
        return record.matte.recipe_digest, record.verdict.state

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "c")
        assert isinstance(app.screen, CompareScreen)
        assert "edge&#160;-1.5&#160;px" in app.export_screenshot()
        workers.pictures.clear()
        await press(pilot, "Y")
        await press(pilot, "d")
        assert asked(workers) >= {(old, new, "split"), (old, new, "difference")}
        await press(pilot, "d", "a", "j")
        workers.pictures.clear()
        await press(pilot, "Y")
        assert asked(workers) >= {(new, old, "split")}, "the other way round"
        await press(pilot, "c", "c", "enter")
        assert now() == (OTHER_RECIPE.digest(), "approved"), "it counted already"
        await press(pilot, "c", "c", "enter")
        assert now() == (OTHER_RECIPE.digest(), "approved"), "the one that was shown"
        await press(pilot, "c", "escape")
        await press(pilot, "c", "enter")
        assert now() == (RECIPE.digest(), "pending"), "nobody has judged this one"
        assert "u takes it back" in notices(app)
        await press(pilot, "u")
        assert now() == (OTHER_RECIPE.digest(), "approved")


@pytest.mark.usefixtures("cut_all")
async def test_one_matte_is_compared_with_nothing(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "c")
        assert "This photo has one matte. a makes another" in notices(app)


async def test_a_photo_without_a_matte_has_nothing_to_compare(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "c")
        assert "no matte to compare" in notices(app)


@pytest.mark.usefixtures("cut_all")
def test_mattes_are_told_apart_by_what_is_different(session: Session) -> None:
    cut_again(session)
    photo = session.photos()[0]
    assert photo.sha256 is not None
    lines = described(session.mattes(photo.sha256))
    assert [line.partition("  ")[0] for line in lines] == [
        "u2netp, edge -1.5 px",
        "u2netp, edge 0 px",
    ]
    (alone,) = described(session.mattes(photo.sha256)[:1])
    assert alone.startswith(f"u2netp, recipe {OTHER_RECIPE.digest()[:8]}  ")
