"""Masters into an archive: which are new, what their versions are called, and how they are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.atomic import write_new
from engine.delivery.export_job import ExportJob, export_jobs, open_for, rendered
from engine.delivery.incidents.refusal import recalled_error
from engine.delivery.naming.characters import folded, safe_part
from engine.delivery.naming.filename import suffix_of
from engine.errors import OutputExists, OutputInSession
from engine.session.alt_texts import view_key
from engine.session.archive import ArchivedMaster
from engine.session.layout import session_around
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.session.text import now, valid
from presets.loader import digest
from presets.schema import Preset


@dataclass(frozen=True)
class ArchiveJob:
    """One master to be archived; crosses process borders by pickling.

    ``key`` and ``version`` are what it is in its session, ``path`` where it goes below the
    archive's ``folder``.
    """

    export: ExportJob
    folder: Path
    path: PurePosixPath
    key: str
    version: int

    @property
    def photo(self) -> Path:
        """The photo that it shows."""
        return self.export.photo

    @property
    def pixels(self) -> int:
        """The photo's size, where it is known."""
        return self.export.pixels


@dataclass(frozen=True)
class Archived:
    """A master in the archive, as it was written."""

    sha256: str
    bytes: int


def archive_jobs(session: Session, folder: Path, preset: Preset) -> list[ArchiveJob]:
    """Return the jobs for the approved masters that an archive lacks.

    A master is a version of its view: another photo, matte or preset makes the next one, however
    small the difference; the same makes the same, also in another folder. The photo's own version
    is the least that its master has, so that ``SKU123-front-v2.jpg`` is archived under that name.

    Parameters
    ----------
    session : whose photos
    folder : the archive's
    preset : what a master is

    Raises
    ------
    SessionEmpty : no photo is approved
    OutputInSession : the folder lies among a session's photos
    as `export_jobs`
    """
    _refuse_among_photos(session, folder)
    photos = {photo.id: photo for photo in session.photos()}
    known = session.archive.all()
    made = {_content(each): each for each in known}
    newest = {each.key: each.version for each in known}  # the oldest come first
    owners = {folded(PurePosixPath(each.path)): each.key for each in known}
    jobs = []
    for export in export_jobs(session, [preset], target=folder):
        photo = photos[export.photo_id]
        key = _key(photo)
        origin = export.provenance
        before = made.get((key, origin.photo, origin.recipe, digest(preset)))
        if before is not None:
            path, version = PurePosixPath(before.path), before.version
        else:
            version = newest[key] = max(newest.get(key, 0) + 1, photo.version)
            path = _path(photo, key, version, preset, owners)
            owners[folded(path)] = key
        if before is None or not (folder / path).is_file():
            jobs.append(ArchiveJob(export, folder, path, key, version))
    return jobs


def archive_master(job: ArchiveJob) -> Archived:
    """Make one master and write it; runs in a worker process.

    Raises
    ------
    Recalled : its matte was recalled
    OutputExists : another file has its name
    MatteOutdated, PhotoError, OutputError : it could not be made or written
    """
    if job.export.recalled is not None:
        raise recalled_error(str(job.photo), f"its matte was {job.export.recalled}")
    data = rendered(job.export, open_for(job.export))
    path = job.folder / job.path
    if not write_new(path, data) and path.read_bytes() != data:
        raise OutputExists(
            str(path), "is there already with another content", "Move that file away."
        )
    return Archived(hashlib.sha256(data).hexdigest(), len(data))


def record_archived(session: Session, job: ArchiveJob, made: Archived, note: str) -> None:
    """Record a master in its session; one that was written again is known already."""
    session.archive.record(
        ArchivedMaster(
            photo_id=job.export.photo_id,
            key=job.key,
            version=job.version,
            path=job.path.as_posix(),
            sha256=made.sha256,
            bytes=made.bytes,
            photo_sha256=job.export.provenance.photo,
            recipe_digest=job.export.provenance.recipe,
            preset_digest=digest(job.export.preset),
            note=valid(" ".join(note.split())),
            person=session.person,
            at=now(),
        )
    )


def _content(master: ArchivedMaster) -> tuple[str, str, str, str]:
    return master.key, master.photo_sha256, master.recipe_digest, master.preset_digest


def _key(photo: PhotoRecord) -> str:
    """Return what a view's versions are counted by."""
    return json.dumps(view_key(photo.sku, photo.view), ensure_ascii=False)


def _path(
    photo: PhotoRecord, key: str, version: int, preset: Preset, owners: Mapping[str, str]
) -> PurePosixPath:
    """Return where a version goes: ``SKU123/SKU123-front-v2.png``."""
    sku, view = safe_part(photo.sku) or "unnamed", safe_part(photo.view)
    name = f"{sku}-{view}" if view else sku
    mark = hashlib.sha256(key.encode()).hexdigest()[:8]
    for stem in (name, f"{name}-{mark}"):
        path = PurePosixPath(sku, f"{stem}-v{version}{suffix_of(preset)}")
        if owners.get(folded(path), key) == key:
            break  # two views may come to one safe name: the second gets a mark
    return path


def _refuse_among_photos(session: Session, folder: Path) -> None:
    output = session.folder / session.config.folders.output
    around = session_around(folder)
    if around is not None and not folder.resolve().is_relative_to(output.resolve()):
        raise OutputInSession(
            str(folder),
            f"it lies in the session {around}, whose scan would take masters for photos",
            "Name a folder outside it, or one in its output folder.",
        )
