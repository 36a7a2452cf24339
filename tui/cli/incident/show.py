"""``packshot incident show``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.incident.described import incident_json, print_incident
from tui.cli.options import JSON
from tui.cli.output import echo_json


@click.command(name="show")
@click.argument("number", metavar="INCIDENT")
@this_session
@JSON
def command(number: str, folder: Path, as_json: bool) -> int:
    """Print one incident: its files, and the names of those that have to come in their place."""
    from engine.delivery.incidents.standing import find_standing
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        standing = find_standing(session, number)
        if as_json:
            echo_json(incident_json(session, standing))
        else:
            print_incident(session, standing)
    return 0
