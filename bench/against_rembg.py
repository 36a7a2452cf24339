"""packshot beside rembg: same weights, same photos, same figures.

    python bench/against_rembg.py IMAGES TRUTH [--model u2netp] [--sheet DIR]

rembg gets a virtual environment of its own in a cache folder, and the very file that packshot has
verified. A model that rembg cannot load by itself is run with rembg's steps around it: "network
alone". Both make a cutout of every photo; both are scored by the figures of ``packshot bench
quality``, per photo and, where a ``manifest.csv`` lies beside the truth, per background. At the
end stands what packshot has to show. Exit status 1: some of it does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs
from contact_sheet import write_sheet
from programs import (
    REMBG_MODELS,
    cut_with_network,
    cut_with_packshot,
    cut_with_rembg,
    read_made,
)
from requirements import Check, check_all, check_level, split

from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.matting.metrics import Quality
from models.store import ModelStore
from tui.cli.output import echo, table
from tui.cli.quality_tables import print_groups, print_photos
from tui.cli.scenes import Scene, by_background, read_scenes
from tui.cli.scoring import Truth, by_stem, find_truths, score

_COARSE = 320  # pixels; what the smallest networks see


def main() -> int:
    """Run the programs, print the tables, write the sheets."""
    options = _arguments()
    photos = by_stem(options.images, PHOTO_SUFFIXES)
    truths = [truth for truth in find_truths(options.truth) if truth.stem in photos]
    if not truths:
        sys.exit(f"no photo in {options.images} has an alpha of the same name in {options.truth}")
    chosen = [photos[truth.stem] for truth in truths]
    name, theirs = _cut_by_the_other(chosen, options.model, options)
    ours = options.cache / "out" / options.model / "packshot"
    cut_with_packshot(chosen, options.model, ours)
    figures = {name: _scored(theirs, truths), "packshot": _scored(ours, truths)}
    scenes = read_scenes(options.truth)
    _print_tables(figures, scenes)
    if options.sheet:
        for photo in chosen:
            file = f"{photo.stem}.png"
            write_sheet(options.sheet / file, photo, ours / file, theirs / file, name)
    coarse = ModelStore().spec(options.model).input_size <= _COARSE
    checks = list(check_all(figures["packshot"], figures[name], scenes, coarse=coarse))
    if options.level_with:
        finer, made = _cut_by_the_other(chosen, options.level_with, options)
        checks += _level(figures["packshot"], _scored(made, truths), scenes, options, finer)
    return _print_checks(checks)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="packshot beside rembg, with the same weights")
    parser.add_argument("images", type=Path, help="folder of photos")
    parser.add_argument(
        "truth", type=Path, help="folder of their exact alphas, or of alpha/ and fg/"
    )
    parser.add_argument("--model", default="u2netp", help="an installed model (u2netp)")
    parser.add_argument(
        "--level-with", metavar="MODEL", help="a finer model that, alone, is to be equalled"
    )
    parser.add_argument("--sheet", type=Path, help="write a contact sheet per photo to this folder")
    parser.add_argument(
        "--keep", action="store_true", help="use the other program's cutouts of an earlier run"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=platformdirs.user_cache_path("packshot") / "bench",
        help="where rembg's environment and the cutouts are kept",
    )
    return parser.parse_args()


def _cut_by_the_other(
    photos: Sequence[Path], model: str, options: argparse.Namespace
) -> tuple[str, Path]:
    """Cut with rembg, or with the network alone; return which and the folder of the cutouts."""
    name = "rembg" if model in REMBG_MODELS else "network alone"
    out: Path = options.cache / "out" / model / name.replace(" ", "-")
    wanted = [p for p in photos if not (options.keep and (out / f"{p.stem}.png").is_file())]
    if wanted and name == "rembg":
        cut_with_rembg(wanted, model, options.cache, out)
    elif wanted:
        cut_with_network(wanted, model, out)
    return name, out


def _scored(folder: Path, truths: Sequence[Truth]) -> dict[str, Quality]:
    return {truth.stem: score(read_made(folder, truth.stem), truth) for truth in truths}


def _print_tables(
    figures: Mapping[str, Mapping[str, Quality]], scenes: Mapping[str, Scene]
) -> None:
    stems = list(figures["packshot"])
    echo("\nper photo")
    print_photos(figures)
    seamless, other = split(stems, scenes)
    groups = by_background(stems, scenes)
    if seamless and other:
        groups |= {"seamless (sweeps, paper)": seamless, "other": other}
    echo("\nper background")
    print_groups(figures, groups | {f"all {len(stems)} photos": stems})


def _level(
    ours: Mapping[str, Quality],
    finer: Mapping[str, Quality],
    scenes: Mapping[str, Scene],
    options: argparse.Namespace,
    program: str,
) -> list[Check]:
    """Return whether packshot is level with a finer network on seamless backdrops."""
    seamless, _ = split(list(ours), scenes)
    name = f"{options.level_with} ({program})"
    return list(check_level({s: ours[s] for s in seamless}, {s: finer[s] for s in seamless}, name))


def _print_checks(checks: Sequence[Check]) -> int:
    echo("\nwhat it has to show")
    rows = ((check.what, check.found, "pass" if check.holds else "FAIL") for check in checks)
    table(("", "found", ""), rows)
    failed = sum(not check.holds for check in checks)
    echo(f"\n{len(checks) - failed} of {len(checks)} hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
