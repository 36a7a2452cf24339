"""The lines of the photo list: a heading for each SKU and its photos below, or one line alone.

Lines stand for photos by their numbers: what is known of a photo is looked up when it is asked
for, so that news of a photo changes no line. A SKU of a single photo has no heading, so that a
session of ten thousand single photos is not twice as long as it has to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from engine.session.records import PhotoRecord
from engine.session.states import State


class Row(NamedTuple):
    """One line of the list.

    ``ids`` are the photos that the line stands for: one, or all of a SKU on its heading.
    ``records`` has what is known of them. ``alone`` is a photo without others of its SKU.
    """

    records: Mapping[int, PhotoRecord]
    ids: tuple[int, ...]
    sku: str
    heading: bool
    folded: bool = False
    alone: bool = False

    @property
    def photos(self) -> list[PhotoRecord]:
        """The photos that the line stands for."""
        return [self.records[each] for each in self.ids]

    @property
    def photo(self) -> PhotoRecord:
        """The photo to show for the line: the first one for a heading."""
        return self.records[self.ids[0]]

    @property
    def counts(self) -> bool:
        """Whether the line stands for photos that no other line stands for."""
        return not self.heading or self.folded

    @property
    def key(self) -> str | int:
        """What stays the same when the list is built again: a SKU for a heading, else an id."""
        return self.sku if self.heading else self.ids[0]


def build_rows(
    order: Iterable[int], records: Mapping[int, PhotoRecord], folded: Collection[str]
) -> list[Row]:
    """Return the lines for photos, grouped by SKU in order of appearance.

    Parameters
    ----------
    order : the photos to be listed, by id
    records : what is known of each
    folded : SKUs whose photos are hidden behind their heading
    """
    groups: dict[str, list[int]] = {}
    for photo_id in order:
        groups.setdefault(records[photo_id].sku, []).append(photo_id)
    rows: list[Row] = []
    for sku, members in groups.items():
        if len(members) == 1:
            rows.append(Row(records, (members[0],), sku, heading=False, alone=True))
            continue
        is_folded = sku in folded
        rows.append(Row(records, tuple(members), sku, heading=True, folded=is_folded))
        if not is_folded:
            rows.extend(Row(records, (each,), sku, heading=False) for each in members)
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
    if index < len(rows) and rows[index].key == key:
        return index
    for position, row in enumerate(rows):
        # A photo may stand for itself now, or behind the heading that it was folded into.
        if row.key == key or (row.folded and key in row.ids):
            return position
    return max(0, min(index, len(rows) - 1))
