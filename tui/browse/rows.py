"""The lines of the photo list: a heading for each SKU and its photos below, or one line alone.

Pure functions over records. A SKU of a single photo has no heading, so that a session of ten
thousand single photos is not twice as long as it has to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from engine.session.records import PhotoRecord
from tui.browse.states import State


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    ``photos`` are those that the line stands for: one, or all of a SKU on its heading.
    """

    photos: tuple[PhotoRecord, ...]
    heading: bool
    folded: bool = False
    alone: bool = False

    @property
    def sku(self) -> str:
        """The SKU that the line belongs to."""
        return self.photos[0].sku

    @property
    def photo(self) -> PhotoRecord:
        """The photo to show for the line: the first one for a heading."""
        return self.photos[0]

    @property
    def counts(self) -> bool:
        """Whether the line stands for photos that no other line stands for."""
        return not self.heading or self.folded

    @property
    def key(self) -> str | int:
        """What stays the same when the list is built again: a SKU for a heading, else an id."""
        return self.sku if self.heading else self.photo.id


def build_rows(
    photos: Iterable[PhotoRecord], shown: Callable[[PhotoRecord], bool], folded: Collection[str]
) -> list[Row]:
    """Return the lines for the photos that are ``shown``, grouped by SKU in order of appearance.

    Parameters
    ----------
    photos : every photo, in the session's order
    shown : the filter
    folded : SKUs whose photos are hidden behind their heading
    """
    groups: dict[str, list[PhotoRecord]] = {}
    for photo in photos:
        if shown(photo):
            groups.setdefault(photo.sku, []).append(photo)
    rows: list[Row] = []
    for sku, members in groups.items():
        if len(members) == 1:
            rows.append(Row(tuple(members), heading=False, alone=True))
            continue
        is_folded = sku in folded
        rows.append(Row(tuple(members), heading=True, folded=is_folded))
        if not is_folded:
            rows.extend(Row((photo,), heading=False) for photo in members)
    return rows


def label(photo: PhotoRecord) -> str:
    """Return what tells a photo from the others of its SKU: view and version, or its name."""
    if not photo.view:
        return photo.path.name
    return f"{photo.view} v{photo.version}" if photo.version > 1 else photo.view


def tally(states: Iterable[State]) -> list[tuple[State, int]]:
    """Return how many photos are in each state, in the order of the states, none left out."""
    counts = Counter(states)
    return [(state, counts[state]) for state in State if counts[state]]


def nearest(rows: Sequence[Row], key: str | int | None, index: int) -> int:
    """Return where the cursor belongs after the list changed.

    Parameters
    ----------
    rows : the new lines
    key : the line that it stood on
    index : where that was
    """
    for position, row in enumerate(rows):
        # A photo may stand for itself now, or behind the heading that it was folded into.
        if row.key == key or (row.counts and any(photo.id == key for photo in row.photos)):
            return position
    return max(0, min(index, len(rows) - 1))
