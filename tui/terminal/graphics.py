"""What is known of a terminal before the workstation begins: how it shows pictures, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PIXELS_PER_BLOCK = (2, 4)
"""Width and height in pixels of what block characters show in a cell (see ``blocks``)."""

PIXELS_PER_LETTER = (1, 2)
"""Width and height in pixels of what a cell shows where there are no block characters."""

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
    ascii : only ASCII characters reach the terminal
    true_colour : 24-bit colours are shown as they are, whatever the environment says
    tmux : commands of pictures have to be wrapped to get through tmux
    remote : the terminal is on another machine
    answers : the terminal has answered a question, so that it may be asked whether it follows
    """

    backend: Backend = Backend.HALFCELL
    cell: tuple[int, int] = VT340_CELL
    reason: str = "works everywhere"
    ascii: bool = False
    true_colour: bool = False
    tmux: bool = False
    remote: bool = False
    answers: bool = False

    def box(self, columns: int, rows: int) -> tuple[int, int]:
        """Return the size in pixels of a panel of so many cells: what a worker is asked for."""
        width, height = self.pixels_per_cell
        return max(1, columns * width), max(1, rows * height)

    @property
    def pixels_per_cell(self) -> tuple[int, int]:
        """Width and height in pixels that one cell can show."""
        if self.backend is not Backend.HALFCELL:
            return self.cell
        return PIXELS_PER_LETTER if self.ascii else PIXELS_PER_BLOCK
