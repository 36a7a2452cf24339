"""A small picture from which a matte can be judged: as a whole, and close at one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.encode import decode_matte, encode_jpeg
from engine.matting.defects.defect import Defect
from engine.work.jobs import PreviewJob, View
from engine.work.previewing import preview

Pixels = NDArray[np.uint8]

COLUMNS: tuple[View, ...] = ("original", "matte", "black", "white")
"""What is shown beside each other: a light rim is seen on black alone, a dark one on white."""

CELL = 200
"""Pixels of a column's width, and of a row's height."""

_GAP = 4
_BEHIND = 96  # grey, around photos that are no squares
_MARK = (255, 0, 160)
_AROUND = 1.6  # the side of what is seen close, by that of the place
_LEAST = CELL // 2  # photo pixels on its side: 200%
_SMALL = 0.25  # of the photo's longer side, up to which a place says where to look
_WINDOW = 0.08  # of the photo's longer side: what is shown of a fault that reaches far
_QUALITY = 82
_OF_EDGES = frozenset({"halo", "edge jagged", "shadow left"})


class Place(NamedTuple):
    """A part of a photo: its top left corner and its size, in pixels of the photo."""

    x: int
    y: int
    width: int
    height: int


def exemplar_picture(photo: Path, matte: Path, place: Place | None = None) -> bytes:
    """Return a JPEG of a photo, its matte, and its cutout on black and on white.

    Parameters
    ----------
    photo, matte : the files
    place : framed in the upper row, and shown close in a lower one, at 200% at most

    Raises
    ------
    PhotoError : the photo cannot be used
    """
    rows = [_row(_whole(photo, matte, place))]
    if place:
        rows.append(_row(_close(photo, matte, place)))
    gap = np.full((_GAP, rows[0].shape[1], 3), _BEHIND, np.uint8)
    sheet = np.concatenate([rows[0], *(part for row in rows[1:] for part in (gap, row))])
    return encode_jpeg(sheet, quality=_QUALITY, subsampling="4:4:4", progressive=False)


def place_of(
    defects: Sequence[Defect], reason: str, matte: Path, better: Path | None
) -> Place | None:
    """Return where it is seen best what a matte was rejected for; None where nobody can tell.

    That is the worst defect of that kind, if it lies in one place. If not, it is where the better
    matte differs most, or, of what is wrong with an edge, where that is softest.

    Parameters
    ----------
    defects : of the matte, the worst first
    reason : why it was rejected
    matte, better : the files, of one size
    """
    pixels = decode_matte(matte.read_bytes())
    longest = _SMALL * max(pixels.shape)
    measured = [each for each in defects if each.kind == reason]
    for each in measured:
        if max(each.width, each.height) <= longest:
            return Place(each.x, each.y, each.width, each.height)
    if better:
        other = decode_matte(better.read_bytes())
        return _most(np.maximum(pixels, other) - np.minimum(pixels, other))
    return _most(np.minimum(pixels, 255 - pixels)) if measured or reason in _OF_EDGES else None


def _most(strength: Pixels) -> Place | None:
    """Return the square in which there is most of something, 0…255; None where there is none."""
    height, width = strength.shape
    side = min(height, width, max(_LEAST, round(_WINDOW * max(height, width))))
    inside = cv2.boxFilter(strength, cv2.CV_32F, (side, side), normalize=False)
    inside = inside[side // 2 : height - side // 2, side // 2 : width - side // 2]
    if not inside.size or not inside.any():
        return None
    top, left = np.unravel_index(int(np.argmax(inside)), inside.shape)
    return Place(int(left), int(top), side, side)


def _whole(photo: Path, matte: Path, place: Place | None) -> Iterator[Pixels]:
    for view in COLUMNS:
        picture = preview(PreviewJob(photo, matte, view, (CELL, CELL)))
        pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
        if place and view in {"original", "matte"}:
            pixels = pixels.copy()
            start = round(place.x * picture.zoom), round(place.y * picture.zoom)
            right, bottom = place.x + place.width, place.y + place.height
            end = round(right * picture.zoom), round(bottom * picture.zoom)
            cv2.rectangle(pixels, start, end, _MARK, 2)
        yield pixels


def _close(photo: Path, matte: Path, place: Place) -> Iterator[Pixels]:
    size = preview(PreviewJob(photo, matte, "original", (CELL, CELL))).photo_size
    side = max(_LEAST, round(max(place.width, place.height) * _AROUND))
    centre = (
        (place.x + place.width / 2) / size[0],
        (place.y + place.height / 2) / size[1],
    )
    for view in COLUMNS:
        picture = preview(PreviewJob(photo, matte, view, (CELL, CELL), CELL / side, centre))
        yield np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def _row(cells: Iterator[Pixels]) -> Pixels:
    """Return pictures beside each other, each in the middle of a cell."""
    row = np.full((CELL, len(COLUMNS) * (CELL + _GAP) - _GAP, 3), _BEHIND, np.uint8)
    for number, pixels in enumerate(cells):
        height, width = pixels.shape[:2]
        top = (CELL - height) // 2
        left = number * (CELL + _GAP) + (CELL - width) // 2
        row[top : top + height, left : left + width] = pixels
    return row
