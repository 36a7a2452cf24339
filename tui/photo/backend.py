"""Which way of showing pictures this terminal has: chosen once, before the app starts.

The terminal is asked with escape sequences and answers on standard input. Once Textual runs, its
input thread would swallow the answers, so that ``choose`` must be called first.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

PIXELS_PER_BLOCK = (2, 4)
"""Width and height in pixels of what block characters show in a cell (see ``blocks``)."""

VT340_CELL = (10, 20)
"""Width and height in pixels that are assumed where a terminal does not tell."""


class Backend(StrEnum):
    """A way to show a picture among characters."""

    KITTY = "kitty"
    SIXEL = "sixel"
    HALFCELL = "halfcell"


CHOICES = ("auto", *(backend.value for backend in Backend))


@dataclass(frozen=True)
class Graphics:
    """How pictures are shown in this run.

    Attributes
    ----------
    backend : the protocol
    cell : width and height of a character cell in pixels
    reason : why this backend, in words for ``packshot doctor``
    """

    backend: Backend = Backend.HALFCELL
    cell: tuple[int, int] = VT340_CELL
    reason: str = "works everywhere"

    def box(self, columns: int, rows: int) -> tuple[int, int]:
        """Return the size in pixels of a panel of so many cells: what a worker is asked for."""
        width, height = self.pixels_per_cell
        return max(1, columns * width), max(1, rows * height)

    @property
    def pixels_per_cell(self) -> tuple[int, int]:
        """Width and height in pixels that one cell can show."""
        return PIXELS_PER_BLOCK if self.backend is Backend.HALFCELL else self.cell


def choose(
    requested: str,
    environment: Mapping[str, str],
    probe: Callable[[], Backend] | None = None,
) -> Graphics:
    """Choose the backend; asks the terminal only where nothing else decides.

    Parameters
    ----------
    requested : one of ``CHOICES``
    environment : the process's environment variables
    probe : how the terminal is asked; by default with textual-image's queries
    """
    if requested != "auto":
        return _graphics(Backend(requested), "asked for with --images")
    if "NO_COLOR" in environment:
        # A picture's number travels in the text colour, which NO_COLOR takes away.
        return _graphics(Backend.HALFCELL, "NO_COLOR is set, which the protocols cannot honour")
    if "WebDriver" in environment.get("TEXTUAL_DRIVER", ""):
        return _graphics(Backend.HALFCELL, "a browser shows the app")
    if probe is None and not (sys.__stdout__ and sys.__stdout__.isatty()):
        return _graphics(Backend.HALFCELL, "this is no terminal")
    found = (probe or ask_terminal)()
    if found is Backend.HALFCELL:
        return _graphics(found, "the terminal answered neither the kitty nor the sixel query")
    return _graphics(found, f"the terminal answered the {found} query")


def ask_terminal() -> Backend:
    """Ask the terminal what it can show; takes up to 0.3 s where it does not answer.

    textual-image asks when it is imported, and keeps the answer for the process.
    """
    from textual_image import renderable  # noqa: PLC0415 - importing it asks the terminal

    if renderable.Image is renderable.TGPImage:
        return Backend.KITTY
    if renderable.Image is renderable.SixelImage:
        return Backend.SIXEL
    return Backend.HALFCELL


def environment_for(graphics: Graphics) -> dict[str, str]:
    """Return the variables that have to be set before Textual is imported.

    Kitty's picture numbers are 24-bit colours. Rich takes ``xterm-kitty`` for a terminal of 256,
    which would turn one picture's number into another's.
    """
    if graphics.backend is Backend.KITTY:
        return {"TEXTUAL_COLOR_SYSTEM": "truecolor"}
    return {}


def cell_size() -> tuple[int, int]:
    """Return width and height of a character cell in pixels, as the terminal's driver tells."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
        import termios  # noqa: PLC0415 - not on Windows

        answer = fcntl.ioctl(sys.__stdout__ or 1, termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError, ValueError):
        return VT340_CELL
    rows, columns, width, height = struct.unpack("HHHH", answer)
    if not (rows and columns and width and height):
        return VT340_CELL
    return max(1, width // columns), max(1, height // rows)


def _graphics(backend: Backend, reason: str) -> Graphics:
    return Graphics(backend, cell_size(), reason)
