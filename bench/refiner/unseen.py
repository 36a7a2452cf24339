"""Make photos of products that nothing was trained on: ``python unseen.py LAYERS OUT``.

LAYERS are those of ``render.py``; of the families that the shipped weights have never seen
(``UNSEEN`` in ``collection.py``) each product is shown on the backdrop that it was rendered on and
on two others; with ``--tables``, once, on a patterned table. What comes out, ``OUT/images`` and
``OUT/alpha``, ``bench/against_rembg.py`` takes. Which backdrops they are depends on the product's
name alone.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import cv2
import numpy as np
from collection import UNSEEN
from compose import on_a_table, takes

TAKES = 3


def main() -> None:
    """Compose them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layers", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tables", action="store_true")
    options = parser.parse_args()
    images, alphas = options.out / "images", options.out / "alpha"
    for folder in (images, alphas):
        folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(options.layers.glob("*.npz")):
        with np.load(file) as stored:
            layers = dict(stored)
        if str(layers["family"]) not in UNSEEN:
            continue
        rng = np.random.default_rng(zlib.crc32(file.stem.encode()))
        photos = [on_a_table(rng, layers)] if options.tables else takes(rng, layers, TAKES)
        for number, (photo, matte) in enumerate(photos):
            name = f"{file.stem}-{number}.png"
            cv2.imwrite(str(images / name), photo[..., ::-1])
            cv2.imwrite(str(alphas / name), matte)


if __name__ == "__main__":
    main()
