"""The learned outline: draws the edge of a matte that is right about what the product is.

Products have hard outlines, one or two pixels wide; where colours decide pixel by pixel, noise
makes them ragged and a glossy rim that mirrors the paper pulls them inwards. A small network has
learned what outlines look like (``bench/refiner``): it sees the photo, the backdrop's field and
its misfit, and the matte, in tiles along the edge, and redraws a few pixels to either side of it.
What lies further away it cannot change. Then it looks again, through a glass: at twice the scale,
where it can place an edge as sharp as a photo's within a part of a pixel.

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

from engine.matting.background import Background
from engine.matting.tile_view import Tiles, TileView
from engine.matting.tiles import FADE, MARGIN, TILE, Mosaic, places_of

if TYPE_CHECKING:
    import onnxruntime as ort

_BATCH = 8
_GLASS = 2  # times the scale at which it looks again
_SHARP = 10  # pixels where the matte steps, in a tile that has a sharp edge
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
Place = tuple[int, int]


def draw_outline(
    photo: Pixels,
    matte: Matte,
    background: Background,
    network: ort.InferenceSession,
    dips: float = 1.0,
    *,
    twice: bool = False,
    closely: float = 0.0,
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
    twice : have the network look at every tile mirrored, too
    closely : how many tiles it may look at again through the glass, as a multiple of those that it
        has looked at; where the edge is softest comes first

    Returns
    -------
    (H, W), 0…255; equal to ``matte`` further than three times ``_REACH`` pixels from its edge
    """
    drawn = matte.copy()
    part = _around(matte)
    before = matte[part]
    near = near_the_edge(before, _REACH, dips)
    ask = partial(_asked_twice if twice else _asked, network)
    places = list(places_of(near))
    _redraw(drawn[part], near, places, TileView(photo, matte, background, part), ask)
    drawn[part] = _without_cut_holes(before, drawn[part], near)
    further = _where_it_goes_on(before, drawn[part], near)
    if further.any():
        view = TileView(photo, drawn, background, part)
        _redraw(drawn[part], further, list(places_of(further)), view, ask)
    drawn[part] = _without_cut_additions(before, drawn[part], near | further)
    if (most := closely * len(places)) >= 1:
        _look_closely(drawn, photo, background, part, network, dips, most)
    return drawn


def _look_closely(
    drawn: Matte,
    photo: Pixels,
    background: Background,
    part: tuple[slice, slice],
    network: ort.InferenceSession,
    dips: float,
    most: float,
) -> None:
    """Redraw in place what is worth a look through the glass, ``most`` tiles at most."""
    before = drawn[part].copy()
    near = near_the_edge(before, _REACH // _GLASS, dips)
    places = _worth_a_look(before, near, most)
    near = _within(near, places)
    view = TileView(photo, drawn, background, part, _GLASS)
    _redraw(drawn[part], near, places, view, partial(_asked, network))
    drawn[part] = _without_cut_holes(before, drawn[part], near)
    drawn[part] = _without_cut_additions(before, drawn[part], near)


def _worth_a_look(matte: Matte, near: NDArray[np.bool_], most: float) -> list[Place]:
    """Return where to look through the glass: the softest of the sharp tiles, ``most`` at most.

    How well an edge was placed shows in how soft it was left: of what is gained in all, half is in
    the softest seventh of the tiles. But where the lens was out of focus an edge has no step
    anywhere, and enlarged it is lost.
    """
    steps, alpha = _steps(matte), matte.astype(np.float32) * np.float32(1 / 255)
    sure = (alpha - np.float32(0.5)) ** 2
    places, sureness = [], []
    for place in places_of(near, TILE // _GLASS):
        tile = _glass(place)
        if np.count_nonzero(steps[tile]) >= _SHARP:
            places.append(place)
            sureness.append(sure[tile].mean())
    softest = np.argsort(sureness, kind="stable")[: int(min(most, len(places)))]
    return [places[each] for each in sorted(softest)]


def _glass(place: Place) -> tuple[slice, slice]:
    """Return the rows and columns of a tile seen through the glass."""
    side = TILE // _GLASS
    return slice(place[0], place[0] + side), slice(place[1], place[1] + side)


def _within(area: NDArray[np.bool_], places: list[Place]) -> NDArray[np.bool_]:
    """Return the part of an area that lies in the glass's tiles."""
    chosen = np.zeros_like(area)
    for tile in map(_glass, places):
        chosen[tile] = area[tile]
    return chosen


def _around(matte: Matte) -> tuple[slice, slice]:
    """Return the rows and columns of the product, with all that may change or is looked at."""
    left, top, width, height = cv2.boundingRect(matte)
    rows = slice(max(0, top - _AROUND), min(matte.shape[0], top + height + _AROUND))
    columns = slice(max(0, left - _AROUND), min(matte.shape[1], left + width + _AROUND))
    return rows, columns


def _redraw(
    matte: Matte,
    near: NDArray[np.bool_],
    places: list[Place],
    view: TileView,
    ask: Callable[[Tiles], Tiles],
) -> None:
    """Draw the edge in place, where it may change; the tiles at these places hold all of that."""
    side, fade = TILE // view.zoom, FADE // view.zoom
    mosaic = Mosaic(near.shape[0], near.shape[1], side, fade)
    used = slice(MARGIN - FADE, MARGIN + TILE + FADE)
    groups = [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]

    def drawn(group: list[Place]) -> Matte:
        found = ask(view.tiles(group))
        clear = (found[:, 0, used, used] - np.float32(_HAZE)) * np.float32(1 / (1 - 2 * _HAZE))
        return np.asarray(np.round(_reduced(clear.clip(0, 1), view.zoom) * 255), np.uint8)

    # As many as OpenCV uses in this process, which a worker sets to its share of the cores.
    with ThreadPoolExecutor(max(1, cv2.getNumThreads())) as pool:
        for group, alphas in zip(groups, pool.map(drawn, groups), strict=True):
            for place, alpha in zip(group, alphas, strict=True):
                mosaic.add(place, alpha)
    for top, left in places:
        part = slice(top, top + side), slice(left, left + side)
        here = near[part]
        matte[part][here] = mosaic.tile((top, left))[: here.shape[0], : here.shape[1]][here]


def _reduced(alphas: Tiles, zoom: int) -> Tiles:
    """Return the mean of every ``zoom`` × ``zoom`` alphas; (n, side, side)."""
    if zoom == 1:
        return alphas
    count, side = len(alphas), alphas.shape[1] // zoom
    return np.asarray(alphas.reshape(count, side, zoom, side, zoom).mean(axis=(2, 4)), np.float32)


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
    edge = np.maximum(soft, _steps(matte).view(np.uint8))
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.dilate(edge, around) > 0)


def _steps(matte: Matte) -> NDArray[np.bool_]:
    """Return where a matte goes through half of its range within two pixels."""
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.morphologyEx(matte, cv2.MORPH_GRADIENT, square) > 128)


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
