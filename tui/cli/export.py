"""``packshot export``: the files of one or more presets, from finished mattes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import echo, echo_json, note, progress
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.delivery.seasons.season import OpenSeason
    from engine.session.session import Session
    from engine.work.batch import Outcome
    from engine.work.jobs import CutJob, CutResult


@click.command()
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option("--preset", "names", multiple=True, help="What to make; repeatable.")
@click.option("--season", help="Make all that a season contains, under its lock.")
@click.option("--all", "everything", is_flag=True, help="Also photos that nobody has judged yet.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; by default the session's output folder.",
)
@click.option("--dry-run", is_flag=True, help="Make and check every file, and write none.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@click.option("--json", "as_json", is_flag=True, help="Print the result of every file as JSON.")
def command(
    folder: Path,
    names: tuple[str, ...],
    season: str | None,
    everything: bool,
    out: Path | None,
    dry_run: bool,
    workers: int | None,
    as_json: bool,
) -> int:
    """Write the files of a preset, or of a season, for the approved photos of SESSION.

    Nothing is inferred again: files are made from the stored mattes. Every file is checked after
    encoding. An existing file is never replaced: a delivery that is there already is left alone,
    another one gets -v2. The exit status is 1 when a file could not be made or fails its preset.

    While a season is locked, a preset of it that was changed is refused, and the difference shown.

    --dry-run makes and checks every file, writes none, and says what would be new or changed
    against the last delivery, and what keeps the other photos from being exported.
    """
    from engine.delivery.checking.findings import failed
    from engine.delivery.seasons.season import season_for
    from engine.session.session import Session
    from tui.cli.changes import changes_shown
    from tui.cli.seasons.described import note_dates

    if bool(names) == (season is not None):
        raise click.UsageError("say what to make: --preset NAME, or --season NAME")
    if dry_run:
        return _dry_run(folder, _Wanted(names, season, everything, out), workers, as_json=as_json)
    with Session.open(folder, create=False) as session, changes_shown(as_json):
        if season is not None:
            opened = season_for(session, season)
            note_dates(opened)
            results = export_season(
                session, opened, everything=everything, out=out, workers=workers
            )
        else:
            results = export_session(
                session, names, everything=everything, out=out, workers=workers
            )
    if as_json:
        echo_json([outcome_json(outcome) for outcome in results])
    else:
        report(results)
    sound = all(outcome.result and not failed(outcome.result.findings) for outcome in results)
    return 0 if sound else 1


class _Wanted(NamedTuple):
    """What is to be exported, as it was typed."""

    names: Sequence[str]
    season: str | None
    everything: bool
    out: Path | None


def _dry_run(folder: Path, wanted: _Wanted, workers: int | None, *, as_json: bool) -> int:
    """Say what an export would come to; the session is opened for reading only."""
    from engine.delivery.ready import plan
    from engine.delivery.seasons.season import open_season
    from engine.session.session import Session
    from presets.loader import find_preset
    from tui.cli.changes import changes_shown
    from tui.cli.dry_run import is_sound, rehearse
    from tui.cli.dry_run import report as report_dry

    session = Session.open(folder, readonly=True, create=False)
    with session, changes_shown(as_json):
        if wanted.season is not None:
            presets = [each.preset for each in open_season(session.folder, wanted.season).presets]
        else:
            names = dict.fromkeys(wanted.names)
            presets = [find_preset(name, session.folder).preset for name in names]
        planned = plan(
            session,
            presets,
            everything=wanted.everything,
            target=wanted.out,
            season=wanted.season,
        )
        rows = rehearse(planned, workers)
    if as_json:
        echo_json(rows)
    else:
        report_dry(rows)
    return 0 if all(map(is_sound, rows)) else 1


def export_session(
    session: Session,
    names: Sequence[str],
    *,
    everything: bool = False,
    out: Path | None = None,
    workers: int | None = None,
) -> list[Outcome[ExportJob, Delivered]]:
    """Export a session's photos with presets by name, and record every delivery as it comes.

    Raises
    ------
    PresetUnknown, PresetInvalid : nothing was exported
    ChangedUnderLock, LockBroken, AuditBroken : a season's lock forbids it
    SessionEmpty : no photo is ready for it
    """
    from engine.delivery.export_job import export_jobs
    from presets.loader import find_preset
    from tui.cli.presets.described import note_origins

    loaded = [find_preset(name, session.folder) for name in dict.fromkeys(names)]
    note_origins(loaded)
    presets = [each.preset for each in loaded]
    return _run_jobs(
        session, export_jobs(session, presets, everything=everything, target=out), workers
    )


def export_season(
    session: Session,
    opened: OpenSeason,
    *,
    everything: bool = False,
    out: Path | None = None,
    workers: int | None = None,
    cuts: Sequence[Outcome[CutJob, CutResult]] = (),
) -> list[Outcome[ExportJob, Delivered]]:
    """Export a session's photos with all presets of a season, as `export_session` does.

    ``cuts`` were just made: the exports that were made with them come first, and what was told of
    their photos then is not told again.
    """
    from engine.delivery.export_job import export_jobs
    from tui.cli.cut_recording import exports_with
    from tui.cli.presets.described import note_origins

    note_origins(opened.presets)
    presets = [loaded.preset for loaded in opened.presets]
    name = opened.season.name
    jobs = export_jobs(session, presets, everything=everything, target=out, season=name)
    done = [export for cut in cuts for export in exports_with(cut)]
    made = {(each.job.photo_id, each.job.preset.name) for each in done}
    left = [job for job in jobs if (job.photo_id, job.preset.name) not in made]
    told = {cut.job.photo: cut.result.notes for cut in cuts if cut.result}
    return _run_jobs(session, left, workers, done, told)


def _run_jobs(
    session: Session,
    jobs: Sequence[ExportJob],
    workers: int | None,
    done: Sequence[Outcome[ExportJob, Delivered]] = (),
    told: Mapping[Path, Sequence[str]] = {},
) -> list[Outcome[ExportJob, Delivered]]:
    from engine.delivery.after_batch import after_batch
    from engine.serving.pools import open_workers
    from engine.work.exporting import export_outcomes
    from tui.cli.cut import show_notes

    ended = list(done)
    try:
        if jobs:
            with open_workers(len(jobs), workers) as pool, progress(len(jobs), "export") as bar:
                for outcome in export_outcomes(pool, jobs):
                    record_shown(session, outcome, bar)
                    bar.step(outcome.job.photo.name)
                    ended.append(outcome)
    finally:
        end = after_batch(session)
        for problem in end.problems:
            note(safe(problem))
        for incident in end.closed:
            note(safe(f"Incident {incident.id} is closed: corrected files were delivered."))
    made = ((each.job.photo, each.result.notes) for each in ended if each.result)
    show_notes(
        (photo, [text for text in notes if text not in told.get(photo, ())])
        for photo, notes in made
    )
    return ended


def record_shown(session: Session, outcome: Outcome[ExportJob, Delivered], bar: progress) -> None:
    """Record how an export ended, and say above the progress what is wrong with it."""
    from engine.delivery.checking.findings import failed, summary
    from engine.delivery.recording import record_export
    from engine.errors import sentence

    if isinstance(outcome.error, Exception):
        bar.say(sentence(outcome.error))
    if outcome.result is not None:
        record_export(session, outcome.job, outcome.result)
        if failed(outcome.result.findings):
            told = summary(outcome.job.preset, outcome.result.findings)
            bar.say(f"{outcome.result.path}: {told}")


def report(results: Sequence[Outcome[ExportJob, Delivered]], label: str = "") -> None:
    """Print how many files came to what, and what the checks found, most frequent first."""
    words = Counter(_word(outcome) for outcome in results)
    echo(label + ", ".join(f"{words[word]} {word}" for word in _WORDS if words[word]))
    found = Counter(
        (outcome.job.preset.label, finding.severity, finding.rule, finding.source)
        for outcome in results
        if outcome.result
        for finding in outcome.result.findings
        if finding.severity in {"fail", "warn"}
    )
    for (preset, severity, rule, source), count in found.most_common():
        verb = "fails" if severity == "fail" else "warns"
        echo(f"  {preset} {verb} on {rule}: {count} {_files(count)} [{source}]")


_WORDS = ("exported", "unchanged", "failed", "cancelled")


def _word(outcome: Outcome[ExportJob, Delivered]) -> str:
    if outcome.result is None:
        return "failed" if outcome.error else "cancelled"
    return "unchanged" if outcome.result.unchanged else "exported"


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


def outcome_json(outcome: Outcome[ExportJob, Delivered]) -> dict[str, Any]:
    """Return what became of a file, for a script."""
    from engine.delivery.checking.findings import failed, summary
    from engine.errors import sentence
    from tui.cli.check import described

    job = outcome.job
    row: dict[str, Any] = {
        "photo": str(job.photo),
        "preset": job.preset.label,
        "state": _word(outcome),
    }
    if isinstance(outcome.error, Exception):
        row["error"] = sentence(outcome.error)
    if (made := outcome.result) is not None:
        row |= {
            "output": str(made.path),
            "sha256": made.sha256,
            "bytes": made.bytes,
            "width": made.width,
            "height": made.height,
            "passed": not failed(made.findings),
            "summary": summary(job.preset, made.findings),
            "findings": described(made.findings),
            "notes": list(made.notes),
            "seconds": round(made.seconds, 3),
        }
    return row
