"""Taking files back that were published: finding them, blocking them, saying what has to follow."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from engine.delivery.current import current_deliveries, delivered_photos
from engine.delivery.incidents.blocklist import RECALL, own_incidents, share_incident
from engine.delivery.incidents.incident import Incident, RecalledFile
from engine.delivery.provenance import read_provenance
from engine.delivery.seasons.audit import AuditLog
from engine.errors import NothingToRecall, PhotoError
from engine.session.alt_texts import view_key
from engine.session.products import sku_key
from engine.session.records import DeliveryRecord
from engine.session.session import Session
from engine.session.text import now, valid

_UNKNOWN = "0" * 64  # stands for the content of a photo that an old row does not name
_HASH = re.compile(r"[0-9a-f]{8,64}")


def find_deliveries(session: Session, target: str, view: str | None = None) -> list[DeliveryRecord]:
    """Return the deliveries that a person means.

    Parameters
    ----------
    session : whose deliveries
    target : a file, wherever it lies now, a SKU, or the first 8 or more digits of a hash. A file is
        known by its content, or else by what it says that it was made from, or else as the path
        that something was delivered under.
    view : of a SKU: only this view

    Raises
    ------
    NothingToRecall : nothing of the session is that
    """
    known = session.deliveries.all()
    # As one sees it from here, or as packshot lists it: from the session's folder.
    paths = [Path(target).absolute(), session.folder / target]
    found: list[DeliveryRecord] = []
    for path in paths:
        if not found and path.is_file():
            found = _of_file(path, known)
    if not found and _HASH.fullmatch(target.lower()):
        found = [each for each in known if each.sha256.startswith(target.lower())]
        if len({each.sha256 for each in found}) > 1:
            raise NothingToRecall(target, "begins several hashes", "Give more of its digits.")
    if not found:
        found = [each for each in known if session.folder / each.path in paths][-1:]
    if not found:
        found = _of_sku(session, target, view, known)
    if not found:
        raise NothingToRecall(
            target,
            f"is no file, hash or SKU that was delivered from {session.folder.name}",
            "Name a delivered file, its SHA-256, or a SKU; `packshot manifest write` lists all.",
        )
    return found


def affected(
    session: Session, deliveries: Sequence[DeliveryRecord], *, blocks_matte: bool = True
) -> list[DeliveryRecord]:
    """Return what a recall takes back, the oldest first; it changes nothing yet.

    Parameters
    ----------
    deliveries : from `find_deliveries`
    blocks_matte : whether the fault is in their mattes: then every file that was made from these,
        of every preset, goes with them. Otherwise it is these very files alone.

    Raises
    ------
    NothingToRecall : all of it was recalled before
    """
    gone = {file.sha256 for incident in own_incidents(session) for file in incident.files}
    named = {each.sha256 for each in deliveries}
    mattes = {_matte(each) for each in deliveries} if blocks_matte else set()
    chosen = [
        each
        for each in session.deliveries.all()
        if each.sha256 not in gone and (each.sha256 in named or _matte(each) in mattes)
    ]
    if not chosen:
        raise NothingToRecall(
            deliveries[0].path, "was recalled before", "`packshot incident list` shows by whom."
        )
    return chosen


def recall(
    session: Session,
    deliveries: Sequence[DeliveryRecord],
    reason: str,
    *,
    blocks_matte: bool = True,
    fault: str = "other",
) -> Incident:
    """Recall files: their hashes can never be delivered again.

    With their mattes blocked, the photos that still have these mattes are rejected.

    Parameters
    ----------
    deliveries : from `affected`
    reason : why, for the log and for everyone who meets a file again
    blocks_matte : as it was said to `affected`
    fault : what is wrong with the matte, one of ``records.REASONS``

    Raises
    ------
    ValueError : no reason is given
    SessionReadOnly, AuditBroken : nothing was recalled
    OutputError and its branches : it is recalled; a file to be shared could not be written
    """
    session.require_writable()
    if not reason.strip():
        raise ValueError("a recall takes a reason")
    incident = _incident(session, deliveries, reason.strip(), blocks_matte=blocks_matte)
    AuditLog(session.folder).append(RECALL, "", session.person, incident.content())
    if blocks_matte:
        _reject(session, incident, fault)
    share_incident(session, incident)
    return incident


def _of_file(path: Path, known: Sequence[DeliveryRecord]) -> list[DeliveryRecord]:
    """Return the deliveries of a file's content, or else of the matte that it says it shows."""
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if same := [each for each in known if each.sha256 == sha256]:
        return same
    try:
        origin = read_provenance(path)
    except PhotoError:
        return []
    return [
        each
        for each in known
        if origin and (each.photo_sha256, each.recipe_digest) == (origin.photo, origin.recipe)
    ]


def _of_sku(
    session: Session, sku: str, view: str | None, known: Sequence[DeliveryRecord]
) -> list[DeliveryRecord]:
    """Return the current deliveries of a SKU, or of one of its views."""
    photos = delivered_photos(session, known)
    return [
        each
        for each in current_deliveries(known, photos)
        if sku_key(photos[each.photo_id].sku) == sku_key(sku)
        and view_key(sku, view or "")[1] in {"", view_key("", photos[each.photo_id].view)[1]}
    ]


def _matte(delivery: DeliveryRecord) -> tuple[int | str, str]:
    """Return what tells mattes apart, also in rows that do not name the photo's content."""
    return delivery.photo_sha256 or delivery.photo_id, delivery.recipe_digest


def _incident(
    session: Session, chosen: Sequence[DeliveryRecord], reason: str, *, blocks_matte: bool
) -> Incident:
    every = session.deliveries.all()
    photos = delivered_photos(session, every)
    current = {each.id for each in current_deliveries(every, photos)}
    files: dict[str, RecalledFile] = {}
    for each in chosen:
        photo = photos[each.photo_id]
        before = files.get(each.sha256)
        files[each.sha256] = RecalledFile(
            path=valid(each.path),
            sha256=each.sha256,
            bytes=each.bytes or 0,
            preset=valid(each.preset),
            photo_sha256=each.photo_sha256 or photo.sha256 or _UNKNOWN,
            recipe_digest=each.recipe_digest,
            sku=valid(photo.sku),
            view=valid(photo.view),
            delivery=each.id,
            current=each.id in current or (before is not None and before.current),
        )
    at = now()
    mark = hashlib.sha256(" ".join([at, session.person, *files]).encode()).hexdigest()[:6]
    return Incident(
        id=f"{at[:10].replace('-', '')}-{mark}",
        at=at,
        person=session.person,
        reason=valid(reason),
        blocks_matte=blocks_matte,
        files=tuple(files.values()),
    )


def _reject(session: Session, incident: Incident, fault: str) -> None:
    """Reject the photos that still have a recalled matte, so that nobody exports it by habit."""
    mattes = {(file.photo_sha256, file.recipe_digest) for file in incident.files}
    photos = [
        photo.id
        for photo in session.photos()
        if photo.matte and (photo.matte.photo_sha256, photo.matte.recipe_digest) in mattes
    ]
    if photos:
        note = f"recalled, incident {incident.id}: {incident.reason}"
        session.judge(photos, "rejected", [fault], note)
