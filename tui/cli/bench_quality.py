"""``packshot bench quality``: how good the mattes are on a person's own ground truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note, progress

if TYPE_CHECKING:
    from engine.matting.metrics import Quality
    from tui.cli.scoring import Truth

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(name="quality")
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
@click.option(
    "--beside",
    type=_FOLDER,
    help="Score another program's alpha or RGBA files too, and compare.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    images: Path,
    truth: Path,
    model: str | None,
    recipe: Path | None,
    predictions: Path | None,
    beside: Path | None,
    as_json: bool,
) -> int:
    """Cut the photos in IMAGES and compare them with the exact alphas in TRUTH.

    Files belong together by name: IMAGES/a.jpg and TRUTH/a.png. With true colours in TRUTH/fg or
    beside it (a_fg.png) the colour of the edges is measured too. With a manifest.csv beside the
    truth (columns stem, background) there is a mean and a median for every background.

    IoU, BF and HOLES (open holes of all): higher is better. All others are errors; dE is
    CIEDE2000 over black, white and green in the edge band.
    """
    from engine.imaging.kinds import PHOTO_SUFFIXES
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
    programs = {"packshot" if predictions is None else predictions.name: figures}
    if beside is not None and figures:
        scored = [pair for pair in pairs if pair[1].stem in figures]
        others, others_complete = _score_files(scored, beside)
        programs = {beside.name or str(beside): others} | programs
        complete = complete and others_complete
    if figures:
        _print(programs, truth, as_json)
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


def _print(programs: dict[str, dict[str, Quality]], truth: Path, as_json: bool) -> None:
    """Print the tables; the last program is the one that was asked about."""
    from tui.cli.quality_tables import print_groups, print_photos
    from tui.cli.scenes import by_background, read_scenes

    *others, own = programs.values()
    groups = by_background(own, read_scenes(truth))
    if as_json:
        result = _as_json(own, groups)
        if others:
            result["beside"] = _as_json(others[0], groups)
        echo_json(result)
        return
    print_photos(programs)
    echo()
    print_groups(programs, groups | {f"all {len(own)} photos": list(own)})


def _as_json(figures: dict[str, Quality], groups: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "photos": {stem: asdict(quality) for stem, quality in figures.items()},
        "backgrounds": {
            group: _summary([figures[stem] for stem in stems]) for group, stems in groups.items()
        },
        **_summary(list(figures.values())),
    }


def _summary(photos: list[Quality]) -> dict[str, Any]:
    from engine.matting.metrics import mean_quality, median_quality

    return {"mean": asdict(mean_quality(photos)), "median": asdict(median_quality(photos))}
