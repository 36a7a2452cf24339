"""The exports of a photo that was just cut, while it is decoded.

What exports take to import weighs more than a small photo's cut: a worker imports this only for a
job that has some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.delivery.deliver import OpenedPhoto, take_apart
from engine.delivery.needs import needs_of
from engine.session.records import MatteRecord
from engine.work.exporting import deliver_each
from engine.work.fresh_cut import FreshCut, Plane
from engine.work.jobs import CutJob

if TYPE_CHECKING:
    from engine.work.jobs import Deliveries


class ExportsOfCut:
    """What is to be exported with a cut."""

    def __init__(self, job: CutJob) -> None:
        self._job = job
        self._needs = needs_of(
            (plan.preset.for_view(plan.inputs.view) for plan in job.exports),
            recipe_keeps_shadow=job.recipe.keep_shadow,
        )

    @property
    def want_shade(self) -> bool:
        """Whether any of them has the photo's own shadow."""
        return self._needs.shade

    def open(self, fresh: FreshCut, shade: Plane | None) -> OpenedPhoto:
        """Take the background out of the photo's colours, once for all; they are written over."""
        return take_apart(
            self._job.photo,
            fresh.stream,
            fresh.photo,
            fresh.alpha,
            shade,
            self._needs,
            keep_shadow=self._job.recipe.keep_shadow,
            smaller=fresh.smaller,
        )

    def deliver(self, fresh: FreshCut, photo: OpenedPhoto) -> Deliveries:
        """Do every export; one that fails is told of in the result."""
        matte = _record(self._job, fresh)
        exports = [plan.job(matte) for plan in self._job.exports]
        return tuple(deliver_each(exports, photo))


def _record(job: CutJob, fresh: FreshCut) -> MatteRecord:
    """Return the matte as its session will record it, but for who made it and when."""
    height, width = fresh.alpha.shape
    return MatteRecord(
        photo_sha256=fresh.sha256,
        recipe_digest=job.recipe.digest(),
        model=job.recipe.model,
        recipe=job.recipe.content(),
        width=width,
        height=height,
        seconds=0.0,
        notes=(),
        person="",
        at="",
        defects=fresh.defects,
    )
