"""Make photos for the outline network: ``python outline_photos.py OUT [sources]``.

From composed photos (``--photos``, with ``--frame``): the same, with the mattes that packshot makes
of them without the outline, which are what it will have to redraw. From layers (``--layers``): four
more photos of every product, two of them on its own backdrop. That needs no network: the true
matte, blurred, stands in for the probability that the backdrop's field is fitted with.

One ``.npz`` per photo: ``photo`` (H, W, 3) and ``matte`` (H, W) uint8, ``present`` (n, H, W) uint8
the mattes to be redrawn, none for photos from layers, ``field`` and ``misfit`` of the fitted
background.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from compose import save, takes

from engine.matting.background import fit_background
from engine.matting.runtime.ort import session
from engine.matting.settle import see, settle
from engine.matting.smaller import Smaller

Picture = np.ndarray


def present(photo: Picture, probability: Picture, frame: ort.InferenceSession) -> Picture:
    """Return the matte (H, W) that packshot makes of a photo before it draws the outline."""
    return settle(see(Smaller(photo), probability, frame))


def from_photos(photos: Path, frame: ort.InferenceSession, out: Path) -> None:
    """Write every composed photo with its present mattes, one for each coarse network."""
    for file in sorted(photos.glob("*.npz")):
        if (out / file.name).exists():
            continue
        with np.load(file) as stored:
            kept = {name: stored[name] for name in ("photo", "matte", "field", "misfit", "family")}
            coarse = np.clip(stored["coarse"].astype(np.float32), 0, 1)
        mattes = [present(kept["photo"], one, frame) for one in coarse]
        save(out / file.name, present=np.stack(mattes), **kept)


def from_layers(layers: Path, out: Path) -> None:
    """Compose every product twice, on its own backdrop and on a new one each time."""
    for file in sorted(layers.glob("*.npz")):
        if (out / f"{file.stem}-b-0.npz").exists():
            continue
        with np.load(file) as stored:
            product = dict(stored)
        for draw, name in enumerate("ab", start=1):
            rng = np.random.default_rng((zlib.crc32(file.stem.encode()), draw))
            for index, (photo, matte) in enumerate(takes(rng, product, 2)):
                small = cv2.resize(matte, (320, 320), interpolation=cv2.INTER_AREA)
                probability = cv2.GaussianBlur(small.astype(np.float32) / 255, (0, 0), 2)
                background = fit_background(photo, probability)
                save(
                    out / f"{file.stem}-{name}-{index}.npz",
                    photo=photo,
                    matte=matte,
                    present=np.empty((0, *matte.shape), np.uint8),
                    field=background.field,
                    misfit=background.misfit,
                    family=product["family"],
                )


def main() -> None:
    """Make what is still missing from the sources that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--photos", type=Path, help="from compose.py; needs --frame")
    parser.add_argument("--frame", type=Path, help="the frame network, from export.py")
    parser.add_argument("--layers", type=Path, help="from render.py")
    options = parser.parse_args()
    if (options.photos is None) != (options.frame is None):
        parser.error("--photos and --frame belong together")
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    if options.photos:
        from_photos(options.photos, session(options.frame.read_bytes(), 1), options.out)
    if options.layers:
        from_layers(options.layers, options.out)


if __name__ == "__main__":
    main()
