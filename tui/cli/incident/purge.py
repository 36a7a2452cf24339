"""``packshot incident purge``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.output import echo_json


@click.command(name="purge")
@click.argument("number", metavar="INCIDENT")
@this_session
@click.option(
    "--cdn", required=True, type=click.Choice(["fastly", "cloudflare", "cloudfront"]), help="Whose."
)
@click.option("--url", help="Template of the files' URLs; by default that of packshot.toml.")
@click.option("--variants", is_flag=True, help="CloudFront: also other sizes, by * at the end.")
def command(number: str, folder: Path, cdn: str, url: str | None, variants: bool) -> int:
    """Print the requests that make a CDN forget an incident's files, as a JSON list.

    Nothing is sent: give each to the network's own interface or command. Each holds as many files
    as the network takes at once.
    """
    from engine.delivery.incidents.purge import CDNS
    from engine.delivery.incidents.replacing import purge_lists
    from engine.delivery.incidents.standing import find_standing
    from engine.session.session import Session
    from presets.urls import checked_template

    try:
        template = None if url is None else checked_template(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from error
    wanted = next(each for each in CDNS if each == cdn)
    with Session.open(folder, create=False, readonly=True) as session:
        incident = find_standing(session, number).incident
        requests = purge_lists(session, incident, wanted, url=template, variants=variants)
    if not requests:
        raise click.UsageError(
            "no URL is known: give --url https://cdn.example.com/{file}, or set url under "
            "[delivery] in packshot.toml"
        )
    echo_json(requests)
    return 0
