"""Incidents as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tui.cli.output import echo, table

if TYPE_CHECKING:
    from engine.delivery.incidents.incident import Incident
    from engine.delivery.incidents.standing import Standing
    from engine.session.session import Session


def state_of(standing: Standing) -> str:
    """Return in a word or two how an incident stands."""
    if standing.is_open:
        return f"open, {len(standing.missing)} to replace" if standing.missing else "open"
    return "closed"


def skus_of(incident: Incident) -> str:
    """Return the SKUs of an incident, the first few by name."""
    skus = incident.skus
    return ", ".join(skus[:3]) + (f" and {len(skus) - 3} more" if len(skus) > 3 else "")


def print_incident(session: Session, standing: Standing) -> None:
    """Print an incident: what was recalled, and what has to come in its place."""
    from engine.delivery.incidents.replacing import next_names

    incident, closed = standing.incident, standing.closed
    echo(f"Incident {incident.id}: {state_of(standing)}")
    echo(f"  recalled by {incident.person} on {incident.at[:19]}: {incident.reason}")
    if closed is not None:
        echo(f"  closed by {closed.person} on {closed.at[:19]}: {closed.details['why']}")
    what = "and nothing made from their mattes" if incident.blocks_matte else "their mattes stay"
    files = "this file" if len(incident.files) == 1 else f"these {len(incident.files)} files"
    echo(f"  never again: {files}, {what}")
    echo()
    names = next_names(session, standing.missing)
    missing = {file.delivery for file in standing.missing}
    table(
        ("SKU", "view", "preset", "SHA-256", "file", "in its place"),
        [
            (
                file.sku,
                file.view or "–",
                file.preset,
                file.sha256[:12],
                file.path,
                (names.get(file.delivery) or "missing") if file.delivery in missing else "–",
            )
            for file in incident.files
        ],
    )


def incident_json(session: Session, standing: Standing) -> dict[str, Any]:
    """Return an incident for a script."""
    from engine.delivery.incidents.replacing import next_names

    closed = standing.closed
    names = next_names(session, standing.missing)
    return {
        **standing.incident.content(),
        "open": standing.is_open,
        "missing": [
            {**asdict(file), "next": str(names[file.delivery]) if file.delivery in names else None}
            for file in standing.missing
        ],
        "closed": closed
        and {"at": closed.at, "person": closed.person, "why": closed.details["why"]},
    }
