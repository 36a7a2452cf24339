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

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background
from engine.matting.reach import (
    REACH,
    near_the_edge,
    steps,
    take_back_additions,
    take_back_holes,
    where_it_goes_on,
)
from engine.matting.tile_view import Tiles, TileView
from engine.matting.tiles import FADE, MARGIN, TILE, Mosaic, places_of

if TYPE_CHECKING:
    import onnxruntime as ort

_BATCH = 8
_GLASS = 2  # times the scale at which it looks again
_SHARP = 10  # pixels where the matte steps, in a tile that has a sharp edge
_AROUND = 4 * REACH  # pixels around the product: beyond, nothing is an edge or near one
_UNSURE = 0.001  # nobody is surer of an alpha than this
_HAZE = 0.04  # alpha; the network's last doubt, made 0 and 1

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
    (H, W), 0…255; equal to ``matte`` further than three times ``REACH`` pixels from its edge
    """
    drawing = _Drawing(photo, matte.copy(), background, _around(matte), network)
    before, here = matte[drawing.part], drawing.here
    near = near_the_edge(before, REACH, dips)
    places = list(places_of(near))
    drawing.redraw(near, places, twice=twice)
    take_back_holes(before, here, near)
    further = where_it_goes_on(before, here, near)
    if further.any():
        drawing.redraw(further, list(places_of(further)), twice=twice)
    take_back_additions(before, here, near | further)
    if (most := closely * len(places)) >= 1:
        _look_closely(drawing, dips, most)
    return drawing.matte


@dataclass(frozen=True)
class _Drawing:
    """A matte that is drawn on, and all that its network is shown.

    photo : (H, W, 3) sRGB
    matte : (H, W), 0…255, drawn on in place
    background : fitted to the same photo
    part : rows and columns of the product, with all that may change
    network : draws a tile
    """

    photo: Pixels
    matte: Matte
    background: Background
    part: tuple[slice, slice]
    network: ort.InferenceSession

    @property
    def here(self) -> Matte:
        """The part of the matte, to be drawn on."""
        return self.matte[self.part]

    def redraw(
        self, near: NDArray[np.bool_], places: list[Place], zoom: int = 1, *, twice: bool = False
    ) -> None:
        """Draw the edge where it may change; the tiles at these places hold all of that."""
        view = TileView(self.photo, self.matte, self.background, self.part, zoom)
        side, fade = TILE // zoom, FADE // zoom
        mosaic = Mosaic(near.shape[0], near.shape[1], side, fade)
        used = slice(MARGIN - FADE, MARGIN + TILE + FADE)
        groups = [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]
        ask = _asked_twice if twice else _asked

        def drawn(group: list[Place]) -> Matte:
            found = ask(self.network, view.tiles(group))
            clear = (found[:, 0, used, used] - np.float32(_HAZE)) * np.float32(1 / (1 - 2 * _HAZE))
            return np.asarray(np.round(_reduced(clear.clip(0, 1), zoom) * 255), np.uint8)

        # As many as OpenCV uses in this process, which a worker sets to its share of the cores.
        with ThreadPoolExecutor(max(1, cv2.getNumThreads())) as pool:
            for group, alphas in zip(groups, pool.map(drawn, groups), strict=True):
                for place, alpha in zip(group, alphas, strict=True):
                    mosaic.add(place, alpha)
        for top, left in places:
            tile = slice(top, top + side), slice(left, left + side)
            may = near[tile]
            self.here[tile][may] = mosaic.tile((top, left))[: may.shape[0], : may.shape[1]][may]


def _look_closely(drawing: _Drawing, dips: float, most: float) -> None:
    """Redraw what is worth a look through the glass, ``most`` tiles at most."""
    before = drawing.here.copy()
    near = near_the_edge(before, REACH // _GLASS, dips)
    places = _worth_a_look(before, near, most)
    near = _within(near, places)
    drawing.redraw(near, places, _GLASS)
    take_back_holes(before, drawing.here, near)
    take_back_additions(before, drawing.here, near)


def _worth_a_look(matte: Matte, near: NDArray[np.bool_], most: float) -> list[Place]:
    """Return where to look through the glass: the softest of the sharp tiles, ``most`` at most.

    How well an edge was placed shows in how soft it was left: of what is gained in all, half is in
    the softest seventh of the tiles. But where the lens was out of focus an edge has no step
    anywhere, and enlarged it is lost.
    """
    edges, alpha = steps(matte), matte.astype(np.float32) * np.float32(1 / 255)
    sure = (alpha - np.float32(0.5)) ** 2
    places, sureness = [], []
    for place in places_of(near, TILE // _GLASS):
        tile = _glass(place)
        if np.count_nonzero(edges[tile]) >= _SHARP:
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
