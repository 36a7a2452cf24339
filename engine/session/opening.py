"""The steps of opening a session: its folder, its photos as listed, its store."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from engine.errors import SessionEmpty, SessionError, SessionMissing
from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.session.config import SessionConfig
from engine.session.layout import store_path
from engine.session.private_copy import PrivateCopy
from engine.session.store import Store
from engine.session.store_errors import not_writable
from engine.session.walk import Listing, list_photos


def existing_folder(folder: Path) -> Path:
    """Return a folder's absolute path.

    Raises
    ------
    SessionMissing : there is no such folder, or it cannot be reached
    SessionError : it cannot be listed
    """
    try:
        mode = folder.stat().st_mode
    except OSError as error:
        problem = "no such folder"
        if not isinstance(error, FileNotFoundError):
            problem = f"cannot be reached ({error.strerror})"
        raise SessionMissing(str(folder), problem, "Name a folder of photos.") from error
    if not stat.S_ISDIR(mode):
        raise SessionMissing(str(folder), "is a file, not a folder", "Name a folder of photos.")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise _unlisted(folder, f"cannot be read ({error.strerror})") from error
    return folder.absolute()


def listing_of(session: Path, config: SessionConfig) -> Listing:
    """List the photos of a session by its settings.

    Raises
    ------
    SessionError : the folder itself cannot be listed
    """
    ignored = {config.folders.output, *config.folders.ignore}
    listing = list_photos(session, PHOTO_SUFFIXES, ignored)
    for trouble in listing.troubles:
        if not trouble.path.parts:
            raise _unlisted(session, trouble.problem.partition(". ")[0])
    return listing


def _unlisted(session: Path, problem: str) -> SessionError:
    return SessionError(str(session), problem, "Check the folder's permissions and its drive.")


def empty(session: Path) -> SessionEmpty:
    """Return the error for a folder without photos."""
    return SessionEmpty(
        str(session),
        "there are no photos in this folder",
        f"Put photos into it and try again ({', '.join(sorted(PHOTO_SUFFIXES))}).",
    )


def database_of(
    session: Path, config: SessionConfig, *, readonly: bool, create: bool
) -> Store | PrivateCopy:
    """Open the database of a session; with ``create``, also where there is none yet.

    Raises
    ------
    SessionMissing : there is none, and ``create`` is False
    SessionEmpty : there is none, and no photo either; none was made
    SessionNotWritable, StoreTooNew, SessionError : see ``Store``
    """
    path = store_path(session)
    started = os.path.lexists(path)
    if not started and not create:
        problem = "no session was started here yet"
        raise SessionMissing(str(session), problem, f"Run: packshot scan {session}")
    if not started and not listing_of(session, config).files:
        raise empty(session)
    return PrivateCopy(path) if readonly else _opened_store(path)


def _opened_store(path: Path) -> Store:
    """Open a session's store for writing and make its folder when missing."""
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise not_writable(path) from error
    return Store(path)
