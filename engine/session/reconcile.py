"""Which file of a new listing is which photo of the store.

A photo is recognised where it was, or by its content where it has moved: by SHA-256 when that is
known, by size and time of its last change otherwise. Pure: reading a file's SHA-256 is handed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.session.walk import FoundFile


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo of the store, as far as recognising it needs."""

    id: int
    path: PurePosixPath
    bytes: int
    mtime_ns: int
    sha256: str | None
    missing: bool
    problem: str | None


@dataclass(slots=True)
class Plan:
    """What has to change in the store; a photo stands in one of the lists at most."""

    back: list[KnownPhoto] = field(default_factory=list)
    """Missing before, found again as it was."""

    moved: list[tuple[KnownPhoto, FoundFile]] = field(default_factory=list)
    """The same content at another path, or with another time at the same path."""

    changed: list[tuple[KnownPhoto, FoundFile]] = field(default_factory=list)
    """Other content at the same path."""

    reread: list[tuple[KnownPhoto, FoundFile]] = field(default_factory=list)
    """The same content, but its header is not known: unreadable before, or cut before it was
    scanned."""

    added: list[FoundFile] = field(default_factory=list)
    missing: list[KnownPhoto] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.back, self.moved, self.changed, self.reread, self.added, self.missing))


def reconcile(
    known: Iterable[KnownPhoto],
    found: Iterable[FoundFile],
    sha256_of: Callable[[PurePosixPath], str | None],
) -> Plan:
    """Compare the store's photos with the files of a listing.

    Parameters
    ----------
    known : all photos of the store, missing ones too
    found : the files, each path once
    sha256_of : reads the SHA-256 of a file; None when it cannot be read
    """
    plan = Plan()
    files = {file.path: file for file in found}
    loose: list[KnownPhoto] = []
    # A photo that is there goes first, a missing one of the same path after it.
    for photo in sorted(known, key=lambda photo: (photo.missing, -photo.id)):
        file = files.get(photo.path)
        if file is None or (file.bytes, file.mtime_ns) != (photo.bytes, photo.mtime_ns):
            loose.append(photo)
            continue
        del files[photo.path]
        if photo.problem is not None:
            plan.reread.append((photo, file))
        elif photo.missing:
            plan.back.append(photo)
    _Matching(plan, loose, files, sha256_of).run()
    return plan


class _Matching:
    """Finds, for photos that are not where they were, the files that hold their content."""

    def __init__(
        self,
        plan: Plan,
        photos: list[KnownPhoto],
        files: dict[PurePosixPath, FoundFile],
        sha256_of: Callable[[PurePosixPath], str | None],
    ) -> None:
        self._plan = plan
        self._photos = photos
        self._files = files
        self._sha256_of = sha256_of
        self._by_time: dict[tuple[int, int], list[FoundFile]] = defaultdict(list)
        self._by_size: dict[int, list[FoundFile]] = defaultdict(list)
        self._by_content: dict[int, dict[str | None, list[FoundFile]]] = {}
        for file in files.values():
            self._by_time[file.bytes, file.mtime_ns].append(file)
            self._by_size[file.bytes].append(file)

    def run(self) -> None:
        left = [photo for photo in self._photos if not self._match(photo)]
        for photo in left:
            file = self._files.pop(photo.path, None)
            if file is not None and photo.sha256 and self._sha256_of(file.path) == photo.sha256:
                self._plan.reread.append((photo, file))
            elif file is not None:
                self._plan.changed.append((photo, file))
            elif not photo.missing:
                self._plan.missing.append(photo)
        self._plan.added.extend(self._files.values())

    def _match(self, photo: KnownPhoto) -> bool:
        equal = [file for file in self._equal(photo) if file.path in self._files]
        if not equal:
            return False
        # Of several equal files the one of the same path or name is the likeliest.
        file = min(
            equal, key=lambda file: (file.path != photo.path, file.path.name != photo.path.name)
        )
        del self._files[file.path]
        self._plan.moved.append((photo, file))
        return True

    def _equal(self, photo: KnownPhoto) -> list[FoundFile]:
        if photo.sha256 is None:
            return self._by_time[photo.bytes, photo.mtime_ns]
        if photo.bytes not in self._by_content:
            hashed: dict[str | None, list[FoundFile]] = defaultdict(list)
            for file in self._by_size[photo.bytes]:
                hashed[self._sha256_of(file.path)].append(file)
            self._by_content[photo.bytes] = hashed
        return self._by_content[photo.bytes][photo.sha256]
