"""The widget that shows a picture: one for all screens and all terminals.

A picture is drawn by a worker and then swapped in as a whole: the new one is in the terminal before
the old one goes, so that no blank frame comes between them. Lines are kept until the next picture,
so that a refresh, a focus or a theme change sends nothing again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.photo.covers import covers
from tui.photo.mouse import MouseOnPhoto
from tui.photo.places import Cell, point_of
from tui.photo.request import Artist, Drawing, Form
from tui.photo.sixel_panel import SixelPanel
from tui.terminal import kitty
from tui.terminal.blocks import block_strips
from tui.terminal.graphics import Backend
from tui.terminal.terminal import Terminal


@dataclass(frozen=True)
class _Painting:
    """Lines that show a picture, and what takes it out of the terminal's memory.

    A picture that is drawn ``over_cells`` has no lines: whatever is written there takes it away.
    """

    lines: list[Strip]
    columns: int
    over_cells: bool = False
    release: Callable[[], None] = field(default=lambda: None)


class PhotoView(MouseOnPhoto, Widget):
    """A picture in the middle of a neutral surround."""

    DEFAULT_CSS = """
    PhotoView {
        width: 1fr; height: 1fr; background: $surround;
        & > .photo-view--note { color: $background; background: $warning; text-style: bold; }
        & > .photo-view--mark { color: $background; background: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"photo-view--note", "photo-view--mark"}
    ALLOW_SELECT = False

    class Resized(Message):
        """The panel has another size or surround: the picture does not fit any more."""

    def __init__(self, terminal: Terminal, artist: Artist, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._terminal = terminal
        self._sixels = SixelPanel(terminal, artist.parts, self._covers, lambda: self.region)
        self._painting: _Painting | None = None
        self._drawing: Drawing | None = None
        self._note = ""
        self._mark: Cell | None = None
        self._turn = 0
        self._surround: tuple[int, int, int] | None = None

    @property
    def drawing(self) -> Drawing | None:
        """What is on the screen."""
        return self._drawing

    @property
    def box(self) -> tuple[int, int]:
        """The size in pixels that a picture may have."""
        columns, rows = self.size.width, self.size.height
        graphics = self._terminal.graphics
        if graphics.backend is Backend.KITTY:
            columns, rows = min(columns, kitty.MOST_CELLS), min(rows, kitty.MOST_CELLS)
        return graphics.box(columns, rows)

    @property
    def form(self) -> Form:
        """How a picture has to be drawn for this panel."""
        graphics, pace = self._terminal.graphics, self._terminal.pace
        if graphics.backend is Backend.KITTY:
            return Form(graphics.backend, graphics.cell, pace=pace)
        surround = self.background_colors[1].rgb
        return Form(graphics.backend, graphics.pixels_per_cell, surround, graphics.ascii, pace)

    async def show(self, drawing: Drawing, wanted: Callable[[], bool] = lambda: True) -> bool:
        """Show a picture; return once the terminal has it, with whether it is on the screen.

        ``wanted`` is asked when the picture is in the terminal: it may have been overtaken.
        """
        self._turn += 1
        turn = self._turn
        painting = await self._painted(drawing)
        if painting is None:
            return False
        if turn != self._turn or not self.is_attached or not wanted():
            painting.release()
            return False
        self._drawing, self._surround, self._note = drawing, self.form.surround, ""
        self._swap(painting)
        if painting.over_cells:
            await self._sixels.show(drawing)
        return True

    def clear(self) -> None:
        """Show nothing but the surround."""
        self._turn += 1
        self._drawing, self._note = None, ""
        self._sixels.clear()
        self._swap(None)

    @property
    def noted(self) -> bool:
        """Whether words lie over the picture."""
        return bool(self._note)

    def say(self, note: str) -> None:
        """Lay a few words over the middle of the picture, until another is shown."""
        if note != self._note:
            self._note = note
            self.refresh(Region(0, self._note_row, self.size.width, 1))

    def mark(self, cell: Cell | None) -> None:
        """Mark a cell of the panel, or none."""
        if cell != self._mark:
            changed = [Region(*place, 1, 1) for place in (self._mark, cell) if place]
            self._mark = cell
            self.refresh(*changed)

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height in pixels of what one cell shows."""
        return self._terminal.graphics.pixels_per_cell

    def point_at(self, cell: Cell) -> tuple[float, float] | None:
        """Return the middle of a cell in pixels from the picture's left upper corner."""
        if self._drawing is None:
            return None
        return point_of(self._drawing, (self.size.width, self.size.height), self.cell, cell)

    async def resend(self) -> None:
        """Send the picture to the terminal again, which may have lost it."""
        if self._drawing:
            await self.show(self._drawing)

    def render_line(self, y: int) -> Strip:
        """Return a line of the picture with what lies over it."""
        line = self._line(y)
        if self._mark is None or self._mark[1] != y:
            return line
        sign = Strip([Segment("┼", self.get_component_rich_style("photo-view--mark"))], 1)
        column = self._mark[0]
        return Strip.join([line.crop(0, column), sign, line.crop(column + 1)])

    def _line(self, y: int) -> Strip:
        """Return a line of the picture with the surround on its sides, or a note."""
        width, painting = self.size.width, self._painting
        if self._note and y == self._note_row:
            note = Strip([Segment(self._note)]).crop(0, width).text_align(width, "center")
            return note.apply_style(self.get_component_rich_style("photo-view--note"))
        row = -1 if painting is None else y - self._top(painting)
        if painting is None or not 0 <= row < len(painting.lines):
            return Strip.blank(width, self.rich_style)
        line = painting.lines[row]
        if painting.columns >= width:
            return line.crop(0, width).apply_style(self.rich_style)
        left = (width - painting.columns) // 2
        right = width - painting.columns - left
        whole = Strip([Segment(" " * left), *line, Segment(" " * right)], width)
        return whole.apply_style(self.rich_style)

    def on_resize(self) -> None:
        """Ask for a picture of the new size."""
        self.post_message(self.Resized())

    def notify_style_update(self) -> None:
        """Ask for a picture in the new surround, where that is part of it."""
        super().notify_style_update()
        if self._drawing and self.is_attached and self.form.surround != self._surround:
            self.post_message(self.Resized())

    def on_unmount(self) -> None:
        """Leave nothing behind in the terminal's memory."""
        self._sixels.clear()
        if self._painting:
            self._painting.release()
            self._painting = None

    async def _painted(self, drawing: Drawing) -> _Painting | None:
        """Return the lines of a drawing, once what they need is in the terminal."""
        columns, rows = drawing.columns, drawing.rows
        if self._terminal.graphics.backend is Backend.HALFCELL:
            return _Painting(block_strips(drawing.data, columns), columns)
        if self._terminal.graphics.backend is Backend.SIXEL:
            return _Painting([], columns, over_cells=True)
        number = await self._terminal.send_picture(drawing.data.decode(), columns, rows)
        if number is None:
            return None
        lines = kitty.placeholders(number, columns, rows)
        return _Painting(lines, columns, release=lambda: self._terminal.delete_picture(number))

    def _swap(self, painting: _Painting | None) -> None:
        old, self._painting = self._painting, painting
        if painting is None or not painting.over_cells:
            self.refresh()  # which takes away what is drawn over the cells
        if old:
            self.call_after_refresh(old.release)

    @property
    def _note_row(self) -> int:
        return self.size.height // 2

    def _covers(self) -> list[Region]:
        """Return where something lies over the picture, on the screen."""
        region = self.region
        own = [Region(region.x, region.y + self._note_row, region.width, 1)] if self._note else []
        own += (
            [Region(region.x + self._mark[0], region.y + self._mark[1], 1, 1)] if self._mark else []
        )
        return covers(self) + own

    def _top(self, painting: _Painting) -> int:
        return max(0, (self.size.height - len(painting.lines)) // 2)
