"""All presets of a photo in one job: decoded once, its colours cleaned once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.delivery.deliver import Delivered, OpenedPhoto
from engine.delivery.export_job import ExportJob, deliver_as, open_for
from engine.errors import PackshotError
from engine.work.batch import Outcome, outcomes
from engine.work.workers import Workers


@dataclass(frozen=True)
class PhotoExports:
    """The exports of one photo with one matte."""

    jobs: tuple[ExportJob, ...]

    @property
    def photo(self) -> Path:
        """The photo that they are made from."""
        return self.jobs[0].photo

    @property
    def pixels(self) -> int:
        """The photo's size, where it is known."""
        return self.jobs[0].pixels


def export_photo(exports: PhotoExports) -> tuple[Delivered | PackshotError, ...]:
    """Do all exports of a photo; runs in a worker process.

    Returns
    -------
    What came of each job, in their order: one that fails costs the others nothing.

    Raises
    ------
    MatteOutdated, PhotoError : the photo or its matte cannot be opened, for none of the jobs
    """
    photo = open_for(*exports.jobs)
    return tuple(made for _, made in deliver_each(exports.jobs, photo))


def deliver_each(
    jobs: Iterable[ExportJob], photo: OpenedPhoto
) -> Iterator[tuple[ExportJob, Delivered | PackshotError]]:
    """Do the exports of an opened photo, and yield what came of each."""
    for job in jobs:
        try:
            yield job, deliver_as(job, photo)
        except PackshotError as error:
            yield job, error


def export_outcomes(
    workers: Workers, jobs: Iterable[ExportJob]
) -> Iterator[Outcome[ExportJob, Delivered]]:
    """Do ``jobs``, those of a photo together, and yield each one's outcome as its photo ends."""
    groups = _by_photo(jobs)
    if len(groups) < workers.count:
        # With fewer photos than workers, decoding one twice is quicker than leaving cores idle.
        groups = [PhotoExports((job,)) for group in groups for job in group.jobs]
    for ended in outcomes(workers, export_photo, groups):
        for number, job in enumerate(ended.job.jobs):
            yield outcome_of(job, ended.result[number] if ended.result is not None else ended.error)


def outcome_of(
    job: ExportJob, made: Delivered | BaseException | None
) -> Outcome[ExportJob, Delivered]:
    """Return how an export ended; with None it was cancelled."""
    if isinstance(made, Delivered):
        return Outcome(job, made, None)
    return Outcome(job, None, made)


def _by_photo(jobs: Iterable[ExportJob]) -> list[PhotoExports]:
    """Return jobs that stand side by side and need the same photo and matte, grouped."""
    grouped = itertools.groupby(jobs, lambda job: (job.photo, job.matte, job.keep_shadow))
    return [PhotoExports(tuple(group)) for _, group in grouped]
