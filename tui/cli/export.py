"""``packshot export``: the files of one or more presets, from finished mattes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, progress

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.session.session import Session
    from engine.work.batch import Outcome


@click.command()
@click.argument("folder", metavar="SESSION", type=click.Path(path_type=Path))
@click.option("--preset", "names", multiple=True, required=True, help="What to make; repeatable.")
@click.option("--all", "everything", is_flag=True, help="Also photos that nobody has judged yet.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; by default the session's output folder.",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@click.option("--json", "as_json", is_flag=True, help="Print the result of every file as JSON.")
def command(
    folder: Path,
    names: tuple[str, ...],
    everything: bool,
    out: Path | None,
    workers: int | None,
    as_json: bool,
) -> int:
    """Write the files of a preset for the approved photos of SESSION.

    Nothing is inferred again: files are made from the stored mattes. Every file is checked after
    encoding. An existing file is never replaced: a delivery that is there already is left alone,
    another one gets -v2. The exit status is 1 when a file could not be made or fails its preset.
    """
    from engine.delivery.findings import failed
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        results = export_session(session, names, everything=everything, out=out, workers=workers)
    if as_json:
        echo_json([_as_json(outcome) for outcome in results])
    else:
        _report(results)
    sound = all(outcome.result and not failed(outcome.result.findings) for outcome in results)
    return 0 if sound else 1


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
    SessionEmpty : no photo is ready for it
    """
    from engine.delivery.export_job import export, export_jobs, record_export
    from engine.delivery.findings import failed, summary
    from engine.errors import sentence
    from engine.work.batch import outcomes
    from engine.work.machine import default_workers
    from engine.work.workers import Workers
    from presets.loader import find_preset
    from tui.cli.cut import show_notes

    presets = [find_preset(name, session.folder).preset for name in dict.fromkeys(names)]
    jobs = export_jobs(session, presets, everything=everything, target=out)
    ended = []
    # A worker more than there are files would only take cores from the others.
    count = min(workers or default_workers(), len(jobs))
    with Workers(count) as pool, progress(len(jobs), "export") as bar:
        for outcome in outcomes(pool, export, jobs):
            if isinstance(outcome.error, Exception):
                bar.say(sentence(outcome.error))
            if outcome.result is not None:
                record_export(session, outcome.job, outcome.result)
                if failed(outcome.result.findings):
                    told = summary(outcome.job.preset, outcome.result.findings)
                    bar.say(f"{outcome.result.path}: {told}")
            bar.step(outcome.job.photo.name)
            ended.append(outcome)
    show_notes((o.job.photo, o.result.notes) for o in ended if o.result)
    return ended


def _report(results: Sequence[Outcome[ExportJob, Delivered]]) -> None:
    """Print how many files came to what, and what the checks found, most frequent first."""
    words = Counter(_word(outcome) for outcome in results)
    echo(", ".join(f"{words[word]} {word}" for word in _WORDS if words[word]))
    found = Counter(
        (outcome.job.preset.label, finding.severity, finding.rule, finding.source)
        for outcome in results
        if outcome.result
        for finding in outcome.result.findings
        if finding.severity in {"fail", "warn"}
    )
    for (label, severity, rule, source), count in found.most_common():
        verb = "fails" if severity == "fail" else "warns"
        echo(f"  {label} {verb} on {rule}: {count} {_files(count)} [{source}]")


_WORDS = ("exported", "unchanged", "failed", "cancelled")


def _word(outcome: Outcome[ExportJob, Delivered]) -> str:
    if outcome.result is None:
        return "failed" if outcome.error else "cancelled"
    return "unchanged" if outcome.result.unchanged else "exported"


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


def _as_json(outcome: Outcome[ExportJob, Delivered]) -> dict[str, Any]:
    from engine.delivery.findings import failed, summary
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
