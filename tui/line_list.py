"""A list of lines with a cursor: it costs what is visible, however long it is.

A subclass says how many lines there are and draws one when it comes into sight.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines below each other, one of them under the cursor.

    Attributes
    ----------
    moved : is called when the cursor stands on another line, or what it stands on has changed. It
        is no message, which would come after the cursor is drawn: what is shown of a line is
        drawn together with it.
    """

    moved: Callable[[], None]
    _cursor = 0
    _ground = Style()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.moved = lambda: None

    @property
    def cursor(self) -> int:
        """Which line the cursor stands on, from 0."""
        return self._cursor

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw_line(self, index: int, width: int) -> Strip:
        """Return a line, exactly ``width`` cells wide."""
        raise NotImplementedError

    def leader(self, index: int) -> int:
        """Return the first line to be kept in sight with a line: its heading, where it has one."""
        return index

    def clicked(self, index: int) -> None:
        """React to a click on a line, before the cursor goes there."""

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, or on the nearest one that there is."""
        if not self.line_count:
            return
        before, top = self._cursor, self.scroll_offset.y
        self._cursor = max(0, min(index, self.line_count - 1))
        self._follow()
        if self.scroll_offset.y == top:
            self.refresh_line(before)
            self.refresh_line(self._cursor)
        self.moved()

    def relist(self, cursor: int) -> None:
        """Show other lines than before, with the cursor on the one at ``cursor``."""
        self._cursor = cursor
        self._measure()
        self.refresh()

    def move(self, where: Callable[[], int]) -> None:
        """Move as a key says: to the line that ``where`` returns at that moment."""
        self.move_to(where())

    def action_cursor(self, step: int) -> None:
        """Move by lines."""
        self.move(lambda: self._cursor + step)

    def action_page(self, step: int) -> None:
        """Move by pages."""
        self.move(lambda: self._cursor + step * max(1, self.size.height - 1))

    def action_top(self) -> None:
        """Move to the first line."""
        self.move(lambda: 0)

    def action_bottom(self) -> None:
        """Move to the last line."""
        self.move(lambda: self.line_count - 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the screen; what they stand on is asked for once, for it takes a while."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= self.line_count:
            return Strip([Segment(" " * width, self._ground)])
        return self.draw_line(index, width).apply_style(self._ground)

    def on_click(self, event: events.Click) -> None:
        """Move to the line that was clicked."""
        index = event.y + self.scroll_offset.y
        if index < self.line_count:
            self.clicked(index)
            self.move_to(index)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self.line_count)
        self._follow()

    def _follow(self) -> None:
        """Scroll as little as needed to have the cursor in sight, with what leads it."""
        height = self.size.height
        if not height or not self.line_count:
            return
        first, top = self.leader(self._cursor), self.scroll_offset.y
        if first < top:
            top = first
        elif self._cursor >= top + height:
            top = self._cursor - height + 1
        self.scroll_to(y=top, animate=False, immediate=True)
