"""Edges in steps: what remains of a small mask that was scaled up without smoothing.

A smooth outline turns by one pixel at a time: long runs along one axis, a pixel aside, and on. In
a staircase runs along one axis alternate with runs along the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Defect
from engine.matting.defects.evidence import Evidence
from engine.matting.defects.outline import Outline
from engine.matting.defects.regions import defect_in_cells, grown, regions

_RUN = 2  # moves from pixel to pixel; a run of a staircase has at least as many
_CELLS = 16  # cells along a tile in which stairs are counted
_SHARE = 0.3  # of the outline in a tile is stairs where it is jagged
_LEAST = 6  # corners in a jagged region; a box has four


def find_jagged(evidence: Evidence, outline: Outline) -> list[Defect]:
    """Return the regions where most of the outline is a staircase."""
    side = _CELLS * evidence.step
    height, width = evidence.alpha.shape
    shape = (-(-height // side), -(-width // side))
    corners, length, total = (np.zeros(shape) for _ in range(3))
    for start, stop in zip(outline.starts[:-1], outline.starts[1:], strict=True):
        points = outline.points[start:stop]
        tiles = points // side
        np.add.at(total, (tiles[:, 1], tiles[:, 0]), 1)
        at, run = _stairs(points)
        tiles = at // side
        np.add.at(corners, (tiles[:, 1], tiles[:, 0]), 1)
        np.add.at(length, (tiles[:, 1], tiles[:, 0]), run)
    jagged = (length > _SHARE * total) & (corners >= 2)
    found = []
    for region in regions(grown(jagged, 1), 1):
        inside = region.cells & jagged[region.box]
        count = float(corners[region.box][inside].sum())
        if count >= _LEAST:
            share = float(length[region.box][inside].sum() / total[region.box][inside].sum())
            inner = _without_rim(region.box, inside)
            score = 0.5 + 0.5 * min(1.0, count / 40) * share
            found.append(defect_in_cells("edge jagged", score, inner, side, (height, width)))
    return found


def _stairs(points: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the corners (n, 2) of the staircases in a closed outline, and their runs' lengths.

    A corner belongs to a staircase if both of its runs are long, and the outline turns the other
    way at the corner before or after it. An inner corner is a diagonal move: those count as part
    of the corner.
    """
    move = np.roll(points, -1, axis=0) - points
    code = move[:, 0] * 3 + move[:, 1]
    first = np.flatnonzero(code != np.roll(code, 1))
    length = np.diff(np.append(first, first[:1] + len(points)))
    way = move[first]
    runs = ~((length == 1) & (way != 0).all(axis=1))
    first, length, way = first[runs], length[runs], way[runs]
    if len(first) < 4:
        return np.zeros((0, 2), np.int32), np.zeros(0)
    long = (way == 0).any(axis=1) & (length >= _RUN)
    after = np.roll(way, -1, axis=0)
    turn = way[:, 0] * after[:, 1] - way[:, 1] * after[:, 0]
    turn = np.where(long & np.roll(long, -1), turn, 0)
    stair = (turn != 0) & ((np.roll(turn, 1) == -turn) | (np.roll(turn, -1) == -turn))
    return points[np.roll(first, -1)][stair], length[stair].astype(np.float64)


def _without_rim(box: tuple[slice, slice], inside: NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return the box of the cells that are marked inside a box."""
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    return (
        slice(box[0].start + int(rows[0]), box[0].start + int(rows[-1]) + 1),
        slice(box[1].start + int(columns[0]), box[1].start + int(columns[-1]) + 1),
    )
