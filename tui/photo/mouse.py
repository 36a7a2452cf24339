"""The mouse on a picture, told in cells: what is pointed at, clicked, dragged, or wheeled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Offset
from textual.message import Message

if TYPE_CHECKING:
    from textual.widget import Widget as Base
else:
    Base = object


class MouseOnPhoto(Base):
    """Turns a widget's mouse events into messages; mixed into it."""

    @dataclass
    class Pointed(Message):
        """The mouse is over a cell."""

        cell: tuple[int, int]

    @dataclass
    class Clicked(Message):
        """A cell was clicked."""

        cell: tuple[int, int]

    @dataclass
    class Dragged(Message):
        """What is shown was dragged to the right and down by so many cells."""

        right: int
        down: int

    @dataclass
    class Wheeled(Message):
        """The wheel was turned over a cell: 1 for closer, -1 for farther."""

        cell: tuple[int, int]
        step: int

    _grip: Offset | None = None
    _dragged = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the picture."""
        self._grip, self._dragged = event.offset, False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where the mouse is, or how far the picture was dragged."""
        if self._grip is None:
            self.post_message(self.Pointed((event.x, event.y)))
            return
        moved = event.offset - self._grip
        if moved != Offset(0, 0):
            self._grip, self._dragged = event.offset, True
            self.post_message(self.Dragged(moved.x, moved.y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the picture; what was not dragged was clicked."""
        self.release_mouse()
        held, self._grip = self._grip is not None, None
        if held and not self._dragged:
            self.post_message(self.Clicked((event.x, event.y)))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Ask for a closer look."""
        event.stop()
        self.post_message(self.Wheeled((event.x, event.y), 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Ask for a look from farther away."""
        event.stop()
        self.post_message(self.Wheeled((event.x, event.y), -1))
