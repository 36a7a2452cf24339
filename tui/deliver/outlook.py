"""What is to be delivered, and how every file of it stands: read in the store's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import REPORTED, sentence
from engine.session.session import Session

if TYPE_CHECKING:
    from engine.delivery.export_job import ExportJob
    from engine.delivery.ready import Readiness
    from presets.schema import Preset

_MOST_USED = 4  # presets that are shown where nobody has chosen any

FileKey = tuple[int, str]
"""A photo's number, and a preset's name."""


@dataclass(frozen=True)
class Outlook:
    """The files of a season, or of some presets.

    ``season`` is what they are exported for; None where single presets were chosen. ``problem``
    says why nothing can be exported, where that is so; then there are no files.
    """

    season: str | None = None
    presets: tuple[Preset, ...] = ()
    files: Mapping[FileKey, Readiness] = field(default_factory=dict)
    problem: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the presets."""
        return tuple(preset.name for preset in self.presets)

    def preset(self, name: str) -> Preset | None:
        """Return the preset of a name."""
        return next((preset for preset in self.presets if preset.name == name), None)

    def wanting(self, names: Sequence[str]) -> list[FileKey]:
        """Return the files of some presets that are ready and not delivered as they would be."""
        return [
            key
            for key, file in self.files.items()
            if key[1] in names and file.state in {"ready", "outdated"}
        ]


def read_outlook(session: Session, season: str | None, presets: Sequence[str]) -> Outlook:
    """Return how the files of some presets stand, or where there are none those of a season.

    Where there is neither, the presets count that were exported with before.
    """
    # What delivering takes is heavy to import: not before someone looks at it.
    from engine.delivery.ready import plan  # noqa: PLC0415

    wanted = None if presets else season
    try:
        presets = presets or (_used(session) if season is None else ())
        if not presets and season is None:
            return Outlook()
        chosen = _chosen(session, wanted, presets)
        planned = plan(session, chosen, season=wanted)
    except REPORTED as error:
        return Outlook(wanted, problem=sentence(error))
    files = {(row.photo.id, row.preset): row for row in planned.rows}
    return Outlook(wanted, tuple(chosen), files)


def _used(session: Session) -> list[str]:
    from presets.loader import list_presets  # noqa: PLC0415 - as above

    there = {loaded.preset.name for loaded in list_presets(session.folder).presets}
    return [name for name in session.deliveries.presets_used() if name in there][:_MOST_USED]


def _chosen(session: Session, season: str | None, presets: Sequence[str]) -> list[Preset]:
    from engine.delivery.seasons.season import open_season  # noqa: PLC0415 - as above
    from presets.loader import find_preset  # noqa: PLC0415

    if season is not None:
        return [loaded.preset for loaded in open_season(session.folder, season).presets]
    return [find_preset(name, session.folder).preset for name in presets]


def jobs_now(session: Session, outlook: Outlook, wanted: Sequence[FileKey]) -> list[ExportJob]:
    """Return the jobs of some files, by what holds now: lock and presets are looked at again.

    Raises
    ------
    ChangedUnderLock, LockBroken, AuditBroken : nothing is exported, which the audit log notes
    """
    from engine.delivery.export_job import export_jobs  # noqa: PLC0415 - as above
    from engine.delivery.seasons.season import season_for  # noqa: PLC0415

    presets: Sequence[Preset] = outlook.presets
    if outlook.season is not None:
        presets = [loaded.preset for loaded in season_for(session, outlook.season).presets]
    keys = set(wanted)
    jobs = export_jobs(session, presets, season=outlook.season)
    return [job for job in jobs if (job.photo_id, job.preset.name) in keys]
