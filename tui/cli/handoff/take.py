"""``packshot handoff take``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, note, progress, quantity

if TYPE_CHECKING:
    from engine.handoff.taking import TakeJob, TakenMask
    from engine.session.session import Session


@click.command(name="take")
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.argument("pack", metavar="ZIP|FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--unchecked", is_flag=True, help="Also masks whose outline is not found in the photo."
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@JSON
def command(folder: Path, pack: Path, unchecked: bool, workers: int | None, as_json: bool) -> int:
    """Take the masks in a ZIP file, or a folder, back into SESSION.

    Each has to have its photo's size, or a whole fraction of it, and its outline has to lie on the
    photo's edges. A mask becomes the photo's matte through its recipe, and waits for a verdict like
    any other. Exit status 1: a file was not taken in; the message says why, with figures.
    """
    from engine.errors import sentence
    from engine.handoff.taking import take_jobs, take_mask
    from engine.serving.pools import open_workers
    from engine.session.session import Session
    from engine.work.batch import outcomes

    taken: dict[int, tuple[TakeJob, TakenMask]] = {}
    with Session.open(folder, create=False) as session:
        jobs, problems = take_jobs(session, pack, unchecked=unchecked)
        with open_workers(len(jobs), workers) as pool, progress(len(jobs), "check") as bar:
            for outcome in outcomes(pool, take_mask, jobs):
                if isinstance(outcome.error, Exception):
                    problems.append(sentence(outcome.error))
                if outcome.result is not None:
                    taken[jobs[outcome.job]] = outcome.job, outcome.result
                bar.step(outcome.job.place)
        made, failed = _cut(session, taken, workers)
    problems += failed
    for problem in problems:
        note(problem)
    if as_json:
        echo_json({"taken": made, "problems": problems})
    else:
        masks = quantity(len(made), "mask")
        echo(f"{masks} taken in and waiting for a verdict, {len(problems)} refused.")
    return 1 if problems else 0


def _cut(
    session: Session, taken: dict[int, tuple[TakeJob, TakenMask]], workers: int | None
) -> tuple[list[dict[str, str]], list[str]]:
    """Make the mattes of masks that were taken in; return them, and what went wrong."""
    from engine.errors import sentence
    from engine.handoff.taking import recipe_with
    from engine.work.recipes import resolve_recipe
    from engine.work.session_jobs import cut_job, new_batch
    from models.store import ModelStore
    from tui.cli.cut import run_jobs

    if not taken:
        return [], []
    store = ModelStore()
    batch = new_batch()
    cuts = {}
    for number, (job, mask) in taken.items():
        # A photo that was never cut is not known by its content yet.
        photo = replace(session.photo(number), sha256=job.photo_sha256)
        recipe = recipe_with(photo, mask, lambda: resolve_recipe(store))
        cuts[cut_job(session, photo, recipe, store.home, batch=batch)] = number
    made, failed = [], []
    for outcome in run_jobs(cuts, session, workers):
        job, mask = taken[cuts[outcome.job]]
        if outcome.result is not None:
            session.handouts.take(job.token, mask.sha256)
            made.append({"name": job.place, "photo": str(job.photo), "mask": mask.sha256})
        elif isinstance(outcome.error, Exception):
            failed.append(sentence(outcome.error))
    return made, failed
