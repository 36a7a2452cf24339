"""Scoring mattes against a person's own ground truth, photo by photo.

Files belong together by their stem: ``SKU1-front.jpg``, its truth ``SKU1-front.png`` and a
prediction ``SKU1-front.png`` or ``SKU1-front_alpha.png``. Alphas become float32 in 0…1, colours
stay uint8. The heavy imports are inside, for the commands' sake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.matting.metrics import Quality
    from engine.matting.recipe import Recipe

ALPHA_SUFFIXES = frozenset({".png", ".webp", ".tif", ".tiff"})
_COLOUR_ENDING = "_fg"


@dataclass(frozen=True)
class Truth:
    """The ground truth of one photo: its exact alpha and, where there is one, its exact colour."""

    stem: str
    alpha: Path
    colour: Path | None


@dataclass(frozen=True)
class Cutout:
    """What is to be scored: alpha (H, W) 0…1 and, where known, straight colour (H, W, 3)."""

    alpha: NDArray[np.float32]
    colour: NDArray[np.uint8] | None


def find_truths(folder: Path) -> list[Truth]:
    """Return the ground truths in a folder, or in its ``alpha``, sorted by stem.

    True colours are looked for in ``fg`` inside or beside it, as ``<stem>_fg.png``.
    """
    alphas = folder / "alpha" if (folder / "alpha").is_dir() else folder
    colours: dict[str, Path] = {}
    for place in (folder / "fg", folder.parent / "fg"):
        if place.is_dir():
            colours = by_stem(place)
            break
    return [
        Truth(stem, path, colours.get(stem + _COLOUR_ENDING) or colours.get(stem))
        for stem, path in by_stem(alphas).items()
    ]


def by_stem(folder: Path, suffixes: frozenset[str] = ALPHA_SUFFIXES) -> dict[str, Path]:
    """Return the files of a folder by their stems, sorted."""
    return {path.stem: path for path in sorted(folder.iterdir()) if path.suffix.lower() in suffixes}


def matching(stem: str, files: dict[str, Path]) -> Path | None:
    """Return the file of a photo: the same stem, or the shortest that goes on after it."""
    if stem in files:
        return files[stem]
    longer = [
        other
        for other in files
        if re.fullmatch(re.escape(stem) + r"[._-].*", other) and not other.endswith(_COLOUR_ENDING)
    ]
    return files[min(longer, key=len)] if longer else None


def read_cutout(path: Path) -> Cutout:
    """Return a picture's alpha channel and colour; a picture without one is an alpha itself.

    Raises
    ------
    PhotoUnreadable : OpenCV cannot read it
    """
    import cv2
    import numpy as np

    from engine.errors import PhotoUnreadable

    try:
        data = np.fromfile(path, np.uint8)
    except OSError as error:
        raise PhotoUnreadable(
            str(path), f"cannot be read ({error.strerror or error})", "Check the file."
        ) from error
    picture = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    if picture is None:
        raise PhotoUnreadable(
            str(path), "is no picture", "Give PNG, WebP or TIFF files with the alpha."
        )
    if picture.ndim == 2:
        return Cutout(_unit(picture), None)
    if picture.shape[2] == 4:
        colour = _unit(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGRA2RGB)))
        return Cutout(_unit(picture[..., 3]), (colour * 255 + 0.5).astype(np.uint8))
    return Cutout(_unit(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))), None)


def cut(photo: Path, recipe: Recipe, home: Path, *, with_colour: bool) -> Cutout:
    """Return what packshot makes of a photo, in this process.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network cannot be loaded
    """
    from engine.imaging.decode import read_photo
    from engine.matting.foreground import estimate_foreground
    from engine.matting.matte import make_matte
    from engine.work.warm import refiner, sight

    pixels = read_photo(photo).pixels
    found = sight(pixels, recipe.model, home, refined=recipe.refine)
    matte = make_matte(pixels, found.probability, recipe, refiner(), found.seen)
    colour = estimate_foreground(pixels, matte) if with_colour else None
    return Cutout(_unit(matte), colour)


def score(cutout: Cutout | None, truth: Truth) -> Quality:
    """Return the figures of a cutout; a missing one counts as an empty matte.

    A cutout of another size is scaled to the truth's.
    """
    import numpy as np

    from engine.matting.metrics import measure

    true = read_cutout(truth.alpha).alpha
    if cutout is None:
        return measure(np.zeros_like(true), true)
    fitted = _fitted(cutout, true.shape)
    true_colour = read_cutout(truth.colour).colour if truth.colour else None
    return measure(fitted.alpha, true, fitted.colour, true_colour)


def _fitted(cutout: Cutout, shape: tuple[int, ...]) -> Cutout:
    import cv2
    import numpy as np

    if cutout.alpha.shape == shape:
        return cutout
    size = (shape[1], shape[0])
    alpha = cv2.resize(cutout.alpha, size, interpolation=cv2.INTER_CUBIC).clip(0, 1)
    colour = cutout.colour
    if colour is not None:
        colour = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_CUBIC))
    return Cutout(alpha, colour)


def _unit(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return 8- or 16-bit values as float32 in 0…1."""
    import numpy as np

    full = np.iinfo(values.dtype).max if np.issubdtype(values.dtype, np.integer) else 1
    return np.asarray(values.astype(np.float32) / np.float32(full))
