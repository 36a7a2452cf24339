"""How a session's deliveries keep the rules of their presets, as their checks have found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.delivery.current import current_deliveries, delivered_photos
from engine.delivery.incidents.blocklist import Blocklist, known_incidents
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session

Outcome = Literal["recalled", "fails", "gone", "unchecked", "warns", "passes"]
"""The worst first. ``gone``: the file lies no more where it was delivered, which is no fault: it
may have been moved. ``unchecked``: an older packshot delivered it, and kept no findings."""

OUTCOMES: tuple[Outcome, ...] = ("recalled", "fails", "gone", "unchecked", "warns", "passes")


@dataclass(frozen=True)
class Reported:
    """The current file of a view and preset, and what its check has found."""

    delivery: DeliveryRecord
    photo: PhotoRecord
    path: Path
    outcome: Outcome
    recalled: str | None = None

    @property
    def findings(self) -> tuple[Mapping[str, Any], ...]:
        """The outcome of every rule, as JSON knows it."""
        return self.delivery.findings or ()


def reported(session: Session, season: str | None = None) -> list[Reported]:
    """Return the current deliveries of a session with what their checks found, by photo.

    Parameters
    ----------
    session : whose deliveries; no file is opened
    season : only what was exported for it

    Raises
    ------
    AuditBroken, IncidentInvalid : it cannot be told what was recalled
    """
    rows = session.deliveries.of_season(season) if season else session.deliveries.all()
    photos = delivered_photos(session, rows)
    blocked = Blocklist.of(known_incidents(session)).files
    found = []
    for delivery in current_deliveries(rows, photos):
        path = session.folder / delivery.path
        incident = blocked.get(delivery.sha256)
        recalled = incident.told if incident else None
        outcome = "recalled" if recalled else _outcome(delivery, path)
        found.append(Reported(delivery, photos[delivery.photo_id], path, outcome, recalled))
    return sorted(found, key=lambda row: (str(row.photo.path), row.delivery.preset))


def _outcome(delivery: DeliveryRecord, path: Path) -> Outcome:
    severities = {finding["severity"] for finding in delivery.findings or ()}
    if "fail" in severities:
        return "fails"
    if not path.exists():
        return "gone"
    if delivery.findings is None:
        return "unchecked"
    return "warns" if "warn" in severities else "passes"
