"""packshot beside rembg: same weights, same photos, same figures.

    python bench/against_rembg.py IMAGES TRUTH [--model u2netp] [--sheet DIR]

rembg gets a virtual environment of its own in a cache folder, and the very file that packshot has
verified. Both make a cutout of every photo; both are scored by the figures of ``packshot bench
quality``. A ``manifest.csv`` beside the truth with the columns ``stem`` and ``background`` adds a
table per background. Exit status 1: a mean figure of packshot is worse.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import venv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
from contact_sheet import write_sheet

from engine.imaging.encode import encode_png
from engine.imaging.header import PHOTO_SUFFIXES
from engine.matting.metrics import FIGURES, Figure, Quality, mean_quality, median_quality
from engine.work.recipes import resolve_recipe
from models.store import ModelStore
from tui.cli.output import echo, note, progress, table
from tui.cli.scoring import Cutout, by_stem, cut, find_truths, read_cutout, score

REMBG = "rembg[cpu]==2.0.86"

_DRIVER = """
import sys
from pathlib import Path
from PIL import Image
import rembg

model, out, *photos = sys.argv[1:]
session = rembg.new_session(model)
for photo in map(Path, photos):
    picture = Image.open(photo)
    rembg.remove(picture, session=session).save(Path(out, photo.stem + ".png"), compress_level=1)
    mask = rembg.remove(picture, session=session, only_mask=True)
    mask.save(Path(out, photo.stem + "_mask.png"), compress_level=1)
    print(photo.stem, flush=True)
"""
"""What runs in rembg's environment: its default cutout and its mask, nothing of ours."""

_Figures = Mapping[str, Mapping[str, Quality]]  # by program, then by photo
_Summary = Callable[[Sequence[Quality]], Quality]


def main() -> int:
    """Run both, print the tables, write the sheets."""
    options = _arguments()
    photos = by_stem(options.images, PHOTO_SUFFIXES)
    truths = [truth for truth in find_truths(options.truth) if truth.stem in photos]
    if not truths:
        sys.exit(f"no photo in {options.images} has an alpha of the same name in {options.truth}")
    chosen = [photos[truth.stem] for truth in truths]
    out = options.cache / "out" / options.model
    theirs = _cut_with_rembg(chosen, options.model, options.cache, out / "rembg")
    ours = _cut_with_packshot(chosen, options.model, out / "packshot")
    figures = {
        "rembg": {truth.stem: score(_read_rembg(theirs, truth.stem), truth) for truth in truths},
        "packshot": {
            truth.stem: score(read_cutout(ours / f"{truth.stem}.png"), truth) for truth in truths
        },
    }
    _print_tables(figures, _backgrounds(options.truth))
    if options.sheet:
        for photo in chosen:
            name = f"{photo.stem}.png"
            write_sheet(options.sheet / name, photo, ours / name, theirs / name)
    worse = [figure.heading for figure in FIGURES if _is_worse(figure, figures)]
    echo(f"\nworse than rembg in the mean: {', '.join(worse) or 'nothing'}")
    return 1 if worse else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="packshot beside rembg, with the same weights")
    parser.add_argument("images", type=Path, help="folder of photos")
    parser.add_argument(
        "truth", type=Path, help="folder of their exact alphas, or of alpha/ and fg/"
    )
    parser.add_argument("--model", default="u2netp", help="a model that both know (u2netp)")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet per photo to this folder")
    parser.add_argument(
        "--cache",
        type=Path,
        default=platformdirs.user_cache_path("packshot") / "bench",
        help="where rembg's environment and the cutouts are kept",
    )
    return parser.parse_args()


def _cut_with_rembg(photos: Sequence[Path], model: str, cache: Path, out: Path) -> Path:
    """Run rembg over the photos in its own environment; return the folder of its cutouts."""
    python = _rembg_python(cache / "rembg")
    weights = cache / "weights"
    weights.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ModelStore().verified_path(model), weights / f"{model}.onnx")
    out.mkdir(parents=True, exist_ok=True)
    command = [
        str(python),
        "-c",
        _DRIVER,
        model,
        str(out),
        *(str(path.resolve()) for path in photos),
    ]
    environment = os.environ | {"U2NET_HOME": str(weights)}
    environment.pop("PYTHONPATH", None)
    with progress(len(photos), "rembg") as bar:
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None  # asked for a pipe just above
        for line in running.stdout:
            bar.step(line.strip())
    if running.wait():
        sys.exit(f"rembg ended with status {running.returncode}")
    return out


def _rembg_python(place: Path) -> Path:
    """Return the Python of rembg's environment, made at the first call."""
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = place / "installed.txt"
    if not done.is_file() or done.read_text() != REMBG:
        note(f"installing {REMBG} in {place}")
        venv.create(place, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", REMBG], check=True)
        done.write_text(REMBG)
    return python


def _cut_with_packshot(photos: Sequence[Path], model: str, out: Path) -> Path:
    """Cut the photos in this process; return the folder of the masters."""
    store = ModelStore()
    recipe = resolve_recipe(store, model)
    out.mkdir(parents=True, exist_ok=True)
    with progress(len(photos), "packshot") as bar:
        for photo in photos:
            made = cut(photo, recipe, store.home, with_colour=True)
            alpha = np.rint(made.alpha * 255).astype(np.uint8)
            assert made.colour is not None  # asked for just above
            (out / f"{photo.stem}.png").write_bytes(encode_png(np.dstack((made.colour, alpha))))
            bar.step(photo.stem)
    return out


def _read_rembg(folder: Path, stem: str) -> Cutout:
    """Return rembg's mask with the colours of its cutout."""
    mask = read_cutout(folder / f"{stem}_mask.png")
    return replace(mask, colour=read_cutout(folder / f"{stem}.png").colour)


def _backgrounds(truth: Path) -> dict[str, str]:
    """Return the background of each photo by its stem, where a manifest tells it."""
    for folder in (truth, truth.parent):
        manifest = folder / "manifest.csv"
        if manifest.is_file():
            with manifest.open(newline="", encoding="utf-8") as stream:
                rows = list(csv.DictReader(stream))
            return {row["stem"]: row["background"] for row in rows if row.get("background")}
    return {}


def _print_tables(figures: _Figures, backgrounds: Mapping[str, str]) -> None:
    stems = list(figures["packshot"])
    echo("\nper photo")
    _print_groups(figures, {stem: [stem] for stem in stems})
    groups: dict[str, list[str]] = defaultdict(list)
    for stem in stems:
        if stem in backgrounds:
            groups[backgrounds[stem]].append(stem)
    if groups:
        echo("\nmean per background")
        _print_groups(figures, dict(sorted(groups.items())))
    echo("\nall photos")
    _print_groups(figures, {f"mean of {len(stems)}": stems})
    _print_groups(figures, {f"median of {len(stems)}": stems}, median_quality)


def _print_groups(
    figures: _Figures, groups: Mapping[str, list[str]], summary: _Summary = mean_quality
) -> None:
    """Print two lines per group of photos: what rembg reaches, and packshot."""
    rows = []
    for group, stems in groups.items():
        for name, measured in figures.items():
            quality = summary([measured[stem] for stem in stems])
            rows.append((group, name, *(figure.text(quality) for figure in FIGURES)))
    table(("", "", *(figure.heading for figure in FIGURES)), rows)


def _is_worse(figure: Figure, figures: _Figures) -> bool:
    """Whether packshot's mean of a figure is worse than rembg's, as far as it is printed."""
    ours, theirs = (
        getattr(mean_quality(list(figures[name].values())), figure.name)
        for name in ("packshot", "rembg")
    )
    if ours is None or theirs is None:
        return False
    difference = round(ours, figure.decimals) - round(theirs, figure.decimals)
    return bool(difference < 0 if figure.better == "higher" else difference > 0)


if __name__ == "__main__":
    sys.exit(main())
