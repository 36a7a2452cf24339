"""``packshot cut``: mattes and transparent masters, in a session or from any files."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import echo, echo_json, note, progress
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.seasons.season import OpenSeason
    from engine.matting.recipe import Recipe
    from engine.session.records import PhotoRecord
    from engine.session.session import Session
    from engine.work.batch import Outcome
    from engine.work.jobs import CutJob, CutResult
    from models.store import ModelStore


@click.command(name="cut")
@click.argument("paths", nargs=-1, required=True, type=GIVEN_PATH)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write masters here, the tree of folders kept; no session is touched.",
)
@click.option("--model", help="The network to use; by default the best one installed.")
@click.option(
    "--recipe",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with the recipe.",
)
@click.option("--alpha", is_flag=True, help="Write the 8-bit matte alone, not the RGBA master.")
@click.option("--force", is_flag=True, help="Make again what is already there.")
@click.option("--no-masters", is_flag=True, help="In a session: only make the mattes.")
@click.option(
    "--first",
    metavar="PATTERN",
    help="Cut these before the others, by name or SKU: 'SKU12*', '*-front*'.",
)
@click.option(
    "--like",
    metavar="PHOTO",
    help="In a session: only what is like this photo and not cut yet, with its matte's recipe.",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes; by default one a core.")
@click.option("--json", "as_json", is_flag=True, help="Print the result of every photo as JSON.")
def command(
    paths: tuple[Path, ...],
    out: Path | None,
    model: str | None,
    recipe: Path | None,
    alpha: bool,
    force: bool,
    no_masters: bool,
    first: str | None,
    like: str | None,
    workers: int | None,
    as_json: bool,
) -> int:
    """Cut photos out of their background.

    With --out, PATHS are files and folders, and each photo becomes DIR/<same relative path>.png.
    Without it, PATHS is one session: mattes are kept in its .packshot folder and masters are
    written to its output folder.

    What is there already, made from the same photo by the same recipe, is not made again.
    """
    from engine.work.jobs import CutJob
    from engine.work.outputs import collect, plan_outputs
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore
    from tui.cli.cut_choice import is_named

    if like and (out or model or recipe):
        raise click.UsageError("--like takes photos and recipe from the session")
    store = ModelStore()
    chosen = resolve_recipe(store, model, recipe)
    if out is None:
        with _open_session(paths) as session:
            results = cut_session(
                session,
                store,
                chosen,
                workers,
                masters=not no_masters,
                alpha_only=alpha,
                force=force,
                first=first,
                like=like,
            )
        return report(results, as_json)
    out = out.absolute()  # workers may have another working directory
    found = collect(paths, out)
    for trouble in found.troubles:
        note(safe(trouble))
    masters = plan_outputs(found.photos.values(), ".png")
    jobs = {
        CutJob(
            photo=photo,
            recipe=chosen,
            model_home=store.home,
            master=out / masters[relative],
            alpha_only=alpha,
            force=force,
        ): None
        for photo, relative in sorted(
            found.photos.items(), key=lambda item: not is_named(first, item[0].name)
        )
    }
    status = report(run_jobs(jobs, None, workers), as_json)
    return 1 if found.troubles else status


def cut_session(
    session: Session,
    store: ModelStore,
    recipe: Recipe,
    workers: int | None = None,
    *,
    masters: bool = True,
    alpha_only: bool = False,
    force: bool = False,
    first: str | None = None,
    like: str | None = None,
    season: OpenSeason | None = None,
) -> list[Outcome[CutJob, CutResult]]:
    """Scan a session, cut every photo of it, and record each outcome as it comes.

    ``first`` is a pattern of names or SKUs that are cut before the others; ``like`` names a photo
    whose like alone is cut, with the recipe of its matte. With a ``season`` the photos are exported
    for it while they are decoded, but for what takes all mattes of a SKU.
    """
    from dataclasses import replace

    from engine.work.masters import MASTERS, master_level
    from engine.work.outputs import plan_outputs
    from engine.work.session_jobs import cut_job, new_batch
    from tui.cli.cut_choice import cut_like, in_order, model_photo

    for trouble in session.scan().troubles:
        note(safe(f"{trouble.path}: {trouble.problem}"))
    every = session.photos()
    names = plan_outputs([photo.path for photo in every], ".png")
    photos = in_order(every, first)
    if like is not None:
        photos, recipe = cut_like(photos, model_photo(every, like), store)
        if not photos:
            note(safe(f"every photo like {like} is cut already"))
            return []
    folder = session.folder / session.config.folders.output / MASTERS
    level = master_level(session.folder) if masters else 1
    batch = new_batch()
    jobs = {
        replace(
            cut_job(session, photo, recipe, store.home, force=force, batch=batch),
            master=folder / names[photo.path] if masters else None,
            level=level,
            alpha_only=alpha_only,
        ): photo.id
        for photo in photos
    }
    if season is not None:
        jobs = with_exports(session, photos, jobs, season)
    return run_jobs(jobs, session, workers)


def with_exports(
    session: Session,
    photos: Sequence[PhotoRecord],
    jobs: Mapping[CutJob, int],
    season: OpenSeason,
) -> dict[CutJob, int]:
    """Return jobs that also export their photos for a season, each decoded once for all of it."""
    from dataclasses import replace

    from engine.delivery.planning import plans_before_cut

    presets = [loaded.preset for loaded in season.presets]
    plans = plans_before_cut(session, photos, presets, season=season.season.name)
    return {
        replace(job, exports=plans.get(photo_id, ())): photo_id for job, photo_id in jobs.items()
    }


def run_jobs(
    jobs: Mapping[CutJob, int | None], session: Session | None, workers: int | None
) -> list[Outcome[CutJob, CutResult]]:
    """Have every job done, show the progress, and record the outcomes in the session."""
    from engine.errors import sentence
    from engine.serving.pools import open_workers
    from engine.work.batch import outcomes
    from engine.work.jobs import cut

    ended = []
    with open_workers(len(jobs), workers) as pool, progress(len(jobs), "cut") as bar:
        for outcome in outcomes(pool, cut, jobs):
            photo_id = jobs[outcome.job]
            if session is not None and photo_id is not None:
                from tui.cli.cut_recording import record_made  # heavy, and only for sessions

                record_made(session, photo_id, outcome, bar)
            if isinstance(outcome.error, Exception):
                bar.say(sentence(outcome.error))
            bar.step(outcome.job.photo.name)
            ended.append(outcome)
    show_notes((o.job.photo, o.result.notes) for o in ended if o.result)
    return ended


def show_notes(noted: Iterable[tuple[Path, Sequence[str]]]) -> None:
    """Print what should be known about the photos on stderr: each thing once, not per photo."""
    photos: dict[str, set[Path]] = {}
    for photo, notes in noted:
        for text in notes:
            photos.setdefault(text, set()).add(photo)
    # What concerns most photos comes first; what has numbers of its own would fill the screen.
    told = sorted(photos.items(), key=lambda item: -len(item[1]))
    for text, where in told[:_NOTES_SHOWN]:
        named = str(*where) if len(where) == 1 else f"{len(where)} photos"
        note(safe(f"{named}: {text}"))
    if len(told) > _NOTES_SHOWN:
        note(f"and {len(told) - _NOTES_SHOWN} more of the kind; --json names them all")


def report(results: list[Outcome[CutJob, CutResult]], as_json: bool, label: str = "") -> int:
    """Print what became of the photos, after a label, and return the exit status."""
    if as_json:
        echo_json([outcome_json(outcome) for outcome in results])
    else:
        counts = Counter(_word(outcome) for outcome in results)
        told = ", ".join(f"{counts[word]} {word}" for word in _WORDS if counts[word])
        echo(label + (told or "nothing to cut"))
    return 1 if any(outcome.error for outcome in results) else 0


_NOTES_SHOWN = 5
_WORDS = ("cut", "unchanged", "failed", "cancelled")


def _word(outcome: Outcome[CutJob, CutResult]) -> str:
    if outcome.result is None:
        return "failed" if outcome.error else "cancelled"
    return "unchanged" if outcome.result.skipped else "cut"


def outcome_json(outcome: Outcome[CutJob, CutResult]) -> dict[str, Any]:
    """Return what became of a photo, for a script."""
    from dataclasses import asdict

    from engine.errors import sentence

    row: dict[str, Any] = {"photo": str(outcome.job.photo), "state": _word(outcome)}
    if isinstance(outcome.error, Exception):
        row["error"] = sentence(outcome.error)
    if outcome.result is not None:
        result = outcome.result
        row |= {
            "output": str(outcome.job.master) if outcome.job.master else None,
            "sha256": result.sha256,
            "width": result.width,
            "height": result.height,
            "coverage": result.coverage,
            "provider": result.provider,
            "seconds": {step: round(seconds, 4) for step, seconds in result.seconds.items()},
            "processor": {step: round(took, 4) for step, took in result.processor.items()},
            "notes": list(result.notes),
            "defects": None
            if result.defects is None
            else [asdict(each) for each in result.defects],
        }
    return row


def _open_session(paths: tuple[Path, ...]) -> Session:
    from engine.session.session import Session

    if len(paths) != 1 or paths[0].is_file():
        named = shlex.quote(str(paths[0])) + (" …" if len(paths) > 1 else "")
        raise click.UsageError(
            "name one session folder, or say where to write, "
            f"such as packshot cut {named} --out cutouts"
        )
    return Session.open(paths[0])
