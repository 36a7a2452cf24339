"""The widget that shows a picture: one for all screens and all terminals.

A picture is painted beforehand, in a thread, and then swapped in as a whole: the new one is in
the terminal before the old one is released, so that no blank frame comes between them. Lines are
kept until the next picture, so that a refresh, a focus or a theme change sends nothing again.
"""

from __future__ import annotations

import asyncio

from rich.control import Control
from rich.segment import ControlType, Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from engine.work.jobs import Picture
from tui.photo.backend import Graphics
from tui.photo.paint import Painting, paint

_CONTROL = ((ControlType.CURSOR_FORWARD, 0),)  # what makes Rich pass a text on untouched


class PhotoView(Widget):
    """A picture in the middle of a neutral surround."""

    DEFAULT_CSS = """
    PhotoView { width: 1fr; height: 1fr; background: $surround; }
    """
    ALLOW_SELECT = False

    class Resized(Message):
        """The panel has another size: the picture does not fit any more."""

    def __init__(self, graphics: Graphics, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.graphics = graphics
        self._painting: Painting | None = None
        self._picture: Picture | None = None
        self._turn = 0

    @property
    def picture(self) -> Picture | None:
        """What is on the screen."""
        return self._picture

    @property
    def box(self) -> tuple[int, int]:
        """The size in pixels that a picture may have."""
        return self.graphics.box(self.size.width, self.size.height)

    async def show(self, picture: Picture) -> None:
        """Show a picture; of several shown at once the last one stays."""
        self._turn += 1
        turn = self._turn
        surround = self.background_colors[1].rgb
        painting = await asyncio.to_thread(paint, picture, self.graphics, surround)
        if turn != self._turn or not self.is_attached:
            painting.release()
            return
        self._picture = picture
        self._swap(painting)

    def clear(self) -> None:
        """Show nothing but the surround."""
        self._turn += 1
        self._picture = None
        self._swap(None)

    async def resend(self) -> None:
        """Send the picture to the terminal again, which may have lost it."""
        if self._picture:
            await self.show(self._picture)

    def render_line(self, y: int) -> Strip:
        """Return a line of the picture with the surround on its sides."""
        width, painting = self.size.width, self._painting
        row = -1 if painting is None else y - self._top(painting)
        if painting is None or not 0 <= row < painting.rows:
            return Strip.blank(width, self.rich_style)
        line = painting.lines[row]
        if painting.columns >= width:
            return line.crop(0, width).apply_style(self.rich_style)
        left = (width - painting.columns) // 2
        right = width - painting.columns - left
        whole = Strip([Segment(" " * left), *line, Segment(" " * right)], width)
        return whole.apply_style(self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines; a sixel picture rides on the last one, drawn over the blank cells."""
        strips = super().render_lines(crop)
        painting = self._painting
        if painting is None or not painting.overlay or not self._alone_on_screen(painting):
            return strips
        left = self.region.x + (self.size.width - painting.columns) // 2
        top = self.region.y + self._top(painting)
        place = Control.move_to(left, top).segment.text
        drawing = Segment(place + painting.overlay, None, _CONTROL)
        last = strips[-1]
        return [*strips[:-1], Strip([*last, drawing], last.cell_length)]

    def on_resize(self) -> None:
        """Ask for a picture of the new size."""
        self.post_message(self.Resized())

    def on_unmount(self) -> None:
        """Leave nothing behind in the terminal's memory."""
        if self._painting:
            self._painting.release()
            self._painting = None

    def _swap(self, painting: Painting | None) -> None:
        old, self._painting = self._painting, painting
        self.refresh()
        if old:
            self.call_after_refresh(old.release)

    def _top(self, painting: Painting) -> int:
        return max(0, (self.size.height - painting.rows) // 2)

    def _alone_on_screen(self, painting: Painting) -> bool:
        """Whether nothing can lie over the picture, which would be drawn over it."""
        return (
            self.screen.is_active
            and painting.columns <= self.size.width
            and painting.rows <= self.size.height
        )
