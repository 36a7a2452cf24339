"""The list of a session's photos: its cursor, its marks, and what the keys do with both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from engine.session.filter import matcher
from engine.session.states import State
from tui.browse.index import PhotoIndex
from tui.browse.order import Order, order_called
from tui.browse.photo_lines import PhotoLines
from tui.browse.rows import Row, nearest
from tui.keys.browse import LIST
from tui.keys.key import bindings


class PhotoList(PhotoLines, inherit_bindings=False):
    """A line per SKU and photo, with a cursor.

    Attributes
    ----------
    sought : the last filter text; ``match`` goes on looking for it when the filter is gone
    """

    HELP = "The photos of the session, grouped by SKU."
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(LIST))

    class Listed(Message):
        """Other photos are listed than before, or they stand in other lines."""

    class Marked(Message):
        """Other photos are marked than before."""

    def __init__(
        self, index: PhotoIndex, glyphs: dict[State, str], *, id: str | None = None
    ) -> None:
        super().__init__(index, glyphs, id=id)
        self._awaited: str | int | None = None
        self._moves: list[Callable[[], int]] = []  # asked for before the photos were read
        self.sought = ""

    # What is listed

    def restore(
        self, cursor: str | int | None, folded: Iterable[str], filter_text: str, order: str
    ) -> None:
        """Take up what a list had before: it goes to ``cursor`` (a row's key) when it is filled."""
        self._awaited = cursor
        arrangement = self._arrangement
        arrangement.folded = set(folded)
        arrangement.filter = self.sought = filter_text
        arrangement.order = order_called(order)

    def update(self, changed: Collection[int] | None) -> None:
        """Show what is new about photos; cursor, folds and marks stay with what they stood on.

        Parameters
        ----------
        changed : the photos that anything is new about; None where it may be all of them
        """
        if changed is None or self._arrangement.is_outdated(changed):
            self._marks.keep(self._index.records)
            self._rebuild()
        else:
            self._redraw(changed)
        if self._index.loaded:
            moves, self._moves = self._moves, []
            for where in moves:
                self.move(where)

    def set_filter(self, text: str) -> None:
        """Show only photos that match; an empty text shows all."""
        self._arrangement.filter = text
        self._marks.anchor = None
        if text:
            self.sought = text
        self._rebuild()

    def set_order(self, order: Order) -> None:
        """Sort the photos."""
        self._arrangement.order = order
        self._marks.anchor = None
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
        rows = self.rows
        stop = len(rows) if step > 0 else -1
        for index in range(self.cursor + step, stop, step):
            if wanted(rows[index]):
                self.move_to(index)
                return True
        return False

    def reveal(self, photo_id: int) -> bool:
        """Put the cursor on a photo, unfolded; return whether the filter lets it be listed."""
        if not self._arrangement.shows(photo_id):
            return False
        sku = self._index.records[photo_id].sku
        if sku in self._arrangement.folded:
            self._arrangement.folded.discard(sku)
            self._arrangement.fold()
        self._relist(photo_id)
        return True

    def match(self, step: int) -> bool:
        """Move to the next photo in a direction that the last filter text matches."""
        test, states = matcher(self.sought), self._index.states
        return self.go_to(
            lambda row: not row.heading and test(row.photo, states[row.photo.id]), step
        )

    # Actions of the keys

    def action_sku(self, step: int) -> None:
        """Move to the first line of another SKU."""
        self.go_to(lambda row: row.heading or row.alone, step)

    def action_fold(self) -> None:
        """Fold the current SKU away."""
        row = self.current
        if row and not row.alone:
            self._arrangement.folded.add(row.sku)
            self._refold(row.sku)

    def action_unfold(self) -> None:
        """Show the photos of the current SKU."""
        row = self.current
        if row and row.folded:
            self._arrangement.folded.discard(row.sku)
            self._refold(row.sku)

    def action_fold_all(self) -> None:
        """Fold every SKU, or unfold all where one is folded."""
        folded = self._arrangement.folded
        if folded:
            folded.clear()
        else:
            folded.update(row.sku for row in self.rows if row.heading)
        self._refold(self.current.sku if self.current else None)

    def action_mark(self) -> None:
        """Mark or unmark the photos of the line and move on; ends a range by marking it."""
        if self.in_range:
            self.action_range()
        elif row := self.current:
            self._marks.toggle(set(row.ids))
            self._announce_marks()
            self.action_cursor(1)

    def action_range(self) -> None:
        """Start a range, or mark what is in it."""
        if self.in_range:
            self._marks.take_range(self.rows, self.cursor)
        else:
            self._marks.anchor = self.cursor
        self._announce_marks()

    def action_mark_all(self) -> None:
        """Mark every photo that is shown, or none where all are."""
        self._marks.anchor = None
        self._marks.toggle(set(self.shown))
        self._announce_marks()

    # The cursor

    def clicked(self, index: int) -> None:
        """Fold a heading, or unfold it, that is clicked a second time."""
        if index == self.cursor and self.rows[index].heading:
            if self.rows[index].folded:
                self.action_unfold()
            else:
                self.action_fold()

    def move(self, where: Callable[[], int]) -> None:
        """Move as a key says; before the photos are read, as soon as they are."""
        if self._index.loaded:
            super().move(where)
        else:
            self._moves.append(where)

    def move_to(self, index: int) -> None:
        """Put the cursor on a line; an open range goes with it."""
        super().move_to(index)
        if self.in_range:
            self._announce_marks()

    def _rebuild(self) -> None:
        """List the photos anew; the cursor stays with what it stood on."""
        key = self.current.key if self.current else None
        self._arrangement.build()
        if self._awaited is not None and self._index.records:
            key, self._awaited = self._awaited, None
        self._relist(key)

    def _refold(self, key: str | int | None) -> None:
        """List the same photos in other lines, with the cursor on the line of ``key``."""
        self._arrangement.fold()
        self._relist(key)

    def _relist(self, key: str | int | None) -> None:
        self.relist(nearest(self.rows, key, self.cursor))
        self.post_message(self.Listed())
        self.moved()

    def _announce_marks(self) -> None:
        self.refresh()
        self.post_message(self.Marked())
