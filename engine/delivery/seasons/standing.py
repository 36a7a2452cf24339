"""How each season of a session stands: open, locked, or changed under its lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.delivery.seasons.lock import lock_in_force, locked_seasons
from engine.delivery.seasons.season import open_season
from engine.errors import AuditBroken
from presets.canonical import Difference
from presets.errors import ChangedUnderLock, LockBroken, PresetError
from presets.lock import Lock
from presets.seasons import LoadedSeason, find_season, list_seasons

State = Literal["open", "locked", "changed", "broken", "unusable"]


@dataclass(frozen=True)
class Standing:
    """A season, its lock, and how it stands.

    ``loaded`` is None where only a lock is there, or where the season's file cannot be used;
    ``problem`` says what is wrong with a season from which nothing can be exported.
    """

    name: str
    loaded: LoadedSeason | None
    lock: Lock | None
    state: State
    problem: str | None = None
    changes: tuple[Difference, ...] = ()


def standings(folder: Path) -> list[Standing]:
    """Return how every season stands that a session knows, by name; those with a lock alone too.

    Parameters
    ----------
    folder : the session's folder
    """
    names = {loaded.season.name for loaded in list_seasons(folder).seasons}
    with suppress(AuditBroken):  # each season says so
        names |= locked_seasons(folder)
    return [standing(folder, name) for name in sorted(names)]


def standing(folder: Path, name: str) -> Standing:
    """Return how one season stands in a session.

    Raises
    ------
    SeasonUnknown : there is neither a season of that name nor a lock of one
    """
    lock: Lock | None = None
    try:
        lock = lock_in_force(folder, name)
        opened = open_season(folder, name)
    except ChangedUnderLock as error:
        loaded = _loaded(folder, name)
        return Standing(name, loaded, lock, "changed", error.problem, error.differences)
    except (LockBroken, AuditBroken) as error:
        return Standing(name, _loaded(folder, name), lock, "broken", str(error))
    except PresetError as error:
        return Standing(name, find_season(name, folder), None, "unusable", str(error))
    return Standing(name, opened.loaded, lock, "locked" if lock else "open")


def _loaded(folder: Path, name: str) -> LoadedSeason | None:
    try:
        return find_season(name, folder)
    except PresetError:
        return None
