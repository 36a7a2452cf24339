"""A lock that travels as one file, and what it holds written back into a session.

A lock holds its season and its presets in full. Taking one over writes what the session lacks;
restoring writes back what was changed. A file of the session is never lost: it is renamed first.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pydantic
import tomli_w

from engine.atomic import output_error, write_atomic
from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.lock import (
    LOCKING,
    how_to_unlock,
    last_change,
    lock_in_force,
    log_lock,
)
from engine.delivery.seasons.season import open_season, require_rendering
from engine.session.session import Session
from presets.canonical import Content, Difference, differences
from presets.errors import (
    ChangedUnderLock,
    LockBroken,
    PresetError,
    PresetUnknown,
    SeasonUnknown,
)
from presets.loader import LoadedPreset, content_of, find_preset
from presets.lock import Lock, lock_path, read_lock
from presets.schema import Preset
from presets.seasons import LoadedSeason, Season, find_season


@dataclass(frozen=True)
class Adopted:
    """A lock that was taken over: what was written, and what is not as it holds it.

    Nothing is exported while anything differs.
    """

    lock: Lock
    written: tuple[Path, ...]
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class _Part:
    """A file that a lock can write: its season, or one of its presets.

    ``same`` is whether what is used now is as it was locked, ``own`` whether that is somebody's own
    file, of the session or of the user, which nobody replaces unasked.
    """

    path: Path
    text: str
    own: bool
    same: bool


def adopt_file(session: Session, path: Path) -> Adopted:
    """Take over a lock from a file, with what the session lacks of its season and presets.

    A file of the session's or of the user's own stays as it is, also where it differs: that is
    told. Instead of a built-in preset that differs, the session gets a file.

    Parameters
    ----------
    session : where the lock is to be in force
    path : the lock, from wherever it came; it may lie in its place already

    Raises
    ------
    SessionReadOnly, AuditBroken : nothing was changed
    LockBroken : the file cannot be trusted, or another lock is in force
    ChangedUnderLock : it was made with another rendering than this packshot's
    OutputError and its branches : a file could not be written
    """
    session.require_writable()
    lock = read_lock(path)
    target = lock_path(session.folder, lock.name)
    last = last_change(AuditLog(session.folder).entries(), lock.name)
    if last is not None and last.event in LOCKING and last.details["lock"] != lock.hash:
        raise LockBroken(
            str(path),
            f"season {lock.name} is under another lock here, of {last.person}, {last.at[:10]}",
            f"Unlock it first, with the new lock as the reason: {how_to_unlock(lock.name)}.",
        )
    require_rendering(lock)
    written = []
    for part in _parts(lock, path, session.folder):
        if not part.same and not part.own:
            write_atomic(part.path, part.text.encode())
            written.append(part.path)
    data = path.read_bytes()
    if not target.exists() or target.read_bytes() != data:
        write_atomic(target, data)
        written.append(target)
    if last is None or last.event not in LOCKING:
        log_lock(session, "adopt", lock)
    try:
        open_season(session.folder, lock.name)
    except ChangedUnderLock as error:
        return Adopted(lock, tuple(written), error.differences)
    return Adopted(lock, tuple(written), ())


def restore_season(session: Session, name: str) -> list[tuple[Path, Path | None]]:
    """Write a locked season and its presets back as they were locked, where they are not.

    Returns
    -------
    list of tuples : each file that was written, and where the one is now that was in its place

    Raises
    ------
    SessionReadOnly, LockBroken, AuditBroken : nothing was changed
    SeasonUnknown : there is no season of that name
    ChangedUnderLock : the rendering is not as it was locked, which no file can bring back
    OutputError and its branches : a file could not be written
    """
    session.require_writable()
    lock = lock_in_force(session.folder, name)
    if lock is None:
        find_season(name, session.folder)  # says so where there is none of that name
        raise LockBroken(
            str(lock_path(session.folder, name)),
            "the season is not locked, so that nothing says how it was",
            "Lock it: packshot seasons lock.",
        )
    require_rendering(lock)
    restored = []
    for part in _parts(lock, lock_path(session.folder, name), session.folder):
        if not part.same:
            aside = _set_aside(part.path)
            write_atomic(part.path, part.text.encode())
            restored.append((part.path, aside))
    open_season(session.folder, name)
    if restored:
        files = [path.relative_to(session.folder).as_posix() for path, _ in restored]
        AuditLog(session.folder).append("restore", name, session.person, {"files": files})
    return restored


def _parts(lock: Lock, source: Path, folder: Path) -> list[_Part]:
    """Return the files that a lock's season is made of.

    Raises
    ------
    LockBroken : the lock holds what this packshot does not know
    """
    try:
        season = Season.model_validate(lock.season)
        presets = [Preset.model_validate(content) for content in lock.presets.values()]
    except pydantic.ValidationError as error:
        raise _of_another_packshot(source) from error
    contents = {preset.name: content_of(preset) for preset in presets}
    if differences(lock.season, season.content()) or differences(lock.presets, contents):
        raise _of_another_packshot(source)
    dates = season.model_dump(mode="python", exclude={"presets"}) | {"presets": [*season.presets]}
    return [
        _part(
            folder / "seasons" / f"{season.name}.toml",
            _text(lock, dates),
            partial(find_season, season.name, folder),
            lock.season,
        ),
        *(
            _part(
                folder / "presets" / f"{name}.toml",
                _text(lock, content),
                partial(find_preset, name, folder),
                content,
            )
            for name, content in contents.items()
        ),
    ]


def _part(
    path: Path, text: str, find: Callable[[], LoadedSeason | LoadedPreset], locked: Content
) -> _Part:
    try:
        found = find()
    except (SeasonUnknown, PresetUnknown):
        return _Part(path, text, own=False, same=False)
    except PresetError:
        return _Part(path, text, own=True, same=False)  # a file that cannot be used any more
    content = (
        content_of(found.preset) if isinstance(found, LoadedPreset) else found.season.content()
    )
    same = not differences(content, locked)
    return _Part(path, text, own=found.origin != "built-in", same=same)


def _text(lock: Lock, content: Content) -> str:
    head = f"# As the lock of season {lock.name} holds it ({lock.hash[:12]}).\n\n"
    return head + tomli_w.dumps(content, multiline_strings=True)


def _set_aside(path: Path) -> Path | None:
    """Rename a file that is in the way; return its new path, None where there was none."""
    if not os.path.lexists(path):
        return None
    free = (path.with_name(f"{path.name}.old{number}") for number in itertools.count(1))
    aside = next(each for each in free if not os.path.lexists(each))
    try:
        path.rename(aside)
    except OSError as error:
        raise output_error(path, error) from error
    return aside


def _of_another_packshot(source: Path) -> LockBroken:
    return LockBroken(
        str(source),
        "holds presets that this packshot does not know in this form",
        "Use the packshot that the season was locked with, or ask for a new lock.",
    )
