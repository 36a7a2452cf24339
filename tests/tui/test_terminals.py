"""What is sent to a terminal: kitty pictures without a gap, sixel pictures in their place."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter

import pytest
from studio import settle
from textual.app import App, ComposeResult
from textual.widgets import Label

from engine.work.jobs import Picture
from tui.app import Workstation
from tui.photo.backend import Backend, Graphics, choose, environment_for
from tui.photo.blocks import block_strips
from tui.photo.paint import paint
from tui.photo.view import PhotoView

KITTY = Graphics(Backend.KITTY, (10, 20))
SIXEL = Graphics(Backend.SIXEL, (10, 20))


class Terminal(io.StringIO):
    """Keeps what is written; is no terminal, so that nothing is asked of it."""

    def commands(self) -> list[str]:
        """Return the kitty graphics commands so far, in short, and forget them."""
        sent = re.findall(r"\x1b_G([^;\x1b]*)", self.getvalue())
        self.seek(0)
        self.truncate()
        kinds = []
        for command in sent:
            keys = dict(pair.split("=") for pair in command.split(","))
            kind = {"p": "place", "d": "delete"}.get(keys.get("a", ""), "send")
            if not (kind == "send" and kinds[-1:] == ["send"]):
                kinds.append(kind)
        return kinds


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(sys, "__stdout__", terminal)
    return terminal


def picture(tone: int, width: int = 40, height: int = 40) -> Picture:
    return Picture(width, height, bytes([tone, 0, 0]) * width * height, 1.0, (width, height))


class Gallery(App[None]):
    """A picture and a label beside it."""

    def __init__(self, graphics: Graphics) -> None:
        super().__init__()
        self.graphics = graphics

    def compose(self) -> ComposeResult:
        yield Label("beside")
        yield PhotoView(self.graphics)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"surround": "#2b2b2b"}


async def test_kitty_swaps_without_a_gap_and_leaves_nothing_behind(terminal: Terminal) -> None:
    app = Gallery(KITTY)
    async with app.run_test() as pilot:
        view = app.query_one(PhotoView)
        await view.show(picture(10))
        await pilot.pause()
        assert terminal.commands() == ["send", "place"]
        await view.show(picture(20))
        await pilot.pause()
        assert terminal.commands() == ["send", "place", "delete"], "the new one before the old goes"
        view.refresh()
        app.query_one(Label).update("changed")
        app.theme = "textual-light"
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert terminal.commands() == [], "nothing is sent again"
        await view.resend()
        await pilot.pause()
        assert terminal.commands() == ["send", "place", "delete"]
    assert terminal.commands() == ["delete"], "quitting deletes the last one"


async def test_of_pictures_shown_at_once_the_last_one_stays(terminal: Terminal) -> None:
    import asyncio

    app = Gallery(KITTY)
    async with app.run_test() as pilot:
        view = app.query_one(PhotoView)
        await asyncio.gather(*(view.show(picture(tone)) for tone in (1, 2, 3)))
        await pilot.pause()
        assert view.picture == picture(3)
        kinds = terminal.commands()
        assert kinds.count("place") - kinds.count("delete") == 1


@pytest.mark.usefixtures("cut_all")
async def test_no_dialog_over_a_kitty_picture_has_it_sent_again(
    app: Workstation, terminal: Terminal
) -> None:
    app.desk.graphics = KITTY
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        shown = picture_cells(app)
        assert terminal.commands()[:2] == ["send", "place"]
        assert shown
        for key in ("f1", "question_mark", "f6", "f8", "x", "E"):
            await pilot.press(key)
            await settle(pilot)
            assert len(app.screen_stack) == 2, key
            around = picture_cells(app)
            assert around < shown, "the panel covers a part of it, the rest is there as it was"
            await pilot.press("escape")
            await settle(pilot)
            assert picture_cells(app) == shown
        assert terminal.commands() == [], "nothing is sent again"


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


def test_kitty_lines_cover_whole_cells_in_the_middle(terminal: Terminal) -> None:
    painting = paint(picture(9, 45, 41), KITTY)
    assert (painting.columns, painting.rows) == (5, 3)
    assert all("\U0010eeee" in line.text for line in painting.lines)


async def test_sixel_is_drawn_in_its_place_and_not_under_a_dialog(terminal: Terminal) -> None:
    from textual.screen import ModalScreen

    app = Gallery(SIXEL)
    async with app.run_test(size=(40, 12)) as pilot:
        view = app.query_one(PhotoView)
        await view.show(picture(200))
        await pilot.pause()
        text = "".join(
            segment.text for strip in app.screen._compositor.render_strips() for segment in strip
        )
        # 40 pixels are 4 columns and 2 rows; the panel is 40 × 11 cells below the label.
        assert re.search(r"\x1b\[6;19H\x1bP[^\x1b]*\x1b\\", text)
        await app.push_screen(ModalScreen())
        await pilot.pause()
        assert "\x1bP" not in "".join(
            segment.text for strip in view.render_lines(view.size.region) for segment in strip
        )


def test_blocks_show_edges_between_half_cells() -> None:
    left, right = bytes([255, 255, 255]), bytes(3)
    strips = block_strips((left + right) * 4, 2, 4, (0, 0, 0))
    assert [strip.text for strip in strips] == ["▌"]
    (segment,) = strips[0]
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.triplet == (255, 255, 255)


def test_blocks_fill_what_the_picture_leaves_with_the_surround() -> None:
    strips = block_strips(bytes([80, 90, 100]) * 3 * 2, 3, 2, (43, 43, 43))
    assert len(strips) == 1
    colours = {
        tuple(colour.triplet)
        for segment in strips[0]
        if segment.style
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour and colour.triplet
    }
    assert (43, 43, 43) in colours


@pytest.mark.parametrize(
    ("requested", "environment", "answer", "expected"),
    [
        ("auto", {}, Backend.KITTY, Backend.KITTY),
        ("auto", {}, Backend.SIXEL, Backend.SIXEL),
        ("auto", {"NO_COLOR": "1"}, Backend.KITTY, Backend.HALFCELL),
        ("auto", {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, None, "halfcell"),
        ("kitty", {"NO_COLOR": "1"}, None, Backend.KITTY),
        ("sixel", {}, None, Backend.SIXEL),
        ("halfcell", {}, None, Backend.HALFCELL),
    ],
)
def test_the_backend_is_asked_for_only_where_nothing_else_decides(
    requested: str, environment: dict[str, str], answer: Backend | None, expected: Backend
) -> None:
    def probe() -> Backend:
        assert answer is not None, "the terminal must not be asked"
        return answer

    assert choose(requested, environment, probe).backend == expected


def test_kitty_needs_true_colour() -> None:
    assert environment_for(KITTY) == {"TEXTUAL_COLOR_SYSTEM": "truecolor"}
    assert environment_for(Graphics()) == {}


async def test_a_terminal_that_is_too_small_is_told(app: object) -> None:
    from tui.app import Workstation
    from tui.frame import TooSmall

    assert isinstance(app, Workstation)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        small = app.screen.query_one(TooSmall)
        assert not small.display
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert small.display
        assert "50×12" in str(small.render())
        await pilot.press("s", "p")
        assert not app.desk.crew.busy, "what cannot be seen is not done"
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not small.display
