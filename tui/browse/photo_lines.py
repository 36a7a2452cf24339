"""The lines of a session's photos: what stands in them, which are marked, and how they are drawn.

Which photos stand in which lines is the arrangement's to say, and a line's looks the painter's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.strip import Strip

from engine.session.records import PhotoRecord
from engine.session.states import State
from tui.browse.arrangement import Arrangement
from tui.browse.index import PhotoIndex
from tui.browse.line import LinePainter
from tui.browse.marks import Marks
from tui.browse.order import Order
from tui.browse.rows import Row
from tui.line_list import LineList


class PhotoLines(LineList, inherit_bindings=False):
    """A line per SKU and photo."""

    COMPONENT_CLASSES = LinePainter.COMPONENTS

    def __init__(
        self, index: PhotoIndex, glyphs: dict[State, str], *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._index = index
        self._painter = LinePainter(glyphs)
        self._arrangement = Arrangement(index)
        self._marks = Marks()

    @property
    def rows(self) -> Sequence[Row]:
        """The lines, from the top."""
        return self._arrangement.rows

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    @property
    def current(self) -> Row | None:
        """The line under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def folded(self) -> frozenset[str]:
        """The SKUs that are folded away."""
        return frozenset(self._arrangement.folded)

    @property
    def filter_text(self) -> str:
        """The filter that decides which photos are listed."""
        return self._arrangement.filter

    @property
    def order(self) -> Order:
        """How the photos are sorted."""
        return self._arrangement.order

    @property
    def shown(self) -> Sequence[int]:
        """The id of every photo that the filter lets through, folded ones included."""
        return self._arrangement.shown

    @property
    def sku_count(self) -> int:
        """How many SKUs those photos are of."""
        return sum(row.heading or row.alone for row in self.rows)

    @property
    def marked(self) -> list[PhotoRecord]:
        """The marked photos among those shown, the open range included."""
        return self._arrangement.photos(self._marks.ids(self.rows, self.cursor))

    @property
    def marked_count(self) -> int:
        """How many those are."""
        return sum(map(self._arrangement.shows, self._marks.ids(self.rows, self.cursor)))

    @property
    def selection(self) -> list[PhotoRecord]:
        """What an action works on: the marked photos, or else those of the current line."""
        return self.marked or (self.current.photos if self.current else [])

    @property
    def in_range(self) -> bool:
        """Whether a range is being extended."""
        return self._marks.anchor is not None

    def draw_line(self, index: int, width: int) -> Strip:
        """Return the line of a SKU or a photo."""
        row, states = self.rows[index], self._index.states
        marked = self._marks.ids(self.rows, self.cursor)
        return self._painter.paint(
            row,
            [states[each] for each in row.ids],
            width,
            self.get_component_rich_style,
            cursor=index == self.cursor,
            focused=self.has_focus,
            marked=all(each in marked for each in row.ids),
        )

    def leader(self, index: int) -> int:
        """Return the heading of a SKU's first photo, or the line itself."""
        heads = index and not self.rows[index].heading and self.rows[index - 1].heading
        return index - 1 if heads else index

    def _redraw(self, changed: Collection[int]) -> None:
        """Draw again what is in sight of some photos."""
        top = self.scroll_offset.y
        seen = {each for row in self.rows[top : top + self.size.height] for each in row.ids}
        if not seen.isdisjoint(changed):
            self.refresh()
        if self.current and not set(self.current.ids).isdisjoint(changed):
            self.moved()
