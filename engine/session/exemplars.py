"""Exemplars: judged mattes of a session from which people learn what passes, and what does not.

What was rejected teaches most beside what was made of it: a rejected matte of a photo that was cut
again and approved comes first. Confidential products are never shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from engine.session.products import sku_key
from engine.session.records import MatteRecord, PhotoRecord, Verdict
from engine.session.session import Session

EACH_REASON = 2
"""Rejections that are shown of each reason, at most."""

APPROVED = 4
"""Approved mattes that are shown by themselves, at most: one of a SKU."""


@dataclass(frozen=True)
class Exemplar:
    """A photo with a matte that was rejected, or one that was approved, or both.

    ``verdict`` is the rejection, where there is one.
    """

    photo: PhotoRecord
    rejected: MatteRecord | None
    approved: MatteRecord | None
    verdict: Verdict

    @property
    def reason(self) -> str:
        """Why it was rejected, in the first place; empty for what was approved."""
        return next(iter(self.verdict.reasons), "other") if self.rejected else ""


def exemplars(session: Session) -> list[Exemplar]:
    """Return the exemplars of a session: the rejected ones by the list of reasons, then approved.

    Mattes whose file or photo is gone are left out.
    """
    withheld = session.products.withheld()
    photos = {
        photo.id: photo
        for photo in session.photos()
        if not photo.missing and photo.sha256 and sku_key(photo.sku) not in withheld
    }
    rejected = _few(_rejected(session, photos))
    paired = {exemplar.photo.id for exemplar in rejected if exemplar.approved}
    alone = [photo for photo in photos.values() if photo.id not in paired]
    return [*rejected, *_approved(session, alone)]


def _rejected(session: Session, photos: dict[int, PhotoRecord]) -> Iterator[Exemplar]:
    """Yield every rejected matte, the newest first, with what was approved of its photo."""
    for (photo_id, recipe), verdict in reversed(session.last_verdicts().items()):
        photo = photos.get(photo_id)
        if verdict.state != "rejected" or photo is None or photo.sha256 is None:
            continue
        mattes = session.mattes(photo.sha256)
        matte = next((each for each in mattes if each.recipe_digest == recipe), None)
        if matte and session.matte_file(matte):
            approved = _passed(session, photo)
            yield Exemplar(photo, matte, approved if approved != matte else None, verdict)


def _few(found: Iterator[Exemplar]) -> list[Exemplar]:
    """Return a few of each reason: first those with a better matte, then those with a note."""
    count: Counter[str] = Counter()
    few = []
    for exemplar in sorted(found, key=lambda each: (each.approved is None, not each.verdict.note)):
        count[exemplar.reason] += 1
        if count[exemplar.reason] <= EACH_REASON:
            few.append(exemplar)
    return few


def _approved(session: Session, photos: list[PhotoRecord]) -> Iterator[Exemplar]:
    """Yield the best rated of what was approved, those with the fewest defects first."""
    seen: set[str] = set()
    passed = [(photo, matte) for photo in photos if (matte := _passed(session, photo))]
    passed.sort(key=lambda pair: (-pair[0].stars, len(pair[1].defects or ()), str(pair[0].path)))
    for photo, matte in passed:
        if photo.sku not in seen and len(seen) < APPROVED:
            seen.add(photo.sku)
            yield Exemplar(photo, None, matte, photo.verdict)


def _passed(session: Session, photo: PhotoRecord) -> MatteRecord | None:
    """Return the matte of a photo that is approved."""
    approved = photo.verdict.state == "approved" and session.matte_file(photo) is not None
    return photo.matte if approved else None
