"""Which photos go out, and which do not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.errors import Confidential, SessionEmpty
from engine.session.products import sku_key
from engine.session.records import PhotoRecord
from engine.session.session import Session


@dataclass(frozen=True)
class Chosen:
    """The photos to be handed out, and those that stay, with the reason for each."""

    photos: tuple[PhotoRecord, ...]
    staying: tuple[tuple[PhotoRecord, str], ...]


def choose_photos(
    session: Session, names: Sequence[str], *, states: Collection[str] = ()
) -> Chosen:
    """Return the photos that a person means.

    Parameters
    ----------
    session : whose photos
    names : paths of photos from the session's folder, or SKUs
    states : without names: every photo with one of these verdicts

    Raises
    ------
    Confidential : a photo that was named must not leave; nothing is handed out then
    SessionEmpty : there is no such photo, or none is left
    """
    photos = session.photos()
    withheld = session.products.withheld()
    wanted = (
        [photo for name in names for photo in _named(session, photos, name)]
        if names
        else [photo for photo in photos if photo.verdict.state in states]
    )
    secret = [photo for photo in wanted if sku_key(photo.sku) in withheld]
    if names and secret:
        told = ", ".join(dict.fromkeys(photo.sku for photo in secret))
        raise Confidential(
            told,
            "is confidential, or of a family that is, and must not leave this machine",
            "Leave it out; `packshot products mark SKU --public` lifts the mark.",
        )
    staying = [(photo, why) for photo in wanted if (why := _why_not(photo, withheld))]
    kept = {photo.id for photo, _ in staying}
    going = {photo.id: photo for photo in wanted if photo.id not in kept}
    if not going:
        raise SessionEmpty(
            str(session.folder),
            "no photo is left to hand out",
            "Name photos or SKUs, or --rejected.",
        )
    return Chosen(tuple(going.values()), tuple(staying))


def _named(session: Session, photos: Sequence[PhotoRecord], name: str) -> list[PhotoRecord]:
    path = PurePosixPath(name)
    found = [photo for photo in photos if photo.path == path]
    found = found or [photo for photo in photos if sku_key(photo.sku) == sku_key(name)]
    if not found:
        raise SessionEmpty(
            str(session.folder),
            f"has no photo and no SKU {name}",
            "Name a photo by its path from the session's folder, or a SKU.",
        )
    return found


def _why_not(photo: PhotoRecord, withheld: Collection[str]) -> str | None:
    if sku_key(photo.sku) in withheld:
        return "it is confidential, or of a family that is"
    if photo.problem is not None or photo.missing:
        return "it cannot be read"
    return "it was cut out already" if photo.has_alpha else None
