"""What made a file that lies anywhere: from its bytes, from what it says, and from the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.delivery.incidents.blocklist import Blocklist, known_incidents, shared_incidents
from engine.delivery.incidents.incident import Incident
from engine.delivery.provenance import Origin, read_provenance
from engine.errors import PhotoError, PhotoUnreadable, SessionError
from engine.session.hashing import sha256_of
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session

State = Literal["delivered", "altered", "foreign", "unknown"]
"""``delivered``: the session wrote these very bytes. ``altered``: it has delivered what the file
says it shows, with other bytes: the file was saved anew. ``foreign``: the file names what made it,
and the session knows nothing of that. ``unknown``: neither."""


@dataclass(frozen=True)
class Traced:
    """A file, and what is known of its making.

    ``delivery`` is the session's row: of these bytes, or else the newest of the photo, recipe and
    preset that the file names. ``newer`` is a later delivery of the same photo and preset, where
    there is one; ``recalled`` the incident that took the file or its matte back.
    """

    path: Path
    sha256: str
    state: State
    origin: Origin | None
    delivery: DeliveryRecord | None
    photo: PhotoRecord | None
    newer: DeliveryRecord | None
    recalled: Incident | None

    @property
    def sound(self) -> bool:
        """Whether the file is a delivery that stands."""
        return self.state == "delivered" and self.recalled is None


class Tracer:
    """Says of files what made them, as far as one session knows.

    Parameters
    ----------
    session : whose deliveries; None: only what the files say themselves

    Raises
    ------
    AuditBroken, IncidentInvalid : it cannot be told what was recalled
    """

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._known: Sequence[DeliveryRecord] = session.deliveries.all() if session else ()
        self._blocked = Blocklist.of(known_incidents(session) if session else shared_incidents())

    def trace(self, path: Path) -> Traced:
        """Return what made a file.

        Raises
        ------
        PhotoUnreadable : there is no such file, or it cannot be read
        """
        sha256 = sha256_of(path)
        if sha256 is None:
            raise PhotoUnreadable(str(path), "could not be read", "Check the path.")
        origin = _origin(path)
        same = [each for each in self._known if each.sha256 == sha256]
        alike = [each for each in self._known if origin and _shows(each, origin)]
        delivery = next(reversed(same or alike), None)
        state: State = "unknown"
        if same:
            state = "delivered"
        elif origin:
            state = "altered" if alike else "foreign"
        return Traced(
            path,
            sha256,
            state,
            origin,
            delivery,
            self._photo(delivery),
            self._newer(delivery),
            self._recalled(sha256, origin),
        )

    def _photo(self, delivery: DeliveryRecord | None) -> PhotoRecord | None:
        if delivery is None or self._session is None:
            return None
        try:
            return self._session.photo(delivery.photo_id)
        except SessionError:
            return None

    def _newer(self, delivery: DeliveryRecord | None) -> DeliveryRecord | None:
        """Return the newest delivery of the same photo and preset with other bytes."""
        if delivery is None:
            return None
        later = [
            each
            for each in self._known
            if (each.photo_id, each.preset) == (delivery.photo_id, delivery.preset)
            and each.id > delivery.id
            and each.sha256 != delivery.sha256
        ]
        return later[-1] if later else None

    def _recalled(self, sha256: str, origin: Origin | None) -> Incident | None:
        matte = (origin.photo, origin.recipe) if origin else ("", "")
        return self._blocked.files.get(sha256) or self._blocked.mattes.get(matte)


def _origin(path: Path) -> Origin | None:
    try:
        return read_provenance(path)
    except PhotoError:
        return None  # it may have been a delivery before it was damaged: its bytes still tell


def _shows(delivery: DeliveryRecord, origin: Origin) -> bool:
    """Return whether a delivery is of the photo, recipe and preset that a file names."""
    same_matte = (delivery.photo_sha256, delivery.recipe_digest) == (origin.photo, origin.recipe)
    return same_matte and origin.preset_digest in {None, delivery.preset_digest}
