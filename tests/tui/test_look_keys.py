"""Each key of the photo pane has its effect, and only the last request is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import pytest
from studio import InstantWorkers, press, settle
from textual.pilot import Pilot
from textual.widgets import Static

from tui.app import Workstation
from tui.photo.pane import PhotoPane
from tui.photo.request import Drawing, PictureJob
from tui.photo.view import PhotoView
from tui.terminal.graphics import Backend, Graphics
from tui.terminal.pace import FAST, SLOW

SIZE = (80, 24)


def pane(pilot: Pilot[None]) -> PhotoPane:
    return pilot.app.screen.query_one(PhotoPane)


async def test_without_a_matte_the_original_is_shown(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pane(pilot).view == "original"
        assert workers.pictures[-1].matte is None


@pytest.mark.usefixtures("cut_all")
async def test_views(app: Workstation, workers: InstantWorkers) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pane(pilot).view == "checker"
        for key, view in {
            "m": "matte",
            "b": "black",
            "w": "white",
            "B": "brand",
            "full_stop": "edge",
            "Y": "split",
            "t": "overlay",
            "backslash": "original",
        }.items():
            await press(pilot, key)
            assert pane(pilot).view == view
        await settle(pilot)
        assert workers.pictures[-1].view == "original"
        await press(pilot, "backslash")
        assert pane(pilot).view == "overlay", "the same key goes back to the view before"
        await press(pilot, "tab", "tab", "tab")
        assert pane(pilot).view == "original", "round and round"
        await press(pilot, "shift+tab")
        assert pane(pilot).view == "split"


@pytest.mark.usefixtures("cut_all")
async def test_zooming_and_panning(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "z")
        assert pane(pilot).zoom.factor == 1.0
        await press(pilot, "z")
        assert pane(pilot).zoom.fits
        await press(pilot, "Z", "plus")
        assert pane(pilot).zoom.factor == 4.0
        await settle(pilot)
        middle = pane(pilot).zoom.centre
        await press(pilot, "right", "down")
        moved = pane(pilot).zoom.centre
        assert moved[0] > middle[0]
        assert moved[1] > middle[1]
        await press(pilot, "left", "up")
        assert pane(pilot).zoom.centre == pytest.approx(middle)
        await press(pilot, "j")
        assert pane(pilot).zoom.factor == 4.0, "zoom and place stay from photo to photo"
        await settle(pilot)
        await press(pilot, "minus")
        assert pane(pilot).zoom.factor == 2.0
        await settle(pilot)
        drawing = pane(pilot).drawing
        assert drawing is not None
        assert drawing.zoom == 2.0
        await press(pilot, "f")
        assert pane(pilot).zoom.fits
        await press(pilot, "z", "escape")
        assert pane(pilot).zoom.fits


async def test_holding_a_key_shows_the_last_photo_and_asks_for_few(
    app: Workstation, workers: InstantWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = len(workers.pictures)
        # A loaded machine takes longer from one press to the next than a held key does.
        with monkeypatch.context() as patched:
            patched.setattr("tui.photo.previews.DEBOUNCE", 1.0)
            await pilot.press(*"jjjjjjj")
            await settle(pilot)
        shown = [job.photo.name for job in workers.pictures[before:]]
        assert "SKU203-front.png" in shown
        assert len(shown) < 5


async def test_a_picture_that_was_seen_is_not_made_again(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in "jkjk":
            await press(pilot, key)
        jobs = [(job.photo, job.view, job.box) for job in workers.pictures]
        assert len(jobs) == len(set(jobs))


async def test_a_photo_that_cannot_be_shown_says_why(
    app: Workstation, workers: InstantWorkers
) -> None:
    workers.broken.add("SKU201-back.png")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pane(pilot).has_class("-message")
        assert "ends too early" in app.export_screenshot().replace("&#160;", " ")
        await press(pilot, "j", "j")
        assert not pane(pilot).has_class("-message")


async def test_another_size_asks_for_another_picture(
    app: Workstation, workers: InstantWorkers
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        view = app.screen.query_one(PhotoView)
        assert workers.pictures[-1].box == view.box
        assert view.drawing is not None


async def test_redraw_and_theme_keep_the_picture(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        view = app.screen.query_one(PhotoView)
        before = view.drawing
        themes = [app.theme]
        for _ in range(3):
            await press(pilot, "f9")
            themes.append(app.theme)
        await press(pilot, "ctrl+l")
        assert view.drawing == before
        assert len(set(themes)) == 3
        assert themes[0] == themes[3]


async def test_a_message_keeps_its_lines_and_nothing_else_that_is_no_text(
    app: Workstation,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        pane(pilot).show_message("is missing\x1b[31m\nR looks again")
        shown = pane(pilot).query_one("#photo-message", Static)
        assert str(shown.content) == "is missing\N{REPLACEMENT CHARACTER}[31m\nR looks again"


@pytest.mark.usefixtures("cut_all")
async def test_no_dialog_over_a_kitty_picture_has_it_sent_again(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    async def note(*_: object) -> int:
        sent.append(len(sent) + 1)
        return sent[-1]

    app.desk.terminal.graphics = Graphics(Backend.KITTY, (10, 20))
    monkeypatch.setattr(app.desk.terminal, "send_picture", note)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j")
        shown, before = picture_cells(app), len(sent)
        assert shown
        for key in ("f1", "question_mark", "f6", "f8", "x", "E"):
            await press(pilot, key)
            assert len(app.screen_stack) == 2, key
            around = picture_cells(app)
            assert around < shown, "the panel covers a part of it, the rest is there as it was"
            await press(pilot, "escape")
            assert picture_cells(app) == shown
        assert len(sent) == before, "nothing is sent again"


@pytest.mark.usefixtures("cut_all")
async def test_a_line_that_turns_out_slow_has_no_picture_drawn_again(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PictureJob] = []
    submit = app.desk.crew.picture

    def note(job: PictureJob) -> Future[Drawing]:
        asked.append(job)
        return submit(job)

    monkeypatch.setattr(app.desk.crew, "picture", note)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = pane(pilot).drawing
        assert app.desk.terminal.pace == FAST
        app.desk.terminal.pace = SLOW
        await press(pilot, "slash", *"201")
        assert pane(pilot).drawing is shown, "what is on the screen stays"
        await press(pilot, "escape", "m")
        assert pane(pilot).drawing is not shown
        assert next(job.form.pace for job in asked if job.preview.view == "matte") == SLOW


@pytest.mark.usefixtures("cut_all")
async def test_a_line_that_turns_out_fast_gets_the_sharp_picture_of_its_pace(
    app: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PictureJob] = []
    submit, terminal = app.desk.crew.picture, app.desk.terminal

    def note(job: PictureJob) -> Future[Drawing]:
        asked.append(job)
        return submit(job)

    async def sent(*_: object) -> int:
        return 1

    @contextmanager
    def pacing() -> Iterator[Callable[[], Awaitable[None]]]:
        async def followed() -> None:
            terminal.pace = FAST

        yield followed

    terminal.graphics, terminal.pace = Graphics(Backend.KITTY, (10, 20)), SLOW
    monkeypatch.setattr(terminal, "send_picture", sent)
    monkeypatch.setattr(terminal, "pacing", pacing)
    monkeypatch.setattr(app.desk.crew, "picture", note)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        here = [(job.quick, job.form.pace) for job in asked if job.photo == asked[0].photo]
        # A loaded machine asks for the sharp one before it knows the line, and then again.
        assert here[0] == (True, SLOW)
        assert here[-1] == (False, FAST)
        shown = pane(pilot).drawing
        terminal.pace = SLOW
        await press(pilot, "slash", *"201")
        assert pane(pilot).drawing is shown, "what is sharp stays"


def picture_cells(app: Workstation) -> Counter[tuple[str, str]]:
    """Return the cells of a kitty picture that are on the screen, with their colour: its number."""
    strips = app.screen._compositor.render_strips()
    return Counter(
        (cell, str(segment.style and segment.style.color))
        for strip in strips
        for segment in strip
        if "\U0010eeee" in segment.text
        for cell in re.findall("\U0010eeee[^\U0010eeee ]*", segment.text)
    )
