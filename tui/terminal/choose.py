"""Which way of showing pictures a terminal gets, and why: one table for every case that is known.

What a person asks for comes first, then what the environment rules out, then what the terminal
answers. The reason is shown by ``packshot doctor``.
"""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable, Mapping

from tui.terminal.graphics import VT340_CELL, Backend, Graphics
from tui.terminal.probe import Answers, ask_terminal

_PLACEHOLDERS = ("kitty", "ghostty")
"""Programs whose kitty pictures can stand in text. Konsole and WezTerm take the commands and ignore
the placeholders, but show sixels."""

_TRUE_COLOUR = (*_PLACEHOLDERS, "foot", "wezterm", "iterm2", "konsole", "contour", "alacritty")
"""Programs that show 24-bit colours, also where nothing in the environment says so (over SSH)."""

_FEW_LETTERS = ("dumb", "linux")
"""Values of TERM without block characters and most signs."""

Ask = Callable[[bool], Answers]


def choose(
    requested: str,
    environment: Mapping[str, str],
    *,
    encoding: str | None = "utf-8",
    ascii_only: bool = False,
    ask: Ask | None = None,
) -> tuple[Graphics, str]:
    """Choose how pictures are shown; asks the terminal only where nothing else decides.

    Parameters
    ----------
    requested : one of ``CHOICES``
    environment : the process's environment variables
    encoding : of what is written to the terminal
    ascii_only : a person wants nothing but ASCII
    ask : how the terminal is asked, and whether a multiplexer may be in between

    Returns
    -------
    How pictures are shown, and what a person typed while the terminal was asked.
    """
    term = environment.get("TERM", "")
    plain = ascii_only or "utf" not in (encoding or "").lower() or term in _FEW_LETTERS
    remote = any(name in environment for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    verdict = _without_asking(requested, environment, plain=plain, asks=ask is not None)
    answers = Answers()
    if verdict is None:
        answers = (ask or _ask)(_inside(environment))
        verdict = _by_answers(answers, environment)
        if requested != "auto":
            verdict = Backend(requested), "asked for with --images"
    backend, reason = verdict
    known = _known(answers, environment)
    return (
        Graphics(
            backend,
            cell_size() or answers.cell or VT340_CELL,
            reason,
            ascii=plain,
            true_colour=backend is Backend.KITTY or known in _TRUE_COLOUR,
            tmux=answers.name.startswith("tmux"),
            remote=remote,
            answers=answers.answered,
        ),
        answers.typed,
    )


def environment_for(graphics: Graphics) -> dict[str, str]:
    """Return the variables that have to be set before Textual is imported.

    Kitty's picture numbers are 24-bit colours. Rich takes ``xterm-kitty`` for a terminal of 256,
    which would turn one picture's number into another's.
    """
    return {"TEXTUAL_COLOR_SYSTEM": "truecolor"} if graphics.true_colour else {}


def cell_size() -> tuple[int, int] | None:
    """Return width and height of a character cell in pixels, where the terminal's driver tells."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
        import termios  # noqa: PLC0415 - not on Windows

        answer = fcntl.ioctl(sys.__stdout__ or 1, termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError, ValueError):
        return None
    rows, columns, width, height = struct.unpack("HHHH", answer)
    if not (rows and columns and width and height):
        return None
    return max(1, width // columns), max(1, height // rows)


def _without_asking(
    requested: str, environment: Mapping[str, str], *, plain: bool, asks: bool
) -> tuple[Backend, str] | None:
    """Return why only characters will do, where that is known without asking."""
    term = environment.get("TERM", "")
    automatic = requested == "auto"
    cases = (
        (requested == Backend.HALFCELL, "asked for with --images"),
        ("WebDriver" in environment.get("TEXTUAL_DRIVER", ""), "a browser shows the app"),
        (sys.platform == "win32", "packshot shows no other pictures on Windows"),
        (not asks and not _is_terminal(), "this is no terminal"),
        # A picture's number travels in the text colour, which NO_COLOR takes away.
        ("NO_COLOR" in environment and requested != Backend.SIXEL, "NO_COLOR is set"),
        (automatic and term in _FEW_LETTERS, f"TERM is {term}"),
        (automatic and plain, "only ASCII is written"),
    )
    reason = next((reason for holds, reason in cases if holds), None)
    return None if reason is None else (Backend.HALFCELL, reason)


def _by_answers(answers: Answers, environment: Mapping[str, str]) -> tuple[Backend, str]:
    name = answers.name or environment.get("TERM", "the terminal")
    if answers.kitty and answers.name.startswith("tmux") and _drops_colours(environment):
        told = "tmux does not pass 24-bit colours: set -as terminal-features ',*:RGB'"
        return Backend.HALFCELL, told
    if answers.kitty and (_known(answers, environment) in _PLACEHOLDERS or not answers.sixel):
        return Backend.KITTY, f"{name} answered kitty's question"
    if answers.sixel:
        return Backend.SIXEL, f"{name} says that it shows sixels"
    if answers.name.startswith("tmux"):
        told = "pictures do not get through tmux: set -g allow-passthrough on"
        return Backend.HALFCELL, told
    if not answers.answered:
        return Backend.HALFCELL, f"{name} answered no question"
    return Backend.HALFCELL, f"{name} shows neither kitty's pictures nor sixels"


def _known(answers: Answers, environment: Mapping[str, str]) -> str:
    """Return the program's name in small letters, by its answer or else by the environment."""
    told = answers.name.casefold()
    if told and not told.startswith("tmux"):
        return told.replace("(", " ").split()[0]
    term = environment.get("TERM", "").removeprefix("xterm-")
    return term.split("-")[0].casefold()


def _inside(environment: Mapping[str, str]) -> bool:
    """Whether the program may run in a multiplexer, which is told by TERM also over SSH."""
    term = environment.get("TERM", "")
    return "TMUX" in environment or term.startswith(("tmux", "screen"))


def _drops_colours(environment: Mapping[str, str]) -> bool:
    """Whether tmux is known to turn 24-bit colours, and with them a picture's number, into 256."""
    if "TMUX" not in environment:
        return False  # it runs on another machine and cannot be asked
    command = ["tmux", "display-message", "-p", "#{client_termfeatures}"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=2, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return "RGB" not in told.stdout.strip().split(",")


def _ask(inside: bool) -> Answers:
    return ask_terminal(inside=inside)


def _is_terminal() -> bool:
    streams = (sys.__stdin__, sys.__stdout__)
    return all(stream is not None and stream.isatty() for stream in streams)
