"""``packshot incident list``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.incident.described import incident_json, skus_of, state_of
from tui.cli.options import JSON
from tui.cli.output import echo, echo_json, table


@click.command(name="list")
@this_session
@click.option("--open", "only_open", is_flag=True, help="Only those that are open.")
@JSON
def command(folder: Path, only_open: bool, as_json: bool) -> int:
    """List every incident of the session, the oldest first, and what is still missing."""
    from engine.delivery.incidents.standing import standings
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        found = [each for each in standings(session) if each.is_open or not only_open]
        if as_json:
            echo_json([incident_json(session, each) for each in found])
            return 0
    if not found:
        echo("No incident is open." if only_open else "Nothing was recalled.")
        return 0
    table(
        ("incident", "state", "files", "SKUs", "person", "reason"),
        [
            (
                each.incident.id,
                state_of(each),
                len(each.incident.files),
                skus_of(each.incident),
                each.incident.person,
                each.incident.reason,
            )
            for each in found
        ],
    )
    return 0
