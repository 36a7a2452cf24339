"""Seasons, their locks and their history as the commands print them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tui.cli.output import note

if TYPE_CHECKING:
    from engine.delivery.seasons.audit import Entry
    from engine.delivery.seasons.season import OpenSeason
    from presets.lock import Lock
    from presets.seasons import LoadedSeason


def season_json(loaded: LoadedSeason) -> dict[str, Any]:
    """Return a season for a script."""
    return {**loaded.season.content(), "origin": loaded.origin, "path": str(loaded.path)}


def lock_json(lock: Lock) -> dict[str, Any]:
    """Return a lock for a script."""
    return {
        "season": lock.name,
        "hash": lock.hash,
        "seal": lock.seal if lock.sealed else None,
        "person": lock.person,
        "at": lock.at,
        "presets": lock.preset_digests(),
        "recipe": dict(lock.recipe),
        "rendering": dict(lock.rendering),
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry of the audit log for a script."""
    return {
        "number": entry.number,
        "at": entry.at,
        "person": entry.person,
        "event": entry.event,
        "lock": entry.details.get("lock"),
        "reason": entry.details.get("reason"),
        "details": entry.details,
    }


def entry_text(entry: Entry) -> str:
    """Return an entry of the audit log in a line."""
    return f"{entry.at[:19]} {entry.event} by {entry.person}{_detail(entry)}"


def _detail(entry: Entry) -> str:
    of_event = _DETAILS.get(entry.event)
    return f": {of_event(entry.details)}" if of_event else ""


def _delivered(details: Mapping[str, Any]) -> str:
    under = f"under {details['lock'][:12]}" if details["lock"] else "not locked"
    return f"{len(details['files'])} of {details['preset']}, {under}"


_DETAILS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "lock": lambda details: str(details["lock"])[:12],
    "adopt": lambda details: str(details["lock"])[:12],
    "unlock": lambda details: str(details["reason"]),
    "refuse": lambda details: str(details["problem"]),
    "deliver": _delivered,
    "restore": lambda details: ", ".join(details["files"]),
    "verify": lambda details: (
        f"{details['deliveries']} deliveries, {len(details['unproven'])} not proven"
    ),
}
"""What a line of the history says of each event, from the entry's details."""


def note_dates(opened: OpenSeason) -> None:
    """Say so where today is not within a season's dates."""
    season = opened.season
    if not season.covers(datetime.datetime.now(tz=datetime.UTC).date()):
        note(f"Season {season.name} is from {season.starts} to {season.ends}, not today.")
