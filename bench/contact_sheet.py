"""One picture per photo that shows a cutout beside rembg's: what a person looks at to judge.

First row: the photo, both mattes, both cutouts on magenta. Below: the places where the two mattes
differ most, at 200 %, cut from the photo and from both cutouts on magenta, which no product and no
backdrop hides in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_png
from tui.cli.scoring import read_cutout

Picture = NDArray[np.uint8]

MAGENTA = (255, 0, 255)
_WIDTH = 420  # of a picture in the first row
_CROP = 180  # pixels of the photo; shown twice as large
_PLACES = 4
_GAP = 8


def write_sheet(path: Path, photo: Path, ours: Path, theirs: Path) -> None:
    """Write the contact sheet of one photo.

    Parameters
    ----------
    path : the PNG to write
    photo : the original
    ours, theirs : RGBA cutouts; theirs is shown as it is stored, premultiplied by rembg
    """
    pixels = read_photo(photo).pixels
    alphas, cutouts = [], []
    for file in (ours, theirs):
        made = read_cutout(file)
        if made.colour is None:
            raise ValueError(f"{file} has no colour")
        alphas.append(made.alpha)
        cutouts.append(_over(made.colour, made.alpha))
    greys = [cv2.cvtColor((alpha * 255).astype(np.uint8), cv2.COLOR_GRAY2RGB) for alpha in alphas]
    first = [_fitted(np.asarray(picture)) for picture in (pixels, *greys, *cutouts)]
    rows = [_row([first[0], first[1], first[3], first[2], first[4]])]
    rows += [
        _row([_enlarged(picture[place]) for picture in (pixels, *cutouts)])
        for place in _places(np.abs(alphas[0] - alphas[1]))
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_png(_stack(rows)))


def _over(colour: Picture, alpha: NDArray[np.float32]) -> Picture:
    """Return a straight-alpha cutout over magenta."""
    share = alpha[..., None]
    mixed = colour * share + np.array(MAGENTA, np.float32) * (1 - share)
    return np.asarray((mixed + 0.5).astype(np.uint8))


def _places(difference: NDArray[np.float32]) -> Iterator[tuple[slice, slice]]:
    """Yield windows around the largest differences, each apart from those before."""
    height, width = difference.shape
    size = min(_CROP, height, width)
    left = cv2.blur(difference, (size // 4, size // 4))
    for _ in range(_PLACES):
        y, x = np.unravel_index(int(left.argmax()), left.shape)
        top = int(np.clip(y - size // 2, 0, height - size))
        start = int(np.clip(x - size // 2, 0, width - size))
        yield slice(top, top + size), slice(start, start + size)
        left[max(0, y - size) : y + size, max(0, x - size) : x + size] = -1


def _fitted(picture: Picture) -> Picture:
    height = round(picture.shape[0] * _WIDTH / picture.shape[1])
    return np.asarray(cv2.resize(picture, (_WIDTH, height), interpolation=cv2.INTER_AREA))


def _enlarged(picture: Picture) -> Picture:
    return picture.repeat(2, axis=0).repeat(2, axis=1)


def _row(pictures: list[Picture]) -> Picture:
    height = max(picture.shape[0] for picture in pictures)
    padded = [
        np.pad(p, ((0, height - p.shape[0]), (0, _GAP), (0, 0)), constant_values=40)
        for p in pictures
    ]
    return np.hstack(padded)


def _stack(rows: list[Picture]) -> Picture:
    width = max(row.shape[1] for row in rows)
    padded = [
        np.pad(row, ((0, _GAP), (0, width - row.shape[1]), (0, 0)), constant_values=40)
        for row in rows
    ]
    return np.vstack(padded)
