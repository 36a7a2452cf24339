"""What an incident is: which files were recalled, why, and what has to come in their place.

An incident is written once and never changed: into the audit log, which is what counts, and as a
file that a team shares. Only whether it is closed is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from engine.errors import IncidentInvalid

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9]{8}-[0-9a-f]{4,8}")


@dataclass(frozen=True)
class RecalledFile:
    """A delivered file that was recalled: where it was written, its content, what it shows.

    ``delivery`` is its number in the session that delivered it; ``current`` says that it was the
    newest of its view and preset, so that a corrected one has to come.
    """

    path: str
    sha256: str
    bytes: int
    preset: str
    photo_sha256: str
    recipe_digest: str
    sku: str
    view: str
    delivery: int
    current: bool


@dataclass(frozen=True)
class Incident:
    """Files taken back together.

    ``id`` is its date and a mark, ``at`` the time in UTC, ``person`` who recalled them and
    ``reason`` why. With ``blocks_matte`` nothing made from their mattes is delivered again, in
    whatever bytes; without it the fault was elsewhere, and only the very files are blocked.
    """

    id: str
    at: str
    person: str
    reason: str
    blocks_matte: bool
    files: tuple[RecalledFile, ...]

    @property
    def skus(self) -> tuple[str, ...]:
        """The SKUs concerned, each once."""
        return tuple(dict.fromkeys(file.sku for file in self.files))

    @property
    def wanted(self) -> tuple[RecalledFile, ...]:
        """The files in whose place a corrected one has to come."""
        return tuple(file for file in self.files if file.current)

    @property
    def told(self) -> str:
        """When and why, as an error says it."""
        return f"recalled on {self.at[:10]} (incident {self.id}: {self.reason})"

    def content(self) -> dict[str, Any]:
        """Return all of it, as JSON and TOML can hold it."""
        return {**asdict(self), "files": [asdict(file) for file in self.files]}


def incident_from(content: Mapping[str, Any], subject: str) -> Incident:
    """Return the incident that a mapping holds, as read from JSON or TOML.

    Parameters
    ----------
    content : from `Incident.content`, or from somebody else's file
    subject : what an error names

    Raises
    ------
    IncidentInvalid : it holds none
    """
    try:
        files = tuple(RecalledFile(**_checked(RecalledFile, each)) for each in content["files"])
        incident = Incident(**_checked(Incident, {**content, "files": files}))
    except (KeyError, TypeError, ValueError) as error:
        raise _invalid(subject) from error
    sound = _ID.fullmatch(incident.id) and all(
        _SHA256.fullmatch(digest)
        for file in files
        for digest in (file.sha256, file.photo_sha256, file.recipe_digest)
    )
    if not sound or not files:
        raise _invalid(subject)
    return incident


def _checked(kind: type[object], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of a dataclass; ValueError where one is missing or of another kind."""
    wanted = {field.name: str(field.type).partition("[")[0] for field in fields(kind)}  # type: ignore[arg-type]
    if values.keys() != wanted.keys():
        raise ValueError("not its fields")
    for name, value in values.items():
        if type(value).__name__ != wanted[name]:
            raise ValueError(f"{name} is no {wanted[name]}")
    return values


def _invalid(subject: str) -> IncidentInvalid:
    return IncidentInvalid(
        subject,
        "is no incident that packshot can read",
        "Restore the file from the colleague that it came from; taking it away would let recalled "
        "files out again.",
    )
