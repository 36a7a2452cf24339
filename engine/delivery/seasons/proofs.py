"""The proof that a season's files were made under its lock.

Every file counts that was delivered for the season, and every one that was made with one of its
presets between its first lock and its last day while no lock held that preset: a lock that is taken
away for an hour leaves its traces. For each, three things are held against what was recorded: that
its lock is one which the audit log knows and that it held this preset and this network; that the
file is still the one which was written; and that making it again, from photo, matte and preset,
gives the same bytes. Beside these, files are named that lie in the season's folders and were never
delivered, and files that the audit log knows and the session's database does not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.delivery.checking.files import PICTURES
from engine.delivery.export_job import ExportJob, open_for, rendered
from engine.delivery.inputs import Inputs
from engine.delivery.naming.filename import NameParts
from engine.delivery.provenance import Provenance
from engine.delivery.seasons.audit import Entry
from engine.delivery.seasons.events import logged_files
from engine.delivery.seasons.lock import LOCKING
from engine.session.layout import matte_path
from engine.session.records import DeliveryRecord, MatteRecord, PhotoRecord
from engine.session.session import Session
from presets.schema import Preset


@dataclass(frozen=True)
class Proof:
    """What speaks against a delivery; nothing when it is proven.

    ``again`` makes it once more; None when what is needed for that is gone, which is then among
    the problems.
    """

    delivery: DeliveryRecord
    problems: tuple[str, ...]
    again: ExportJob | None


@dataclass(frozen=True)
class Stray:
    """A file that is no delivery of the session, and what speaks for its being one."""

    path: str
    problem: str


@dataclass(frozen=True)
class SeasonProofs:
    """What speaks for and against a season: a proof for each delivery, and files that have none."""

    deliveries: tuple[Proof, ...]
    strays: tuple[Stray, ...]


def season_proofs(session: Session, season: str, log: Sequence[Entry]) -> SeasonProofs:
    """Return what records, files and the audit log say of a season's deliveries.

    Of a file that was delivered again, unchanged, the newest record counts: one that was exported
    before the season was locked is proven by being exported once more under the lock.

    Parameters
    ----------
    session : whose deliveries
    season : its name
    log : the audit log, found sound
    """
    locks = [entry for entry in log if entry.season == season and entry.event in LOCKING]
    known = session.deliveries.all()
    newest = {(each.path, each.sha256): each for each in known}
    concerned = [each for each in newest.values() if _concerns(each, season, locks)]
    photos = {photo.sha256: photo for photo in session.photos()}
    proofs = [_proof(session, each, locks, photos) for each in concerned]
    return SeasonProofs(
        tuple(proofs),
        (*_unrecorded(known, season, log, locks), *_undelivered(session, known, concerned, locks)),
    )


def remade(job: ExportJob) -> str:
    """Make a delivery once more, write nothing, and return its SHA-256; runs in a worker process.

    Raises
    ------
    MatteOutdated, PhotoUnreadable, PhotoUnsupported, NothingToPlace : it cannot be made
    """
    return hashlib.sha256(rendered(job, open_for(job))).hexdigest()


def _concerns(delivery: DeliveryRecord, season: str, locks: Sequence[Entry]) -> bool:
    """Return whether a delivery has to be proven for a season."""
    if delivery.season == season:
        return True
    return delivery.lock is None and _is_in_season(delivery.preset, delivery.at, locks)


def _is_in_season(preset: str, at: str, locks: Sequence[Entry]) -> bool:
    """Return whether a moment lies between a season's first lock and its last day.

    Parameters
    ----------
    preset : the name of a preset, which one of the locks has to have held
    at : the moment, in UTC
    locks : the season's entries in the audit log, the oldest first
    """
    holding = [entry for entry in locks if preset in entry.details["presets"]]
    if not holding or at < holding[0].at:
        return False
    # Locks of an older packshot were logged without the season's dates.
    ends = locks[-1].details.get("season", {}).get("ends")
    return ends is None or at[:10] <= str(ends)


def _proof(
    session: Session,
    delivery: DeliveryRecord,
    locks: Sequence[Entry],
    photos: dict[str | None, PhotoRecord],
) -> Proof:
    matte = _matte_of(session, delivery)
    found = (
        _lock_problem(delivery, matte, {str(entry.details["lock"]): entry for entry in locks}),
        _file_problem(session.folder / delivery.path, delivery),
    )
    photo = photos.get(delivery.photo_sha256) or session.photo(delivery.photo_id)
    again = _job_again(session, delivery, photo, matte)
    problems = [problem for problem in found if problem]
    if isinstance(again, str):
        problems.append(again)
    return Proof(delivery, tuple(problems), again if isinstance(again, ExportJob) else None)


def _lock_problem(
    delivery: DeliveryRecord, matte: MatteRecord | None, locks: dict[str, Entry]
) -> str | None:
    if delivery.lock is None:
        return "it was exported while the season was not locked"
    entry = locks.get(delivery.lock)
    if entry is None:
        return f"the audit log knows no lock {delivery.lock[:12]}"
    if entry.details["presets"].get(delivery.preset) != delivery.preset_digest:
        return "its preset is not the one that the lock held"
    network = entry.details["recipe"]["model_sha256"]
    if matte is not None and matte.recipe["model_sha256"] != network:
        return "its matte was made by another network than the lock held"
    return None


def _file_problem(path: Path, delivery: DeliveryRecord) -> str | None:
    """Return what is wrong with the file; one that was moved away is not."""
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == delivery.sha256
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"the file cannot be read ({error.strerror})"
    return None if same else "the file was changed since it was written"


def _job_again(
    session: Session, delivery: DeliveryRecord, photo: PhotoRecord, matte: MatteRecord | None
) -> ExportJob | str:
    """Return the job that makes a delivery again, or what is missing for it."""
    content = session.deliveries.preset_content(delivery.preset_digest)
    if content is None or delivery.photo_sha256 is None:
        return "an older packshot has exported it and did not record what it was made from"
    if matte is None:
        return "its matte is not in the session any more"
    try:
        preset = Preset.model_validate(content)
        inputs = Inputs.recorded(delivery.inputs)
    except ValueError:  # pydantic's own is one, too
        return "what it was made by was recorded by another version of packshot"
    return ExportJob(
        photo=session.folder / photo.path,
        photo_id=delivery.photo_id,
        matte=matte_path(session.folder, delivery.photo_sha256, delivery.recipe_digest),
        preset=preset,
        target=session.folder,
        names=NameParts(Path(delivery.path).stem),
        provenance=Provenance(delivery.photo_sha256, delivery.recipe_digest),
        inputs=inputs,
        keep_shadow=matte.recipe.get("keep_shadow") is True,
    )


def _matte_of(session: Session, delivery: DeliveryRecord) -> MatteRecord | None:
    mattes = session.mattes(delivery.photo_sha256) if delivery.photo_sha256 else []
    return next((each for each in mattes if each.recipe_digest == delivery.recipe_digest), None)


def _unrecorded(
    known: Sequence[DeliveryRecord], season: str, log: Sequence[Entry], locks: Sequence[Entry]
) -> Iterator[Stray]:
    """Yield what the audit log says was delivered, and no record of the session does."""
    recorded = {(each.path, each.sha256) for each in known}
    for entry, path, sha256 in logged_files(log):
        concerned = entry.season == season or (
            entry.details["lock"] is None
            and _is_in_season(str(entry.details["preset"]), entry.at, locks)
        )
        if concerned and (path, sha256) not in recorded:
            yield Stray(
                path,
                f"{entry.person} exported it by {entry.at[:10]} (entry {entry.number} of the audit "
                "log), and the session has no record of these bytes",
            )


def _undelivered(
    session: Session,
    known: Sequence[DeliveryRecord],
    concerned: Sequence[DeliveryRecord],
    locks: Sequence[Entry],
) -> Iterator[Stray]:
    """Yield the pictures in the folders of a season that were never delivered."""
    delivered = {session.folder / each.path for each in known}
    folders = {(session.folder / each.path).parent for each in concerned}
    folders |= set(_folders(session, locks))
    pictures = {
        Path(place, name)
        for folder in folders
        for place, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in PICTURES and not name.startswith(".")
    }
    for path in sorted(pictures - delivered):
        inside = path.is_relative_to(session.folder)
        told = path.relative_to(session.folder).as_posix() if inside else str(path)
        yield Stray(told, "it lies among the season's deliveries and is none of them")


def _folders(session: Session, locks: Sequence[Entry]) -> Iterator[Path]:
    """Yield the folders that the presets of a season deliver into."""
    output = session.folder / session.config.folders.output
    held = locks[-1].details["presets"] if locks else {}
    for name, digest in held.items():
        content = session.deliveries.preset_content(digest)
        yield output / ((content or {}).get("naming", {}).get("folder") or name)
