"""``packshot seasons``: what is exported together, and the lock that keeps it as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.changes import changes_json, changes_shown, show_changes
from tui.cli.output import echo, echo_json, echo_toml, note, table
from tui.cli.proofs import evenly, make_again, proof_json
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.seasons.audit import Entry
    from engine.delivery.seasons.season import OpenSeason
    from presets.canonical import Difference
    from presets.lock import Lock
    from presets.seasons import LoadedSeason

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_HERE = click.option(
    "--session",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The session; by default the folder that you are in.",
)
_ANY = click.option(
    "--session",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="A session whose own seasons come first.",
)


@click.group()
def command() -> None:
    """List, show, lock, unlock and verify seasons.

    A season is a file in seasons/ that names dates and presets. Its lock holds the presets, the
    recipe, the network and packshot's rendering: while it is there, nothing is exported with a
    preset that was changed.
    """


@command.command(name="list")
@_ANY
@_JSON
def list_command(folder: Path | None, as_json: bool) -> int:
    """List every season with its dates, its origin and whether it is locked."""
    from presets.seasons import list_seasons

    listing = list_seasons(folder)
    rows = [{**_described(loaded), "lock": _state(folder, loaded)} for loaded in listing.seasons]
    if as_json:
        echo_json(rows)
    else:
        table(
            ("season", "starts", "ends", "origin", "lock", "presets"),
            [
                (
                    *(row[key] for key in ("name", "starts", "ends", "origin", "lock")),
                    ", ".join(row["presets"]),
                )
                for row in rows
            ],
        )
    for problem in listing.problems:
        note(safe(problem))
    return 1 if listing.problems else 0


@command.command()
@click.argument("name")
@_ANY
@_JSON
def show(name: str, folder: Path | None, as_json: bool) -> int:
    """Print one season, its lock and who changed that, and what was changed under it."""
    from engine.delivery.seasons.audit import AuditLog
    from engine.delivery.seasons.lock import lock_in_force
    from engine.delivery.seasons.season import open_season
    from presets.errors import ChangedUnderLock
    from presets.seasons import find_season

    loaded = find_season(name, folder)
    lock = lock_in_force(folder, name) if folder is not None else None
    log = AuditLog(folder).entries() if folder is not None else []
    history = [entry for entry in log if entry.season == name]
    changes: tuple[Difference, ...] = ()
    if folder is not None:
        try:
            open_season(folder, name)
        except ChangedUnderLock as error:
            changes = error.differences
    if as_json:
        echo_json(
            {
                **_described(loaded),
                "lock": None if lock is None else _lock_json(lock),
                "changes": changes_json(changes),
                "history": [_entry_json(entry) for entry in history],
            }
        )
    else:
        echo(f"# origin: {loaded.origin} ({safe(loaded.path)})")
        if lock is None:
            echo("# not locked")
        else:
            echo(f"# locked by {safe(lock.person)} on {safe(lock.at)}")
            echo(f"# lock: {lock.hash}")
        for entry in history:
            why = f": {entry.details['reason']}" if "reason" in entry.details else ""
            echo(safe(f"# {entry.at[:19]} {entry.event} by {entry.person}{why}"))
        echo()
        echo_toml(_toml(loaded))
        show_changes(changes)
    return 1 if changes else 0


@command.command()
@click.argument("name")
@_HERE
@click.option("--model", help="The network to lock; by default the best one installed.")
@click.option(
    "--recipe",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with the recipe to lock.",
)
@_JSON
def lock(name: str, folder: Path, model: str | None, recipe: Path | None, as_json: bool) -> int:
    """Hold a season's presets, recipe, network and rendering as they are now.

    The lock is written to seasons/NAME.lock in the session, to be shared with the session's own
    presets. A lock that a colleague has made is put at that place and taken over by this command,
    or by the first export.
    """
    from engine.delivery.seasons.season import lock_season
    from engine.session.session import Session
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore
    from presets.lock import lock_path

    chosen = resolve_recipe(ModelStore(), model, recipe)
    with changes_shown(as_json), Session.open(folder) as session:
        made, is_new = lock_season(session, name, chosen)
    if as_json:
        echo_json({**_lock_json(made), "new": is_new})
        return 0
    word = "Locked" if is_new else "Locked already"
    echo(f"{word}: {safe(lock_path(folder, name))}")
    echo(f"  {made.hash}")
    return 0


@command.command()
@click.argument("name")
@_HERE
@click.option("--reason", required=True, help="Why; it is kept in the audit log.")
@_JSON
def unlock(name: str, folder: Path, reason: str, as_json: bool) -> int:
    """Take a season's lock away; who, when and why is kept in the session's audit log."""
    from engine.delivery.seasons.lock import unlock_season
    from engine.session.session import Session

    if not reason.strip():
        raise click.UsageError("say why with --reason TEXT")
    with Session.open(folder, create=False) as session:
        taken = unlock_season(session, name, reason)
    if as_json:
        echo_json({"season": name, "unlocked": taken is not None, "lock": taken})
    else:
        echo(f"Unlocked: {safe(name)}" if taken else f"{safe(name)} was not locked")
    return 0


@command.command()
@click.argument("name")
@_HERE
@click.option("--sample", type=click.IntRange(1), help="Make only so many again, evenly chosen.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@_JSON
def verify(name: str, folder: Path, sample: int | None, workers: int | None, as_json: bool) -> int:
    """Prove that every delivery of a season was made under its lock.

    The audit log is checked, each delivery's lock, preset and network are held against it, and
    every file is made again from photo, matte and preset: the bytes have to be the same. Nothing
    is written. Exit status 1: something is not proven.
    """
    from engine.delivery.seasons.audit import AuditLog
    from engine.delivery.seasons.proofs import season_proofs
    from engine.session.session import Session
    from presets.seasons import find_season

    with Session.open(folder, create=False, readonly=True) as session:
        log = AuditLog(session.folder).entries()
        proofs = season_proofs(session, name, log)
    if not proofs:
        find_season(name, folder)  # says so where there is none of that name
    problems = {proof.delivery.id: list(proof.problems) for proof in proofs}
    chosen = evenly([proof for proof in proofs if proof.again is not None], sample)
    make_again(chosen, problems, workers)
    if as_json:
        echo_json(proof_json(name, proofs, chosen, problems))
    else:
        for proof in proofs:
            for problem in problems[proof.delivery.id]:
                echo(safe(f"{proof.delivery.path}: {problem}"))
        proven = sum(not problems[proof.delivery.id] for proof in proofs)
        echo(
            f"{proven} of {len(proofs)} deliveries of {safe(name)} proven, "
            f"{len(chosen)} of them made again; {len(log)} entries of the audit log are whole"
        )
    return 1 if any(problems.values()) else 0


def note_dates(opened: OpenSeason) -> None:
    """Say so where today is not within a season's dates."""
    import datetime

    season = opened.season
    if not season.covers(datetime.datetime.now(tz=datetime.UTC).date()):
        note(f"Season {season.name} is from {season.starts} to {season.ends}, not today.")


def _state(folder: Path | None, loaded: LoadedSeason) -> str:
    """Return in one word how a season's lock stands."""
    from engine.delivery.seasons.season import open_season
    from engine.errors import AuditBroken
    from presets.errors import ChangedUnderLock, LockBroken, PresetError

    if folder is None:
        return "–"
    try:
        return "locked" if open_season(folder, loaded.season.name).lock else "open"
    except ChangedUnderLock:
        return "changed"
    except (LockBroken, AuditBroken):
        return "broken"
    except PresetError:
        return "unusable"


def _described(loaded: LoadedSeason) -> dict[str, Any]:
    return {
        **loaded.season.content(),
        "origin": loaded.origin,
        "path": str(loaded.path),
    }


def _toml(loaded: LoadedSeason) -> dict[str, Any]:
    return loaded.season.model_dump(mode="python") | {"presets": list(loaded.season.presets)}


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "person": entry.person,
        "event": entry.event,
        "lock": entry.details.get("lock"),
        "reason": entry.details.get("reason"),
    }


def _lock_json(lock: Lock) -> dict[str, Any]:
    return {
        "season": lock.name,
        "hash": lock.hash,
        "person": lock.person,
        "at": lock.at,
        "presets": lock.preset_digests(),
        "recipe": dict(lock.recipe),
        "rendering": dict(lock.rendering),
    }
