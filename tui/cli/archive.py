"""``packshot archive``: masters for an image library, by version, with notes."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, note, progress, quantity
from tui.safe_text import safe


@click.command()
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The archive."
)
@click.option("--note", "remark", default="", help="What is new about the versions of this run.")
@click.option("--preset", "name", default="master-png", help="What a master is.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@JSON
def command(
    folder: Path, out: Path, remark: str, name: str, workers: int | None, as_json: bool
) -> int:
    """Write the approved masters of SESSION that an archive lacks, each as a version of its view.

    Another photo, matte or preset makes the next version; what is there is never replaced. Beside
    the masters lie NOTES.md, CHECKSUMS for `sha256sum --check`, and a manifest as CSV and JSON.
    Exit status 1: a master could not be made.
    """
    from engine.delivery.archive.masters import archive_jobs, archive_master, record_archived
    from engine.delivery.archive.papers import write_papers
    from engine.errors import sentence
    from engine.serving.pools import open_workers
    from engine.session.session import Session
    from engine.work.batch import outcomes
    from presets.loader import find_preset
    from tui.cli.changes import changes_shown

    target = out.absolute()
    failed = []
    written = []
    with Session.open(folder, create=False) as session, changes_shown(as_json):
        preset = find_preset(name, session.folder).preset
        jobs = archive_jobs(session, target, preset)
        with open_workers(len(jobs), workers) as pool, progress(len(jobs), "archive") as bar:
            for outcome in outcomes(pool, archive_master, jobs):
                if isinstance(outcome.error, Exception):
                    failed.append(sentence(outcome.error))
                    bar.say(failed[-1])
                if outcome.result is not None:
                    record_archived(session, outcome.job, outcome.result, remark)
                    written.append(outcome.job)
                bar.step(outcome.job.photo.name)
        papers = write_papers(session, target)
        there = [each for each in session.archive.all() if (target / each.path).is_file()]
    if as_json:
        new = [{"file": job.path.as_posix(), "version": job.version} for job in written]
        echo_json({"written": new, "masters": len(there), "failed": failed})
    else:
        masters = quantity(len(written), "master")
        echo(f"{masters} written, {len(there)} in the archive, {len(failed)} failed")
        note(safe(f"{target}: {', '.join(path.name for path in papers)}"))
    return 1 if failed else 0
