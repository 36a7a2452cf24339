"""One picture per photo that shows a cutout beside another's: what a person looks at to judge.

First row: the photo, then matte and cutout on magenta of either program. Below: the places where
the two mattes differ most, at 200 %, cut from the photo and from both cutouts on magenta, which no
product and no backdrop hides in.
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
_PLACES = 6  # at most
_SEEN = 0.02  # mean difference of alpha around a place that is worth a look
_IN_A_ROW = 6  # crops: two places
_GAP = 8
_TITLE = 24  # height of a title, in pixels
_GROUND = 40  # the gray between the pictures


def write_sheet(path: Path, photo: Path, ours: Path, theirs: Path, name: str = "rembg") -> None:
    """Write the contact sheet of one photo.

    Parameters
    ----------
    path : the PNG to write
    photo : the original
    ours, theirs : RGBA cutouts; theirs is shown as it is stored, premultiplied by rembg
    name : of the other program
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
    first = [pixels, greys[0], cutouts[0], greys[1], cutouts[1]]
    titles = ["photo", "packshot", "packshot", name, name]
    rows = [_row([_titled(_fitted(np.asarray(p)), t) for p, t in zip(first, titles, strict=True)])]
    crops = [
        _titled(_enlarged(picture[place]), title)
        for place in _places(np.abs(alphas[0] - alphas[1]))
        for picture, title in (
            (pixels, "photo, 200 %"),
            (cutouts[0], "packshot"),
            (cutouts[1], name),
        )
    ]
    rows += [_row(crops[start : start + _IN_A_ROW]) for start in range(0, len(crops), _IN_A_ROW)]
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
        if left[y, x] < _SEEN:
            return
        top = int(np.clip(y - size // 2, 0, height - size))
        start = int(np.clip(x - size // 2, 0, width - size))
        yield slice(top, top + size), slice(start, start + size)
        left[max(0, y - size) : y + size, max(0, x - size) : x + size] = -1


def _fitted(picture: Picture) -> Picture:
    height = round(picture.shape[0] * _WIDTH / picture.shape[1])
    return np.asarray(cv2.resize(picture, (_WIDTH, height), interpolation=cv2.INTER_AREA))


def _titled(picture: Picture, title: str) -> Picture:
    """Return a picture with its title above it."""
    bar = np.full((_TITLE, picture.shape[1], 3), _GROUND, np.uint8)
    where, light = (4, _TITLE - 7), (230, 230, 230)
    cv2.putText(bar, title, where, cv2.FONT_HERSHEY_SIMPLEX, 0.5, light, 1, cv2.LINE_AA)
    return np.vstack([bar, picture])


def _enlarged(picture: Picture) -> Picture:
    return picture.repeat(2, axis=0).repeat(2, axis=1)


def _row(pictures: list[Picture]) -> Picture:
    height = max(picture.shape[0] for picture in pictures)
    padded = [
        np.pad(p, ((0, height - p.shape[0]), (0, _GAP), (0, 0)), constant_values=_GROUND)
        for p in pictures
    ]
    return np.hstack(padded)


def _stack(rows: list[Picture]) -> Picture:
    width = max(row.shape[1] for row in rows)
    padded = [
        np.pad(row, ((0, _GAP), (0, width - row.shape[1]), (0, 0)), constant_values=_GROUND)
        for row in rows
    ]
    return np.vstack(padded)
