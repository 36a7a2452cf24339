"""Chooses for each cell the block character and the two colours that show a picture best.

A cell is twice as high as wide, so that it holds 2 × 4 square pixels of the picture. Pairs of rows
are averaged, and the 2 × 2 pixels that remain are split into two groups so that their two mean
colours are as close to them as possible; a character exists for every split. Where only ASCII can
be shown, a cell holds 1 × 2 pixels and shows their mean. Runs in a worker process.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.terminal.blocks import CELL_BYTES
from tui.terminal.graphics import PIXELS_PER_BLOCK, PIXELS_PER_LETTER

# Each split as the set of its coloured quarters: upper left, upper right, lower left, lower right.
_SPLITS = np.array(
    [(split & 1, split >> 1 & 1, split >> 2, 0) for split in range(8)], dtype=np.float32
)

_STEPS = (1, 2, 4, 8, 16, 32, 48)  # of brightness, from which colours are taken
_RUN_BYTES = 42  # what a terminal is sent for a run of equal cells: two colours and their end


@dataclass(frozen=True)
class Cells:
    """What each cell shows, row by row, ``CELL_BYTES`` each; ``exact`` if no colour was changed."""

    data: bytes
    exact: bool


def block_cells(
    pixels: NDArray[np.uint8], surround: tuple[int, int, int], *, ascii_only: bool, budget: int
) -> Cells:
    """Return what each cell shows.

    Parameters
    ----------
    pixels : (H, W, 3) uint8
        Square pixels, 2 × 4 of which make a cell, or 1 × 2 with ``ascii_only``.
    surround : three ints of 0…255
        The colour that fills what is left of the last column and row.
    ascii_only : bool
        Show nothing but spaces on colours.
    budget : int
        About so many bytes may be sent; colours that differ little become one until that is so.
    """
    per_cell = PIXELS_PER_LETTER if ascii_only else PIXELS_PER_BLOCK
    quarters = _quarters(pixels, surround, per_cell)
    for step in _STEPS:
        coarse = quarters if step == 1 else np.clip(np.rint(quarters / step) * step, 0, 255)
        cells = _cells(coarse)
        if _runs(cells) * _RUN_BYTES <= budget:
            break
    return Cells(cells.tobytes(), exact=step == 1)


def _quarters(
    pixels: NDArray[np.uint8], surround: tuple[int, int, int], per_cell: tuple[int, int]
) -> NDArray[np.float32]:
    """Return each cell's four quarters, or its one colour: (rows, columns, 4 or 1, 3), 0…255."""
    across, down = per_cell
    columns = -(-pixels.shape[1] // across)
    rows = -(-pixels.shape[0] // down)
    whole = np.full((rows * down, columns * across, 3), surround, np.float32)
    top = (rows * down - pixels.shape[0]) // 2
    whole[top : top + pixels.shape[0], : pixels.shape[1]] = pixels
    halves: NDArray[np.float32] = whole.reshape(rows, across, 2, columns, across, 3).mean(axis=2)
    return halves.transpose(0, 2, 1, 3, 4).reshape(rows, columns, across * across, 3)


def _cells(quarters: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return character and colours of each cell: (rows, columns, ``CELL_BYTES``)."""
    cells = np.zeros((*quarters.shape[:2], CELL_BYTES), np.uint8)
    if quarters.shape[2] == 1:
        cells[..., 4:] = np.rint(quarters[:, :, 0])
        return cells
    counts = _SPLITS.sum(axis=1)
    front = np.einsum("sq,rcqk->srck", _SPLITS, quarters)
    back = quarters.sum(axis=2) - front
    front /= np.maximum(counts, 1)[:, None, None, None]
    back /= (4 - counts)[:, None, None, None]
    # Two groups are closest to their means where the means' own squares, weighted, are largest.
    closeness = (front**2).sum(-1) * counts[:, None, None]
    closeness += (back**2).sum(-1) * (4 - counts)[:, None, None]
    best = closeness.argmax(axis=0)
    chosen = best[None, :, :, None]
    cells[..., 0] = best
    cells[..., 1:4] = np.rint(np.take_along_axis(front, chosen, 0)[0])
    cells[..., 4:] = np.rint(np.take_along_axis(back, chosen, 0)[0])
    return cells


def _runs(cells: NDArray[np.uint8]) -> int:
    """Return how many runs of equal cells the rows have."""
    changes = np.count_nonzero((cells[:, 1:] != cells[:, :-1]).any(axis=-1))
    return int(changes) + int(cells.shape[0])
