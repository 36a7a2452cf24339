"""``packshot bench``: how good the mattes are on a person's own ground truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note, progress, table

if TYPE_CHECKING:
    from engine.matting.metrics import Quality
    from tui.cli.scoring import Truth

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def command() -> None:
    """Measure quality on your own ground truth."""


@command.command(name="quality")
@click.argument("images", type=_FOLDER)
@click.argument("truth", type=_FOLDER)
@click.option("--model", help="The network to use; by default the best one installed.")
@click.option(
    "--recipe",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with the recipe.",
)
@click.option(
    "--predictions",
    type=_FOLDER,
    help="Score these alpha or RGBA files instead of cutting the photos.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def quality_command(
    images: Path,
    truth: Path,
    model: str | None,
    recipe: Path | None,
    predictions: Path | None,
    as_json: bool,
) -> int:
    """Cut the photos in IMAGES and compare them with the exact alphas in TRUTH.

    Files belong together by name: IMAGES/a.jpg and TRUTH/a.png. With true colours in TRUTH/fg or
    beside it (a_fg.png) the halo is measured too.

    IoU and BF: higher is better. All others are errors.
    """
    from engine.imaging.header import PHOTO_SUFFIXES
    from tui.cli.scoring import by_stem, find_truths

    photos = by_stem(images, PHOTO_SUFFIXES)
    truths = {found.stem: found for found in find_truths(truth)}
    both = [stem for stem in photos if stem in truths]
    if not both:
        raise click.UsageError(f"no photo in {images} has an alpha of the same name in {truth}")
    pairs = [(photos[stem], truths[stem]) for stem in both]
    if predictions is not None:
        figures, complete = _score_files(pairs, predictions)
    else:
        figures, complete = _score_cuts(pairs, model, recipe)
    if figures:
        _print(figures, as_json)
    without = sorted(photos.keys() ^ truths.keys())
    if without:
        note(f"left out, for want of a photo or a truth: {', '.join(without)}")
    return 0 if complete else 1


def _score_cuts(
    pairs: list[tuple[Path, Truth]], model: str | None, recipe_file: Path | None
) -> tuple[dict[str, Quality], bool]:
    """Cut and score every photo; a bad one is named and left out."""
    from engine.errors import PhotoError, sentence
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore
    from tui.cli.scoring import cut, score

    store = ModelStore()
    recipe = resolve_recipe(store, model, recipe_file)
    note(f"model {recipe.model}")
    figures: dict[str, Quality] = {}
    with progress(len(pairs), "score") as bar:
        for photo, truth in pairs:
            try:
                made = cut(photo, recipe, store.home, with_colour=truth.colour is not None)
                figures[truth.stem] = score(made, truth)
            except PhotoError as error:
                bar.say(sentence(error))
            bar.step(truth.stem)
    return figures, len(figures) == len(pairs)


def _score_files(
    pairs: list[tuple[Path, Truth]], predictions: Path
) -> tuple[dict[str, Quality], bool]:
    """Score finished files; a missing one counts as an empty matte and is named."""
    from tui.cli.scoring import by_stem, matching, read_cutout, score

    files = by_stem(predictions)
    figures: dict[str, Quality] = {}
    complete = True
    for _, truth in pairs:
        file = matching(truth.stem, files)
        if file is None:
            note(f"{truth.stem}: has no prediction and counts as an empty matte")
            complete = False
        figures[truth.stem] = score(read_cutout(file) if file else None, truth)
    return figures, complete


def _print(figures: dict[str, Quality], as_json: bool) -> None:
    from engine.matting.metrics import FIGURES, mean_quality, median_quality

    summary = {
        "mean": mean_quality(list(figures.values())),
        "median": median_quality(list(figures.values())),
    }
    if as_json:
        result: dict[str, Any] = {
            "photos": {stem: asdict(quality) for stem, quality in figures.items()}
        }
        echo_json(result | {name: asdict(quality) for name, quality in summary.items()})
        return
    table(("photo", *(figure.heading for figure in FIGURES)), _rows(figures | summary))
    echo(f"{len(figures)} photos")


def _rows(figures: dict[str, Quality]) -> list[list[str]]:
    from engine.matting.metrics import FIGURES

    return [
        [stem, *(figure.text(quality) for figure in FIGURES)] for stem, quality in figures.items()
    ]
