"""How far an outline may change, and what of a change is believed at the end of that reach.

The network that draws an outline knows a few pixels to either side of an edge. What it changes
right up to where nothing may change any more was cut off there: no edge was found.

Mattes are (H, W) uint8.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

REACH = 6
"""Pixels from an edge that may change when it is drawn."""

_SOFT = (6, 249)  # from here to there a pixel may belong to the edge
_MOVED = 64  # levels by which a pixel has changed where the edge goes on moving
_FRINGE = 2  # pixels: so close to where nothing may change any more
_OPENED = 32  # levels by which a pixel has become less product
_CUT = 0.4  # share of a hole's border that is no edge, but where the network's reach ended
_ADDED = 16  # levels by which a pixel has become more product
_CUT_ADDITION = 0.2  # such a share of the border of what was added; that lies along an edge, too

Matte = NDArray[np.uint8]


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
    edge = np.maximum(soft, steps(matte).view(np.uint8))
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.dilate(edge, around) > 0)


def steps(matte: Matte) -> NDArray[np.bool_]:
    """Return where a matte goes through half of its range within two pixels."""
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.morphologyEx(matte, cv2.MORPH_GRADIENT, square) > 128)


def where_it_goes_on(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where an edge is to be drawn again, as it has moved as far as it might.

    Between leaves the paper begins deeper in than an edge may move at once; what is left of it
    would have straight borders.

    Parameters
    ----------
    matte, drawn : (H, W), 0…255, before and after
    near : (H, W) where the matte might change
    """
    square = np.ones((2 * _FRINGE + 1, 2 * _FRINGE + 1), np.uint8)
    moved = (cv2.absdiff(matte, drawn) > _MOVED) & (cv2.erode(near.view(np.uint8), square) == 0)
    if not moved.any():
        return np.asarray(moved)
    around = np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)
    return np.asarray(cv2.dilate(moved.view(np.uint8), around) > 0)


def take_back_holes(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> None:
    """Close in place what was opened amid the product and ends where nothing may change.

    Where the network sees the beginning of a hole of which the matte knows nothing, it opens as
    much as it may: a patch with straight borders. What it opens beside an edge stays as it is:
    there the product may well end further in than the edge can be moved.

    Parameters
    ----------
    matte, drawn : (H, W), 0…255, before and after
    near : (H, W) where the matte might change
    """
    reach = np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)
    beside_an_edge = cv2.dilate((matte < 128).view(np.uint8), reach) > 0
    opened = (cv2.subtract(matte, drawn) > _OPENED) & near & ~beside_an_edge
    closed = _ending_at_the_reach(opened, near, _CUT)
    drawn.flat[closed] = matte.flat[closed]  # either may be a part of a larger one


def take_back_additions(matte: Matte, drawn: Matte, near: NDArray[np.bool_]) -> None:
    """Take away in place what was added and ends where nothing may change.

    Between a wall and a table the field is that of neither. Under the rim of a pot the wall then
    differs from it as a product would, and the edge moves into it as far as it may.

    Parameters
    ----------
    matte, drawn : (H, W), 0…255, before and after
    near : (H, W) where the matte might change
    """
    added = (cv2.subtract(drawn, matte) > _ADDED) & near
    taken = _ending_at_the_reach(added, near, _CUT_ADDITION)
    drawn.flat[taken] = matte.flat[taken]


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
