"""Exports as jobs: what is asked of a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.delivery.deliver import Conditions, Delivered, OpenedPhoto, deliver, open_photo, render
from engine.delivery.incidents.blocklist import Blocklist, known_incidents
from engine.delivery.incidents.refusal import recalled_error
from engine.delivery.inputs import NO_INPUTS, Inputs, inputs_of
from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.filename import NameParts
from engine.delivery.naming.plain import NameFacts
from engine.delivery.naming.register import Register
from engine.delivery.needs import needs_of
from engine.delivery.provenance import Provenance
from engine.delivery.requirements import unmet_requirement
from engine.delivery.seasons.season import held_presets, is_held
from engine.delivery.selection import exportable
from engine.delivery.shared_scale import shared_frames
from engine.errors import MatteNotHeld, MatteOutdated, PhotoError, RequirementUnmet, SessionEmpty
from engine.imaging.encode import decode_matte
from engine.session.layout import matte_path
from engine.session.records import MatteRecord, PhotoRecord
from engine.session.session import Session
from engine.session.warnings import Facts
from presets.lock import Lock
from presets.schema import Preset


@dataclass(frozen=True)
class ExportJob:
    """One photo to be exported with one preset; crosses process borders by pickling.

    ``photo_id`` is the photo's number in its session, ``matte`` the file of its matte, ``target``
    the output folder, ``inputs`` what else enters the file, ``source`` the photo's name and header,
    which enter the check alone, ``keep_shadow`` what the matte's recipe says of the product's
    shadow. ``season`` is what it is exported for and ``lock`` the hash of that season's lock, if
    there is one; ``not_held`` says why that lock does not allow this matte, ``unmet`` what the
    preset requires and is not so, ``recalled`` why the matte was taken back, and ``blocked`` which
    files of the photo were, by their hash. ``pixels`` is the photo's size, where it is known: it
    decides how many are under way. ``dry`` makes and checks the file and writes nothing.
    """

    photo: Path
    photo_id: int
    matte: Path
    preset: Preset
    target: Path
    names: NameParts
    provenance: Provenance
    inputs: Inputs = NO_INPUTS
    source: Facts | None = None
    keep_shadow: bool = False
    season: str | None = None
    lock: str | None = None
    not_held: str | None = None
    unmet: str | None = None
    recalled: str | None = None
    blocked: Mapping[str, str] = field(default_factory=dict, hash=False)  # a job stays hashable
    pixels: int = 0
    dry: bool = False


@dataclass(frozen=True)
class ExportPlan:
    """An export as far as it is known before there is a matte.

    ``folder`` is the session's; ``season`` is what the file is for, empty for nothing, ``lock``
    the lock that holds the preset, ``blocked`` what was recalled. The rest is as in `ExportJob`.
    """

    folder: Path
    photo: PhotoRecord
    preset: Preset
    target: Path
    names: NameParts
    inputs: Inputs
    season: str
    lock: Lock | None
    blocked: Blocklist

    def job(self, matte: MatteRecord) -> ExportJob:
        """Return the export of the photo with a matte."""
        photo, lock = replace(self.photo, matte=matte), self.lock
        return ExportJob(
            photo=self.folder / photo.path,
            pixels=photo.pixels,
            photo_id=photo.id,
            matte=matte_path(self.folder, matte.photo_sha256, matte.recipe_digest),
            preset=self.preset,
            target=self.target,
            names=self.names,
            provenance=Provenance(matte.photo_sha256, matte.recipe_digest),
            inputs=self.inputs,
            source=Facts.of(photo),
            keep_shadow=matte.recipe.get("keep_shadow") is True,
            season=self.season or None,
            lock=lock.hash if lock else None,
            not_held=_not_held(matte, lock) if lock else None,
            unmet=unmet_requirement(photo, self.preset),
            recalled=self.blocked.why_not(matte),
            blocked=self.blocked.files_of(matte.photo_sha256),
        )


def export(job: ExportJob) -> Delivered:
    """Do one export; runs in a worker process.

    Raises
    ------
    as `open_for` and ``engine.delivery.deliver.deliver``
    """
    return deliver_as(job, open_for(job))


def open_for(*jobs: ExportJob) -> OpenedPhoto:
    """Open the photo that jobs share, with the matte that its session keeps.

    Parameters
    ----------
    jobs : one or more, of one photo with one matte

    Raises
    ------
    MatteOutdated : the matte is gone, or the photo has changed since it was made
    PhotoUnreadable, PhotoUnsupported : the photo cannot be decoded
    """
    job = jobs[0]
    try:
        matte = decode_matte(job.matte.read_bytes())
    except OSError as error:
        raise _cut_again(job, f"its matte could not be read ({error.strerror})") from error
    except PhotoError as error:
        raise _cut_again(job, f"its matte {error.problem}") from error
    presets = (each.preset.for_view(each.inputs.view) for each in jobs)
    needs = needs_of(presets, recipe_keeps_shadow=job.keep_shadow)
    return open_photo(job.photo, matte, job.provenance, keep_shadow=job.keep_shadow, needs=needs)


def deliver_as(job: ExportJob, photo: OpenedPhoto) -> Delivered:
    """Make what a job asks for of its photo, opened.

    Raises
    ------
    MatteNotHeld : the season's lock does not allow the matte
    RequirementUnmet : the preset requires what has not happened
    Recalled : the matte, or this very file, was recalled
    as ``engine.delivery.deliver.deliver``
    """
    if job.recalled is not None:
        raise recalled_error(str(job.photo), f"its matte was {job.recalled}")
    if job.not_held is not None:
        raise MatteNotHeld(
            str(job.photo),
            job.not_held,
            "Cut it again with the season's network and judge it anew, or unlock the season.",
        )
    if job.unmet is not None:
        told = f"See to it, or export with another preset than {job.preset.name}."
        raise RequirementUnmet(str(job.photo), job.unmet, told)
    return deliver(
        photo,
        job.preset,
        job.target,
        job.names,
        job.provenance,
        job.inputs,
        Conditions(job.blocked, job.source, job.dry),
    )


def rendered(job: ExportJob, photo: OpenedPhoto) -> bytes:
    """Return the file that a job asks for, without checking or writing it."""
    return render(photo, job.preset, job.provenance, job.inputs)[1]


def export_jobs(
    session: Session,
    presets: Sequence[Preset],
    *,
    everything: bool = False,
    target: Path | None = None,
    season: str | None = None,
) -> list[ExportJob]:
    """Return the jobs that export a session's photos, all presets of a photo side by side.

    Parameters
    ----------
    session : whose photos; ``everything`` takes those that nobody has judged, too
    presets : what to make of each
    target : output folder; None: the session's own
    season : what the files are exported for; None: the season whose lock holds the preset, if any

    Raises
    ------
    SessionEmpty : no photo is ready to be exported
    ChangedUnderLock, LockBroken, AuditBroken : a season's lock forbids it
    IncidentInvalid : what was recalled cannot be read
    """
    held = held_presets(session, presets, season)
    photos = session.photos()
    ready = exportable(photos, everything=everything)
    if not ready:
        raise SessionEmpty(
            str(session.folder),
            "no cut photo is left to export" if everything else "no photo is approved yet",
            "Cut photos with packshot cut, those that are rejected with other settings."
            if everything
            else "Approve photos in the workstation, or export all that are cut with --all.",
        )
    return jobs_for(session, photos, ready, presets, held, target=target, season=season)


def jobs_for(
    session: Session,
    photos: Sequence[PhotoRecord],
    chosen: Sequence[PhotoRecord],
    presets: Sequence[Preset],
    held: Mapping[str, Lock],
    *,
    target: Path | None = None,
    season: str | None = None,
) -> list[ExportJob]:
    """Return the jobs for some photos that have a matte, all presets of a photo side by side.

    Parameters
    ----------
    photos : all of the session, whose names have to stay apart
    chosen : those that jobs are wanted for
    held : the lock that holds each preset, by the preset's name, where one does
    presets, target, season : as `export_jobs`

    Raises
    ------
    AuditBroken, IncidentInvalid : what was recalled cannot be read
    """
    plans = plans_for(session, photos, chosen, presets, held, target=target, season=season)
    return [plan.job(plan.photo.matte) for plan in plans if plan.photo.matte is not None]


def plans_for(
    session: Session,
    photos: Sequence[PhotoRecord],
    chosen: Sequence[PhotoRecord],
    presets: Sequence[Preset],
    held: Mapping[str, Lock],
    *,
    target: Path | None = None,
    season: str | None = None,
) -> list[ExportPlan]:
    """Return the plans for some photos; everything as in `jobs_for`."""
    blocked = Blocklist.of(known_incidents(session))
    folder = (target or session.folder / session.config.folders.output).absolute()
    alt_texts = session.alt_texts.all()
    register = Register.of(session.deliveries.all(), session.folder, folder)
    products = session.products.all()
    names = {
        preset.name: name_parts(
            photos, preset, register, NameFacts(products, _season(held, preset, season))
        )
        for preset in presets
    }
    frames = {preset.name: shared_frames(session, photos, preset) for preset in presets}
    return [
        ExportPlan(
            folder=session.folder,
            photo=photo,
            preset=preset,
            target=folder,
            names=names[preset.name][photo.id],
            inputs=inputs_of(photo, preset, alt_texts, frames[preset.name].get(photo.id)),
            season=_season(held, preset, season),
            lock=held.get(preset.name),
            blocked=blocked,
        )
        for photo in chosen
        for preset in presets
    ]


def _season(held: Mapping[str, Lock], preset: Preset, season: str | None) -> str:
    """Return what a preset's files are exported for; empty where that is no season."""
    lock = held.get(preset.name)
    return lock.name if lock else season or ""


def _not_held(matte: MatteRecord, lock: Lock) -> str | None:
    if is_held(matte, lock):
        return None
    return f"its matte was made otherwise than the lock of season {lock.name} says"


def _cut_again(job: ExportJob, problem: str) -> MatteOutdated:
    return MatteOutdated(str(job.photo), problem, "Cut the photo again.")
