"""Pictures out of characters: block characters, ASCII only, and without colours of a protocol."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from emulator import Emulator
from pictured import expected
from PIL import Image
from window import Window

from tui.terminal.blocks import CHARACTERS

SIZE = (80, 24)
PANEL = (30, 2, 80, 20)
"""Left, top, right and bottom of the photo's panel in cells."""

F9 = "\x1b[20~"


def seen(emulator: Emulator) -> Image.Image:
    """Return the panel as a picture of two by two pixels a cell."""
    left, top, right, bottom = PANEL
    canvas = np.zeros(((bottom - top) * 2, (right - left) * 2, 3), np.uint8)
    for y in range(top, bottom):
        for x in range(left, right):
            cell = emulator.screen.buffer[y][x]
            before, behind = _colour(cell.fg), _colour(cell.bg)
            covered = max(CHARACTERS.find(cell.data), 0)
            for quarter in range(4):
                place = (y - top) * 2 + quarter // 2, (x - left) * 2 + quarter % 2
                canvas[place] = before if quarter < 3 and covered >> quarter & 1 else behind
    return Image.fromarray(canvas)


def _colour(name: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(name)) if len(name) == 6 else (0, 0, 0)


def shows(window: Window, session: Path, name: str, per_cell: tuple[int, int]) -> None:
    """Wait until the panel shows a photo's cutout, as far as its characters can."""
    columns, rows = PANEL[2] - PANEL[0], PANEL[3] - PANEL[1]
    meant = expected(session, name, "checker", (columns * per_cell[0], rows * per_cell[1]))
    width = meant.width * 2 // per_cell[0]
    meant = meant.resize((width, meant.height * 2 // per_cell[1]), Image.Resampling.BOX)

    def is_there() -> bool:
        shown = seen(window.emulator)
        left, top = (shown.width - meant.width) // 2, (shown.height - meant.height) // 2
        part = shown.crop((left, top, left + meant.width, top + meant.height))
        off = np.abs(np.asarray(part, np.int16) - np.asarray(meant, np.int16))
        return float(off.mean()) < 12.0

    window.wait_for(is_there, what=f"{name} in characters")


def test_blocks_show_the_picture_that_is_meant_in_few_bytes(cut_session: Path) -> None:
    emulator = Emulator(*SIZE, name="")
    environment = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}
    with Window(
        cut_session,
        emulator=emulator,
        home=cut_session.parent / "home",
        environment=environment,
    ) as window:
        shows(window, cut_session, "SKU201-front", (2, 4))
        assert emulator.bytes < 110_000
        window.watch(0.5)
        before = emulator.bytes
        window.press("j", pause=0.4)
        assert emulator.bytes - before < 70_000, "a few at a time over a line"
        shows(window, cut_session, "SKU205-front", (2, 4))
        window.press(F9)
        shows(window, cut_session, "SKU205-front", (2, 4))
        window.press("q")
        assert window.wait_for_end() == 0


def test_nothing_but_ascii_is_written_where_nothing_else_is_shown(cut_session: Path) -> None:
    emulator = Emulator(*SIZE, name="", kitty=True)
    with Window(
        cut_session,
        emulator=emulator,
        home=cut_session.parent / "home",
        environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ) as window:
        shows(window, cut_session, "SKU201-front", (1, 2))
        window.press("x")
        window.wait_for("Reject SKU201-front.jpg")
        assert "+-" in emulator.text, "the dialog has a frame"
        window.press("\x1b")
        window.wait_for(lambda: "+-" not in emulator.text, what="no dialog")
        window.press("?")
        window.wait_for("Go to the next line.")
        assert emulator.text.isascii()
        assert "\\u" not in emulator.text
        assert all(len(line) == SIZE[0] for line in emulator.text.split("\n"))
        window.press("\x1b")
        window.wait_for(lambda: "Go to the next line." not in emulator.text, what="no panel")
        window.press("q")
        assert window.wait_for_end() == 0
