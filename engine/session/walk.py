"""The photos of a session's folder as the file system lists them; nothing is opened.

Left out: hidden files and folders (among them ``.packshot`` and the ``._`` files of macOS), the
output folder, what the session's settings ignore, and, at any depth, what Capture One keeps for
itself. Links are followed; a folder is listed once however many links lead to it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from engine.errors import SessionError, reason

_NEVER = frozenset({"output", "trash", "captureone"})
"""Folders of a Capture One session that hold no photos to work on, in lower case."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that looks like a photo."""

    path: PurePosixPath
    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A path that could not be used, and why: with what to do, and the message's code."""

    path: PurePosixPath
    problem: str


@dataclass(slots=True)
class Listing:
    """What was found below a folder, sorted by path."""

    files: list[FoundFile] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    ignored: list[PurePosixPath] = field(default_factory=list)
    folders: dict[str, int] = field(default_factory=dict)
    """Every folder that was listed, and its time of change before that; the session's own is an
    empty text."""


def list_photos(session: Path, suffixes: Collection[str], ignored: Collection[str]) -> Listing:
    """List the photos of a session.

    Parameters
    ----------
    session : its folder
    suffixes : what photos end with, in lower case, with the dot
    ignored : folders to leave out, relative to the session's folder, written with ``/``

    Returns
    -------
    Listing : files that vanish, or cannot be asked about, while listing are among its troubles
    """
    walk = _Walk(session, suffixes, {name.casefold() for name in ignored})
    walk.run()
    listing = walk.listing
    listing.files.sort(key=lambda file: file.path)
    listing.troubles.sort(key=lambda trouble: trouble.path)
    listing.ignored.sort()
    return listing


class _Walk:
    def __init__(self, session: Path, suffixes: Collection[str], ignored: Collection[str]) -> None:
        self.listing = Listing()
        self._session = session
        self._suffixes = suffixes
        self._ignored = ignored
        # Links to folders wait until all real folders are listed: the real path names a photo.
        self._folders: deque[str] = deque([""])
        self._links: deque[str] = deque()
        self._seen: set[tuple[int, int]] = set()

    def run(self) -> None:
        while self._folders or self._links:
            folder = self._folders.popleft() if self._folders else self._links.popleft()
            try:
                self._list(folder)
            except OSError as error:
                self._trouble(folder, error)

    def _list(self, folder: str) -> None:
        path = os.path.join(self._session, folder)  # noqa: PTH118 - a name may end in a dot
        status = os.stat(path)  # noqa: PTH116
        if (status.st_dev, status.st_ino) in self._seen:
            return
        self._seen.add((status.st_dev, status.st_ino))
        self.listing.folders[folder] = status.st_mtime_ns
        with os.scandir(path) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if not entry.name.startswith("."):
                    self._take(entry, f"{folder}/{entry.name}" if folder else entry.name)

    def _take(self, entry: os.DirEntry[str], relative: str) -> None:
        try:
            if entry.is_dir():
                self._take_folder(entry, relative)
            elif os.path.splitext(entry.name)[1].lower() in self._suffixes:  # noqa: PTH122 - speed
                status = entry.stat()
                found = FoundFile(PurePosixPath(relative), status.st_size, status.st_mtime_ns)
                self.listing.files.append(found)
        except OSError as error:
            self._trouble(relative, error)

    def _take_folder(self, entry: os.DirEntry[str], relative: str) -> None:
        if entry.name.casefold() in _NEVER or relative.casefold() in self._ignored:
            self.listing.ignored.append(PurePosixPath(relative))
        elif entry.is_symlink():
            self._links.append(relative)
        else:
            self._folders.append(relative)

    def _trouble(self, relative: str, error: OSError) -> None:
        problem = f"cannot be read ({error.strerror or error})"
        told = SessionError(relative, problem, "Check its permissions and its drive.")
        self.listing.troubles.append(Trouble(PurePosixPath(relative), reason(told)))
