"""The pixel under a cursor, which keys and the mouse move: its place, its colour, and its alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from engine.work.jobs import SampleJob
from tui.photo.mouse import MouseOnPhoto
from tui.photo.moving import Moving
from tui.photo.places import Cell, pixel_at

if TYPE_CHECKING:
    from engine.work.jobs import PreviewJob
    from tui.photo.readout import Readout


class Reading(Moving):
    """What a pane needs to have pixels of its photo read out."""

    _cursor: Cell | None = None

    if TYPE_CHECKING:
        _readout: Readout

        @property
        def shown_now(self) -> PreviewJob | None: ...
        def write_heading(self) -> None: ...

    @property
    def reading(self) -> bool:
        """Whether a pixel is read out."""
        return self._cursor is not None

    def toggle_readout(self) -> None:
        """Read out the pixel in the middle of the panel, or none any more."""
        size = self._view_widget.size
        self._read_at(None if self.reading else (size.width // 2, size.height // 2))

    def leave_readout(self) -> bool:
        """Read out none any more; return whether that is a change."""
        changed = self.reading
        self._read_at(None)
        return changed

    def move_cursor(self, right: int, down: int) -> None:
        """Read out the pixel so many cells further."""
        if self._cursor:
            self._read_at((self._cursor[0] + right, self._cursor[1] + down))

    @on(MouseOnPhoto.Pointed)
    def pointed(self, event: MouseOnPhoto.Pointed) -> None:
        """Read out the pixel under the mouse, while pixels are read out."""
        if self.reading:
            self._read_at(event.cell)

    @on(MouseOnPhoto.Clicked)
    def clicked(self, event: MouseOnPhoto.Clicked) -> None:
        """Go to a place on the map, or begin to read pixels out, or leave off."""
        if not self.jump_on_map(event.cell):
            self._read_at(None if self.reading else event.cell)

    def _read_at(self, cell: Cell | None) -> None:
        size = self._view_widget.size
        if cell is not None:
            right, bottom = max(0, size.width - 1), max(0, size.height - 1)
            cell = min(max(cell[0], 0), right), min(max(cell[1], 0), bottom)
        self._cursor = cell
        self._view_widget.mark(cell)
        self.read_out()

    def read_out(self) -> None:
        """Have the pixel under the cursor read, once the picture of the photo is there."""
        drawing, shown = self.drawing, self.shown_now
        point = self._view_widget.point_at(self._cursor) if self._cursor else None
        pixel = pixel_at(drawing, point) if drawing and point else None
        self._readout.ask(SampleJob(shown, pixel) if shown and pixel else None)
        self.write_heading()
