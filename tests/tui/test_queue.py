"""The Queue screen: each key on what runs, waits and failed, and what the screen says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studio import RECIPE, InstantWorkers, settle
from test_work_keys import down_to, notices, press, states, text_of, upcoming
from textual.pilot import Pilot

from engine.errors import WorkerDied
from engine.session.session import Session
from engine.work.batch import Batch
from engine.work.jobs import WarmJob
from engine.work.throughput import Rate
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.browse.screen import BrowseScreen
from tui.frame import WorkLine
from tui.queue.queue_list import QueueList
from tui.queue.warmth import Warmth

SIZE = (100, 30)


def lines(app: Workstation) -> list[str]:
    """Return the lines of the list as they are drawn."""
    queue = app.screen.query_one(QueueList)
    return [queue.draw_line(each, 90).text.rstrip() for each in range(queue.line_count)]


def here(app: Workstation) -> str:
    """Return the name under the cursor."""
    told = app.screen.query_one(QueueList).told
    return told.name if told else ""


async def queued(pilot: Pilot[None], workers: InstantWorkers) -> Workstation:
    """Queue all six photos, one of which is under way, and go to the queue."""
    workers.held = True
    await settle(pilot)
    await press(pilot, "ctrl+a", "s", "f3")
    assert isinstance(pilot.app, Workstation)
    return pilot.app


async def test_the_list_says_what_runs_and_what_waits(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await queued(pilot, workers)
        order = upcoming(app)
        assert lines(app) == [
            "Being cut  1",
            *(f"  ◐ {app.desk.crew.cutting.running_jobs[0].photo.name}",),
            "Waiting to be cut  5",
            *(f"  ◌ {name}.png" for name in order),
        ]
        assert here(app) == app.desk.crew.cutting.running_jobs[0].photo.name
        await press(pilot, "j")
        assert here(app) == f"{order[0]}.png", "no heading is stood on"
        await press(pilot, "G", "k")
        assert here(app) == f"{order[-2]}.png"
        await press(pilot, "g", "pagedown", "pageup", "up")
        assert here(app) == app.desk.crew.cutting.running_jobs[0].photo.name


@pytest.mark.usefixtures("cut_all")
async def test_the_photo_stands_beside_the_list_where_there_is_room(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await queued(pilot, workers)
        workers.pictures.clear()
        await press(pilot, "j", "b")
        assert not workers.pictures, "nobody would see it"
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert {(job.photo.name, job.view) for job in workers.pictures} == {(here(app), "checker")}
        await press(pilot, "j", "b", "z")
        last = workers.pictures[-1]
        assert (last.photo.name, last.view, last.zoom) == (here(app), "black", 1.0)
        await press(pilot, "c", "c")
        workers.release()
        await settle(pilot)


async def test_what_waits_is_moved_and_the_cursor_goes_with_it(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await queued(pilot, workers)
        a, b, c, d, e = upcoming(app)
        await press(pilot, "j", "j", "j", "K")
        assert upcoming(app) == [a, c, b, d, e]
        assert here(app) == f"{c}.png"
        await press(pilot, "J", "J")
        assert upcoming(app) == [a, b, d, c, e]
        await press(pilot, "T")
        assert upcoming(app) == [c, a, b, d, e]
        await press(pilot, "K")
        assert upcoming(app) == [c, a, b, d, e], "there is nothing before the first"
        await press(pilot, "g", "J")
        assert "Only what waits can be moved." in notices(app)


async def test_one_is_dropped_or_stopped_and_queued_again(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await queued(pilot, workers)
        a, b, c, d, e = upcoming(app)
        running = here(app)
        await press(pilot, "j", "j", "d")
        assert upcoming(app) == [a, c, d, e]
        assert here(app) == f"{c}.png"
        await press(pilot, "g", "d")
        assert f"{running} stopped." in notices(app)
        assert [job.photo.stem for job in app.desk.crew.cutting.running_jobs] == [a]
        progress = app.desk.crew.cutting.progress
        assert (progress.total, progress.cancelled) == (4, 2)
        assert states(app).count("failed") == 0, "what was stopped has not failed"
        await press(pilot, "c")
        assert upcoming(app) == []
        await press(pilot, "u")
        assert sorted(upcoming(app)) == sorted([b, c, d, e, running.removesuffix(".png")])
        await press(pilot, "c", "u", "c")
        workers.release()
        await settle(pilot)
        assert "1 of 1  done" in text_of(app, "#queue-summary")
        await press(pilot, "d", "c")
        assert "Only what waits or is under way can be dropped." in notices(app)
        assert "Nothing waits." in notices(app)


async def test_the_pause_holds_back_every_lane(app: Workstation, workers: InstantWorkers) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3", "space")
        assert "Nothing is being done." in notices(app)
        await press(pilot, "f2")
        await queued(pilot, workers)
        await press(pilot, "space")
        assert "0 of 6  paused" in text_of(app, "#queue-summary")
        assert "paused" in text_of(app, WorkLine.__name__)
        assert app.desk.crew.exporting.paused
        workers.release()
        await settle(pilot)
        assert states(app).count("queued") == 5, "what waits is held back"
        await press(pilot, "space")
        assert states(app).count("working") == 1
        assert not app.desk.crew.exporting.paused


async def test_what_failed_is_cut_again_with_the_recipe_that_it_had(
    app: Workstation, workers: InstantWorkers, session: Session
) -> None:
    adjusted = replace(RECIPE, edge_shift=2.0)
    workers.broken |= {"SKU201-back.png", "SKU202-left.png"}
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for photo in app.desk.photos:
            recipe = adjusted if photo.path.name == "SKU201-back.png" else RECIPE
            app.desk.crew.cut([(photo, recipe)], session.folder)
        await settle(pilot)
        await press(pilot, "f3")
        assert lines(app)[0] == "Not cut  2"
        assert "ends too early. Copy it from the card again." in text_of(app, "#queue-detail")
        workers.broken.clear()
        await press(pilot, "r")
        again = session.photo(app.desk.photos[0].id).matte
        assert again is not None
        assert again.recipe["edge_shift"] == 2.0
        assert states(app).count("failed") == 1
        await press(pilot, "R", "r")
        assert states(app).count("cut") == 6
        assert "This has not failed. R tries all failures again." in notices(app)
        await press(pilot, "R")
        assert "Nothing has failed." in notices(app)


async def test_a_failure_of_another_day_is_cut_again(
    app: Workstation, session: Session, workers: InstantWorkers
) -> None:
    session.record_failure(app.desk.session.photos()[2].id, "ends too early")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3", "r")
        assert states(app).count("cut") == 1


@pytest.mark.usefixtures("cut_all")
async def test_a_matte_that_somebody_has_adjusted_is_cut_again_just_so(
    app: Workstation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    photo = session.photos()[0]
    assert photo.sha256 is not None
    session.record_cut(
        photo.id,
        sha256=photo.sha256,
        size=(48, 32),
        recipe=replace(RECIPE, edge_shift=2.0),
        seconds=0.1,
        notes=(),
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "s")
        matte = session.photo(photo.id).matte
        assert matte is not None
        assert matte.recipe["edge_shift"] == 2.0
        assert "1 photo queued with u2netp." in notices(app)


@pytest.mark.usefixtures("cut_all")
async def test_a_failed_export_is_tried_again_or_forgotten(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.broken |= {"SKU201-back.png", "SKU201-front.png"}
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "p", "j", "p", "E", *down_to("master-png"), "enter", "f3")
        assert lines(app)[0] == "Not exported  2"
        assert here(app) == "master-png/SKU201-front.png"
        workers.broken.clear()
        await press(pilot, "r")
        assert states(app).count("exported") == 1
        assert here(app) == "master-png/SKU201-back.png"
        await press(pilot, "d")
        assert not app.desk.crew.exporting.failures
        assert lines(app)[0] == "Exported  1"
        assert lines(app)[1].startswith("  ▲ master-png/"), "as an exported photo has it elsewhere"


async def test_a_text_that_is_cut_short_ends_in_a_sign(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.broken.add("SKU201-back.png")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "s", "f3")
        queue = app.screen.query_one(QueueList)
        whole, short = (queue.draw_line(1, width).text.rstrip() for width in (120, 50))
        assert "ends too early. Copy it from the card again. [" in whole
        assert not whole.endswith("…")
        assert len(short) == 50
        assert short.endswith("…")


async def test_from_the_queue_to_the_photo(app: Workstation, workers: InstantWorkers) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3", "enter")
        assert "There is no photo here." in notices(app)
        await press(pilot, "f2", "H")
        await queued(pilot, workers)
        await press(pilot, "G")
        wanted = here(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BrowseScreen)
        row = app.screen.query_one(PhotoList).current
        assert row is not None
        assert row.photo.path.name == wanted, "its SKU was folded away"
        await press(pilot, "slash", *"nothing", "enter", "f3", "enter")
        assert "The filter hides this photo." in notices(app)


async def test_how_fast_it_goes_is_said(
    app: Workstation, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await queued(pilot, workers)
        assert "a minute" not in text_of(app, "#queue-summary"), "nothing has ended"
        monkeypatch.setattr(Batch, "rate", lambda batch: Rate(14.2, 58.3))
        workers.release(1)
        await settle(pilot)
        assert "14 a minute  58 MP/s" in text_of(app, "#queue-summary")
        assert "14 a minute  58 MP/s" in text_of(app, WorkLine.__name__)


async def test_the_network_is_warmed_up_by_a_key(
    app: Workstation, workers: InstantWorkers, session: Session
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        workers.held = True
        await settle(pilot)
        await press(pilot, "f3")
        assert "cold  W loads it" in text_of(app, "#queue-summary")
        assert "The queue is empty." in text_of(app, "#queue-summary")
        await press(pilot, "W")
        assert "u2netp warming" in text_of(app, "#queue-summary")
        workers.release()
        await settle(pilot)
        assert "u2netp warm" in text_of(app, "#queue-summary")
        await press(pilot, "W")
        assert workers.warmed == [WarmJob("u2netp", workers.warmed[0].model_home)]


def test_a_worker_that_has_died_takes_its_network_with_it() -> None:
    warmth = Warmth()
    warmth.loading("u2netp")
    assert warmth.of("u2netp", cutting=False) == "warming"
    warmth.loaded("u2netp", well=True)
    assert warmth.of("u2netp", cutting=False) == "warm"
    assert warmth.of("u2net", cutting=False) == "cold"
    assert warmth.of("u2net", cutting=True) == "warming"
    warmth.ended(WorkerDied("it", "ended", "Again."))
    assert warmth.of("u2netp", cutting=False) == "cold"
    warmth.loading("u2netp")
    warmth.loaded("u2netp", well=False)
    assert warmth.of("u2netp", cutting=False) == "cold"
