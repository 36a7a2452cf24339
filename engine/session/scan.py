"""Brings the store in line with the session's folder, reading headers and no pixels.

Only files whose size or time of change differ from the store's are opened. The work is planned
without a lock and written in one transaction; when another process has scanned meanwhile, it is
planned anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.imaging.header import Header
from engine.session.hashing import sha256_of
from engine.session.headers import read_headers
from engine.session.history.verdicts import withdraw
from engine.session.queries import known_photos
from engine.session.reconcile import KnownPhoto, Plan, reconcile
from engine.session.store import Database
from engine.session.text import path_bytes, valid
from engine.session.walk import FoundFile, Listing, Trouble

Progress = Callable[[int, int], None]
"""Told how many headers are read and how many there are to read, from the scanning thread.

An error that it raises stops the scan.
"""

_FIRST_PORTION = 500  # new photos; each portion is twice as large as the one before
_FACTS = (
    "format", "width", "height", "bits", "mode", "profile", "camera", "taken", "jpeg_quality",
    "subsampling", "has_alpha", "capture",
)  # fmt: skip
_UNKNOWN: dict[str, object] = {
    **dict.fromkeys(_FACTS), "has_alpha": False, "problem": None, "look": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan has found, paths sorted."""

    total: int
    """Photos that are there, unreadable ones among them."""

    added: tuple[PurePosixPath, ...]
    changed: tuple[PurePosixPath, ...]
    moved: tuple[tuple[PurePosixPath, PurePosixPath], ...]
    missing: tuple[PurePosixPath, ...]
    """Vanished since the last scan; what is known about them is kept."""

    unreadable: tuple[Trouble, ...]
    """Photos whose file cannot be read, and why."""

    troubles: tuple[Trouble, ...]
    """Folders and links that could not be followed, and why."""

    ignored: tuple[PurePosixPath, ...]
    """Folders that were left out on purpose."""

    def told(self) -> str:
        """Return how many photos are others than before, in words; empty where none is."""
        changes = (
            (self.added, "new"),
            (self.changed, "changed"),
            (self.moved, "moved"),
            (self.missing, "missing"),
        )
        return ", ".join(f"{len(paths)} {word}" for paths, word in changes if paths)


class Scanner:
    """Plans and writes what one listing of a session's folder changes.

    Parameters
    ----------
    session : the session's folder
    listing : what was found in it
    progress : told about each header that was read
    leave : files that stay as they are known, whatever the listing says of them
    """

    def __init__(
        self,
        session: Path,
        listing: Listing,
        progress: Progress | None = None,
        leave: Collection[PurePosixPath] = frozenset(),
    ) -> None:
        self._session = session
        self._listing = listing
        self._progress = progress
        self._leave = frozenset(leave)
        self._headers: dict[FoundFile, Header | str] = {}
        self._plan = Plan()
        self._written: list[Plan] = []
        self._left_out = 0

    def run(self, database: Database) -> None:
        """Plan without a lock and write, until nothing is left and no other scan came between.

        New photos are written in growing portions, so that whoever follows the session sees the
        first of ten thousand at once, and a scan that is stopped has not read in vain.
        """
        portion = _FIRST_PORTION
        while True:
            with database.read() as connection:
                state = _listing_state(connection)
                known = known_photos(connection)
            self._make_plan(known, portion)
            if not self._plan:
                return
            with database.write() as connection:
                if _listing_state(connection) != state:
                    continue
                self._write(connection)
            if not self._left_out:
                return
            portion *= 2

    def apply(self, connection: sqlite3.Connection) -> None:
        """Plan and write in the transaction at hand."""
        self._make_plan(known_photos(connection))
        self._written.clear()
        self._write(connection)

    def report(self, unreadable: Sequence[Trouble]) -> ScanReport:
        """Return what this scan has found."""
        plans = self._written
        moved = [(photo.path, file.path) for plan in plans for photo, file in plan.moved]
        return ScanReport(
            total=len(self._listing.files),
            added=tuple(sorted(file.path for plan in plans for file in plan.added)),
            changed=tuple(sorted(file.path for plan in plans for _, file in plan.changed)),
            moved=tuple(sorted((old, new) for old, new in moved if old != new)),
            missing=tuple(sorted(photo.path for plan in plans for photo in plan.missing)),
            unreadable=tuple(unreadable),
            troubles=tuple(self._listing.troubles),
            ignored=tuple(self._listing.ignored),
        )

    def _make_plan(self, known: Sequence[KnownPhoto], portion: int | None = None) -> None:
        """Plan what has to change, with no more than ``portion`` new photos, and read headers."""
        plan = self._plan = reconcile(
            [photo for photo in known if photo.path not in self._leave],
            [file for file in self._listing.files if file.path not in self._leave],
            self._sha256,
        )
        self._left_out = len(plan.added[portion:]) if portion is not None else 0
        plan.added = plan.added[:portion]
        self._read_headers()
        # What is still unreadable for the same reason is no change.
        self._plan.reread = [
            (photo, file)
            for photo, file in self._plan.reread
            if photo.missing or photo.problem != self._headers[file]
        ]

    def _sha256(self, relative: PurePosixPath) -> str | None:
        return sha256_of(self._session / relative)

    def _read_headers(self) -> None:
        plan = self._plan
        files = [*plan.added, *(file for _, file in (*plan.changed, *plan.reread))]
        files = [file for file in files if file not in self._headers]
        total = len(self._headers) + len(files) + self._left_out
        for file, header in read_headers(self._session, files):
            self._headers[file] = header
            if self._progress is not None:
                self._progress(len(self._headers), total)

    def _write(self, connection: sqlite3.Connection) -> None:
        plan = self._plan
        if not plan:
            return
        self._written.append(plan)
        # Photos that have moved may have taken each other's paths.
        for photo in (*plan.missing, *(photo for photo, _ in plan.moved)):
            connection.execute("UPDATE photo SET missing = 1 WHERE id = ?", (photo.id,))
        for photo in plan.back:
            connection.execute("UPDATE photo SET missing = 0 WHERE id = ?", (photo.id,))
        for photo, file in plan.moved:
            _change(connection, photo.id, _place(file))
        for photo, file in plan.reread:
            _change(connection, photo.id, self._row(file))
        for photo, file in plan.changed:
            _change(connection, photo.id, self._row(file))
            connection.execute(
                "UPDATE photo SET sha256 = NULL, failure = NULL WHERE id = ?", (photo.id,)
            )
            # Equal size and no matte yet: most likely a copy of the folder with new times.
            if photo.sha256 is not None or photo.bytes != file.bytes:
                withdraw(connection, photo.id, "photo changed")
        _add(connection, [self._row(file) for file in plan.added])
        connection.execute("UPDATE state SET listing = listing + 1")

    def _row(self, file: FoundFile) -> dict[str, object]:
        return _place(file) | _facts(self._headers[file])


def _listing_state(connection: sqlite3.Connection) -> int:
    state: int = connection.execute("SELECT listing FROM state").fetchone()[0]
    return state


def _change(connection: sqlite3.Connection, photo_id: int, values: Mapping[str, object]) -> None:
    columns = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE photo SET {columns} WHERE id = :id", {**values, "id": photo_id})


def _add(connection: sqlite3.Connection, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        columns, values = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO photo ({columns}) VALUES ({values})", rows)


def _place(file: FoundFile) -> dict[str, object]:
    """Return the columns that tell where a photo is."""
    path = path_bytes(file.path)
    return {"path": path, "bytes": file.bytes, "mtime_ns": file.mtime_ns, "missing": 0}


def _facts(header: Header | str) -> dict[str, object]:
    """Return the columns that tell what a photo's header says, or why there is none."""
    if isinstance(header, str):
        return _UNKNOWN | {"problem": valid(header)}
    said = {name: getattr(header, name) for name in _FACTS}
    return _UNKNOWN | {
        name: valid(value) if isinstance(value, str) else value for name, value in said.items()
    }
