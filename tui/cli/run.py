"""``packshot run``: a season's whole way without a person, for the night and for scripts.

What a person has decided stays: nothing that is approved is cut anew, and only what is approved
is exported. Every step can be stopped; the same command goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.delivery.seasons.season import OpenSeason
    from engine.matting.recipe import Recipe
    from engine.session.records import PhotoRecord
    from engine.session.session import Session
    from engine.session.ticks import Standing
    from engine.work.batch import Outcome
    from engine.work.jobs import CutJob, CutResult
    from models.store import ModelStore
    from presets.lock import Lock


@dataclass(frozen=True)
class _Night:
    """What a run came to."""

    opened: OpenSeason
    unreadable: list[str]
    cuts: list[Outcome[CutJob, CutResult]]
    exports: list[Outcome[ExportJob, Delivered]]
    waiting: int
    incidents: list[str]
    checklists: tuple[Standing, ...]

    @property
    def sound(self) -> bool:
        """Whether everything that was to be done was done, and every file passes its preset."""
        from engine.delivery.checking.findings import failed

        return (
            not self.unreadable
            and all(cut.result for cut in self.cuts)
            and all(each.result and not failed(each.result.findings) for each in self.exports)
        )


@click.command(name="run")
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option("--season", required=True, help="Whose presets to export, under its lock.")
@click.option("--all", "everything", is_flag=True, help="Also export what nobody has judged yet.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes; by default one a core.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(folder: Path, season: str, everything: bool, workers: int | None, as_json: bool) -> int:
    """Scan SESSION, cut what has no current matte, and export what is approved.

    Before anything is done, the season's lock is checked: where a preset was changed under it,
    nothing is cut or exported, and the difference is shown. Files are checked after encoding. A
    photo that fails costs only itself. Exit status 1: something failed or was refused.
    """
    from engine.session.session import Session
    from models.store import ModelStore
    from tui.cli.changes import changes_shown

    with Session.open(folder) as session, changes_shown(as_json):
        night = _run(session, ModelStore(), season, everything, workers)
    if as_json:
        echo_json(_as_json(night))
    else:
        _report(night)
    return 0 if night.sound else 1


def _run(
    session: Session, store: ModelStore, name: str, everything: bool, workers: int | None
) -> _Night:
    from engine.delivery.incidents.standing import standings
    from engine.delivery.seasons.season import held_presets, season_for
    from engine.delivery.selection import exportable
    from engine.session.similarity import order_for_batch
    from engine.work.session_jobs import cut_job, new_batch
    from tui.cli.checklists import standings_of
    from tui.cli.cut import run_jobs, with_exports
    from tui.cli.cut_recording import exports_with
    from tui.cli.export import export_season
    from tui.cli.seasons.described import note_dates

    opened = season_for(session, name)
    held_presets(session, [loaded.preset for loaded in opened.presets], name)
    note_dates(opened)
    report = session.scan()
    unreadable = [f"{each.path}: {each.problem}" for each in (*report.unreadable, *report.troubles)]
    for trouble in unreadable:
        note(safe(trouble))
    photos = [
        photo
        for photo in order_for_batch(session.photos())
        if photo.problem is None and _needs_cut(session, photo, opened.lock)
    ]
    cuts: list[Outcome[CutJob, CutResult]] = []
    if photos:
        recipe = _recipe(store, opened.lock)
        batch = new_batch()
        jobs = {
            cut_job(session, photo, recipe, store.home, batch=batch): photo.id for photo in photos
        }
        if everything:
            jobs = with_exports(session, photos, jobs, opened)
        cuts = run_jobs(jobs, session, workers)
    exports = [export for cut in cuts for export in exports_with(cut)]
    if exportable(session.photos(), everything=everything):
        exports = export_season(session, opened, everything=everything, workers=workers, cuts=cuts)
    waiting = sum(
        photo.matte is not None and photo.verdict.state == "pending" for photo in session.photos()
    )
    incidents = [each.incident.id for each in standings(session) if each.is_open]
    return _Night(opened, unreadable, cuts, exports, waiting, incidents, standings_of(session))


def _needs_cut(session: Session, photo: PhotoRecord, lock: Lock | None) -> bool:
    """Return whether a photo has no current matte, and nobody has decided about it."""
    from engine.delivery.seasons.season import is_held

    if photo.matte is None or session.matte_file(photo) is None:
        return photo.verdict.state != "rejected"
    return photo.verdict.state == "pending" and lock is not None and not is_held(photo.matte, lock)


def _recipe(store: ModelStore, lock: Lock | None) -> Recipe:
    """Return the recipe that a lock holds, or the default one.

    Raises
    ------
    ModelUnknown, ModelMissing : the network is not here
    ChangedUnderLock : another file of the network's name is installed than the lock holds
    """
    from engine.delivery.seasons.season import locked_recipe
    from engine.work.recipes import resolve_recipe

    if lock is None:
        return resolve_recipe(store)
    held = locked_recipe(lock)
    return locked_recipe(lock, resolve_recipe(store, held.model).model_sha256)


def _report(night: _Night) -> None:
    """Print what was cut, exported and found, and what waits for a person."""
    from tui.cli.checklists import counts
    from tui.cli.cut import report as report_cuts
    from tui.cli.export import report as report_exports

    season, lock = night.opened.season, night.opened.lock
    state = f"locked by {lock.person}, {lock.hash[:12]}" if lock else "not locked"
    echo(safe(f"Season {season.name} ({state})"))
    if night.cuts:
        report_cuts(night.cuts, as_json=False, label="Mattes: ")
    if night.exports:
        report_exports(night.exports, label="Files: ")
    else:
        echo("Nothing is approved yet, so nothing was exported.")
    if night.incidents:
        incidents = "incident is" if len(night.incidents) == 1 else "incidents are"
        named = ", ".join(night.incidents)
        echo(f"{len(night.incidents)} {incidents} open: {named} (packshot incident list).")
    if night.waiting:
        photos = "photo waits" if night.waiting == 1 else "photos wait"
        echo(f"{night.waiting} {photos} for a verdict.")
    if night.checklists:
        echo(f"Checklists: {counts(night.checklists)}.")


def _as_json(night: _Night) -> dict[str, Any]:
    from tui.cli.checklists import standing_json
    from tui.cli.cut import outcome_json as cut_json
    from tui.cli.export import outcome_json as export_json

    lock = night.opened.lock
    return {
        "season": night.opened.season.name,
        "lock": lock.hash if lock else None,
        "unreadable": night.unreadable,
        "cut": [cut_json(outcome) for outcome in night.cuts],
        "exported": [export_json(outcome) for outcome in night.exports],
        "waiting": night.waiting,
        "incidents": night.incidents,
        "checklists": [standing_json(each) for each in night.checklists],
    }
