"""The learned outline: draws the edge of a matte that is right about what the product is.

Products have hard outlines, one or two pixels wide; where colours decide pixel by pixel, noise
makes them ragged and a glossy rim that mirrors the paper pulls them inwards. A small network has
learned what outlines look like (``bench/refiner``): it sees the photo, the backdrop's field and
its misfit, and the matte, in tiles along the edge, and redraws a few pixels to either side of it.
What lies further away it cannot change.

Mattes are (H, W) uint8. No array passed in is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, sample

if TYPE_CHECKING:
    import onnxruntime as ort

_TILE, _MARGIN = 56, 8  # what is taken from a tile, and what the network sees around it
_BATCH = 8
_REACH = 6  # pixels from the edge that may change
_SOFT = (6, 249)  # from here to there a pixel may belong to the edge
_HAZE = 0.04  # alpha; the network's last doubt, made 0 and 1
_MOVED = 64  # levels by which a pixel has changed where the edge goes on moving
_FRINGE = 2  # pixels: so close to where nothing may change any more
_OPENED = 32  # levels by which a pixel has become less product
_CUT = 0.4  # share of a patch's border that is no edge, but where the network's reach ended

Matte = NDArray[np.uint8]
Pixels = NDArray[np.uint8]


def draw_outline(
    photo: Pixels,
    matte: Matte,
    background: Background,
    network: ort.InferenceSession,
    dips: float = 1.0,
) -> Matte:
    """Return the matte with its edge redrawn.

    Parameters
    ----------
    photo : (H, W, 3) sRGB
    matte : (H, W), 0…255, its edge within about five pixels of the true one
    background : fitted to the same photo, at any scale
    network : ``Refiner.outline``
    dips : 0…1, how shallow a dip inside the product may be to be taken for an edge, and so perhaps
        for the beginning of a hole; at 0 none is that stays above a half

    Returns
    -------
    (H, W), 0…255; equal to ``matte`` further than twice ``_REACH`` pixels from its edge
    """
    near = near_the_edge(matte, _REACH, dips)
    drawn = matte.copy()
    _redraw(drawn, near, _View(photo, matte, background), network)
    drawn = _without_cut_holes(matte, drawn, near)
    further = _where_it_goes_on(matte, drawn, near)
    if further.any():
        _redraw(drawn, further, _View(photo, drawn, background), network)
    return drawn


def _redraw(
    matte: Matte, near: NDArray[np.bool_], view: _View, network: ort.InferenceSession
) -> None:
    """Draw the edge in place, where it may change."""
    for group in _groups(near):
        found = network.run(None, {"pictures": view.tiles(group)})[0][:, 0]
        inner = found[:, _MARGIN : _MARGIN + _TILE, _MARGIN : _MARGIN + _TILE]
        clear = (inner - np.float32(_HAZE)) * np.float32(1 / (1 - 2 * _HAZE))
        alphas = np.round(clear.clip(0, 1) * 255).astype(np.uint8)
        for (top, left), alpha in zip(group, alphas, strict=True):
            part = slice(top, top + _TILE), slice(left, left + _TILE)
            here = near[part]
            matte[part][here] = alpha[: here.shape[0], : here.shape[1]][here]


def _where_it_goes_on(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where an edge is to be drawn again, as it has moved as far as it might.

    Between leaves the paper begins deeper in than an edge may move at once; what is left of it
    would have straight borders.
    """
    square = np.ones((2 * _FRINGE + 1, 2 * _FRINGE + 1), np.uint8)
    moved = (cv2.absdiff(matte, drawn) > _MOVED) & (cv2.erode(near.view(np.uint8), square) == 0)
    if not moved.any():
        return np.asarray(moved)
    around = np.ones((2 * _REACH + 1, 2 * _REACH + 1), np.uint8)
    return np.asarray(cv2.dilate(moved.view(np.uint8), around) > 0)


class _View:
    """What the network is to look at, with a border so that every tile is whole."""

    def __init__(self, photo: Pixels, matte: Matte, background: Background) -> None:
        self._size = (matte.shape[0], matte.shape[1])
        border = (_MARGIN, _MARGIN + _TILE, _MARGIN, _MARGIN + _TILE)
        self._photo = cv2.copyMakeBorder(photo, *border, cv2.BORDER_REPLICATE)
        self._matte = cv2.copyMakeBorder(matte, *border, cv2.BORDER_REPLICATE)
        self._backdrop = np.asarray(cv2.merge([background.field, background.misfit]), np.float32)

    def tiles(self, places: list[tuple[int, int]]) -> NDArray[np.float32]:
        """Return the network's input (n, 8, side, side), 0…1, around tiles that begin there."""
        side = _TILE + 2 * _MARGIN
        pictures = np.empty((len(places), 8, side, side), np.float32)
        for picture, (top, left) in zip(pictures, places, strict=True):
            part = slice(top, top + side), slice(left, left + side)
            rows, columns = (
                slice(start - _MARGIN, start - _MARGIN + side) for start in (top, left)
            )
            backdrop = sample(self._backdrop, self._size, rows, columns)
            picture[0:3] = self._photo[part].transpose(2, 0, 1)
            picture[3:7] = backdrop.transpose(2, 0, 1)
            picture[7] = self._matte[part]
        pictures *= np.float32(1 / 255)
        return pictures


def near_the_edge(matte: Matte, reach: int, dips: float = 1.0) -> NDArray[np.bool_]:
    """Return the pixels that belong to the edge, soft ones and steps, and what is close by.

    Parameters
    ----------
    matte : (H, W), 0…255
    reach : pixels from the edge
    dips : 0…1, how shallow a dip inside the product may be to be taken for an edge
    """
    softest = int(128 + dips * (_SOFT[1] - 128))
    soft = cv2.inRange(matte, np.array(_SOFT[0]), np.array(softest))
    square = np.ones((3, 3), np.uint8)
    step = cv2.morphologyEx(matte, cv2.MORPH_GRADIENT, square) > 128
    edge = np.maximum(soft, step.view(np.uint8))
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.dilate(edge, around) > 0)


def _without_cut_holes(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> Matte:
    """Close again what was opened in the middle of the product and ends where nothing may change.

    Where the network sees the beginning of a hole of which the matte knows nothing, it opens as
    much as it may: a patch with straight borders. What it opens beside an edge stays as it is:
    there the product may well end further in than the edge can be moved.
    """
    reach = np.ones((2 * _REACH + 1, 2 * _REACH + 1), np.uint8)
    beside_an_edge = cv2.dilate((matte < 128).view(np.uint8), reach) > 0
    opened = (cv2.subtract(matte, drawn) > _OPENED) & near & ~beside_an_edge
    places = np.flatnonzero(opened)
    if not places.size:
        return drawn
    count, patches = cv2.connectedComponents(opened.view(np.uint8), connectivity=8)
    patch = patches.ravel()[places]
    border, cut = (
        np.bincount(patch[~_inside(area).ravel()[places]], minlength=count)
        for area in (opened, near)
    )
    closed = places[(cut > _CUT * border)[patch]]
    drawn.ravel()[closed] = matte.ravel()[closed]
    return drawn


def _inside(area: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return an area without its outermost pixels; the frame's border is none of its own."""
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.erode(area.view(np.uint8), square) > 0)


def _groups(near: NDArray[np.bool_]) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of the tiles that hold a pixel of the edge, a few at a time."""
    places = list(_places(near))
    for start in range(0, len(places), _BATCH):
        yield places[start : start + _BATCH]


def _places(near: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield where tiles begin: each as far down and to the right as leaves nothing out.

    Rows of tiles, and tiles in a row, begin at the first pixel that no other holds; that takes a
    fifth fewer of them than a regular grid.
    """
    for top in _starts(np.flatnonzero(near.any(axis=1))):
        for left in _starts(np.flatnonzero(near[top : top + _TILE].any(axis=0))):
            yield top, left


def _starts(marked: NDArray[np.intp]) -> Iterator[int]:
    """Yield the beginnings of pieces of ``_TILE`` that together hold every marked place."""
    end = 0
    for place in marked.tolist():
        if place >= end:
            yield place
            end = place + _TILE
