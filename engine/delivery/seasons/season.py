"""Seasons under lock: what is held, and whether it still is as it was locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from engine.atomic import write_new
from engine.delivery.seasons.events import refusals_logged
from engine.delivery.seasons.lock import (
    adopt,
    how_to_unlock,
    lock_in_force,
    locked_seasons,
    log_lock,
)
from engine.delivery.version import DELIVERY_VERSION
from engine.errors import RecipeInvalid
from engine.matting.recipe import RENDERING_VERSION, Recipe, recipe_from
from engine.session.records import MatteRecord
from engine.session.session import Session
from engine.session.text import now
from models.packaged import refiner_sha256
from presets.canonical import Content, Difference, differences
from presets.errors import ChangedUnderLock, PresetError
from presets.loader import LoadedPreset, find_preset
from presets.lock import Lock, lock_path, make_lock
from presets.schema import Preset
from presets.seasons import LoadedSeason, Season, find_season

_TOLD = 3  # differences that a sentence names; a command shows them all


@dataclass(frozen=True)
class OpenSeason:
    """A season as it can be exported: its presets, effective, and its lock where it has one."""

    loaded: LoadedSeason
    presets: tuple[LoadedPreset, ...]
    lock: Lock | None

    @property
    def season(self) -> Season:
        """The season itself."""
        return self.loaded.season


def open_season(folder: Path, name: str) -> OpenSeason:
    """Return a season, having made sure that all it holds is as it was locked.

    Parameters
    ----------
    folder : the session's folder
    name : of the season

    Raises
    ------
    SeasonUnknown, SeasonInvalid, PresetUnknown, PresetInvalid : of a season without a lock
    ChangedUnderLock : anything that the lock holds was changed
    LockBroken, AuditBroken : the lock or the log cannot be trusted
    """
    lock = lock_in_force(folder, name)
    try:
        loaded = find_season(name, folder)
        presets = tuple(find_preset(each, folder) for each in loaded.season.presets)
    except PresetError as error:
        if lock is None:
            raise
        raise _changed(lock, f"{error.subject} {error.problem}", ()) from error
    if lock is not None:
        as_now = _lock_now(loaded.season, presets, lock.recipe, lock.person, lock.at)
        _require_none(lock, lock.changes(as_now))
    return OpenSeason(loaded, presets, lock)


def season_for(session: Session, name: str) -> OpenSeason:
    """Return a season that a session may be exported for, its lock taken over where it is new.

    Raises
    ------
    as `open_season`; what a lock refuses is noted in the audit log
    """
    with refusals_logged(session, name):
        opened = open_season(session.folder, name)
        if opened.lock is not None:
            adopt(session, opened.lock)
    return opened


def lock_season(session: Session, name: str, recipe: Recipe) -> tuple[Lock, bool]:
    """Lock a season as it is now; return the lock, and whether it is new.

    Raises
    ------
    SessionReadOnly : nothing was changed
    as `open_season` : it cannot be locked, or is locked already and was changed since
    OutputError and its branches : the lock could not be written
    """
    session.require_writable()
    opened = open_season(session.folder, name)
    if opened.lock is not None:
        adopt(session, opened.lock)
        return opened.lock, False
    lock = _lock_now(opened.season, opened.presets, recipe.content(), session.person, now())
    path = lock_path(session.folder, name)
    if not write_new(path, lock.to_toml().encode()):
        # Another process was quicker.
        return lock_season(session, name, recipe)
    log_lock(session, "lock", lock)
    return lock, True


def held_presets(
    session: Session, presets: Sequence[Preset], season: str | None = None, *, noted: bool = True
) -> dict[str, Lock]:
    """Return which lock holds each preset, by the preset's name, having made sure that it does.

    Parameters
    ----------
    session : whose seasons; a lock that is met for the first time is taken over
    presets : what is to be exported
    season : only its lock is returned, all are checked; None: the first by name that holds a preset
    noted : whether the audit log learns what is refused and taken over

    Raises
    ------
    ChangedUnderLock : a preset, or packshot's rendering, is not as a lock holds it
    LockBroken, AuditBroken : a lock or the log cannot be trusted
    """
    held: dict[str, Lock] = {}
    for name in sorted(locked_seasons(session.folder)):
        with refusals_logged(session, name) if noted else nullcontext():
            lock = lock_in_force(session.folder, name)
            concerned = [preset for preset in presets if lock and preset.name in lock.presets]
            if lock is None or not concerned:
                continue
            for preset in concerned:
                changes = _below(f"presets.{preset.name}", lock.changes_of(preset))
                _require_none(lock, (*changes, *_rendering_changes(lock)))
                if season in {None, name}:
                    held.setdefault(preset.name, lock)
        if noted:
            adopt(session, lock)
    return held


def require_rendering(lock: Lock) -> None:
    """Make sure that this packshot renders as it did when a season was locked.

    Raises
    ------
    ChangedUnderLock : it does not
    """
    _require_none(lock, _rendering_changes(lock))


def locked_recipe(lock: Lock, installed: str | None = None) -> Recipe:
    """Return the recipe that a lock holds.

    Parameters
    ----------
    lock : of a season
    installed : the hash of the network's file on this machine, to be held against the lock's

    Raises
    ------
    ChangedUnderLock : the recipe says something that this packshot does not know, or the network
        is another one
    """
    try:
        recipe = recipe_from(lock.recipe, f"the lock of {lock.name}")
    except RecipeInvalid as error:
        raise _changed(lock, f"its recipe is of another packshot ({error})", ()) from error
    if installed is not None and installed != recipe.model_sha256:
        changes = Difference("recipe.model_sha256", recipe.model_sha256, installed)
        _require_none(lock, (changes,))
    return recipe


def is_held(matte: MatteRecord, lock: Lock) -> bool:
    """Return whether a matte was made by the network and the rendering that a lock holds.

    Its other choices may differ: they were made for this one photo, and a person has approved it.
    """
    try:
        again = recipe_from(matte.recipe, "the matte's recipe").digest()
    except RecipeInvalid:
        return False  # a choice that this packshot does not know
    same_rendering = again == matte.recipe_digest and not _rendering_changes(lock)
    return same_rendering and matte.recipe["model_sha256"] == lock.recipe["model_sha256"]


def unheld(session: Session, lock: Lock) -> int:
    """Return how many approved photos have a matte that a lock does not hold."""
    return sum(
        photo.matte is not None
        and photo.verdict.state == "approved"
        and not is_held(photo.matte, lock)
        for photo in session.photos()
    )


def _lock_now(
    season: Season, presets: Iterable[LoadedPreset], recipe: Content, person: str, at: str
) -> Lock:
    return make_lock(
        season,
        {loaded.preset.name: loaded.preset for loaded in presets},
        recipe=recipe,
        rendering=_rendering(),
        person=person,
        at=at,
    )


def _rendering() -> dict[str, object]:
    return {
        "version": RENDERING_VERSION,
        "refiner_sha256": refiner_sha256(),
        "delivery_version": DELIVERY_VERSION,
    }


def _rendering_changes(lock: Lock) -> tuple[Difference, ...]:
    return _below("rendering", differences(lock.rendering, _rendering()))


def _below(place: str, changes: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(Difference(f"{place}.{each.field}", each.was, each.now) for each in changes)


def _require_none(lock: Lock, changes: Sequence[Difference]) -> None:
    if not changes:
        return
    told = "; ".join(str(change) for change in changes[:_TOLD])
    more = f"; and {len(changes) - _TOLD} more" if len(changes) > _TOLD else ""
    raise _changed(lock, told + more, tuple(changes))


def _changed(lock: Lock, told: str, changes: tuple[Difference, ...]) -> ChangedUnderLock:
    undo = (
        "No preset was changed: this packshot draws otherwise than the one that it was locked "
        "with. Go on with that one"
        if changes and all(each.field.startswith("rendering.") for each in changes)
        else f"Undo the change (`packshot seasons restore {lock.name}` writes presets back as they "
        "were locked)"
    )
    return ChangedUnderLock(
        f"season {lock.name}",
        f"was changed under its lock: {told}",
        f"{undo}, or unlock the season with a reason: {how_to_unlock(lock.name)}.",
        changes,
    )
