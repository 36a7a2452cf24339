"""Pictures of kitty's protocol, in a terminal that keeps to its specification.

A start of the program takes most of a test's time, so that each test is a walk through one run.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from emulator import Emulator
from pictured import box_of, difference, expected
from window import Window

NARROW, WIDE = (80, 24), (200, 50)
ESCAPE, F1, F9, CTRL_Z = "\x1b", "\x1bOP", "\x1b[20~", "\x1a"

TOLERANCE = 1.5
"""Levels of 0…255: a palette's colours, where the line was taken for a slow one."""


def open_window(session: Path, emulator: Emulator, **options: object) -> Window:
    return Window(session, emulator=emulator, home=session.parent / "home", **options)


def shows(
    window: Window, session: Path, name: str, view: str = "checker", zoom: float = 0.0
) -> None:
    """Wait until the panel shows what it should, sharp."""
    emulator = window.emulator
    meant = expected(session, name, view, box_of(emulator), zoom)

    def is_there() -> bool:
        shown = emulator.picture()
        if shown is None or shown.width < meant.width or shown.height < meant.height:
            return False
        return difference(shown, meant) < TOLERANCE

    window.wait_for(is_there, what=f"{name} {view}")


def quit_cleanly(window: Window) -> None:
    faults = list(window.emulator.faults)
    window.press("q")
    assert window.wait_for_end() == 0
    assert faults == []
    assert window.emulator.pictures == {}, "quitting takes every picture out of the terminal"


def test_the_picture_is_the_one_that_is_meant_and_a_swap_leaves_no_cell_blank(
    cut_session: Path,
) -> None:
    emulator = Emulator(*NARROW, kitty=True)
    with open_window(cut_session, emulator) as window:
        window.wait_for(lambda: emulator.picture() is not None, what="a picture")
        assert emulator.picture_bytes <= 60_000
        shows(window, cut_session, "SKU201-front")

        missing: list[int] = []
        kept: list[int] = []

        def note() -> None:
            missing.append(emulator.missing_cells() if emulator.shown() else -1)
            kept.append(len(emulator.pictures))

        window.after_read = note
        window.press("m")
        shows(window, cut_session, "SKU201-front", "matte")
        window.press("z")
        shows(window, cut_session, "SKU201-front", "matte", zoom=1.0)
        window.press("z", "m")
        before = emulator.picture_bytes
        window.press(*"jkjkjkjkjkjj", pause=0.04)
        shows(window, cut_session, "SKU207-front")
        assert emulator.picture_bytes - before < 14 * 60_000
        assert set(missing) == {0}
        assert max(kept) <= 2, "the one that is shown, and the next"
        quit_cleanly(window)


def test_dialogs_themes_and_notices_send_no_picture_again_but_another_size_does(
    cut_session: Path,
) -> None:
    emulator = Emulator(*NARROW, kitty=True)
    with open_window(cut_session, emulator) as window:
        shows(window, cut_session, "SKU201-front")
        window.wait_until_drawn()
        before = emulator.picture_bytes
        window.press("x")
        window.wait_for("Reject SKU201-front")
        window.press(ESCAPE)
        window.wait_for(lambda: "Reject SKU201-front" not in emulator.text, what="no dialog")
        window.press(F1)
        window.wait_for("Search: a term")
        window.press(ESCAPE)
        window.wait_for(lambda: "Search: a term" not in emulator.text, what="no help")
        shows(window, cut_session, "SKU201-front")
        assert emulator.missing_cells() == 0
        window.press("n")
        window.wait_for("Nothing to look for yet")
        window.press(F9, F9, F9, pause=0.2)
        shows(window, cut_session, "SKU201-front")
        assert emulator.picture_bytes == before

        window.resize(*NARROW, cell=(8, 16))
        shows(window, cut_session, "SKU201-front")
        window.wait_until_drawn()
        before = emulator.picture_bytes
        window.resize(*WIDE, cell=(10, 20))
        shows(window, cut_session, "SKU201-front")
        placeholders = 9 * len(emulator.shown())
        assert emulator.picture_bytes - before + placeholders <= 60_000 + 400_000
        quit_cleanly(window)


def test_late_answers_press_no_key_and_what_was_typed_before_is_not_lost(
    cut_session: Path,
) -> None:
    emulator = Emulator(*NARROW, kitty=True)
    with open_window(cut_session, emulator, delay=0.5) as window:
        window.press("j")
        window.wait_for("SKU205-front.jpg")
        window.wait_for("p approves this matte")
        window.watch(1.0)
        assert "Go to the next line." not in emulator.text, "the ? of an answer is no key"
        quit_cleanly(window)


def test_the_shell_gets_a_terminal_without_pictures_for_a_while_and_at_the_end(
    cut_session: Path,
) -> None:
    emulator = Emulator(*NARROW, cell=(9, 18), kitty=True)
    # The driver does not know how large a cell is: the terminal is asked.
    with open_window(cut_session, emulator, tells_pixels=False) as window:
        shows(window, cut_session, "SKU201-front")
        window.resize(*NARROW, cell=(12, 24))
        shows(window, cut_session, "SKU201-front")
        window.press(CTRL_Z)
        window.wait_for(lambda: 1049 not in emulator.private_modes, what="the shell's screen")
        window.wait_for(lambda: not emulator.pictures, what="no picture")
        window.wait_until_stopped()
        os.kill(window.process.pid, signal.SIGCONT)
        shows(window, cut_session, "SKU201-front")

        os.kill(window.process.pid, signal.SIGTERM)
        assert window.wait_for_end() == 128 + signal.SIGTERM
        assert emulator.pictures == {}
        assert window.modes_now == window.modes
        assert not emulator.private_modes & {1000, 1003, 1006, 1049, 2004}
