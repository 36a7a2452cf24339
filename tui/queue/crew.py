"""The worker processes of the workstation and the lanes of work that they do.

Pictures for the screen have a process of their own, so that looking never waits for cutting. The
processes for cutting and exporting start with the first photo that is queued.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import REPORTED
from engine.matting.recipe import Recipe
from engine.session.layout import proxy_folder
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.jobs import (
    CutJob,
    CutResult,
    Sample,
    SampleJob,
    WarmJob,
    cut,
    details,
    export,
    sample,
    warm_up,
)
from engine.work.session_jobs import cut_job, failure_reason, new_batch, record_cut
from engine.work.workers import Workers
from tui.photo.request import Drawing, PartsJob, PictureJob, draw, draw_parts
from tui.queue.finished import EXPORTED, TRIED, Finished, report
from tui.queue.lane import Lane
from tui.queue.progress import Ended
from tui.queue.trials import Trial, Trials
from tui.queue.warmth import Warmth, Word

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob

_PICTURE_SECONDS = 120.0  # after so long a picture for the screen counts as hanging


class Crew:
    """The workers of one session.

    Parameters
    ----------
    session : where results are recorded
    make_workers : makes a pool, with the arguments of ``Workers``

    Attributes
    ----------
    changed : called from any thread whenever a lane has changed, with the photos concerned
    cutting, exporting, rehearsing : the lanes of work; a rehearsal writes no file
    trials : what is known of files that were only tried
    warmth : which networks are loaded
    model : what the network is called that cuts now
    """

    def __init__(self, session: Session, make_workers: Callable[..., Workers] = Workers) -> None:
        # Processes need this helper, which wants a real standard error; Textual replaces it.
        resource_tracker.ensure_running()
        self._session = session
        self._make_workers = make_workers
        self._starting = threading.Lock()
        self._cutters: Workers | None = None
        self._viewers: Workers | None = None
        self.changed: Callable[[Collection[int]], None] = lambda photos: None
        self.model = ""
        self.warmth = Warmth()
        self.cutting: Lane[CutJob, CutResult] = Lane(
            self.cutters, cut, self._record_cut, self._tell
        )
        self.exporting: Lane[ExportJob, Delivered] = Lane(
            self.cutters, export, self._record_export, self._tell, self._after_exports
        )
        self.rehearsing: Lane[ExportJob, Delivered] = Lane(
            self.cutters, export, self._keep_trial, self._tell
        )
        self.trials = Trials()

    @property
    def lanes(self) -> tuple[Lane[Any, Any], ...]:
        """The lanes of work."""
        return self.cutting, self.exporting

    @property
    def busy(self) -> bool:
        """Whether any photo is in a queue."""
        return any(lane.progress.busy for lane in self.lanes)

    @property
    def waiting(self) -> frozenset[int]:
        """Ids of the photos that wait to be cut."""
        return self.cutting.waiting

    @property
    def running(self) -> frozenset[int]:
        """Ids of the photos that are being cut."""
        return self.cutting.running

    def cutters(self) -> Workers:
        """Return the pool that cuts and exports, started by whoever asks first, in any thread."""
        with self._starting:
            if self._cutters is None:
                self._cutters = self._make_workers(background=True)
            return self._cutters

    def picture(self, job: PictureJob) -> Future[Drawing]:
        """Have a picture for the screen drawn."""
        if not self._session.readonly:
            proxies = proxy_folder(self._session.folder)
            job = replace(job, preview=replace(job.preview, proxies=proxies))
        return self._started_viewers().submit(draw, job, timeout=_PICTURE_SECONDS)

    def parts(self, job: PartsJob) -> Future[list[bytes]]:
        """Have parts of a picture drawn again."""
        return self._started_viewers().submit(draw_parts, job, timeout=_PICTURE_SECONDS)

    def details(self, photo: Path) -> Future[tuple[tuple[str, str], ...]]:
        """Have a photo's EXIF read: by name and value."""
        return self._started_viewers().submit(details, photo, timeout=_PICTURE_SECONDS)

    def sample(self, job: SampleJob) -> Future[Sample]:
        """Have a pixel of a photo read."""
        return self._started_viewers().submit(sample, job, timeout=_PICTURE_SECONDS)

    def _started_viewers(self) -> Workers:
        if self._viewers is None:
            self._viewers = self._make_workers(1)
        return self._viewers

    def cut(
        self, photos: Iterable[tuple[PhotoRecord, Recipe]], home: Path, *, force: bool = False
    ) -> int:
        """Queue photos to be cut, each with its recipe; return how many were not in the queue yet.

        ``home`` is that of the networks; ``force`` makes again what is there.
        """
        batch, jobs = new_batch(), {}
        for photo, recipe in photos:
            self.model = recipe.model
            job = cut_job(self._session, photo, recipe, home, force=force, batch=batch)
            jobs[job] = photo.id
        return self.cutting.add(jobs)

    def warm_up(self, model: str, home: Path) -> None:
        """Have every worker load a network before the first photo comes."""
        self.model = model
        workers = self.cutters()
        for _ in range(workers.count):
            self.warmth.loading(model)
            loaded = workers.submit(warm_up, WarmJob(model, home))
            loaded.add_done_callback(partial(self._note_warm, model))
        self._tell(())

    def warmth_of(self, model: str = "") -> Word:
        """Return how warm a network is, by default the one that cuts now."""
        return self.warmth.of(model or self.model, cutting=self.cutting.progress.busy)

    def stop(self, lane: Lane[Any, Any], jobs: Collection[Any]) -> int:
        """End the work on jobs that are under way, and with them the workers that do it."""
        self.warmth.forget()
        return lane.stop(jobs)

    def pause(self) -> bool:
        """Hold back what waits in every lane, or go on; return whether it is held back now."""
        held = not any(lane.paused for lane in self.lanes)
        for lane in self.lanes:
            lane.pause(held)
        return held

    def export(self, jobs: Iterable[ExportJob]) -> int:
        """Queue exports; return how many were not in the queue yet."""
        return self.exporting.add({job: job.photo_id for job in jobs})

    def rehearse(self, jobs: Iterable[ExportJob]) -> int:
        """Queue files to be made, checked and thrown away; return how many were not queued yet."""
        return self.rehearsing.add({replace(job, dry=True): job.photo_id for job in jobs})

    def finished(self) -> list[Finished]:
        """Return what lanes have come to that were emptied since this was asked before."""
        reports = []
        for verb, progress in (
            ("cut", self.cutting.progress),
            (EXPORTED, self.exporting.progress),
            (TRIED, self.rehearsing.progress),
        ):
            if progress.total and not progress.busy and not progress.told:
                progress.told = True
                reports.append(report(verb, progress))
        return reports

    def close(self) -> None:
        """End every worker at once; what is finished is kept."""
        self.changed = lambda photos: None
        for lane in (*self.lanes, self.rehearsing):
            lane.cancel()
        for pool in (self._cutters, self._viewers):
            if pool is not None:
                pool.close(wait=False)

    def _tell(self, photos: Collection[int]) -> None:
        self.changed(photos)

    def _note_warm(self, model: str, loaded: Future[None]) -> None:
        self.warmth.loaded(model, well=not loaded.cancelled() and loaded.exception() is None)
        self._tell(())

    def _record_cut(self, photo_id: int, outcome: Outcome[CutJob, CutResult]) -> Ended:
        record_cut(self._session, photo_id, outcome)
        self.warmth.ended(outcome.error)
        name = outcome.job.photo.name
        if outcome.result is None:
            reason = failure_reason(outcome.error, outcome.job.photo) if outcome.error else ""
            return Ended(photo_id, name, problem=reason)
        if not outcome.result.skipped:
            self.warmth.cut_with(outcome.job.recipe.model)
        seconds = sum(outcome.result.seconds.values())
        notes, skipped = outcome.result.notes, outcome.result.skipped
        return Ended(photo_id, name, seconds, remarks=notes, unchanged=skipped)

    def _record_export(self, photo_id: int, outcome: Outcome[ExportJob, Delivered]) -> Ended:
        # What exporting takes is imported with the first export, not with the workstation.
        from engine.delivery.checking.findings import failed, summary  # noqa: PLC0415
        from engine.delivery.recording import record_export  # noqa: PLC0415

        job, made = outcome.job, outcome.result
        self.warmth.ended(outcome.error)
        if made is None:
            reason = failure_reason(outcome.error, job.photo) if outcome.error else ""
            return Ended(photo_id, f"{job.preset.name}/{job.photo.name}", problem=reason)
        record_export(self._session, job, made)
        against = failed(made.findings)
        told = (summary(job.preset, made.findings),) if against else ()
        name = f"{job.preset.name}/{made.path.name}"
        return Ended(
            photo_id,
            name,
            made.seconds,
            remarks=told,
            against_rules=against,
            unchanged=made.unchanged,
        )

    def _keep_trial(self, photo_id: int, outcome: Outcome[ExportJob, Delivered]) -> Ended:
        from engine.delivery.checking.findings import failed  # noqa: PLC0415 - as above

        job, made = outcome.job, outcome.result
        if made is None:
            reason = failure_reason(outcome.error, job.photo) if outcome.error else ""
            return Ended(photo_id, f"{job.preset.name}/{job.photo.name}", problem=reason)
        self.trials.keep(Trial(replace(job, dry=False), made.bytes, made.findings, made.notes))
        against = failed(made.findings)
        return Ended(photo_id, made.path.name, made.seconds, against_rules=against)

    def _after_exports(self) -> None:
        """Bring log and manifest up to date; what fails is caught up with after the next batch."""
        from engine.delivery.after_batch import after_batch  # noqa: PLC0415

        with suppress(*REPORTED):
            after_batch(self._session)
