"""Names that keep the files of a session's photos apart, from each other and for ever.

Who has delivered under a name keeps it. A photo whose plain name nobody else wants or has gets
that; photos that would share one are told apart by what differs in their sources. So a version
number never stands for another photo, and a photo's file has the same name in every export.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal, get_args

from engine.delivery.naming.characters import folded
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.naming.plain import NO_FACTS, NameFacts, plain_parts
from engine.delivery.naming.register import Owner, Register
from engine.session.records import PhotoRecord
from presets.schema import Preset


def name_parts(
    photos: Sequence[PhotoRecord],
    preset: Preset,
    register: Register,
    facts: NameFacts = NO_FACTS,
) -> dict[int, NameParts]:
    """Return what each photo's file is named from, by the photo's number.

    Parameters
    ----------
    photos : all photos of the session, not only those to be exported
    preset : whose files are named
    register : what was delivered into the output folder; the names that are given enter it
    facts : what else is known that a name may contain
    """
    plain = plain_parts(photos, preset, facts)
    named = _Naming(preset, register, plain)
    current = _without_superseded(photos, named)
    groups: dict[str, list[PhotoRecord]] = defaultdict(list)
    for photo in current:
        if not named.keeps(photo):
            groups[folded(named.of(photo, "plain"))].append(photo)
    # Whoever is alone with a name has it before the others look for a free one.
    shared = [groups[name] for name in sorted(groups) if not named.give(groups[name], "plain")]
    for group in shared:
        named.tell_apart(group)
    policy = preset.naming.collisions
    return {
        number: parts
        if parts.superseded
        else replace(
            parts, taken=register.taken(delivery_name(preset, parts), named.me(number), policy)
        )
        for number, parts in named.parts.items()
    }


def _without_superseded(photos: Sequence[PhotoRecord], named: _Naming) -> Sequence[PhotoRecord]:
    """Return the photos that have a name of their own; older versions leave theirs to the newest.

    Only where the preset's names have a pattern: a mark that tells them apart would break it.
    """
    if named.preset.naming.allowed is None:
        return photos
    versions: dict[tuple[str, str, str], list[PhotoRecord]] = defaultdict(list)
    for photo in photos:
        name = folded(named.of(photo, "plain"))
        versions[name, photo.sku.casefold(), photo.view.casefold()].append(photo)
    current = []
    for group in versions.values():
        newest = max(group, key=_rank)
        for photo in group:
            if _rank(photo) < _rank(newest):
                named.supersede(photo, newest)
            else:
                current.append(photo)
    return current


def _rank(photo: PhotoRecord) -> tuple[bool, int]:
    """Return what a version of a photo is worth beside the others of it."""
    return photo.verdict.state != "rejected", photo.version


Mark = Literal["plain", "preset", "suffix", "stem", "folder", "path", "hash", "long hash"]
_MARKS: tuple[Mark, ...] = get_args(Mark)


class _Naming:
    """The names of one preset, as they are given."""

    def __init__(self, preset: Preset, register: Register, plain: Mapping[int, NameParts]) -> None:
        self.preset = preset
        self.register = register
        self.plain = plain
        self.parts: dict[int, NameParts] = {}
        self._names: dict[tuple[int, Mark], PurePosixPath] = {}

    def me(self, number: int) -> Owner:
        return Owner(number, self.preset.name)

    def of(self, photo: PhotoRecord, mark: Mark) -> PurePosixPath:
        """Return a photo's name with a mark of one kind that tells it apart."""
        key = photo.id, mark
        if key not in self._names:
            self._names[key] = delivery_name(self.preset, self._marked(photo, mark))
        return self._names[key]

    def keeps(self, photo: PhotoRecord) -> bool:
        """Give a photo the first of its possible names that it owns already; tell if it has one."""
        me = self.me(photo.id)
        if self.register.has_names(me):
            for mark in _MARKS:
                if self.register.owner(self.of(photo, mark)) == me:
                    self._take(photo, mark)
                    return True
        return False

    def give(self, photos: Sequence[PhotoRecord], mark: Mark) -> bool:
        """Give photos their names of one kind, if all of these are free; tell whether."""
        if not self.register.are_free([self.of(photo, mark) for photo in photos]):
            return False
        for photo in photos:
            self._take(photo, mark)
        return True

    def tell_apart(self, group: Sequence[PhotoRecord]) -> None:
        """Give names to photos that cannot have the one plain name that they share."""
        owner = self.register.owner(self.of(group[0], "plain"))
        others_preset = owner is not None and owner.preset != self.preset.name
        for mark in _MARKS[1 if others_preset else 2 :]:
            if self.give(group, mark):
                return
        raise AssertionError("two photos of one number")

    def _take(self, photo: PhotoRecord, mark: Mark) -> None:
        self.parts[photo.id] = self._marked(photo, mark)
        self.register.claim(self.of(photo, mark), self.me(photo.id))

    def supersede(self, older: PhotoRecord, newest: PhotoRecord) -> None:
        """Leave the names of an older version of a photo to the newest."""
        self.register.inherit(self.me(newest.id), self.me(older.id))
        self.parts[older.id] = replace(self.plain[older.id], superseded=newest.path.name)

    def _marked(self, photo: PhotoRecord, mark: Mark) -> NameParts:
        plain = self.plain[photo.id]
        if mark == "plain":
            return plain
        return replace(plain, apart=_mark(photo, self.preset.name, mark))


def _mark(photo: PhotoRecord, preset: str, mark: Mark) -> str:
    """Return a text of one kind that tells a photo apart from its namesakes."""
    path = photo.path
    digest = hashlib.sha256(f"{photo.id} {preset}".encode()).hexdigest()
    return {
        "preset": preset,
        "suffix": path.suffix.lstrip("."),
        "stem": path.stem,
        "folder": "-".join(path.parent.parts),
        "path": "-".join(path.parts),
        "hash": digest[:8],
        "long hash": digest,
    }[mark]
