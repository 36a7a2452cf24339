"""``packshot seasons unlock``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.output import echo, echo_json


@click.command(name="unlock")
@click.argument("name")
@this_session
@click.option("--reason", required=True, help="Why; it is kept in the audit log.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, folder: Path, reason: str, as_json: bool) -> int:
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
        echo(f"Unlocked: {name}" if taken else f"{name} was not locked")
    return 0
