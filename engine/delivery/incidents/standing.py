"""How incidents stand: open until a corrected file was delivered for every one that was current."""

from __future__ import annotations

from dataclasses import dataclass

from engine.delivery.current import delivered_photos
from engine.delivery.incidents.blocklist import Blocklist, known_incidents, own_incidents
from engine.delivery.incidents.incident import Incident, RecalledFile
from engine.delivery.seasons.audit import AuditLog, Entry
from engine.errors import IncidentUnknown
from engine.session.alt_texts import view_key
from engine.session.session import Session
from presets.loader import did_you_mean

CLOSE = "close"
"""The audit log's event."""


@dataclass(frozen=True)
class Standing:
    """An incident, the log's entry that closed it, and the files that nothing has replaced yet."""

    incident: Incident
    closed: Entry | None
    missing: tuple[RecalledFile, ...]

    @property
    def is_open(self) -> bool:
        """Whether a person still has to do something about it."""
        return self.closed is None


def standings(session: Session) -> list[Standing]:
    """Return the session's incidents, the oldest first.

    Raises
    ------
    AuditBroken : the log was altered
    IncidentInvalid : a shared file cannot be read
    """
    own = own_incidents(session)
    if not own:
        return []
    closed = {
        str(entry.details["incident"]): entry
        for entry in AuditLog(session.folder).entries()
        if entry.event == CLOSE
    }
    blocked = Blocklist.of(known_incidents(session)).files
    deliveries = session.deliveries.all()
    photos = delivered_photos(session, deliveries)
    newest: dict[tuple[object, str], int] = {}
    for each in deliveries:
        if each.sha256 not in blocked:
            photo = photos[each.photo_id]
            newest[view_key(photo.sku, photo.view), each.preset] = each.id
    return [
        Standing(
            incident,
            closed.get(incident.id),
            tuple(
                file
                for file in incident.wanted
                if newest.get((view_key(file.sku, file.view), file.preset), 0) <= file.delivery
            ),
        )
        for incident in own
    ]


def find_standing(session: Session, number: str) -> Standing:
    """Return how one incident stands.

    Parameters
    ----------
    number : its id, or the beginning of it that no other has

    Raises
    ------
    IncidentUnknown : there is none, or several begin so
    """
    found = standings(session)
    fitting = [each for each in found if each.incident.id.startswith(number)]
    if len(fitting) != 1:
        known = [each.incident.id for each in found]
        raise IncidentUnknown(
            number,
            "begins several incidents"
            if fitting
            else "no incident of this session has this number",
            f"{did_you_mean(number, known)}`packshot incident list` shows all of them.",
        )
    return fitting[0]


def close_incident(session: Session, incident: Incident, why: str) -> None:
    """Note that an incident is over; its files stay blocked.

    Raises
    ------
    ValueError : no reason is given
    SessionReadOnly, AuditBroken : nothing was changed
    """
    session.require_writable()
    if not why.strip():
        raise ValueError("closing an incident takes a reason")
    details = {"incident": incident.id, "why": why.strip()}
    AuditLog(session.folder).append(CLOSE, "", session.person, details)


def close_corrected(session: Session) -> list[Incident]:
    """Close the incidents for which a corrected file was delivered everywhere; return them."""
    over = [each.incident for each in standings(session) if each.is_open and not each.missing]
    for incident in over:
        close_incident(session, incident, "corrected files were delivered")
    return over
