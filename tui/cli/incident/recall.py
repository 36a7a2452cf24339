"""``packshot incident recall``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.incident.described import incident_json, print_incident
from tui.cli.options import JSON
from tui.cli.output import echo, echo_json, note, quantity


@click.command(name="recall")
@click.argument("target", metavar="FILE|SKU|HASH")
@this_session
@click.option("--reason", required=True, help="Why; it is kept in the audit log.")
@click.option("--view", help="Of a SKU: only this view.")
@click.option(
    "--keep-matte",
    is_flag=True,
    help="The matte is right: recall these very files, and let others be made from it.",
)
@click.option(
    "--fault", default="other", help="What is wrong with the matte: a rejection's reason."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be recalled.")
@JSON
def command(
    target: str,
    folder: Path,
    reason: str,
    view: str | None,
    keep_matte: bool,
    fault: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take back every file that was made from the matte of FILE, SKU or HASH, for ever.

    A FILE is known by its content wherever it lies, or by what it says that it was made from; a
    SKU means its current files. The photos are rejected, the hashes blocked, and the incident is
    written to incidents/ in the session, to be shared. Where packshot.toml says what URLs are
    like, purge lists are written to the output folder.
    """
    from engine.delivery.incidents.recall import affected, find_deliveries, recall
    from engine.delivery.incidents.replacing import write_purge_lists
    from engine.delivery.incidents.standing import find_standing
    from engine.delivery.manifest.standing import renew_manifest
    from engine.session.records import REASONS
    from engine.session.session import Session

    if not reason.strip():
        raise click.UsageError("say why with --reason TEXT")
    if fault not in REASONS:
        raise click.UsageError(f"--fault is one of: {', '.join(REASONS)}")
    with Session.open(folder, create=False, readonly=dry_run) as session:
        found = find_deliveries(session, target, view)
        chosen = affected(session, found, blocks_matte=not keep_matte)
        if dry_run:
            paths = [each.path for each in chosen]
            if as_json:
                echo_json({"files": paths})
            else:
                echo("\n".join(paths))
                echo(f"{quantity(len(paths), 'file')} would be recalled; nothing was.")
            return 0
        incident = recall(session, chosen, reason, blocks_matte=not keep_matte, fault=fault)
        purge = write_purge_lists(session, incident)
        renew_manifest(session)
        standing = find_standing(session, incident.id)
        if as_json:
            echo_json(incident_json(session, standing) | {"purge": [str(path) for path in purge]})
            return 0
        print_incident(session, standing)
    if purge:
        echo(f"\nPurge lists: {purge[0].parent}")
    else:
        note("No purge list: packshot.toml does not say under which URLs files are online.")
    return 0
