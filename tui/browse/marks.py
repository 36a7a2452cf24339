"""Which photos of the list are marked, and the range that is being extended."""

from __future__ import annotations

from collections.abc import Container, Sequence

from tui.browse.rows import Row


class Marks:
    """Marked photos by id, and where an open range began.

    Attributes
    ----------
    anchor : the line at which the range began; None where none is open
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self.anchor: int | None = None

    def ids(self, rows: Sequence[Row], cursor: int) -> set[int]:
        """Return the marked photos, with those of the open range up to the cursor."""
        return self._ids | self._range(rows, cursor) if self.anchor is not None else self._ids

    def keep(self, ids: Container[int]) -> None:
        """Forget marks of photos that are gone."""
        self._ids = {each for each in self._ids if each in ids}

    def toggle(self, ids: set[int]) -> None:
        """Mark photos, or unmark them where all of them are marked."""
        self._ids = self._ids - ids if ids <= self._ids else self._ids | ids

    def take_range(self, rows: Sequence[Row], cursor: int) -> None:
        """Mark what is in the open range, and close it."""
        self._ids |= self._range(rows, cursor)
        self.anchor = None

    def clear(self) -> bool:
        """Forget all; return whether there was anything."""
        had = bool(self._ids) or self.anchor is not None
        self._ids.clear()
        self.anchor = None
        return had

    def _range(self, rows: Sequence[Row], cursor: int) -> set[int]:
        if self.anchor is None:
            return set()
        first, last = sorted((self.anchor, cursor))
        return {each for row in rows[first : last + 1] if row.counts for each in row.ids}
