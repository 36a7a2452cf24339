"""What is brought up to date when a batch of exports has ended."""

from __future__ import annotations

from dataclasses import dataclass

from engine.delivery.incidents.incident import Incident
from engine.delivery.incidents.standing import close_corrected
from engine.delivery.manifest.standing import renew_manifest
from engine.delivery.seasons.events import log_deliveries
from engine.errors import OutputError, sentence
from engine.session.session import Session
from presets.errors import ManifestInvalid


@dataclass(frozen=True)
class BatchEnd:
    """What came of it.

    ``closed`` are the incidents that it ended: corrected files were delivered. ``problems`` says in
    sentences why the manifest could not be renewed; the files are delivered all the same.
    """

    closed: tuple[Incident, ...]
    problems: tuple[str, ...]


def after_batch(session: Session) -> BatchEnd:
    """Name what was delivered in the audit log and the output folder's manifest; close incidents.

    What a batch has left that was killed is caught up with by the next one.

    Raises
    ------
    AuditBroken, IncidentInvalid : the manifest is renewed
    OutputError and its branches : the log could not be written
    """
    closed: list[Incident] = []
    problems = []
    try:
        log_deliveries(session)
        closed = close_corrected(session)
    finally:
        try:
            renew_manifest(session)
        except (ManifestInvalid, OutputError) as error:
            problems.append(sentence(error))
    return BatchEnd(tuple(closed), tuple(problems))
