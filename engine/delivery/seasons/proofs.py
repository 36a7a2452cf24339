"""The proof that a season's files were made under its lock.

For each delivery three things are held against what was recorded: that its lock is one which the
audit log knows and that it held this preset and this network; that the file is still the one which
was written; and that making it again, from photo, matte and preset, gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pydantic

from engine.delivery.export_job import ExportJob, open_for, rendered
from engine.delivery.naming.filename import NameParts
from engine.delivery.provenance import Provenance
from engine.delivery.seasons.audit import Entry
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


def season_proofs(session: Session, season: str, log: Sequence[Entry]) -> list[Proof]:
    """Return, for every delivery of a season, what its records and its file say.

    Of a file that was delivered again, unchanged, the newest record counts: one that was exported
    before the season was locked is proven by being exported once more under the lock.

    Parameters
    ----------
    session : whose deliveries
    season : its name
    log : the audit log, found sound
    """
    locks = {
        str(entry.details["lock"]): entry
        for entry in log
        if entry.season == season and entry.event in LOCKING
    }
    photos = {photo.sha256: photo for photo in session.photos()}
    proofs = []
    newest = {(each.path, each.sha256): each for each in session.deliveries.of_season(season)}
    for delivery in newest.values():
        matte = _matte_of(session, delivery)
        found = (
            _lock_problem(delivery, matte, locks),
            _file_problem(session.folder / delivery.path, delivery),
        )
        photo = photos.get(delivery.photo_sha256) or session.photo(delivery.photo_id)
        again = _job_again(session, delivery, photo, matte)
        problems = [problem for problem in found if problem]
        if isinstance(again, str):
            problems.append(again)
        proofs.append(
            Proof(delivery, tuple(problems), again if isinstance(again, ExportJob) else None)
        )
    return proofs


def remade(job: ExportJob) -> str:
    """Make a delivery once more, write nothing, and return its SHA-256; runs in a worker process.

    Raises
    ------
    MatteOutdated, PhotoUnreadable, PhotoUnsupported, NothingToPlace : it cannot be made
    """
    return hashlib.sha256(rendered(job, open_for(job))).hexdigest()


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
    except pydantic.ValidationError:
        return "its preset was recorded by another version of packshot"
    return ExportJob(
        photo=session.folder / photo.path,
        photo_id=delivery.photo_id,
        matte=matte_path(session.folder, delivery.photo_sha256, delivery.recipe_digest),
        preset=preset,
        target=session.folder,
        names=NameParts(Path(delivery.path).stem),
        provenance=Provenance(delivery.photo_sha256, delivery.recipe_digest),
        keep_shadow=matte.recipe.get("keep_shadow") is True,
    )


def _matte_of(session: Session, delivery: DeliveryRecord) -> MatteRecord | None:
    mattes = session.mattes(delivery.photo_sha256) if delivery.photo_sha256 else []
    return next((each for each in mattes if each.recipe_digest == delivery.recipe_digest), None)
