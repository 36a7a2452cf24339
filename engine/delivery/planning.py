"""What is to be exported of photos as soon as they are cut, while they are decoded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from engine.delivery.export_job import ExportPlan, plans_for
from engine.delivery.seasons.season import held_presets
from engine.delivery.shared_scale import shares_scale
from engine.session.records import PhotoRecord
from engine.session.session import Session
from presets.schema import Preset


def plans_before_cut(
    session: Session,
    photos: Sequence[PhotoRecord],
    presets: Sequence[Preset],
    season: str | None = None,
) -> dict[int, tuple[ExportPlan, ...]]:
    """Return what to export of each photo that will be cut, by its number.

    Photos that somebody has judged are left out: the new matte is not the one that was seen. So
    are presets that give all photos of a SKU one scale, which takes all their mattes.

    Parameters
    ----------
    session : of the photos
    photos : those that will be cut
    presets : what to make of each
    season : what the files are exported for; None: the season whose lock holds the preset, if any

    Raises
    ------
    ChangedUnderLock, LockBroken, AuditBroken : a season's lock forbids it
    IncidentInvalid : what was recalled cannot be read
    """
    held = held_presets(session, presets, season)
    alone = [preset for preset in presets if not shares_scale(preset)]
    unjudged = [photo for photo in photos if photo.verdict.state == "pending"]
    planned: dict[int, tuple[ExportPlan, ...]] = defaultdict(tuple)
    for plan in plans_for(session, session.photos(), unjudged, alone, held, season=season):
        planned[plan.photo.id] += (plan,)
    return planned
