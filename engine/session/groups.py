"""Photos that were shot alike, so that one recipe suits all of them.

Alike means: of one size, format and capture settings, before the same backdrop as far as that is
known, and of one family of SKUs, or of one view, or looking nearly the same. The groups do not
depend on the order in which the photos are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.imaging.look import Look
from engine.session.records import PhotoRecord
from engine.session.similarity import SAME_BACKDROP, family_of, order_for_batch

_SAME_LOOK = 10  # of the 64 bits of a fingerprint
_MOST_COMPARED = 2000  # pictures of one kind; beyond, pairs of them would take too long


@dataclass(frozen=True)
class Group:
    """Photos shot alike, in the order of a batch."""

    photos: tuple[PhotoRecord, ...]

    @property
    def title(self) -> str:
        """What they have in common, in a few words."""
        first = self.photos[0]
        families = {family_of(photo.sku) for photo in self.photos}
        views = {photo.view for photo in self.photos if photo.view}
        parts = [
            first.sku if len(families) == 1 else f"{len(families)} families",
            views.pop() if len(views) == 1 else f"{len(views)} views",
            f"{first.width} × {first.height} {first.format}",
            first.capture or "",
        ]
        if first.look is not None:
            parts.append("backdrop #{:02x}{:02x}{:02x}".format(*first.look.backdrop))
        return ", ".join(part for part in parts if part)


def groups(photos: Iterable[PhotoRecord]) -> list[Group]:
    """Return every photo in its group, the largest group first; one alone is a group, too."""
    ordered = order_for_batch(photos)
    kinds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, photo in enumerate(ordered):
        kinds[photo.width, photo.height, photo.format, photo.capture].append(place)
    sets = _Sets(len(ordered))
    for places in kinds.values():
        for alike in _by_backdrop(places, [ordered[place].look for place in places]):
            _join(sets, alike, ordered)
    found: dict[int, list[PhotoRecord]] = defaultdict(list)
    for place, photo in enumerate(ordered):
        found[sets.root(place)].append(photo)
    return sorted((Group(tuple(each)) for each in found.values()), key=lambda g: -len(g.photos))


def _by_backdrop(places: Sequence[int], looks: Sequence[Look | None]) -> list[list[int]]:
    """Part photos by their backdrops: a chain of near ones is one; the unknown are one, too."""
    sets = _Sets(len(places))
    cells: dict[tuple[int, ...] | None, list[int]] = defaultdict(list)
    for number, look in enumerate(looks):
        cell = tuple(level // SAME_BACKDROP for level in look.backdrop) if look else None
        cells[cell].append(number)
    for cell, members in cells.items():
        for number in members:
            sets.join(members[0], number)  # in one cell all are near
        if cell is not None:
            for other in _neighbours(cell):
                _chain(sets, members, cells.get(other, []), looks)
    parts: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        parts[sets.root(number)].append(place)
    return list(parts.values())


def _neighbours(cell: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return half of the cells around one: the other half looks from its side."""
    steps = [(r, g, b) for r in (-1, 0, 1) for g in (-1, 0, 1) for b in (-1, 0, 1)]
    return [
        tuple(at + step for at, step in zip(cell, each, strict=True))
        for each in steps
        if each > (0, 0, 0)
    ]


def _chain(
    sets: _Sets, ours: Sequence[int], theirs: Sequence[int], looks: Sequence[Look | None]
) -> None:
    """Join two cells of backdrops if any two of them are near."""
    for one in ours:
        for other in theirs:
            look, near = looks[one], looks[other]
            if look and near and look.backdrop_distance(near) <= SAME_BACKDROP:
                sets.join(one, other)
                return


def _join(sets: _Sets, places: Sequence[int], photos: Sequence[PhotoRecord]) -> None:
    """Join photos of one kind and backdrop by family, by view, and by what they look like."""
    seen: dict[tuple[str, str], int] = {}
    for place in places:
        photo = photos[place]
        keys = [("family", family_of(photo.sku))]
        if photo.view:
            keys.append(("view", photo.view.casefold()))
        for key in keys:
            sets.join(seen.setdefault(key, place), place)
    first = list({sets.root(place): place for place in places}.values())
    if len(first) == 1 or len(places) > _MOST_COMPARED:
        return
    looks = [(place, look) for place in places if (look := photos[place].look)]
    for number, (place, look) in enumerate(looks):
        for other, near in looks[:number]:
            if look.distance(near) <= _SAME_LOOK:
                sets.join(place, other)


class _Sets:
    """Disjoint sets of numbers (union-find); the least number stands for its set."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
