"""What the photos of a session look like, found out for those of which it is not known yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.errors import PhotoError
from engine.imaging.look import Look
from engine.imaging.looking import read_look
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.work.machine import available_cores

Step = Callable[[], None]


def without_look(photos: Sequence[PhotoRecord]) -> list[PhotoRecord]:
    """Return the photos that can be read and of which it is not known what they look like."""
    return [photo for photo in photos if photo.look is None and photo.problem is None]


def find_looks(session: Session, photos: Sequence[PhotoRecord], step: Step) -> dict[int, Look]:
    """Look at photos and record what they look like, where the session may be written.

    Parameters
    ----------
    step : called after each photo

    Returns
    -------
    The looks by the photos' numbers; a photo that cannot be decoded has none.
    """
    found: dict[int, Look] = {}
    with ThreadPoolExecutor(available_cores(), "look") as readers:
        paths = [session.folder / photo.path for photo in photos]
        for photo, look in zip(photos, readers.map(_look, paths), strict=True):
            if look is not None:
                found[photo.id] = look
            step()
    if found and not session.readonly:
        session.record_looks(found)
    return found


def _look(path: Path) -> Look | None:
    try:
        return read_look(path)
    except PhotoError:
        return None  # the scan, or the cut, says what is wrong with it
