"""What was done to the locks of a session: a log that is only ever appended to.

``.packshot/audit.jsonl`` holds one JSON object a line. Each has its number, the time in UTC, who
did it, what was done, and the SHA-256 of the line before it, so that no line can be altered,
removed, added or moved without the next one showing it. ``audit.head`` holds the number and the
hash of the last line, which shows it of the last ones too. Whoever rewrites both files whole can
forge a log; what a forger has to touch besides are the hashes in the session's deliveries.

Several processes may append at once. An entry is on the disk when ``append`` returns.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.atomic import output_error, write_atomic
from engine.errors import AuditBroken
from engine.session.layout import state_folder
from engine.session.text import now, valid
from models.lock import held

FIRST = "0" * 64
"""What the first entry names as the hash of the line before it."""

_FIELDS = ("number", "at", "person", "event", "season", "details", "previous")

_Head = tuple[int, str] | None


@dataclass(frozen=True)
class Entry:
    """One line of the log; ``sha256`` is that of the line itself."""

    number: int
    at: str
    person: str
    event: str
    season: str
    details: dict[str, Any]
    previous: str
    sha256: str


@dataclass(frozen=True)
class Break:
    """The first place at which the log is not what was written: its line, and what shows it."""

    line: int
    problem: str


class AuditLog:
    """The audit log of a session.

    Parameters
    ----------
    session : the session's folder; nothing is created until something is appended
    """

    def __init__(self, session: Path) -> None:
        folder = state_folder(session)
        self.path = folder / "audit.jsonl"
        self._head = folder / "audit.head"
        self._lock = folder / "audit.lock"

    def entries(self) -> list[Entry]:
        """Return all entries, the oldest first.

        Raises
        ------
        AuditBroken : the log was altered; the place is named
        """
        entries, broken = self.examine()
        if broken is not None:
            raise AuditBroken(
                str(self.path),
                f"line {broken.line}: {broken.problem}",
                "Restore the file from a backup. To go on without it, move audit.jsonl and "
                "audit.head away together and keep them; locks have to be taken over anew.",
            )
        return entries

    def examine(self) -> tuple[list[Entry], Break | None]:
        """Return the entries up to the first break of the chain, and that break."""
        lines, head = self._consistent()
        entries: list[Entry] = []
        previous = FIRST
        for number, line in enumerate(lines, 1):
            entry = _entry(line)
            if entry is None:
                return entries, Break(number, "was altered: it is no entry")
            if entry.number != number:
                problem = f"holds entry {entry.number}: entries were removed, added or moved"
                return entries, Break(number, problem)
            if entry.previous != previous:
                if number > 1 and _is_bound(entry, lines, head):
                    return entries[:-1], Break(number - 1, "was altered")
                return entries, Break(number, "was altered")
            entries.append(entry)
            previous = entry.sha256
        return _against_head(entries, head)

    def append(self, event: str, season: str, person: str, details: dict[str, Any]) -> Entry:
        """Add an entry and return it.

        Raises
        ------
        AuditBroken : the log was altered before; nothing was added
        OutputError and its branches : nothing was added
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with held(self._lock, lambda: None):
                self._drop_unfinished()
                entries = self.entries()
                entry = _next_entry(entries, event, season, valid(person), details)
                self._add(_line(entry) + b"\n")
                write_atomic(self._head, f"{entry.number} {entry.sha256}\n".encode("ascii"))
        except OSError as error:
            raise output_error(self.path, error) from error
        return entry

    def _add(self, line: bytes) -> None:
        with self.path.open("ab") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())

    def _drop_unfinished(self) -> None:
        """Cut off a last line without its end: its writer died, and nobody was told of it."""
        data = _read(self.path)
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            with self.path.open("r+b") as stream:
                stream.truncate(whole)

    def _consistent(self) -> tuple[list[bytes], _Head]:
        """Return the lines, and what the head says: read around no more than one appending."""
        head = _read(self._head)
        while True:
            lines = _read(self.path).split(b"\n")[:-1]
            again = _read(self._head)
            if again == head:
                return lines, _head_of(head)
            head = again


def _next_entry(
    entries: Sequence[Entry], event: str, season: str, person: str, details: dict[str, Any]
) -> Entry:
    previous = entries[-1].sha256 if entries else FIRST
    open_end = Entry(len(entries) + 1, now(), person, event, season, details, previous, "")
    return replace(open_end, sha256=hashlib.sha256(_line(open_end)).hexdigest())


def _line(entry: Entry) -> bytes:
    """Return an entry as its line, without the line's end."""
    content = {field: getattr(entry, field) for field in _FIELDS}
    return json.dumps(content, ensure_ascii=True).encode("ascii")


def _is_bound(entry: Entry, lines: Sequence[bytes], head: _Head) -> bool:
    """Return whether what comes after an entry vouches for it."""
    if entry.number < len(lines):
        after = _entry(lines[entry.number])
        return after is not None and after.previous == entry.sha256
    return head == (entry.number, entry.sha256)


def _head_of(data: bytes) -> _Head:
    """Return what the head's file says; (0, "") where it makes no sense, None without one."""
    if not data:
        return None
    words = data.decode("ascii", "replace").split()
    return (
        (int(words[0]), words[1])
        if len(words) == 2 and words[0].isdecimal() and len(data) < 100
        else (0, "")
    )


def _against_head(entries: list[Entry], head: _Head) -> tuple[list[Entry], Break | None]:
    """Hold a chain that is sound in itself against what the head says of its last line."""
    if head is None:
        # The first line's writer may have died before the head was written.
        sound = len(entries) <= 1
        return entries, None if sound else Break(len(entries), "audit.head is missing")
    number, sha256 = head
    if number > len(entries):
        return entries, Break(len(entries) + 1, f"is missing: {number} entries were written")
    if number < 1 or entries[number - 1].sha256 != sha256:
        return entries[: max(0, number - 1)], Break(max(1, number), "was altered")
    # One more than the head knows: its writer died between the two.
    if len(entries) > number + 1:
        return entries[: number + 1], Break(number + 2, "was not written by packshot")
    return entries, None


def _entry(line: bytes) -> Entry | None:
    """Return the entry in a line; None where it holds none."""
    try:
        content = json.loads(line.decode("ascii"))
    except ValueError:
        return None
    if not isinstance(content, dict) or tuple(content) != _FIELDS:
        return None
    return Entry(**content, sha256=hashlib.sha256(line).hexdigest())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise output_error(path, error) from error
