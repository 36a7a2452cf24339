"""Which name belongs to whom: the paths that a session has delivered, or is about to.

A path belongs to one photo and one preset for ever, also when its file was moved away: what was
once published under a name stays what the name means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, get_args

from engine.delivery.naming.characters import folded
from engine.delivery.naming.versions import split_version
from engine.session.records import DeliveryRecord
from presets.schema import Collision

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
        self._heirs: dict[Owner, Owner] = {}
        self._bases = {policy: _Bases(policy) for policy in get_args(Collision)}

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
        owner = self._heir(owner)
        whose = self._owners.setdefault(folded(name), owner)
        if self._heir(whose) == owner:
            self._known.add(owner)
            for bases in self._bases.values():
                bases.note(name, owner, sha256)

    def inherit(self, heir: Owner, owner: Owner) -> None:
        """Let all names of an owner count as another's from now on."""
        self._heirs[owner] = heir
        if owner in self._known:
            self._known.add(heir)

    def has_names(self, owner: Owner) -> bool:
        """Return whether an owner has any name."""
        return owner in self._known

    def owner(self, name: PurePosixPath) -> Owner | None:
        """Return whose a name is, in any spelling that a careless file system takes for it."""
        whose = self._owners.get(folded(name))
        return None if whose is None else self._heir(whose)

    def are_free(self, names: Sequence[PurePosixPath]) -> bool:
        """Return whether names can be given: each to another owner, and none has one yet.

        What differs from another name in upper and lower case alone, versions left aside, is not
        free either: their next versions would be one file where a file system tells no case.
        """
        if len({folded(name) for name in names}) < len(names):
            return False
        if any(self.owner(name) is not None for name in names):
            return False
        return all(bases.are_spelled_alike(names) for bases in self._bases.values())

    def taken(self, name: PurePosixPath, owner: Owner, policy: Collision) -> Mapping[int, str]:
        """Return the versions of a name that its owner cannot give to any file.

        With the hash of the one file that each stands for, `OTHERS` where it is not the owner's.
        """
        return {
            version: sha256 if self._heir(whose) == owner else OTHERS
            for version, (whose, sha256) in self._bases[policy].versions_of(name).items()
            if self._heir(whose) != owner or sha256
        }

    def _heir(self, owner: Owner) -> Owner:
        return self._heirs.get(owner, owner)


class _Bases:
    """The versions of every name, as one policy counts them."""

    def __init__(self, policy: Collision) -> None:
        self._policy = policy
        self._versions: dict[str, dict[int, tuple[Owner, str]]] = defaultdict(dict)
        self._spellings: dict[str, str] = {}

    def note(self, name: PurePosixPath, owner: Owner, sha256: str) -> None:
        """Note a version of a name; the newest hash of it counts."""
        base, version = split_version(name, self._policy)
        self._spellings.setdefault(folded(base), base.as_posix())
        known = self._versions[folded(base)]
        known[version] = (owner, sha256 or known.get(version, (owner, OTHERS))[1])

    def versions_of(self, name: PurePosixPath) -> Mapping[int, tuple[Owner, str]]:
        """Return owner and hash of every version of a name."""
        return self._versions.get(folded(split_version(name, self._policy)[0]), {})

    def are_spelled_alike(self, names: Sequence[PurePosixPath]) -> bool:
        """Return whether no base differs from another, or from a known one, by its case alone."""
        own: dict[str, str] = {}
        for name in names:
            base = split_version(name, self._policy)[0]
            spelling = self._spellings.get(folded(base)) or own.setdefault(
                folded(base), base.as_posix()
            )
            if spelling != base.as_posix():
                return False
        return True
