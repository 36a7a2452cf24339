"""What is known of files that were made and not written: by a dry run, or to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.delivery.checking.findings import Finding
    from engine.delivery.export_job import ExportJob


@dataclass(frozen=True)
class Trial:
    """What came of a file: its length, what its check found, and what to know of its making."""

    job: ExportJob
    bytes: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


class Trials:
    """The last trial of each photo and preset."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], Trial] = {}

    def keep(self, trial: Trial) -> None:
        """Keep a trial; it takes the place of the one before."""
        self._kept[trial.job.photo_id, trial.job.preset.name] = trial

    def of(self, job: ExportJob) -> Trial | None:
        """Return what is known of a file; None where nothing is, or of another file than it is now.

        Only what decides about the content counts: its name may have been taken meanwhile.
        """
        trial = self._kept.get((job.photo_id, job.preset.name))
        return trial if trial and _content(trial.job) == _content(job) else None


def _content(job: ExportJob) -> tuple[object, ...]:
    return job.provenance, job.preset, job.inputs, job.keep_shadow
