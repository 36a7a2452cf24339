"""What a network is shown of a photo: tiles with backdrop and matte, perhaps enlarged.

An enlarged tile shows less of the photo, as large as the network expects it. It is enlarged by
itself, with the pixels around it that the interpolation takes: it is what it would be in the photo
enlarged as a whole (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981),
and no such photo is held.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, sample
from engine.matting.tiles import MARGIN, TILE

Pixels = NDArray[np.uint8]
Tiles = NDArray[np.float32]

_SIDE = TILE + 2 * MARGIN  # pixels that the network sees
_TAPS = 2  # pixels to either side that cubic interpolation takes


class TileView:
    """A part of a photo, with enough around it for whole tiles.

    Parameters
    ----------
    photo : (H, W, 3) sRGB
    matte : (H, W), 0…255
    background : fitted to the same photo, at any scale
    part : rows and columns that tiles are placed in
    zoom : times that a tile is enlarged; it then is as many times smaller in the photo
    """

    def __init__(
        self,
        photo: Pixels,
        matte: Pixels,
        background: Background,
        part: tuple[slice, slice],
        zoom: int = 1,
    ) -> None:
        self.zoom = zoom
        self._size = (matte.shape[0] * zoom, matte.shape[1] * zoom)
        self._top, self._left = (each.start for each in part)
        self._photo, self._matte = _bordered(photo, part), _bordered(matte, part)
        self._backdrop = np.asarray(cv2.merge([background.field, background.misfit]), np.float32)

    def tiles(self, places: list[tuple[int, int]]) -> Tiles:
        """Return the network's input (n, 8, side, side), 0…1, around tiles that begin there."""
        pictures = np.empty((len(places), 8, _SIDE, _SIDE), np.float32)
        for picture, place in zip(pictures, places, strict=True):
            rows, columns = (
                slice(start * self.zoom - MARGIN, start * self.zoom - MARGIN + _SIDE)
                for start in (self._top + place[0], self._left + place[1])
            )
            backdrop = sample(self._backdrop, self._size, rows, columns)
            picture[0:3] = self._shown(self._photo, place, cv2.INTER_CUBIC).transpose(2, 0, 1)
            picture[3:7] = backdrop.transpose(2, 0, 1)
            picture[7] = self._shown(self._matte, place, cv2.INTER_LINEAR)
        pictures *= np.float32(1 / 255)
        return pictures

    def _shown(self, picture: Pixels, place: tuple[int, int], interpolation: int) -> Pixels:
        """Return what lies around a tile, (side, side) or with channels."""
        if self.zoom == 1:
            return picture[place[0] : place[0] + _SIDE, place[1] : place[1] + _SIDE]
        before = MARGIN - MARGIN // self.zoom - _TAPS
        side = _SIDE // self.zoom + 2 * _TAPS
        top, left = (start + before for start in place)
        near = picture[top : top + side, left : left + side]
        large = cv2.resize(near, None, fx=self.zoom, fy=self.zoom, interpolation=interpolation)
        seen = slice(_TAPS * self.zoom, -_TAPS * self.zoom)
        return np.asarray(large[seen, seen], np.uint8)


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
