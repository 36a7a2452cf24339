"""What about a photo the help can explain: why it failed, what was measured, what was warned of."""

from __future__ import annotations

from engine.session.records import PhotoRecord
from tui.help.places import message_places
from tui.help.topics import note_places


def photo_places(photo: PhotoRecord) -> list[str]:
    """Return places of the help about a photo, what is gravest first."""
    places = message_places(f"{photo.problem or ''} {photo.failure or ''}")
    if photo.matte:
        places += [f"defect:{defect.kind}" for defect in photo.matte.defects or ()]
    places += [f"reason:{reason}" for reason in photo.verdict.reasons]
    places += [f"warning:{warning.kind}" for warning in photo.warnings]
    places += note_places([*(photo.matte.notes if photo.matte else ()), photo.verdict.note])
    return places
