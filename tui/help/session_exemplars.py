"""Exemplars of a session: pictures of what was judged in it."""

from __future__ import annotations

from pathlib import Path

from engine.errors import PhotoError
from engine.session.exemplars import Exemplar, exemplars
from engine.session.records import MatteRecord
from engine.session.session import Session
from engine.work.exemplar_picture import exemplar_picture, place_of
from tui.help.exemplars import Shown


def exemplars_of(session: Session) -> list[Shown]:
    """Return the exemplars of a session; photos that cannot be read any more are left out.

    A few photos are decoded, which takes seconds.
    """
    shown = []
    for exemplar in exemplars(session):
        try:
            shown.append(_shown(session, exemplar))
        except PhotoError:
            continue
    return shown


def _shown(session: Session, exemplar: Exemplar) -> Shown:
    """Return an exemplar with its pictures; both of a pair show the same place."""

    def file_of(matte: MatteRecord | None) -> Path | None:
        return session.matte_file(matte) if matte else None

    photo = session.folder / exemplar.photo.path
    rejected, approved = file_of(exemplar.rejected), file_of(exemplar.approved)
    place = None
    if exemplar.rejected and rejected:
        place = place_of(exemplar.rejected.defects or (), exemplar.reason, rejected, approved)
    return Shown(
        name=exemplar.photo.path.stem,
        reason=exemplar.reason,
        see=exemplar.verdict.note,
        rejected=exemplar_picture(photo, rejected, place) if rejected else None,
        approved=exemplar_picture(photo, approved, place) if approved else None,
    )
