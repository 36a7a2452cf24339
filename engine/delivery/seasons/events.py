"""What the audit log says beside locks: what was delivered, what was refused, what was proven.

A ``deliver`` entry names files with their hashes: a file whose row is taken out of the session's
database, or changed there, still stands in the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.delivery.seasons.audit import AuditLog, Entry
from engine.session.records import DeliveryRecord
from engine.session.session import Session
from presets.errors import ChangedUnderLock, LockBroken

_Group = tuple[str, str | None, str, str]


def log_deliveries(session: Session) -> None:
    """Write the deliveries into the audit log that it does not name yet.

    Called after each batch. What a batch has left that was killed is written by the next one.

    Raises
    ------
    SessionReadOnly, AuditBroken : nothing was written
    OutputError and its branches : what is missing is written the next time
    """
    groups: dict[_Group, list[DeliveryRecord]] = defaultdict(list)
    for each in session.deliveries.unlogged():
        groups[(each.season or "", each.lock, each.preset, each.preset_digest)].append(each)
    log = AuditLog(session.folder)
    for (season, lock, preset, digest), rows in sorted(
        groups.items(), key=lambda item: item[1][0].id
    ):
        details = {
            "lock": lock,
            "preset": preset,
            "preset_digest": digest,
            "files": [[row.path, row.sha256] for row in rows],
        }
        entry = log.append("deliver", season, session.person, details)
        session.deliveries.mark_logged([row.id for row in rows], entry.number)


def logged_files(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str, str]]:
    """Yield each file that a log says was delivered: the entry, its path and its SHA-256."""
    for entry in entries:
        if entry.event == "deliver":
            for path, sha256 in entry.details["files"]:
                yield entry, path, sha256


@contextmanager
def refusals_logged(session: Session, season: str) -> Iterator[None]:
    """Note in the audit log what a season's lock refuses, before the error goes on its way."""
    try:
        yield
    except (ChangedUnderLock, LockBroken) as error:
        if not session.readonly:
            details = {"problem": error.problem}
            AuditLog(session.folder).append("refuse", season, session.person, details)
        raise


def log_proof(
    session: Session, season: str, *, deliveries: int, remade: int, unproven: Sequence[str]
) -> None:
    """Note in the audit log what a proof of a season came to; not where nothing can be written.

    Parameters
    ----------
    deliveries, remade : how many were looked at, and how many of them were made again
    unproven : the paths of those that something speaks against
    """
    if session.readonly:
        return
    details = {"deliveries": deliveries, "remade": remade, "unproven": list(unproven)}
    AuditLog(session.folder).append("verify", season, session.person, details)
