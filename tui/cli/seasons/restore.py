"""``packshot seasons restore``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.changes import changes_shown
from tui.cli.here import this_session
from tui.cli.output import echo, echo_json


@click.command(name="restore")
@click.argument("name")
@this_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, folder: Path, as_json: bool) -> int:
    """Write a locked season and its presets back as they were locked, where they are not.

    The files go into the session. One that is in the way is renamed, not lost. What no file can
    bring back, such as packshot's own rendering, is refused and shown.
    """
    from engine.delivery.seasons.sharing import restore_season
    from engine.session.session import Session

    with changes_shown(as_json), Session.open(folder, create=False) as session:
        restored = restore_season(session, name)
    if as_json:
        echo_json(
            [{"written": str(path), "kept": str(kept) if kept else None} for path, kept in restored]
        )
        return 0
    for path, kept in restored:
        echo(f"Restored: {path}" + (f" (what was there: {kept.name})" if kept else ""))
    if not restored:
        echo(f"All of {name} is as it was locked.")
    return 0
