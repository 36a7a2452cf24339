"""What a cut came to, recorded in its session; only a cut in a session imports it."""

from __future__ import annotations

from engine.delivery.deliver import Delivered
from engine.delivery.export_job import ExportJob
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.exporting import outcome_of
from engine.work.jobs import CutJob, CutResult
from engine.work.session_jobs import record_cut
from tui.cli.export import record_shown
from tui.cli.output import progress


def record_made(
    session: Session, photo_id: int, cut: Outcome[CutJob, CutResult], bar: progress
) -> None:
    """Record in the session how a cut ended, and the exports that were made with it."""
    record_cut(session, photo_id, cut)
    for exported in exports_with(cut):
        record_shown(session, exported, bar)


def exports_with(cut: Outcome[CutJob, CutResult]) -> list[Outcome[ExportJob, Delivered]]:
    """Return how the exports ended that were made with a cut."""
    if cut.result is None or not cut.result.delivered:
        return []
    return [outcome_of(job, made) for job, made in cut.result.delivered]
