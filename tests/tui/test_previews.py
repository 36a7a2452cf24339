"""Requests for pictures: which are drawn, which are shown, and in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from engine.errors import PhotoUnreadable, WorkerDied
from engine.work.jobs import PreviewJob
from tui.photo.previews import PictureCache, Previews
from tui.photo.request import Drawing, Form, PictureJob
from tui.terminal.graphics import Backend
from tui.terminal.pace import FAST, SLOW, Pace


class Bench:
    """Notes what a worker is asked for, and answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.paces: list[Pace] = []
        self.open: list[Future[Drawing]] = []
        self.shown: list[str] = []
        self.failed: list[str] = []
        self.drawing: Drawing | None = None
        self.previews = Previews(self._submit, self, PictureCache())

    def ask(self, name: str, *ahead: str, pace: Pace = FAST) -> None:
        self.previews.ask(_job(name, pace), 0, [(_job(other, pace), 0) for other in ahead])

    async def answer(self, error: Exception | None = None, *, final: bool = True) -> None:
        await until(lambda: bool(self.open))
        future = self.open.pop(0)
        if error:
            future.set_exception(error)
        else:
            future.set_result(Drawing(1, 1, 1.0, (1, 1), (0, 0, 1, 1), bytes(7), final))
        await asyncio.sleep(0.05)

    async def put_up(self, job: PictureJob, drawing: Drawing) -> None:
        self.drawing = drawing
        self.shown.append(_short(job))

    def give_up(self, job: PictureJob, problem: str) -> None:
        self.failed.append(problem)

    def _submit(self, job: PictureJob) -> Future[Drawing]:
        self.asked.append(_short(job))
        self.paces.append(job.form.pace)
        self.open.append(Future())
        return self.open[-1]


def _job(name: str, pace: Pace = FAST) -> PictureJob:
    form = Form(Backend.KITTY, (10, 20), pace=pace)
    return PictureJob(PreviewJob(Path(name), None, "original", (10, 10)), form)


def _short(job: PictureJob) -> str:
    return job.photo.name if job.quick else job.photo.name.upper()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


async def test_only_the_last_of_many_requests_reaches_the_worker() -> None:
    bench = Bench()
    for name in "abcde":
        bench.ask(name)
    await bench.answer()
    await until(lambda: bench.shown == ["e"])
    assert bench.asked == ["e"]


async def test_a_quick_picture_comes_first_and_the_sharp_one_when_one_rests() -> None:
    bench = Bench()
    bench.ask("a")
    await bench.answer(final=False)
    await until(lambda: bench.shown == ["a"])
    await bench.answer()
    await until(lambda: bench.shown == ["a", "A"])
    assert bench.asked == ["a", "A"]


async def test_who_goes_on_is_shown_quick_pictures_only(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    monkeypatch.setattr("tui.photo.previews.REST", 600.0)
    for name in "abc":
        bench.ask(name)
        await bench.answer(final=False)
    assert bench.asked == ["a", "b", "c"]
    await until(lambda: bench.shown[-1] == "c")
    monkeypatch.undo()
    bench.ask("c")
    await bench.answer()
    await until(lambda: bench.shown[-1] == "C")
    assert "A" not in bench.asked


async def test_a_picture_that_comes_too_late_is_kept_but_not_shown() -> None:
    bench = Bench()
    bench.ask("a")
    await until(lambda: bench.asked == ["a"])
    bench.ask("b")
    await bench.answer()
    await bench.answer()
    await until(lambda: bench.shown == ["b"])
    bench.ask("a")
    await until(lambda: bench.shown == ["b", "a"])
    assert bench.asked == ["a", "b"], "from memory"


async def test_what_comes_next_is_drawn_when_there_is_time() -> None:
    bench = Bench()
    bench.ask("a", "b", "c")
    await bench.answer()
    await bench.answer()
    await until(lambda: bench.asked == ["a", "b", "c"])
    bench.ask("x")
    await bench.answer()
    await bench.answer()
    assert bench.asked == ["a", "b", "c", "x"], "one at a time, and what is wanted comes next"
    await until(lambda: bench.shown == ["a", "x"])


async def test_a_failure_is_told_and_not_repeated_by_itself() -> None:
    bench = Bench()
    bench.ask("a")
    await bench.answer(PhotoUnreadable("a", "ends too early", "Copy it again."))
    await until(lambda: bench.failed == ["ends too early. Copy it again."])
    bench.ask("a")
    await asyncio.sleep(0.3)
    assert bench.asked == ["a"]
    assert len(bench.failed) == 2, "who asks again is told again, and not left without a word"
    bench.ask("b")
    await bench.answer()
    bench.ask("a")
    await bench.answer()
    await until(lambda: bench.shown == ["b", "a"])


async def test_a_picture_whose_worker_died_is_drawn_again_once() -> None:
    bench = Bench()
    bench.ask("a")
    died = WorkerDied("a", "the worker process ended", "Queue it again.")
    await bench.answer(died)
    assert bench.failed == []
    await bench.answer(died)
    await until(lambda: bench.failed == ["the worker process ended"])
    assert bench.asked == ["a", "a"]


async def test_a_fault_of_drawing_is_told_and_does_not_end_the_others() -> None:
    bench = Bench()
    bench.ask("a")
    await bench.answer(ZeroDivisionError("a fault"))
    assert "packshot's fault" in bench.failed[0]
    bench.ask("b")
    await bench.answer()
    await until(lambda: bench.shown == ["b"])


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = PictureCache(limit=14)
    one = Drawing(1, 1, 1.0, (1, 1), (0, 0, 1, 1), bytes(7), True)
    keys = [(_job(name), 0) for name in "abc"]
    cache.put(keys[0], one)
    cache.put(keys[1], one)
    assert cache.get(keys[0]) is one
    cache.put(keys[2], one)
    assert cache.get(keys[1]) is None
    assert cache.get(keys[0]) is one


async def test_another_pace_has_the_sharp_picture_drawn_for_it_and_no_second_quick_one() -> None:
    bench = Bench()
    bench.ask("a", pace=SLOW)
    await bench.answer(final=False)
    await until(lambda: bench.shown == ["a"])
    bench.ask("a", pace=FAST)
    await until(lambda: len(bench.asked) == 2)
    await bench.answer()
    await until(lambda: len(bench.shown) == 2)
    assert bench.asked == bench.shown == ["a", "A"]
    assert bench.paces == [SLOW, FAST]
