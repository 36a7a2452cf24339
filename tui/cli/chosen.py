"""Which photos of a session a command is about: by name, by filter, or both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.session.records import PhotoRecord
    from engine.session.session import Session


def chosen_photos(session: Session, paths: Sequence[Path], words: str | None) -> list[PhotoRecord]:
    """Return the photos that are meant.

    Raises
    ------
    click.UsageError : none are named, one is not in the session, or the filter cannot match
    """
    from engine.session.filter import matcher, problem
    from engine.session.states import state_of

    if not paths and not (words or "").strip():
        raise click.UsageError("say which photos: by name, or with --filter")
    if wrong := problem(words or ""):
        raise click.BadParameter(wrong, param_hint="--filter")
    photos = session.photos()
    if paths:
        photos = [photo_at(session, photos, path) for path in dict.fromkeys(paths)]
    matches = matcher(words or "")
    found = [photo for photo in photos if matches(photo, state_of(photo))]
    if not found:
        raise click.UsageError("no photo is meant: the filter finds none")
    return found


def photo_at(session: Session, photos: Sequence[PhotoRecord], path: Path) -> PhotoRecord:
    """Return the photo of a path, in the session's folder or from where one is.

    Raises
    ------
    click.UsageError : the session knows no such photo
    """
    places = {session.folder / path, path.absolute(), path.resolve()}
    for photo in photos:
        if session.folder / photo.path in places:
            return photo
    raise click.UsageError(f"there is no photo {safe(path)} in the session; packshot scan looks")
