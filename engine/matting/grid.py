"""The working grid: a photo in cells of a whole number of pixels.

What needs a neighbourhood (colour models, filters) is computed on cells, about a thousand along
the longer side whatever the photo's size; what needs an edge is computed on the photo's pixels,
tile by tile. The cell is square and its step a whole number, so that a tile's values are the same
whichever tiles are around it. Rows and columns that fill no cell take part through their
neighbour's values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.smaller import shrink

LONG_SIDE = 1200
"""Cells at most along the longer side of a photo, where nothing else is asked for."""

_BAND = 32  # rows of cells in a tile
_LONG = 128  # columns of cells in a tile at most, so that none takes much memory


@dataclass(frozen=True)
class Tile:
    """A rectangle of the grid: rows and columns in cells, and the same in pixels."""

    cells: tuple[slice, slice]
    pixels: tuple[slice, slice]


@dataclass(frozen=True)
class Grid:
    """The cells of a photo of ``height`` × ``width`` pixels; a cell is ``step`` pixels wide."""

    height: int
    width: int
    step: int

    @classmethod
    def of(cls, height: int, width: int, long_side: int = LONG_SIDE) -> Grid:
        """Return the grid of a photo with at most ``long_side`` cells along its longer side.

        A photo thinner than a cell has no room for one, and gets thinner cells.
        """
        step = -(-max(height, width) // long_side)
        return cls(height, width, max(1, min(step, height, width)))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return self.height // self.step, self.width // self.step

    def shrink(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the mean colour of every cell: (rows, columns, 3), 0…255."""
        return shrink(pixels, self.step)

    def tiles(self, wanted: NDArray[np.bool_]) -> Iterator[Tile]:
        """Yield tiles that hold every wanted cell, band by band; together with no overlap.

        A band of rows is looked through column by column, so that little is held in vain beside
        what is wanted: an edge is thin.

        Parameters
        ----------
        wanted : (rows, columns)
        """
        rows, columns = self.shape
        for top in range(0, rows, _BAND):
            band = slice(top, min(rows, top + _BAND))
            down = self._pixels(band, rows, self.height)
            for run in _runs(np.any(wanted[band], axis=0)):
                yield Tile((band, run), (down, self._pixels(run, columns, self.width)))

    def reduce(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the mean colour of every cell: (rows, columns, 3) float32, 0…1."""
        return np.asarray(self.shrink(pixels).astype(np.float32) / 255)

    def window(self, tile: Tile, margin: int) -> tuple[slice, slice]:
        """Return the rows and columns of a tile and of ``margin`` cells around it."""
        rows, columns = (
            slice(max(0, part.start - margin), min(length, part.stop + margin))
            for part, length in zip(tile.cells, self.shape, strict=True)
        )
        return rows, columns

    def expand(
        self,
        planes: NDArray[np.float32],
        tile: Tile,
        window: tuple[slice, slice] = (slice(0, None), slice(0, None)),
    ) -> list[NDArray[np.float32]]:
        """Return a tile of planes of cell values at the photo's size, linear between the centres.

        Parameters
        ----------
        planes : (n, rows, columns) of the whole grid, or of ``window``
        tile : the part wanted
        window : a part of the grid that holds the tile and the cells beside it

        Returns
        -------
        n planes, (height, width) of the tile's pixels; each the caller's to change
        """
        around = self.window(tile, 1)
        rows, columns = _within(around, window)
        down, along = _within(tile.pixels, around, self.step)
        size = ((columns.stop - columns.start) * self.step, (rows.stop - rows.start) * self.step)
        missing = max(0, down.stop - size[1]), max(0, along.stop - size[0])

        def expanded(plane: NDArray[np.float32]) -> NDArray[np.float32]:
            large = cv2.resize(plane[rows, columns], size, interpolation=cv2.INTER_LINEAR)
            if any(missing):
                large = cv2.copyMakeBorder(
                    large, 0, missing[0], 0, missing[1], cv2.BORDER_REPLICATE
                )
            return np.asarray(large[down, along], np.float32)

        return [expanded(plane) for plane in planes]

    def at(
        self, values: NDArray[np.float32], rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """Return cell values at pixels of the photo, linear between the cells' centres.

        Parameters
        ----------
        values : (rows, columns, channels) of the whole grid, at most four channels
        rows, columns : (n,) of the pixels

        Returns
        -------
        (channels, n); places are rounded to a 32nd of a cell
        """
        # In lines, since a picture with one long one is more than OpenCV takes.
        places = np.zeros((2, -(-rows.size // _LONG), _LONG), np.float32)
        for place, pixels in zip(places, (columns, rows), strict=True):
            place.ravel()[: rows.size] = (pixels + 0.5) / self.step - 0.5
        found = cv2.remap(
            values, places[0], places[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        channels = found.reshape(-1, values.shape[2])[: rows.size]
        return np.ascontiguousarray(channels.T, np.float32)

    def _pixels(self, cells: slice, count: int, length: int) -> slice:
        stop = length if cells.stop == count else cells.stop * self.step
        return slice(cells.start * self.step, stop)


def _runs(wanted: NDArray[np.bool_]) -> Iterator[slice]:
    """Yield the stretches of a row (n,) that are wanted, in pieces where they are long."""
    changes = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
    for start, stop in changes.reshape(-1, 2).tolist():
        for left in range(start, stop, _LONG):
            yield slice(left, min(stop, left + _LONG))


def _within(
    part: tuple[slice, slice], frame: tuple[slice, slice], step: int = 1
) -> tuple[slice, slice]:
    """Return rows and columns counted from a frame's corner; ``step`` of them are one there."""
    rows, columns = (
        slice(inner.start - outer.start * step, inner.stop - outer.start * step)
        for inner, outer in zip(part, frame, strict=True)
    )
    return rows, columns
