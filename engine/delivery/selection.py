"""Which photos of a session are exported."""

from __future__ import annotations

from collections.abc import Iterable

from engine.session.records import PhotoRecord


def exportable(photos: Iterable[PhotoRecord], *, everything: bool = False) -> list[PhotoRecord]:
    """Return the photos to export: the approved ones, or ``everything`` that is not rejected.

    Only photos that are there and have a matte can be exported at all.
    """
    states = {"approved", "pending"} if everything else {"approved"}
    return [
        photo
        for photo in photos
        if photo.matte is not None and not photo.missing and photo.verdict.state in states
    ]
