"""How often `find_defects` is right: on exact, on damaged, and on mattes as they are made.

    python bench/defects.py PHOTOS TRUTH [--mattes FOLDER ...] [--seed N]

PHOTOS holds pictures, TRUTH the exact alpha of each as PNG of the same name, and each FOLDER of
``--mattes`` what a model made of them (``packshot cut PHOTOS --out FOLDER --alpha --model M``).
What it printed last, and what follows from it, is in bench/defects.md.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from actual import actual_defects, wrong_where_soft
from numpy.typing import NDArray
from planting import PLANTS, Damaged, Matte, Photo

from engine.imaging.decode import read_photo
from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.matting.defects.defect import KINDS, Defect, Kind
from engine.matting.defects.find import find_defects


def main() -> None:
    """Print the tables for the folders that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("photos", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--mattes", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    pairs = list(_pairs(wanted.photos, wanted.truth))
    if not pairs:
        sys.exit("no photo has an exact alpha of its name")
    _print_planted(pairs, wanted.seed)
    for folder in wanted.mattes:
        _print_actual(pairs, folder)


def _pairs(photos: Path, truth: Path) -> Iterator[tuple[str, Photo, Matte]]:
    for path in sorted(photos.iterdir()):
        exact = truth / f"{path.stem}.png"
        if path.suffix.lower() in PHOTO_SUFFIXES and exact.is_file():
            yield path.stem, read_photo(path).pixels, _grey(exact)


def _grey(path: Path) -> NDArray[np.uint8]:
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)


def _print_planted(pairs: Sequence[tuple[str, Photo, Matte]], seed: int) -> None:
    """Print, per kind, the alarms on exact mattes and how much of the planted damage is found.

    Precision is that of a stack in which half of the mattes have the damage: recall against
    recall plus the share of exact mattes with an alarm of the kind.
    """
    alarms: Counter[Kind] = Counter()
    for name, pixels, exact in pairs:
        false = find_defects(pixels, exact)
        alarms.update({defect.kind for defect in false})
        for defect in false:
            print(f"  false alarm: {name} {_text(defect)}")
    print(f"\nplanted into {len(pairs)} exact mattes (seed {seed})\n")
    print("| kind | exact with alarm | planted | found | recall | precision | by size |")
    print("|---|---|---|---|---|---|---|")
    for kind in KINDS:
        sizes = []
        total: Counter[bool] = Counter()
        for plant, shares in PLANTS[kind]:
            for share in shares:
                results: Counter[bool] = Counter()
                for name, pixels, exact in pairs:
                    # The same damage in every run, whatever else is planted.
                    random = np.random.default_rng([seed, zlib.crc32(f"{name}{share}".encode())])
                    damaged = plant(pixels, exact, share, random)
                    if damaged is not None:
                        results[_is_found(kind, damaged)] += 1
                sizes.append(f"{plant.__name__} {share:g}: {results[True]}/{results.total()}")
                total += results
        recall = total[True] / max(1, total.total())
        false_share = alarms[kind] / len(pairs)
        precision = recall / (recall + false_share) if recall else 0.0
        print(
            f"| {kind} | {alarms[kind]} | {total.total()} | {total[True]} | {recall:.2f} "
            f"| {precision:.2f} | {', '.join(sizes)} |"
        )


def _is_found(kind: Kind, damaged: Damaged) -> bool:
    found = find_defects(damaged.pixels, damaged.alpha, damaged.probability, damaged.foreground)
    return any(defect.kind == kind and _meet(defect, damaged.box) for defect in found)


def _meet(defect: Defect, box: tuple[int, int, int, int]) -> bool:
    x, y, width, height = box
    return (
        defect.x < x + width
        and x < defect.x + defect.width
        and defect.y < y + height
        and y < defect.y + defect.height
    )


def _print_actual(pairs: Sequence[tuple[str, Photo, Matte]], folder: Path) -> None:
    """Print what is said of mattes as they were made, beside what the truth says of them."""
    print(f"\n{folder.name}: mattes with a defect, by `find_defects` and by the truth\n")
    print("| photo | said | by the truth |")
    print("|---|---|---|")
    counts: Counter[tuple[Kind, bool, bool]] = Counter()
    poor: Counter[bool] = Counter()
    doubts: Counter[bool] = Counter()
    seconds = []
    for name, pixels, exact in pairs:
        path = folder / f"{name}.png"
        if not path.is_file():
            continue
        alpha = _grey(path)
        started = time.monotonic()
        said = find_defects(pixels, alpha)
        seconds.append(time.monotonic() - started)
        true = actual_defects(alpha, exact)
        kinds = {defect.kind for defect in said}
        for kind in KINDS:
            counts[kind, kind in kinds, kind in true] += 1
        if true:
            poor[bool(said)] += 1
        doubts.update(
            wrong_where_soft(alpha, exact, (defect.x, defect.y, defect.width, defect.height))
            for defect in said
            if defect.kind == "low confidence"
        )
        named = Counter(defect.kind for defect in said)
        told = ", ".join(f"{count} {kind}" for kind, count in named.items())
        print(f"| {name} | {told or '–'} | {', '.join(sorted(true)) or '–'} |")
    print("\n| kind | both | said only | truth only |")
    print("|---|---|---|---|")
    for kind in KINDS:
        both = counts[kind, True, True]
        only, missed = counts[kind, True, False], counts[kind, False, True]
        if both or only or missed:
            print(f"| {kind} | {both} | {only} | {missed} |")
    print(
        f"\nof {poor.total()} mattes with a defect by the truth, something is said of {poor[True]}"
    )
    print(f"of {doubts.total()} places of low confidence, alpha is wrong in {doubts[True]}")
    if seconds:
        print(f"\n{1000 * float(np.median(seconds)):.0f} ms a photo (median)")


def _text(defect: Defect) -> str:
    return (
        f"{defect.kind} {defect.score:.2f} at {defect.x},{defect.y} "
        f"({defect.width} × {defect.height})"
    )


if __name__ == "__main__":
    main()
