"""What a terminal is asked at the start, and what is made of its answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.terminal import probe
from tui.terminal.choose import choose, environment_for
from tui.terminal.graphics import Backend, Graphics
from tui.terminal.passthrough import through_tmux
from tui.terminal.probe import Answers, ask

KITTY = Answers("kitty(0.42.0)", kitty=True, answered=True)
GHOSTTY = Answers("ghostty 1.2.0", kitty=True, answered=True)
WEZTERM = Answers("WezTerm 20240203", kitty=True, sixel=True, answered=True)
KONSOLE = Answers("Konsole 25.08", kitty=True, sixel=True, answered=True)
FOOT = Answers("foot(1.20.0)", sixel=True, answered=True, cell=(9, 18))
PLAIN = Answers("", answered=True)
TMUX = Answers("tmux 3.5a", answered=True)
TMUX_IN_KITTY = Answers("tmux 3.5a", kitty=True, answered=True)


class Line:
    """A terminal that answers in the pieces that it is given."""

    def __init__(self, *pieces: str) -> None:
        self.written: list[str] = []
        self._pieces = list(pieces)

    def read(self, seconds: float) -> str:
        return self._pieces.pop(0) if self._pieces else ""

    def ask(self, *, inside: bool = False) -> Answers:
        return ask(self.written.append, self.read, inside=inside)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_PATIENCE_S", 0.2)
    monkeypatch.setattr(probe, "_TMUX_PATIENCE_S", 0.2)


def test_all_questions_leave_at_once_and_the_last_answer_ends_them() -> None:
    line = Line("\x1bP>|kitty(0.42.0)\x1b\\\x1b[6;21;", "11t\x1b_Gi=31;OK\x1b\\\x1b[?62;22c", "jj")
    assert line.ask() == Answers("kitty(0.42.0)", True, False, (11, 21), True, "")
    assert len(line.written) == 1


def test_what_is_typed_meanwhile_is_kept() -> None:
    line = Line("j", "\x1b[?1;2c k")
    assert line.ask().typed == "j k"


def test_a_terminal_that_answers_nothing_is_known_as_such() -> None:
    assert Line().ask() == Answers()
    assert not Line("gg").ask().answered


def test_a_terminal_that_refuses_kittys_picture_has_none() -> None:
    assert not Line("\x1b_Gi=31;EINVAL:no\x1b\\\x1b[?62;4c").ask().kitty


def test_tmux_is_asked_in_its_envelope_and_only_there() -> None:
    line = Line("\x1bP>|tmux 3.5a\x1b\\\x1b[?1;2c", "\x1b_Gi=31;OK\x1b\\")
    answers = line.ask(inside=True)
    assert answers.kitty
    assert "\x1b_G" not in line.written[0], "tmux would take it for a title"
    assert line.written[1] == through_tmux(probe.KITTY)
    assert line.written[1].startswith("\x1bPtmux;\x1b\x1b_G")
    screen = Line("\x1b[?1;2c")
    assert not screen.ask(inside=True).kitty
    assert len(screen.written) == 1, "GNU screen would print it"


@pytest.mark.parametrize(
    ("environment", "answers", "expected"),
    [
        ({"TERM": "xterm-kitty"}, KITTY, Backend.KITTY),
        ({"TERM": "xterm-256color"}, GHOSTTY, Backend.KITTY),
        ({"TERM": "xterm-256color"}, WEZTERM, Backend.SIXEL),
        ({"TERM": "xterm-256color"}, KONSOLE, Backend.SIXEL),
        ({"TERM": "foot"}, FOOT, Backend.SIXEL),
        ({"TERM": "xterm-256color"}, PLAIN, Backend.HALFCELL),
        ({"TERM": "xterm-256color"}, Answers(), Backend.HALFCELL),
        ({"TERM": "tmux-256color"}, TMUX, Backend.HALFCELL),
        ({"TERM": "tmux-256color"}, TMUX_IN_KITTY, Backend.KITTY),
        ({"TERM": "screen-256color"}, TMUX_IN_KITTY, Backend.KITTY),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, None, Backend.HALFCELL),
        ({"TERM": "dumb"}, None, Backend.HALFCELL),
        ({"TERM": "linux"}, None, Backend.HALFCELL),
        ({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, None, Backend.HALFCELL),
    ],
)
def test_every_terminal_gets_the_pictures_that_it_shows(
    environment: dict[str, str], answers: Answers | None, expected: Backend
) -> None:
    graphics, _ = choose("auto", environment, ask=_answering(answers))
    assert graphics.backend is expected
    assert graphics.reason


@pytest.mark.parametrize(
    ("requested", "environment", "expected"),
    [
        ("kitty", {}, Backend.KITTY),
        ("sixel", {}, Backend.SIXEL),
        ("sixel", {"NO_COLOR": "1"}, Backend.SIXEL),
        ("kitty", {"NO_COLOR": "1"}, Backend.HALFCELL),
        ("halfcell", {}, Backend.HALFCELL),
    ],
)
def test_what_a_person_asks_for_is_done_where_it_can_be(
    requested: str, environment: dict[str, str], expected: Backend
) -> None:
    graphics, _ = choose(requested, environment, ask=lambda _: PLAIN)
    assert graphics.backend is expected


@pytest.mark.parametrize(
    ("environment", "encoding", "asked", "expected"),
    [
        ({}, "utf-8", False, False),
        ({}, "ascii", False, True),
        ({}, None, False, True),
        ({}, "utf-8", True, True),
        ({"TERM": "linux"}, "utf-8", False, True),
    ],
)
def test_ascii_is_all_that_some_terminals_show(
    environment: dict[str, str], encoding: str | None, asked: bool, expected: bool
) -> None:
    graphics, _ = choose(
        "halfcell", environment, encoding=encoding, ascii_only=asked, ask=lambda _: PLAIN
    )
    assert graphics.ascii is expected


def test_cells_distance_and_colours_are_known_from_the_start() -> None:
    over_ssh = {"TERM": "xterm-kitty", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
    graphics, _ = choose("auto", over_ssh, ask=lambda _: KITTY)
    assert graphics.remote
    assert environment_for(graphics) == {"TEXTUAL_COLOR_SYSTEM": "truecolor"}
    graphics, typed = choose("auto", {"TERM": "foot"}, ask=lambda _: FOOT)
    assert graphics.cell in {(9, 18)} or graphics.cell[0] > 0  # the driver's own word comes first
    assert graphics.true_colour, "foot shows them, whatever the environment says"
    assert typed == ""
    assert environment_for(Graphics()) == {}


def _answering(answers: Answers | None) -> Callable[[bool], Answers]:
    def asked(_: bool) -> Answers:
        assert answers is not None, "the terminal must not be asked"
        return answers

    return asked
