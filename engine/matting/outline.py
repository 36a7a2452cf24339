"""The learned outline: draws the edge of a matte that is right about what the product is.

Products have hard outlines, one or two pixels wide; where colours decide pixel by pixel, noise
makes them ragged and a glossy rim that mirrors the paper pulls them inwards. A small network has
learned what outlines look like (``bench/refiner``): it sees the photo, the backdrop's field and
its misfit, and the matte, in tiles along the edge, and redraws a few pixels to either side of it.
What lies further away it cannot change.

Mattes are (H, W) uint8. No array passed in is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, sample
from engine.matting.tiles import FADE, MARGIN, TILE, Mosaic, places_of

if TYPE_CHECKING:
    import onnxruntime as ort

_BATCH = 8
_REACH = 6  # pixels from the edge that may change
_AROUND = 4 * _REACH  # pixels around the product: beyond, nothing is an edge or near one
_SOFT = (6, 249)  # from here to there a pixel may belong to the edge
_UNSURE = 0.001  # nobody is surer of an alpha than this
_HAZE = 0.04  # alpha; the network's last doubt, made 0 and 1
_MOVED = 64  # levels by which a pixel has changed where the edge goes on moving
_FRINGE = 2  # pixels: so close to where nothing may change any more
_OPENED = 32  # levels by which a pixel has become less product
_CUT = 0.4  # share of a hole's border that is no edge, but where the network's reach ended
_ADDED = 16  # levels by which a pixel has become more product
_CUT_ADDITION = 0.2  # such a share of the border of what was added; that lies along an edge, too

Matte = NDArray[np.uint8]
Pixels = NDArray[np.uint8]
Tiles = NDArray[np.float32]


def draw_outline(
    photo: Pixels,
    matte: Matte,
    background: Background,
    network: ort.InferenceSession,
    dips: float = 1.0,
    *,
    twice: bool = False,
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
    twice : have the network look at every tile a second time, mirrored

    Returns
    -------
    (H, W), 0…255; equal to ``matte`` further than twice ``_REACH`` pixels from its edge
    """
    drawn = matte.copy()
    part = _around(matte)
    before = matte[part]
    near = near_the_edge(before, _REACH, dips)
    ask = partial(_asked_twice if twice else _asked, network)
    _redraw(drawn[part], near, _View(photo, matte, background, part), ask)
    drawn[part] = _without_cut_holes(before, drawn[part], near)
    further = _where_it_goes_on(before, drawn[part], near)
    if further.any():
        _redraw(drawn[part], further, _View(photo, drawn, background, part), ask)
    drawn[part] = _without_cut_additions(before, drawn[part], near | further)
    return drawn


def _around(matte: Matte) -> tuple[slice, slice]:
    """Return the rows and columns of the product, with all that may change or is looked at."""
    left, top, width, height = cv2.boundingRect(matte)
    rows = slice(max(0, top - _AROUND), min(matte.shape[0], top + height + _AROUND))
    columns = slice(max(0, left - _AROUND), min(matte.shape[1], left + width + _AROUND))
    return rows, columns


def _redraw(
    matte: Matte, near: NDArray[np.bool_], view: _View, ask: Callable[[Tiles], Tiles]
) -> None:
    """Draw the edge in place, where it may change."""
    places = list(places_of(near))
    mosaic, used = Mosaic(*near.shape), slice(MARGIN - FADE, MARGIN + TILE + FADE)
    groups = [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]

    def drawn(group: list[tuple[int, int]]) -> Matte:
        found = ask(view.tiles(group))
        clear = (found[:, 0, used, used] - np.float32(_HAZE)) * np.float32(1 / (1 - 2 * _HAZE))
        return np.asarray(np.round(clear.clip(0, 1) * 255), np.uint8)

    # As many as OpenCV uses in this process, which a worker sets to its share of the cores.
    with ThreadPoolExecutor(max(1, cv2.getNumThreads())) as pool:
        for group, alphas in zip(groups, pool.map(drawn, groups), strict=True):
            for place, alpha in zip(group, alphas, strict=True):
                mosaic.add(place, alpha)
    for top, left in places:
        part = slice(top, top + TILE), slice(left, left + TILE)
        here = near[part]
        matte[part][here] = mosaic.tile((top, left))[: here.shape[0], : here.shape[1]][here]


def _asked(network: ort.InferenceSession, tiles: Tiles) -> Tiles:
    """Return the network's answer (n, 1, side, side), 0…1, to tiles (n, 8, side, side)."""
    return np.asarray(network.run(None, {"pictures": tiles})[0], np.float32)


def _asked_twice(network: ort.InferenceSession, tiles: Tiles) -> Tiles:
    """Return what the network says of tiles and of their mirror images: the mean of both logits.

    Where it is sure of one of them, that counts for more than a mean of the alphas would let it;
    the logarithmic opinion pool of Genest and Zidek ("Combining Probability Distributions", 1986).
    """
    mirrored = _asked(network, np.ascontiguousarray(tiles[..., ::-1]))[..., ::-1]
    first, second = (
        answer.clip(_UNSURE, 1 - _UNSURE) for answer in (_asked(network, tiles), mirrored)
    )
    product, backdrop = np.sqrt(first * second), np.sqrt((1 - first) * (1 - second))
    return np.asarray(product / (product + backdrop), np.float32)


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
    """What the network is to look at: a part of a photo, with enough around it for whole tiles."""

    def __init__(
        self, photo: Pixels, matte: Matte, background: Background, part: tuple[slice, slice]
    ) -> None:
        self._size = (matte.shape[0], matte.shape[1])
        self._top, self._left = (each.start for each in part)
        self._photo, self._matte = _bordered(photo, part), _bordered(matte, part)
        self._backdrop = np.asarray(cv2.merge([background.field, background.misfit]), np.float32)

    def tiles(self, places: list[tuple[int, int]]) -> Tiles:
        """Return the network's input (n, 8, side, side), 0…1, around tiles that begin there."""
        side = TILE + 2 * MARGIN
        pictures = np.empty((len(places), 8, side, side), np.float32)
        for picture, (top, left) in zip(pictures, places, strict=True):
            part = slice(top, top + side), slice(left, left + side)
            rows, columns = (
                slice(start - MARGIN, start - MARGIN + side)
                for start in (self._top + top, self._left + left)
            )
            backdrop = sample(self._backdrop, self._size, rows, columns)
            picture[0:3] = self._photo[part].transpose(2, 0, 1)
            picture[3:7] = backdrop.transpose(2, 0, 1)
            picture[7] = self._matte[part]
        pictures *= np.float32(1 / 255)
        return pictures


def _bordered(picture: NDArray[np.uint8], part: tuple[slice, slice]) -> NDArray[np.uint8]:
    """Return a part of a picture and what is around it; beyond the frame its edge repeats."""
    seen, beyond = [], []
    for each, length in zip(part, picture.shape[:2], strict=False):
        start, stop = each.start - MARGIN, each.stop + MARGIN + TILE
        seen.append(slice(max(0, start), min(length, stop)))
        beyond += [max(0, -start), max(0, stop - length)]
    top, bottom, left, right = beyond
    within = picture[tuple(seen)]
    whole = cv2.copyMakeBorder(within, top, bottom, left, right, cv2.BORDER_REPLICATE)
    return np.asarray(whole, np.uint8)


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
    closed = _ending_at_the_reach(opened, near, _CUT)
    drawn.flat[closed] = matte.flat[closed]  # either may be a part of a larger one
    return drawn


def _without_cut_additions(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> Matte:
    """Take away again what was added and ends where nothing may change.

    Between a wall and a table the field is that of neither. Under the rim of a pot the wall then
    differs from it as a product would, and the edge moves into it as far as it may.
    """
    added = (cv2.subtract(drawn, matte) > _ADDED) & near
    taken = _ending_at_the_reach(added, near, _CUT_ADDITION)
    drawn.flat[taken] = matte.flat[taken]
    return drawn


def _ending_at_the_reach(
    changed: NDArray[np.bool_], near: NDArray[np.bool_], share: float
) -> NDArray[np.intp]:
    """Return the pixels, as they count in the raveled matte, of patches cut off by the reach.

    A patch of what has changed is one where more than ``share`` of its border is that of ``near``.
    """
    places = np.flatnonzero(changed)
    if not places.size:
        return places
    count, patches = cv2.connectedComponents(changed.view(np.uint8), connectivity=8)
    patch = patches.ravel()[places]
    border, cut = (
        np.bincount(patch[~_inside(area).ravel()[places]], minlength=count)
        for area in (changed, near)
    )
    return np.asarray(places[(cut > share * border)[patch]])


def _inside(area: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return an area without its outermost pixels; the frame's border is none of its own."""
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.erode(area.view(np.uint8), square) > 0)
