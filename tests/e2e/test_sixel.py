"""Sixel pictures, in a terminal in which text takes them away."""

from __future__ import annotations

from pathlib import Path

from emulator import Emulator
from pictured import PANELS, box_of, difference, expected
from window import Window

NARROW, WIDE = (80, 24), (200, 50)
CTRL_Q, ESCAPE = "\x11", "\x1b"

TOLERANCE = 6.0
"""Levels of 0…255: a palette's colours, in hundredths."""


def shows(window: Window, session: Path, name: str, view: str = "checker") -> None:
    """Wait until the panel shows what it should, whole and sharp."""
    emulator = window.emulator
    meant = expected(session, name, view, box_of(emulator))

    def is_there() -> bool:
        shown = emulator.picture()
        return (
            shown is not None
            and shown.size == box_of(emulator)
            and not holes(emulator)
            and difference(shown, meant) < TOLERANCE
        )

    window.wait_for(is_there, what=f"{name} {view}")


def holes(emulator: Emulator) -> int:
    """Return how many cells of the panel show nothing of the picture."""
    width, height = box_of(emulator)
    cells = width // emulator.cell[0] * (height // emulator.cell[1])
    return cells - len(emulator.shown())


def leave(window: Window) -> None:
    window.press(CTRL_Q)
    assert window.wait_for_end() == 0
    assert window.emulator.faults == []


def open_window(session: Path, emulator: Emulator, **options: object) -> Window:
    return Window(session, emulator=emulator, home=session.parent / "home", **options)


def test_the_picture_is_the_one_that_is_meant_and_a_swap_leaves_no_cell_blank(
    cut_session: Path,
) -> None:
    emulator = Emulator(*NARROW, sixel=True, name="foot(1.20.0)")
    # Whoever started it may have said how large a terminal was: not this one, nor for ever.
    said: dict[str, str | None] = {"COLUMNS": "90", "LINES": "30"}
    with open_window(cut_session, emulator, environment=said) as window:
        window.wait_for(lambda: emulator.picture() is not None, what="a picture")
        assert emulator.picture_bytes <= 60_000
        shows(window, cut_session, "SKU201-front")
        blank: list[int] = []
        window.after_read = lambda: blank.append(holes(emulator))
        window.press("m")
        shows(window, cut_session, "SKU201-front", "matte")
        window.press("m", "j")
        shows(window, cut_session, "SKU205-front")
        # But for a line in the middle, which says that another photo is being read, or the part
        # of it that had come.
        assert max(blank) <= PANELS[NARROW][0]

        window.after_read = lambda: None
        before = emulator.picture_bytes
        window.resize(*WIDE)
        shows(window, cut_session, "SKU205-front")
        assert emulator.picture_bytes - before <= 60_000 + 400_000
        leave(window)


def test_dialogs_and_notices_lie_over_the_picture_and_leave_it_whole(cut_session: Path) -> None:
    emulator = Emulator(*NARROW, sixel=True, name="foot(1.20.0)")
    with open_window(cut_session, emulator) as window:
        shows(window, cut_session, "SKU201-front")
        window.press("x")
        window.wait_for("Reject SKU201-front")
        window.wait_for(lambda: bool(emulator.shown()), what="the picture around the dialog")
        window.watch(0.5)
        assert "Reject SKU201-front" in emulator.text, "no sixel was drawn over it"
        window.press(ESCAPE)
        shows(window, cut_session, "SKU201-front")
        window.wait_until_drawn()

        window.press("n")
        window.wait_for("Nothing to look for yet")
        window.wait_for(lambda: holes(emulator) > 0, what="a notice over the picture")
        before = emulator.picture_bytes
        window.wait_for(lambda: "Nothing to look for yet" not in emulator.text)
        shows(window, cut_session, "SKU201-front")
        assert emulator.picture_bytes - before < 30_000, "only what it covered is drawn again"

        window.press("/")
        window.watch(1.0)
        shows(window, cut_session, "SKU201-front")
        window.wait_until_drawn()
        before = emulator.picture_bytes
        window.press(*"201")
        window.wait_for("1 of 3 photos")
        assert emulator.picture_bytes == before, "work beside the picture draws nothing again"
        leave(window)
