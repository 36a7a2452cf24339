"""What is brought up to date when a batch of exports has ended."""

from __future__ import annotations

from engine.delivery.incidents.standing import close_corrected
from engine.delivery.manifest.standing import renew_manifest
from engine.delivery.seasons.events import log_deliveries
from engine.errors import OutputError, sentence
from engine.session.session import Session
from presets.errors import ManifestInvalid


def after_batch(session: Session) -> list[str]:
    """Name what was delivered in the audit log and the output folder's manifest; close incidents.

    What a batch has left that was killed is caught up with by the next one.

    Returns
    -------
    Why the manifest could not be renewed, in a sentence; the files are delivered all the same.

    Raises
    ------
    AuditBroken, IncidentInvalid : the manifest is renewed
    OutputError and its branches : the log could not be written
    """
    problems = []
    try:
        log_deliveries(session)
        close_corrected(session)
    finally:
        try:
            renew_manifest(session)
        except (ManifestInvalid, OutputError) as error:
            problems.append(sentence(error))
    return problems
