"""Copies of recalled files: in a session, or anywhere that files are shared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.delivery.incidents.blocklist import Blocklist
from engine.delivery.incidents.incident import Incident
from engine.delivery.provenance import read_provenance
from engine.errors import PhotoError
from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.session.findings import Finding, Sha256Of
from engine.session.hashing import sha256_of
from engine.session.layout import STATE_FOLDER
from engine.session.records import PhotoRecord


@dataclass(frozen=True)
class Copy:
    """A file that was recalled, or that says it was made from a recalled matte."""

    path: Path
    incident: Incident
    is_same: bool
    """Whether it has the recalled file's bytes; otherwise it was saved anew, or made beside it."""


def find_copies(
    folder: Path, incidents: Sequence[Incident], progress: Callable[[Path], None] | None = None
) -> Iterator[Copy]:
    """Yield the copies of recalled files below a folder; nothing in it is changed.

    Sizes are compared first, so that few files are read; pictures of other sizes are asked what
    they were made from. Links are not followed.

    Parameters
    ----------
    folder : where to look
    incidents : whose files
    progress : told about each file that is looked at
    """
    blocked = Blocklist.of(incidents)
    sizes = {file.bytes for incident in incidents for file in incident.files}
    for path in _files(folder):
        if progress is not None:
            progress(path)
        try:
            size = path.stat().st_size
        except OSError:
            continue
        # Rows of an older packshot do not say how large their files are.
        known_size = size in sizes or 0 in sizes
        if known_size and (same := blocked.files.get(sha256_of(path) or "")):
            yield Copy(path, same, is_same=True)
        elif path.suffix.lower() in PHOTO_SUFFIXES and (source := _made_from(path, blocked)):
            yield Copy(path, source, is_same=False)


def recalled_among(
    photos: Iterable[PhotoRecord], incidents: Sequence[Incident], sha256: Sha256Of
) -> Finding | None:
    """Return the photos of a session that are recalled files, as a finding of its scan.

    Parameters
    ----------
    photos : of the session
    incidents : that count in it
    sha256 : reads the hash of a photo's file
    """
    blocked = Blocklist.of(incidents).files
    sizes = {file.bytes for incident in incidents for file in incident.files}
    found = [
        (photo.path, incident.told)
        for photo in photos
        if photo.bytes in sizes or 0 in sizes
        if (incident := blocked.get(sha256(photo.path) or ""))
    ]
    if not found:
        return None
    return Finding(
        "recalled",
        "recalled after it had been published",
        "Take it away: nothing that is made from it is exported.",
        tuple(path for path, _ in found),
        tuple(told for _, told in found),
    )


def _made_from(path: Path, blocked: Blocklist) -> Incident | None:
    try:
        origin = read_provenance(path)
    except PhotoError:
        return None
    return blocked.mattes.get((origin.photo, origin.recipe)) if origin else None


def _files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder, in a steady order; no session's own mattes."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each != STATE_FOLDER)
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path
