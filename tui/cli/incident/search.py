"""``packshot incident search``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import own_session
from tui.cli.options import JSON
from tui.cli.output import echo, echo_json, quantity


@click.command(name="search")
@click.argument(
    "place", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@own_session
@JSON
def command(place: Path, session: Path | None, as_json: bool) -> int:
    """Find copies of recalled files below FOLDER, such as a shared drive; nothing is changed.

    A copy has the very bytes of a recalled file, or says that it was made from a recalled matte.
    Outside of a session, what you have recalled in any session counts. Exit status 1: there is a
    copy.
    """
    from engine.delivery.incidents.blocklist import known_incidents, shared_incidents
    from engine.delivery.incidents.search import find_copies
    from engine.session.layout import store_path
    from engine.session.session import Session

    if session is None or not store_path(session).exists():
        incidents = shared_incidents(session)
    else:
        with Session.open(session, create=False, readonly=True) as opened:
            incidents = known_incidents(opened)
    found = list(find_copies(place, incidents))
    if as_json:
        echo_json(
            [
                {
                    "path": str(each.path),
                    "incident": each.incident.id,
                    "same": each.is_same,
                    "reason": each.incident.reason,
                }
                for each in found
            ]
        )
    else:
        for each in found:
            what = "was" if each.is_same else "is made from a matte that was"
            echo(f"{each.path}: {what} {each.incident.told}")
        echo(f"{quantity(len(found), 'copy', 'copies')} of recalled files below {place}")
    return 1 if found else 0
