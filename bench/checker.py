"""How often the checker finds planted faults, and how often it accuses clean files.

    python bench/checker.py IMAGES ALPHA [--side 1600] [--side 2000]

IMAGES are photos, ALPHA their exact mattes as PNG files of the same names. Every product is put on
pure white as a seller would, clean and with each fault of ``faults.py``, and held against
amazon-main-eu, whose rules ask for all of it.

FOUND  of the planted faults, the share whose rule breaks
ELSE   broken rules that nothing was planted for, a file
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from faults import FAULTS, UNCERTAIN, Fault, Mask, Pixels, finished, jpeg, png
from PIL import Image

from engine.delivery.checking.check import check
from engine.imaging.kinds import PHOTO_SUFFIXES
from presets.loader import find_preset
from tui.cli.output import progress, table

CLEAN_QUALITIES = (75, 85, 95, 100)
_SMALL = frozenset({"long_side", "product_side"})


def main() -> int:
    """Print a row for each fault, and one for clean files."""
    options = _arguments()
    preset = find_preset("amazon-main-eu").preset
    products = list(_products(options.images, options.alpha, options.side or [1600, 2000]))
    if not products:
        sys.exit(f"there is no photo with a matte in {options.images} and {options.alpha}")
    found: dict[str, list[bool]] = defaultdict(list)
    other: dict[str, list[set[str]]] = defaultdict(list)

    def hold(case: str, file: tuple[bytes, str], fault: Fault | None) -> None:
        findings = check(file[0], preset, file[1])
        broken = {each.rule for each in findings if each.severity in {"fail", "warn"}}
        if (len(file[0]) and case == "clean") or fault is None:
            broken -= _SMALL  # a product of few pixels stays small, clean or not
        if fault is not None:
            found[case].append(fault.rule in broken)
            broken -= {fault.rule, *fault.beside, *_SMALL}
        other[case].append(broken)

    with progress(len(products), "check") as bar:
        for name, pixels, mask in products:
            for quality in CLEAN_QUALITIES:
                hold("clean", jpeg(pixels, quality=quality), None)
            hold("clean", png(pixels), None)
            for case, fault in FAULTS.items():
                hold(case, fault.plant(pixels, mask), fault)
            bar.step(name)
    table(("file", "rule", "files", "FOUND", "ELSE", "which"), _rows(found, other))
    certain = [hit for case, hits in found.items() if case not in UNCERTAIN for hit in hits]
    accused = sum(bool(broken) for broken in other["clean"])
    print(
        f"\n{sum(certain)} of {len(certain)} certain faults found; "
        f"{accused} of {len(other['clean'])} clean files accused"
    )
    return 0 if all(certain) and not accused else 1


def _rows(
    found: dict[str, list[bool]], other: dict[str, list[set[str]]]
) -> Iterator[tuple[object, ...]]:
    for case, broken in other.items():
        hits = found.get(case)
        yield (
            case,
            FAULTS[case].rule if case in FAULTS else "",
            len(broken),
            f"{np.mean(hits):.0%}" if hits else "",
            f"{np.mean([len(rules) for rules in broken]):.2f}",
            ", ".join(sorted(set().union(*broken))),
        )


def _products(images: Path, alphas: Path, sides: list[int]) -> Iterator[tuple[str, Pixels, Mask]]:
    for path in sorted(images.iterdir()):
        matte = alphas / f"{path.stem}.png"
        if path.suffix.lower() not in PHOTO_SUFFIXES or not matte.is_file():
            continue
        photo = np.asarray(Image.open(path).convert("RGB"))
        alpha = np.asarray(Image.open(matte).convert("L"))
        for side in sides:
            yield f"{path.stem} {side}", *finished(photo, alpha, side)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("images", type=Path, metavar="IMAGES")
    parser.add_argument("alpha", type=Path, metavar="ALPHA")
    parser.add_argument("--side", type=int, action="append", help="pixels; repeatable")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
