"""The locks of a session's seasons: which one is in force, who made it, who took it away and why.

A lock lies in the session's ``seasons/``; the audit log in ``.packshot/`` says which lock that has
to be. A lock that arrives from a colleague is taken over, with an entry in the log, when the
session is first exported under it; a lock that is exchanged or taken away by hand is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.atomic import output_error
from engine.delivery.seasons.audit import AuditLog, Entry
from engine.errors import SessionReadOnly
from engine.session.session import Session
from presets.errors import LockBroken
from presets.lock import Lock, is_season_name, lock_path, read_lock

LOCKING = frozenset({"lock", "adopt"})
"""Events of the audit log after which a lock is in force; ``unlock`` ends it."""


def lock_in_force(folder: Path, name: str) -> Lock | None:
    """Return the lock of a season; None where it is not locked.

    Raises
    ------
    LockBroken : its file is damaged, gone, or another one than the audit log knows
    AuditBroken : the log was altered
    """
    path = lock_path(folder, name)
    last = _last_entry(AuditLog(folder).entries(), name)
    known = last.details.get("lock") if last is not None and last.event in LOCKING else None
    if not path.exists():
        if last is not None and known is not None:
            raise LockBroken(
                str(path),
                f"the lock is gone, and {last.person} had locked the season on {last.at[:10]}",
                f"Restore the file, or unlock the season with a reason: {how_to_unlock(name)}.",
            )
        return None
    lock = read_lock(path)
    if lock.name != name:
        raise LockBroken(
            str(path), f"is the lock of season {lock.name}", "Give the file its own name again."
        )
    if known not in {None, lock.hash}:
        raise LockBroken(
            str(path),
            f"is another lock than the one in force here ({lock.hash[:12]}, not {known[:12]})",
            "Restore the file. If the team has locked the season anew, unlock the old lock first, "
            f"with that as the reason: {how_to_unlock(name)}; then put the new file there.",
        )
    return lock


def locked_seasons(folder: Path) -> set[str]:
    """Return the seasons that have a lock, or should have one."""
    entries = AuditLog(folder).entries()
    logged = {entry.season for entry in entries}
    locked = {name for name in logged if _is_locking(_last_entry(entries, name))}
    files = {path.stem for path in (folder / "seasons").glob("*.lock")}
    return locked | {name for name in files if is_season_name(name)}


def unlock_season(session: Session, name: str, reason: str) -> str | None:
    """Take a season's lock away; return its hash, None where it had none.

    A lock that is damaged or was exchanged can be taken away as well.

    Raises
    ------
    ValueError : no reason is given
    SessionReadOnly, AuditBroken : nothing was changed
    OutputError and its branches : the lock could not be removed
    """
    require_writable(session)
    if not reason.strip():
        raise ValueError("unlocking takes a reason")
    log = AuditLog(session.folder)
    path = lock_path(session.folder, name)
    last = _last_entry(log.entries(), name)
    known = last.details["lock"] if last is not None and last.event in LOCKING else None
    if known is None and not path.exists():
        return None
    found = known or _hash_in(path)
    log.append("unlock", name, session.person, {"lock": found, "reason": reason.strip()})
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error
    return found


def adopt(session: Session, lock: Lock) -> None:
    """Note in the log that a lock is in force here which was made elsewhere."""
    if not _is_locking(_last_entry(AuditLog(session.folder).entries(), lock.name)):
        require_writable(session)
        log_lock(session, "adopt", lock)


def log_lock(session: Session, event: str, lock: Lock) -> None:
    """Note in the log that a lock is in force from now on, with what it holds."""
    details = {
        "lock": lock.hash,
        "locked_by": lock.person,
        "locked_at": lock.at,
        "presets": lock.preset_digests(),
        "recipe": dict(lock.recipe),
        "rendering": dict(lock.rendering),
    }
    AuditLog(session.folder).append(event, lock.name, session.person, details)


def how_to_unlock(name: str) -> str:
    """Return, in words, the command that takes a lock away."""
    return f"`packshot seasons unlock {name} --reason TEXT` in the session's folder"


def require_writable(session: Session) -> None:
    """Raise SessionReadOnly for a session that is open read-only."""
    if session.readonly:
        raise SessionReadOnly(
            str(session.folder),
            "the session is open read-only",
            "Open it without --readonly to change it.",
        )


def _is_locking(entry: Entry | None) -> bool:
    return entry is not None and entry.event in LOCKING


def _last_entry(entries: Sequence[Entry], season: str) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.season == season), None)


def _hash_in(path: Path) -> str | None:
    try:
        return read_lock(path).hash
    except LockBroken:
        return None  # what is in the file is no lock any more
