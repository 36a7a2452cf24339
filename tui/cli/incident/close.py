"""``packshot incident close``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.output import echo


@click.command(name="close")
@click.argument("number", metavar="INCIDENT")
@this_session
@click.option("--reason", required=True, help="Why; it is kept in the audit log.")
def command(number: str, folder: Path, reason: str) -> int:
    """End an incident that no corrected file will end, such as of a product that is gone.

    Its files stay blocked for ever. With corrected files it ends by itself.
    """
    from engine.delivery.incidents.standing import close_incident, find_standing
    from engine.session.session import Session

    if not reason.strip():
        raise click.UsageError("say why with --reason TEXT")
    with Session.open(folder, create=False) as session:
        standing = find_standing(session, number)
        if standing.is_open:
            close_incident(session, standing.incident, reason)
    echo(f"{standing.incident.id} {'closed' if standing.is_open else 'was closed already'}")
    return 0
