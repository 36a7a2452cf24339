"""Draw the picture of ``mattes.md``: ``python docs/matte_steps.py`` writes ``matte-steps.jpg``.

From left to right: a photo of the demo, what the network says of it, how far it is from the field
of its backdrop, what belongs to the product, and the finished cutout on a colour.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import read_photo
from engine.matting.foreground import estimate_foreground
from engine.matting.matte import look_at, make_matte
from engine.matting.refiner import decide
from engine.work.recipes import resolve_recipe
from engine.work.warm import probability, refiner
from models.store import ModelStore
from tui.cli.output import echo

HERE = Path(__file__).parent
PHOTO = HERE.parent / "tui" / "demo" / "photos" / "SKU204-front.jpg"
MODEL, COLOUR = "u2netp", (214, 92, 76)
HEIGHT, GAP = 420, 6

Picture = NDArray[np.uint8]


def steps() -> list[Picture]:
    """Return the pictures, (H, W, 3) sRGB, all of one size."""
    store = ModelStore()
    pixels = read_photo(PHOTO).pixels
    coarse = probability(pixels, MODEL, store.home)
    seen = look_at(pixels, coarse, refiner())
    assert seen is not None and seen.judgement is not None
    matte = make_matte(pixels, coarse, resolve_recipe(store, MODEL), refiner(), seen)
    share = matte[..., None] / np.float32(255)
    cutout = estimate_foreground(pixels, matte) * share + np.array(COLOUR) * (1 - share)
    gray = [
        seen.judgement.belief * 255,
        (seen.judgement.distance * 4).clip(0, 255),
        decide(seen.judgement) * 255,
    ]
    shown = [pixels, *(np.repeat(part[..., None], 3, axis=2) for part in gray), cutout]
    return [_fitted(np.asarray(np.rint(part), np.uint8)) for part in shown]


def _fitted(picture: Picture) -> Picture:
    width = round(picture.shape[1] * HEIGHT / picture.shape[0])
    return np.asarray(cv2.resize(picture, (width, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def main() -> None:
    """Write the picture."""
    gap = np.full((HEIGHT, GAP, 3), 255, np.uint8)
    row = [part for picture in steps() for part in (picture, gap)][:-1]
    target = HERE / "matte-steps.jpg"
    picture = cv2.cvtColor(np.hstack(row), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(target), picture, [cv2.IMWRITE_JPEG_QUALITY, 88])
    echo(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
