"""What must never be delivered again.

The audit log's ``recall`` entries are what counts: a recall cannot be taken back without breaking
the log. Beside them stand the files that a team shares, in the session's ``incidents/``, and those
of this user's other sessions, in the config folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import tomli_w

from engine.atomic import write_new
from engine.delivery.incidents.incident import Incident, incident_from
from engine.delivery.seasons.audit import AuditLog
from engine.errors import IncidentInvalid
from engine.session.records import MatteRecord
from engine.session.session import Session
from presets.toml_file import read_toml
from presets.user_folder import config_folder

RECALL = "recall"
"""The audit log's event."""

_FOLDER = "incidents"
_HEAD = "# A recall, written by `packshot incident recall`. Share it: it blocks these files.\n\n"


@dataclass
class Blocklist:
    """Recalled files by their hash, and recalled mattes by photo and recipe."""

    files: dict[str, Incident] = field(default_factory=dict)
    mattes: dict[tuple[str, str], Incident] = field(default_factory=dict)

    @classmethod
    def of(cls, incidents: Iterable[Incident]) -> Self:
        """Return what incidents block; of several the first is named."""
        blocked = cls()
        for incident in incidents:
            for file in incident.files:
                blocked.files.setdefault(file.sha256, incident)
                if incident.blocks_matte:
                    matte = file.photo_sha256, file.recipe_digest
                    blocked.mattes.setdefault(matte, incident)
        return blocked

    def why_not(self, matte: MatteRecord) -> str | None:
        """Return why nothing may be made from a matte; None where something may.

        A photo may itself be a recalled file that somebody has put among the photos.
        """
        incident = self.mattes.get((matte.photo_sha256, matte.recipe_digest))
        incident = incident or self.files.get(matte.photo_sha256)
        return incident.told if incident else None

    def files_of(self, photo_sha256: str) -> dict[str, str]:
        """Return the recalled files that were made of a photo's content: why, by their hash."""
        return {
            sha256: incident.told
            for sha256, incident in self.files.items()
            if any(file.photo_sha256 == photo_sha256 for file in incident.files)
        }


def own_incidents(session: Session) -> list[Incident]:
    """Return what was recalled in a session, as its audit log says, the oldest first.

    Raises
    ------
    AuditBroken : the log was altered
    """
    log = AuditLog(session.folder)
    return [
        incident_from(entry.details, f"{log.path}, entry {entry.number}")
        for entry in log.entries()
        if entry.event == RECALL
    ]


def known_incidents(session: Session) -> list[Incident]:
    """Return every incident that counts in a session: its own, the team's and this user's.

    Raises
    ------
    AuditBroken : the log was altered
    IncidentInvalid : a shared file cannot be read
    """
    found = {incident.id: incident for incident in shared_incidents(session.folder)}
    found |= {incident.id: incident for incident in own_incidents(session)}
    return list(found.values())


def shared_incidents(session: Path | None = None) -> list[Incident]:
    """Return the incidents that lie as files in a session's folder, and in this user's own.

    Raises
    ------
    IncidentInvalid : one of the files cannot be read
    """
    folders = [folder for folder in (config_folder(), session) if folder is not None]
    return [
        read_incident(path)
        for folder in folders
        for path in sorted((folder / _FOLDER).glob("*.toml"))
    ]


def read_incident(path: Path) -> Incident:
    """Read an incident's file.

    Raises
    ------
    IncidentInvalid : it cannot be read, or is none
    """
    if not path.is_file():  # opening a pipe would wait for a writer that never comes
        raise IncidentInvalid(str(path), "is no file", "Take it away.")
    return incident_from(read_toml(path, IncidentInvalid), str(path))


def share_incident(session: Session, incident: Incident) -> list[Path]:
    """Write an incident's file into the session and into the config folder; return where.

    Raises
    ------
    OutputError and its branches : a file could not be written
    """
    data = (_HEAD + tomli_w.dumps(incident.content())).encode()
    paths = [
        folder / _FOLDER / f"{incident.id}.toml" for folder in (session.folder, config_folder())
    ]
    for path in paths:
        write_new(path, data)
    return paths
