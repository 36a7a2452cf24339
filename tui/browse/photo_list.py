"""The list of a session's photos: it costs what is visible, however long it is.

Every line is drawn when it comes into sight. The list owns the cursor, the folded SKUs, the marks
and the filter; records and states are given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from engine.session.records import PhotoRecord
from tui.browse.filter import matcher
from tui.browse.line import LinePainter
from tui.browse.marks import Marks
from tui.browse.rows import Row, build_rows, nearest
from tui.browse.states import State
from tui.keys.browse import LIST
from tui.keys.key import bindings

StateOf = Callable[[PhotoRecord], State]


class PhotoList(ScrollView, can_focus=True, inherit_bindings=False):
    """A line per SKU and photo, with a cursor."""

    HELP = "The photos of the session, grouped by SKU."
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(LIST))
    COMPONENT_CLASSES = LinePainter.COMPONENTS

    class Moved(Message):
        """The cursor stands on another line, or that line's photo has changed."""

    class Listed(Message):
        """Other photos are listed than before, or they stand in other lines."""

    class Marked(Message):
        """Other photos are marked than before."""

    def __init__(self, glyphs: dict[State, str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painter = LinePainter(glyphs)
        self._photos: Sequence[PhotoRecord] = ()
        self._state_of: StateOf = lambda photo: State.NEW
        self._rows: list[Row] = []
        self._cursor = 0
        self._folded: set[str] = set()
        self._marks = Marks()
        self._filter = ""
        self._awaited: str | int | None = None
        self.sought = ""

    # What it shows

    @property
    def rows(self) -> Sequence[Row]:
        """The lines, from the top."""
        return self._rows

    @property
    def cursor(self) -> int:
        """Where in ``rows`` the cursor stands."""
        return self._cursor

    @property
    def current(self) -> Row | None:
        """The line under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def folded(self) -> frozenset[str]:
        """The SKUs that are folded away."""
        return frozenset(self._folded)

    @property
    def filter_text(self) -> str:
        """The filter that decides which photos are listed."""
        return self._filter

    @property
    def shown(self) -> list[PhotoRecord]:
        """Every photo that the filter lets through, folded ones included."""
        return [photo for row in self._rows if row.counts for photo in row.photos]

    @property
    def marked(self) -> list[PhotoRecord]:
        """The marked photos among those shown, the open range included."""
        ids = self._marks.ids(self._rows, self._cursor)
        return [photo for photo in self.shown if photo.id in ids] if ids else []

    @property
    def selection(self) -> list[PhotoRecord]:
        """What an action works on: the marked photos, or else those of the current line."""
        marked = self.marked
        if marked:
            return marked
        return list(self.current.photos) if self.current else []

    @property
    def in_range(self) -> bool:
        """Whether a range is being extended."""
        return self._marks.anchor is not None

    def restore(self, cursor: str | int | None, folded: Iterable[str], filter_text: str) -> None:
        """Take up what a list had before: it goes to ``cursor`` (a row's key) when it is filled."""
        self._awaited = cursor
        self._folded = set(folded)
        self._filter = self.sought = filter_text

    def update(self, photos: Sequence[PhotoRecord], state_of: StateOf) -> None:
        """Show these photos; the cursor, the folds and the marks stay with what they stood on."""
        self._photos = photos
        self._state_of = state_of
        self._marks.keep({photo.id for photo in photos})
        self._rebuild()

    def set_filter(self, text: str) -> None:
        """Show only photos that match; an empty text shows all."""
        self._filter = text
        self._marks.anchor = None
        if text:
            self.sought = text
        self._rebuild()

    def clear_marks(self) -> bool:
        """Forget range and marks; return whether there were any."""
        had = self._marks.clear()
        self._announce_marks()
        return had

    def leave_range(self) -> bool:
        """Give up an open range; return whether there was one."""
        was_open = self.in_range
        self._marks.anchor = None
        self._announce_marks()
        return was_open

    def go_to(self, wanted: Callable[[Row], bool], step: int = 1) -> bool:
        """Move to the nearest line in a direction that is wanted; return whether there is one."""
        stop = len(self._rows) if step > 0 else -1
        for index in range(self._cursor + step, stop, step):
            if wanted(self._rows[index]):
                self._move_to(index)
                return True
        return False

    def match(self, step: int) -> bool:
        """Move to the next photo in a direction that the last filter text matches."""
        test = matcher(self.sought)
        return self.go_to(
            lambda row: not row.heading and test(row.photo, self._state_of(row.photo)), step
        )

    # Actions of the keys

    def action_cursor(self, step: int) -> None:
        """Move by lines."""
        self._move_to(self._cursor + step)

    def action_page(self, step: int) -> None:
        """Move by pages."""
        self._move_to(self._cursor + step * max(1, self.size.height - 1))

    def action_top(self) -> None:
        """Move to the first line."""
        self._move_to(0)

    def action_bottom(self) -> None:
        """Move to the last line."""
        self._move_to(len(self._rows) - 1)

    def action_sku(self, step: int) -> None:
        """Move to the first line of another SKU."""
        self.go_to(lambda row: row.heading or row.alone, step)

    def action_fold(self) -> None:
        """Fold the current SKU away."""
        row = self.current
        if row and not row.alone:
            self._folded.add(row.sku)
            self._rebuild(row.sku)

    def action_unfold(self) -> None:
        """Show the photos of the current SKU."""
        row = self.current
        if row and row.folded:
            self._folded.discard(row.sku)
            self._rebuild()

    def action_fold_all(self) -> None:
        """Fold every SKU, or unfold all where one is folded."""
        sku = self.current.sku if self.current else None
        if self._folded:
            self._folded.clear()
        else:
            self._folded = {row.sku for row in self._rows if row.heading}
        self._rebuild(sku)

    def action_mark(self) -> None:
        """Mark or unmark the photos of the line and move on; ends a range by marking it."""
        if self.in_range:
            self.action_range()
        elif row := self.current:
            self._marks.toggle({photo.id for photo in row.photos})
            self._announce_marks()
            self.action_cursor(1)

    def action_range(self) -> None:
        """Start a range, or mark what is in it."""
        if self.in_range:
            self._marks.take_range(self._rows, self._cursor)
        else:
            self._marks.anchor = self._cursor
        self._announce_marks()

    def action_mark_all(self) -> None:
        """Mark every photo that is shown, or none where all are."""
        self._marks.anchor = None
        self._marks.toggle({photo.id for photo in self.shown})
        self._announce_marks()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        index = y + self.scroll_offset.y
        width = self.size.width
        if index >= len(self._rows):
            return Strip([Segment(" " * width, self.rich_style)])
        row = self._rows[index]
        ids = self._marks.ids(self._rows, self._cursor)
        line = self._painter.paint(
            row,
            [self._state_of(photo) for photo in row.photos],
            width,
            self.get_component_rich_style,
            cursor=index == self._cursor,
            focused=self.has_focus,
            marked=all(photo.id in ids for photo in row.photos),
        )
        return line.apply_style(self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Move to the line that was clicked; a second click on a heading folds it."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._rows):
            return
        if index == self._cursor and self._rows[index].heading:
            if self._rows[index].folded:
                self.action_unfold()
            else:
                self.action_fold()
        self._move_to(index)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._measure()

    def _rebuild(self, target: str | int | None = None) -> None:
        before = self.current
        key = target if target is not None else (before.key if before else None)
        test = matcher(self._filter)
        self._rows = build_rows(
            self._photos, lambda photo: test(photo, self._state_of(photo)), self._folded
        )
        if self._awaited is not None and self._photos:
            key, self._awaited = self._awaited, None
        self._cursor = nearest(self._rows, key, self._cursor)
        self._measure()
        self.refresh()
        self.post_message(self.Listed())
        self.post_message(self.Moved())

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._follow()

    def _move_to(self, index: int) -> None:
        if not self._rows:
            return
        self._cursor = max(0, min(index, len(self._rows) - 1))
        self._follow()
        self.refresh()
        self.post_message(self.Moved())
        if self.in_range:
            self.post_message(self.Marked())

    def _follow(self) -> None:
        """Scroll as little as needed to have the cursor in sight, with its heading above it."""
        height = self.size.height
        if not height:
            return
        first = self._cursor
        if first and not self._rows[first].heading and self._rows[first - 1].heading:
            first -= 1
        top = self.scroll_offset.y
        if first < top:
            top = first
        elif self._cursor >= top + height:
            top = self._cursor - height + 1
        self.scroll_to(y=top, animate=False, immediate=True)

    def _announce_marks(self) -> None:
        self.refresh()
        self.post_message(self.Marked())
