"""packshot beside rembg on photographs that nobody has the truth of.

    python bench/real_photos.py SHEETS [--photos DIR] [--model u2net]

Without ``--photos`` it takes the free pictures (CC0 or public domain) that come with scikit-image,
which rembg's own environment holds. The result is a contact sheet per photo, to be looked at: no
figure replaces that. One figure describes the mattes without a truth:

WIDTH  pixels of fractional alpha per pixel of contour. Exact mattes of hard products in focus have
       two to five; hair and blur are wider by nature, and a sharp edge in the wrong place is no
       better for being sharp.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
from contact_sheet import write_sheet
from numpy.typing import NDArray
from programs import REMBG, cut_with_packshot, cut_with_rembg, own_python, read_made

from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.matting.metrics.contour import contour
from tui.cli.output import table
from tui.cli.scoring import by_stem

FREE = ("astronaut", "chelsea", "coffee", "rocket")
"""Colour photographs of scikit-image with one clear subject."""

_SOFT_LOW, _SOFT_HIGH = 0.02, 0.98  # past these an alpha counts as none or all


def main() -> int:
    """Cut the photos with both programs, print how wide the edges are, write the sheets."""
    options = _arguments()
    photos = _photos(options.photos, options.cache)
    if not photos:
        sys.exit(f"there is no photo in {options.photos}")
    out = options.cache / "real" / options.model
    cut_with_rembg(photos, options.model, options.cache, out / "rembg")
    cut_with_packshot(photos, options.model, out / "packshot")
    rows = []
    for photo in photos:
        rows += [
            (photo.stem, name, f"{edge_width(read_made(out / name, photo.stem).alpha):.1f}")
            for name in ("rembg", "packshot")
        ]
        file = f"{photo.stem}.png"
        write_sheet(options.sheets / file, photo, out / "packshot" / file, out / "rembg" / file)
    table(("photo", "", "WIDTH"), rows)
    return 0


def edge_width(alpha: NDArray[np.float32]) -> float:
    """Return the pixels of fractional alpha per pixel of contour; 0 without a contour."""
    line = int(np.count_nonzero(contour(alpha >= 0.5)))
    soft = int(np.count_nonzero((alpha > _SOFT_LOW) & (alpha < _SOFT_HIGH)))
    return soft / line if line else 0.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="packshot beside rembg on photos without truth")
    parser.add_argument("sheets", type=Path, help="folder for the contact sheets")
    parser.add_argument("--photos", type=Path, help="your own photos")
    parser.add_argument("--model", default="u2net", help="a model that both know (u2net)")
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("packshot") / "bench"
    )
    return parser.parse_args()


def _photos(folder: Path | None, cache: Path) -> Sequence[Path]:
    """Return the photos of a folder, or the free ones of rembg's environment."""
    if folder is not None:
        return list(by_stem(folder, PHOTO_SUFFIXES).values())
    root = own_python(cache / "rembg", REMBG).parents[1]
    data = next(root.glob("**/site-packages/skimage/data"))
    found = by_stem(data, PHOTO_SUFFIXES)
    return [found[name] for name in FREE]


if __name__ == "__main__":
    sys.exit(main())
