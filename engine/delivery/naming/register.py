"""Which name belongs to whom: the paths that a session has delivered, or is about to.

A path belongs to one photo and one preset for ever, also when its file was moved away: what was
once published under a name stays what the name means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from engine.delivery.naming.characters import folded
from engine.delivery.naming.versions import split_version
from engine.session.records import DeliveryRecord

OTHERS = ""
"""Stands for the hash of a version that belongs to another photo or preset."""


class Owner(NamedTuple):
    """Whose a name is: a photo's number in its session, and a preset's name."""

    photo: int
    preset: str


class Register:
    """Names and their owners, paths relative to one output folder."""

    def __init__(self) -> None:
        self._owners: dict[str, Owner] = {}
        self._known: set[Owner] = set()
        self._spellings: dict[str, str] = {}
        self._versions: dict[str, dict[int, tuple[Owner, str]]] = defaultdict(dict)

    @classmethod
    def of(cls, deliveries: Iterable[DeliveryRecord], folder: Path, target: Path) -> Register:
        """Return the register of what was delivered into an output folder.

        Parameters
        ----------
        deliveries : of a session, the oldest first
        folder, target : the session's folder, and the output folder, both absolute
        """
        register = cls()
        for delivery in deliveries:
            path = folder / delivery.path
            if path.is_relative_to(target):
                owner = Owner(delivery.photo_id, delivery.preset)
                name = PurePosixPath(path.relative_to(target).as_posix())
                register.claim(name, owner, delivery.sha256)
        return register

    def claim(self, name: PurePosixPath, owner: Owner, sha256: str = OTHERS) -> None:
        """Give a name to an owner, unless it has one.

        ``sha256`` is that of the file that was delivered under it, if one was.
        """
        if self._owners.setdefault(folded(name), owner) == owner:
            self._known.add(owner)
            base, version = split_version(name)
            self._spellings.setdefault(folded(base), base.as_posix())
            known = self._versions[folded(base)]
            known[version] = (owner, sha256 or known.get(version, (owner, OTHERS))[1])

    def has_names(self, owner: Owner) -> bool:
        """Return whether an owner has any name."""
        return owner in self._known

    def owner(self, name: PurePosixPath) -> Owner | None:
        """Return whose a name is, in any spelling that a careless file system takes for it."""
        return self._owners.get(folded(name))

    def are_free(self, names: Sequence[PurePosixPath]) -> bool:
        """Return whether names can be given: each to another owner, and none has one yet.

        What differs from another name in upper and lower case alone, versions left aside, is not
        free either: their next versions would be one file where a file system tells no case.
        """
        if len({folded(name) for name in names}) < len(names):
            return False
        own: dict[str, str] = {}
        for name in names:
            base = split_version(name)[0]
            spelling = self._spellings.get(folded(base), base.as_posix())
            if self.owner(name) is not None or spelling != base.as_posix():
                return False
            if own.setdefault(folded(base), spelling) != spelling:
                return False
        return True

    def taken(self, name: PurePosixPath, owner: Owner) -> Mapping[int, str]:
        """Return the versions of a name that its owner cannot give to any file.

        With the hash of the one file that each stands for, `OTHERS` where it is not the owner's.
        """
        base, _ = split_version(name)
        return {
            version: sha256 if whose == owner else OTHERS
            for version, (whose, sha256) in self._versions[folded(base)].items()
            if whose != owner or sha256
        }
