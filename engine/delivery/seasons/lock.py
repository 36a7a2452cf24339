"""The locks of a session's seasons: which one is in force, who made it, who took it away and why.

A lock lies in the session's ``seasons/``; the audit log in ``.packshot/`` says which lock that has
to be. A lock that arrives from a colleague is taken over, with an entry in the log, when the
session is first exported under it. A lock that is exchanged, edited or taken away by hand is
refused, and so is one that was unlocked and has come back, as shared folders and version control
bring files back: a person has to take it over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.atomic import output_error
from engine.delivery.seasons.audit import AuditLog, Entry
from engine.session.session import Session
from presets.errors import LockBroken
from presets.lock import Lock, is_season_name, lock_path, read_lock
from presets.seasons import find_season

LOCKING = frozenset({"lock", "adopt"})
"""Events of the audit log after which a lock is in force."""

CHANGING = LOCKING | {"unlock"}
"""Events that put a lock in force or end it; the last of a season counts."""


def lock_in_force(folder: Path, name: str) -> Lock | None:
    """Return the lock of a season; None where it is not locked.

    Raises
    ------
    LockBroken : its file is damaged, gone, or another one than the audit log knows, or it was
        unlocked and has come back
    AuditBroken : the log was altered
    """
    path = lock_path(folder, name)
    last = last_change(AuditLog(folder).entries(), name)
    if not path.exists():
        if last is not None and last.event in LOCKING:
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
    if last is not None:
        _require_known(path, lock, last)
    return lock


def _require_known(path: Path, lock: Lock, last: Entry) -> None:
    """Make sure that a lock's file is what the last change of the season's lock left."""
    known = str(last.details.get("lock"))
    if last.event == "unlock" and known == lock.hash:
        reason = last.details.get("reason")
        raise LockBroken(
            str(path),
            f"was unlocked by {last.person} on {last.at[:10]} ({reason}), and has come back",
            "Delete the file where the season is to stay open. To lock the season again as it was, "
            "take the file over: `packshot seasons adopt FILE`.",
        )
    if last.event not in LOCKING:
        return
    if known != lock.hash:
        raise LockBroken(
            str(path),
            f"is another lock than the one in force here ({lock.hash[:12]}, not {known[:12]})",
            "Restore the file. If the team has locked the season anew, unlock the old lock first, "
            f"with that as the reason: {how_to_unlock(lock.name)}; then take the new one over with "
            "`packshot seasons adopt FILE`.",
        )
    signed = (last.details.get("locked_by"), last.details.get("locked_at"))
    if signed != (lock.person, lock.at):
        raise LockBroken(
            str(path),
            f"says that {lock.person} locked it on {lock.at[:10]}; the audit log says "
            f"{signed[0]}, {str(signed[1])[:10]}",
            "Restore the file.",
        )


def locked_seasons(folder: Path) -> set[str]:
    """Return the seasons that have a lock, or should have one."""
    entries = AuditLog(folder).entries()
    logged = {entry.season for entry in entries if entry.event in LOCKING}
    locked = {name for name in logged if _is_locking(last_change(entries, name))}
    files = {path.stem for path in (folder / "seasons").glob("*.lock")}
    return locked | {name for name in files if is_season_name(name)}


def unlock_season(session: Session, name: str, reason: str) -> str | None:
    """Take a season's lock away; return its hash, None where it had none.

    A lock that is damaged or was exchanged can be taken away as well.

    Raises
    ------
    ValueError : no reason is given
    SeasonUnknown : there is no season of that name, and never was a lock of one
    SessionReadOnly, AuditBroken : nothing was changed
    OutputError and its branches : the lock could not be removed
    """
    session.require_writable()
    if not reason.strip():
        raise ValueError("unlocking takes a reason")
    log = AuditLog(session.folder)
    path = lock_path(session.folder, name)
    last = last_change(log.entries(), name)
    known = last.details["lock"] if last is not None and last.event in LOCKING else None
    if known is None and not path.exists():
        if last is None:
            find_season(name, session.folder)  # says so where there is none of that name
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
    if not _is_locking(last_change(AuditLog(session.folder).entries(), lock.name)):
        session.require_writable()
        log_lock(session, "adopt", lock)


def last_change(entries: Sequence[Entry], season: str) -> Entry | None:
    """Return the last entry that locked or unlocked a season; None before the first."""
    return next(
        (
            entry
            for entry in reversed(entries)
            if entry.season == season and entry.event in CHANGING
        ),
        None,
    )


def log_lock(session: Session, event: str, lock: Lock) -> None:
    """Note in the log that a lock is in force from now on, with what it holds."""
    details = {
        "lock": lock.hash,
        "locked_by": lock.person,
        "locked_at": lock.at,
        "presets": lock.preset_digests(),
        "seal": lock.seal,
        "season": dict(lock.season),
        "recipe": dict(lock.recipe),
        "rendering": dict(lock.rendering),
    }
    AuditLog(session.folder).append(event, lock.name, session.person, details)


def how_to_unlock(name: str) -> str:
    """Return, in words, the command that takes a lock away."""
    return f"`packshot seasons unlock {name} --reason TEXT` in the session's folder"


def _is_locking(entry: Entry | None) -> bool:
    return entry is not None and entry.event in LOCKING


def _hash_in(path: Path) -> str | None:
    try:
        return read_lock(path).hash
    except LockBroken:
        return None  # what is in the file is no lock any more
