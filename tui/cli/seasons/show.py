"""``packshot seasons show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.changes import changes_json, show_changes
from tui.cli.here import own_session
from tui.cli.output import echo, echo_json, echo_toml, note
from tui.cli.seasons.described import entry_json, entry_text, lock_json, season_json

if TYPE_CHECKING:
    from engine.delivery.seasons.audit import Entry
    from engine.delivery.seasons.standing import Standing


@click.command(name="show")
@click.argument("name")
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, session: Path | None, as_json: bool) -> int:
    """Print one season, its lock and who changed that, and what was changed under it.

    Exit status 1: something was changed under its lock, or the lock cannot be trusted.
    """
    from engine.delivery.seasons.audit import AuditLog
    from engine.delivery.seasons.standing import Standing, standing
    from presets.seasons import find_season

    if session is None:
        found, log = Standing(name, find_season(name), None, "open"), []
    else:
        found, log = standing(session, name), AuditLog(session).examine()[0]
    history = [entry for entry in log if entry.season == name]
    if as_json:
        echo_json(
            {
                **(season_json(found.loaded) if found.loaded else {"name": name}),
                "state": found.state,
                "problem": found.problem,
                "lock": lock_json(found.lock) if found.lock else None,
                "changes": changes_json(found.changes),
                "history": [entry_json(entry) for entry in history],
            }
        )
    else:
        _print(found, history)
    if found.problem:
        note(f"{name}: {found.problem}")
    return 1 if found.problem else 0


def _print(found: Standing, history: list[Entry]) -> None:
    loaded, lock = found.loaded, found.lock
    if loaded is not None:
        echo(f"# origin: {loaded.origin} ({loaded.path})")
    if lock is None:
        echo("# not locked")
    else:
        vouched = "" if lock.sealed else " (by an older packshot: not sealed)"
        echo(f"# locked by {lock.person} on {lock.at}{vouched}")
        echo(f"# lock: {lock.hash}")
        echo(f"# seal: {lock.seal}")
    for entry in history:
        echo(f"# {entry_text(entry)}")
    if loaded is not None:
        echo()
        season = loaded.season
        echo_toml(season.model_dump(mode="python") | {"presets": list(season.presets)})
    show_changes(found.changes)
