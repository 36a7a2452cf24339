"""Exports as jobs: what is asked of a worker, and what the session learns from the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.delivery.deliver import Delivered, deliver
from engine.delivery.filename import NameParts
from engine.delivery.provenance import Provenance
from engine.delivery.selection import exportable, name_parts
from engine.errors import MatteOutdated, PhotoError, SessionEmpty
from engine.imaging.encode import decode_matte
from engine.session.layout import matte_path
from engine.session.session import Session
from presets.loader import digest
from presets.schema import Preset


@dataclass(frozen=True)
class ExportJob:
    """One photo to be exported with one preset; crosses process borders by pickling.

    ``photo_id`` is the photo's number in its session, ``matte`` the file of its matte, ``target``
    the output folder.
    """

    photo: Path
    photo_id: int
    matte: Path
    preset: Preset
    target: Path
    names: NameParts
    provenance: Provenance


def export(job: ExportJob) -> Delivered:
    """Do one export; runs in a worker process.

    Raises
    ------
    MatteOutdated : the matte is gone, or the photo has changed since it was made
    as ``engine.delivery.deliver.deliver`` for all else
    """
    try:
        matte = decode_matte(job.matte.read_bytes())
    except OSError as error:
        raise _cut_again(job, f"its matte could not be read ({error.strerror})") from error
    except PhotoError as error:
        raise _cut_again(job, f"its matte {error.problem}") from error
    return deliver(job.photo, matte, job.preset, job.target, job.names, job.provenance)


def export_jobs(
    session: Session,
    presets: Sequence[Preset],
    *,
    everything: bool = False,
    target: Path | None = None,
) -> list[ExportJob]:
    """Return the jobs that export a session's photos, all presets of a photo side by side.

    Parameters
    ----------
    session : whose photos; ``everything`` takes those that nobody has judged, too
    presets : what to make of each
    target : output folder; None: the session's own

    Raises
    ------
    SessionEmpty : no photo is ready to be exported
    """
    photos = session.photos()
    ready = exportable(photos, everything=everything)
    if not ready:
        raise SessionEmpty(
            str(session.folder),
            "no cut photo is left to export" if everything else "no photo is approved yet",
            "Cut the photos first: packshot cut."
            if everything
            else "Approve photos in the workstation, or export all that are cut with --all.",
        )
    folder = target or session.folder / session.config.folders.output
    names = {preset.name: name_parts(photos, preset) for preset in presets}
    return [
        ExportJob(
            photo=session.folder / photo.path,
            photo_id=photo.id,
            matte=matte_path(session.folder, matte.photo_sha256, matte.recipe_digest),
            preset=preset,
            target=folder.absolute(),
            names=names[preset.name][photo.id],
            provenance=Provenance(matte.photo_sha256, matte.recipe_digest),
        )
        for photo in ready
        if (matte := photo.matte) is not None
        for preset in presets
    ]


def record_export(session: Session, job: ExportJob, delivered: Delivered) -> None:
    """Record a delivery in its session, once for each file."""
    path = delivered.path
    inside = path.is_relative_to(session.folder)
    told = path.relative_to(session.folder).as_posix() if inside else str(path)
    known = session.deliveries(job.photo_id)
    if any(row.path == told and row.sha256 == delivered.sha256 for row in known):
        return
    session.record_delivery(
        job.photo_id,
        preset=job.preset.name,
        preset_digest=digest(job.preset),
        path=told,
        sha256=delivered.sha256,
        recipe_digest=job.provenance.recipe,
    )


def _cut_again(job: ExportJob, problem: str) -> MatteOutdated:
    return MatteOutdated(str(job.photo), problem, "Cut the photo again.")
