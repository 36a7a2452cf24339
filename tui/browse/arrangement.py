"""Which photos the list shows, in which order and in which lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from engine.session.filter import matcher
from engine.session.records import PhotoRecord
from tui.browse.index import PhotoIndex
from tui.browse.order import BY_NAME, Order
from tui.browse.rows import Row, build_rows


class Arrangement:
    """The lines for the photos of an index: filtered, sorted, folded.

    Attributes
    ----------
    rows : the lines, from the top
    folded : the SKUs that are folded away
    filter : the text that decides which photos are listed
    order : how they are sorted
    """

    def __init__(self, index: PhotoIndex) -> None:
        self.index = index
        self.rows: Sequence[Row] = ()
        self.folded: set[str] = set()
        self.filter = ""
        self.order: Order = BY_NAME
        self._shown: Sequence[int] = ()
        self._shown_ids: frozenset[int] = frozenset()
        self._listing = -1

    @property
    def shown(self) -> Sequence[int]:
        """The id of every photo that the filter lets through, folded ones included, in order."""
        return self._shown

    def shows(self, photo_id: int) -> bool:
        """Whether the filter lets a photo through."""
        return photo_id in self._shown_ids

    def photos(self, ids: Collection[int]) -> list[PhotoRecord]:
        """Return those of some photos that are listed, in the order of the list."""
        records = self.index.records
        return [records[each] for each in self._shown if each in ids] if ids else []

    def build(self) -> None:
        """Arrange the photos anew."""
        index = self.index
        records, states = index.records, index.states
        shown: Iterable[int] = index.order
        if self.filter:
            test = matcher(self.filter)
            shown = [each for each in shown if test(records[each], states[each])]
        if key := self.order.key:
            shown = sorted(shown, key=lambda each: key(records[each], states[each]))
        self._shown = tuple(shown)
        self._shown_ids = frozenset(self._shown)
        self._listing = index.listing
        self.rows = build_rows(self._shown, records, self.folded)

    def fold(self) -> None:
        """Arrange the same photos in lines again, after another SKU was folded or unfolded."""
        self.rows = build_rows(self._shown, self.index.records, self.folded)

    def is_outdated(self, changed: Collection[int]) -> bool:
        """Whether news of some photos changes which are listed, or where."""
        index = self.index
        if index.listing != self._listing or (self.order.follows and changed):
            return True
        if not self.filter:
            return False
        test = matcher(self.filter)
        return any(
            test(index.records[each], index.states[each]) != (each in self._shown_ids)
            for each in changed
            if each in index.records
        )
