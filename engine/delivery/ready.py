"""What of a session is ready to be exported, what is delivered already, and what blocks the rest.

Everything comes from the session's records: no photo is opened, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.delivery.export_job import ExportJob, jobs_for
from engine.delivery.inputs import Inputs
from engine.delivery.metadata import alt_problem
from engine.delivery.naming.allowed import name_problem
from engine.delivery.naming.filename import delivery_name
from engine.delivery.seasons.season import held_presets
from engine.delivery.selection import Block, BlockKind, photo_block
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session
from presets.loader import digest
from presets.schema import Preset

State = Literal["ready", "delivered", "outdated", "blocked"]
"""``ready``: nothing was delivered yet. ``delivered``: the newest file is of the newest matte, by
the preset as it is, and under the lock if there is one. ``outdated``: it is not, or it was
recalled."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How one preset's file of one photo stands.

    ``blocks`` say why it cannot be exported now, ``last`` is the newest file that was, and ``job``
    what would make the next one, where the photo is cut. ``is_current`` says that the newest file
    is what an export would make.
    """

    photo: PhotoRecord
    preset: str
    blocks: tuple[Block, ...]
    last: DeliveryRecord | None
    job: ExportJob | None
    is_current: bool

    @property
    def state(self) -> State:
        """How it stands in one word."""
        if self.blocks or self.job is None:
            return "blocked"
        if self.last is None:
            return "ready"
        return "delivered" if self.is_current else "outdated"

    @property
    def is_unjudged(self) -> bool:
        """Whether all that is wrong with what was delivered is that nobody has judged it."""
        return self.is_current and [block.kind for block in self.blocks] == ["not approved"]


@dataclass(frozen=True)
class Plan:
    """How every file of some presets stands, all presets of a photo side by side."""

    rows: tuple[Readiness, ...]

    @property
    def jobs(self) -> list[ExportJob]:
        """What an export would do: what is delivered already is looked at again."""
        return [row.job for row in self.rows if row.job is not None and row.state != "blocked"]

    def states(self, preset: str) -> Counter[State]:
        """Return how many files of a preset stand how."""
        return Counter(row.state for row in self.rows if row.preset == preset)

    def blocks(self) -> Counter[BlockKind]:
        """Return how many files are blocked by what; one may be by several things."""
        return Counter(block.kind for row in self.rows for block in row.blocks)


def plan(
    session: Session,
    presets: Sequence[Preset],
    *,
    everything: bool = False,
    target: Path | None = None,
    season: str | None = None,
) -> Plan:
    """Return how a session's files stand.

    Parameters
    ----------
    session : whose photos
    presets : what is made of each
    everything : whether photos that nobody has judged are exported, too
    target, season : as `engine.delivery.export_job.export_jobs`

    Raises
    ------
    ChangedUnderLock, LockBroken, AuditBroken : a season's lock forbids any export
    IncidentInvalid : what was recalled cannot be read
    """
    held = held_presets(session, presets, season, noted=False)
    photos = session.photos()
    cut = [photo for photo in photos if photo.matte is not None]
    jobs = {
        (job.photo_id, job.preset.name): job
        for job in jobs_for(session, photos, cut, presets, held, target=target, season=season)
    }
    newest = {(row.photo_id, row.preset): row for row in session.deliveries.all()}
    digests = {preset.name: digest(preset) for preset in presets}
    return Plan(
        tuple(
            _readiness(
                photo,
                preset.name,
                jobs.get((photo.id, preset.name)),
                newest.get((photo.id, preset.name)),
                digests[preset.name],
                photo_block(photo, everything=everything),
            )
            for photo in photos
            for preset in presets
        )
    )


def _readiness(
    photo: PhotoRecord,
    preset: str,
    job: ExportJob | None,
    last: DeliveryRecord | None,
    preset_digest: str,
    block: Block | None,
) -> Readiness:
    found = ([block] if block else []) + (list(_job_blocks(job)) if job else [])
    # A preset may require what holds for all: it is said once.
    blocks = tuple({each.told: each for each in reversed(found)}.values())[::-1]
    is_current = (
        last is not None
        and job is not None
        and last.sha256 not in job.blocked
        and _made_alike(last, job, preset_digest)
    )
    return Readiness(photo, preset, blocks, last, job, is_current)


def _job_blocks(job: ExportJob) -> Iterator[Block]:
    """Yield what keeps one preset's file of a photo from being made, as far as records tell."""
    if job.recalled:
        yield Block("recalled", f"its matte was {job.recalled}")
    if job.not_held:
        yield Block("lock", job.not_held)
    if job.unmet:
        yield Block("requires", job.unmet)
    if problem := alt_problem(job.preset, dict(job.inputs.alt)):
        yield Block("alt text", problem)
    if problem := name_problem(job.preset, job.names, delivery_name(job.preset, job.names)):
        yield Block("name", problem)


def _made_alike(last: DeliveryRecord, job: ExportJob, preset_digest: str) -> bool:
    """Return whether a delivery was made of what a job would make it of."""
    made = (last.photo_sha256, last.recipe_digest, last.preset_digest)
    if made != (job.provenance.photo, job.provenance.recipe, preset_digest):
        return False
    # A lock has to have held what it proves; without one, what another held is no worse for it.
    if job.lock not in {None, last.lock}:
        return False
    try:
        return Inputs.recorded(last.inputs) == job.inputs
    except ValueError:
        return False  # recorded by another version of packshot
