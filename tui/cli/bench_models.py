"""``packshot bench models``: every installed model over a sample of a person's own photos."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import echo_json, note, progress, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.work.trial import Trial
    from models.spec import ModelSpec
    from models.store import ModelStore

    Trials = dict[str, dict[str, Trial]]  # by photo, then by model


@click.command(name="models")
@click.argument("session", type=GIVEN_PATH)
@click.option(
    "--sample",
    "count",
    type=click.IntRange(1),
    default=12,
    show_default=True,
    help="How many photos, spread over the SKUs.",
)
@click.option("--model", "chosen", multiple=True, help="Only this one; may be given several times.")
@click.option(
    "--sheet",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the contact sheet (HTML).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    session: Path, count: int, chosen: tuple[str, ...], file: Path | None, as_json: bool
) -> int:
    """Run every installed model over a sample of the photos in SESSION.

    Prints seconds per photo, how far each model's mattes are from those of the others, and the
    defects found, and writes a contact sheet to judge by eye: one HTML file that loads nothing.
    The session is only read.
    """
    from datetime import UTC, datetime

    from engine.atomic import write_atomic
    from models.store import ModelStore
    from tui.cli.model_sheet import Column, sheet

    store = ModelStore()
    specs = [store.spec(name) for name in dict.fromkeys(chosen)] or store.installed()
    if not specs:
        store.verified_path(store.default().id)  # says how to install one
    made = datetime.now(UTC)
    trials, complete = _try_all(_sampled(session, count), specs, store)
    if not trials:
        return 1
    figures = {spec.id: _figures(spec.id, trials) for spec in specs}
    path = file or store.home / "bench" / f"models-{made:%Y%m%dT%H%M%S}.html"
    columns = [Column(model, _as_text(values)) for model, values in figures.items()]
    when = f"{made:%Y-%m-%d %H:%M} UTC, {len(trials)} photos"
    page = sheet(session.resolve().name, when, columns, trials)
    write_atomic(path, page.encode("utf-8"))
    if as_json:
        echo_json({"sheet": str(path), "models": figures, "pairs": _pairs(trials, specs)})
    else:
        headings = ("model", *columns[0].figures)
        table(headings, [(column.model, *column.figures.values()) for column in columns])
    note(f"Contact sheet: {safe(path)}")
    return 0 if complete else 1


def _sampled(folder: Path, count: int) -> dict[Path, str]:
    """Return the photos to try by their path, with the name that a person knows them by."""
    from engine.session.session import Session
    from engine.session.similarity import order_for_batch
    from engine.work.trial import sample

    with Session.open(folder, readonly=True) as session:
        session.scan()
        photos = [photo for photo in session.photos() if photo.problem is None]
        # What came cut out already has nothing left for a network to do.
        uncut = [photo for photo in photos if not photo.has_alpha]
        chosen = sample(order_for_batch(uncut), count)
        return {session.folder / photo.path: str(photo.path) for photo in chosen}


def _try_all(
    photos: dict[Path, str], specs: list[ModelSpec], store: ModelStore
) -> tuple[Trials, bool]:
    """Try every model on every photo, model by model, so that each is loaded once a worker."""
    from engine.errors import sentence
    from engine.work.batch import outcomes
    from engine.work.recipes import resolve_recipe
    from engine.work.trial import TrialJob, try_model
    from engine.work.workers import Workers

    jobs = [
        TrialJob(photo, resolve_recipe(store, spec.id), store.home)
        for spec in specs
        for photo in photos
    ]
    trials: Trials = defaultdict(dict)
    done = 0
    with Workers() as pool, progress(len(jobs), "try") as bar:
        for outcome in outcomes(pool, try_model, jobs):
            if outcome.result is not None:
                done += 1
                trials[photos[outcome.job.photo]][outcome.job.recipe.model] = outcome.result
            elif isinstance(outcome.error, Exception):
                bar.say(f"{outcome.job.recipe.model}: {sentence(outcome.error)}")
            bar.step(f"{outcome.job.recipe.model} {outcome.job.photo.name}")
    ordered = {name: trials[name] for name in photos.values() if name in trials}
    return ordered, done == len(jobs)


def _figures(model: str, trials: Trials) -> dict[str, float | str]:
    """Return a model's figures over all photos.

    Disagreement is that with the middle one of the other models, so that one that is unfit for the
    photos does not make all others look odd.
    """
    from statistics import fmean, median

    from engine.work.trial import compare

    mine = [row[model] for row in trials.values() if model in row]
    if not mine:
        return {}
    apart = [
        [compare(row[model].small, other.small) for name, other in row.items() if name != model]
        for row in trials.values()
        if model in row and len(row) > 1
    ]
    figures: dict[str, float | str] = {
        "photos": len(mine),
        "provider": mine[0].provider,
        "seconds": median(trial.seconds for trial in mine),
    }
    if apart:
        figures["differs_percent"] = fmean(median(o.percent for o in others) for others in apart)
        figures["iou"] = fmean(median(o.iou for o in others) for others in apart)
    figures["defects"] = sum(len(trial.defects) for trial in mine)
    figures["photos_with_defects"] = sum(bool(trial.defects) for trial in mine)
    return figures


def _pairs(trials: Trials, specs: list[ModelSpec]) -> list[dict[str, float | str]]:
    """Return how far every two models are apart."""
    from itertools import combinations
    from statistics import fmean

    from engine.work.trial import compare

    pairs: list[dict[str, float | str]] = []
    for one, other in combinations([spec.id for spec in specs], 2):
        apart = [
            compare(row[one].small, row[other].small)
            for row in trials.values()
            if one in row and other in row
        ]
        if apart:
            percent, iou = fmean(a.percent for a in apart), fmean(a.iou for a in apart)
            pairs.append({"one": one, "other": other, "differs_percent": percent, "iou": iou})
    return pairs


_HEADINGS = {
    "photos": ("photos", "{}"),
    "provider": ("provider", "{}"),
    "seconds": ("s/photo", "{:.2f}"),
    "differs_percent": ("differs %", "{:.2f}"),
    "iou": ("IoU", "{:.3f}"),
    "defects": ("defects", "{}"),
    "photos_with_defects": ("on photos", "{}"),
}


def _as_text(figures: dict[str, float | str]) -> dict[str, str]:
    """Return figures as a person reads them, under their headings."""
    return {
        heading: shape.format(figures[name]) if name in figures else "–"
        for name, (heading, shape) in _HEADINGS.items()
    }
