"""A closer second look at a subject that is small in the frame.

A network sees 320 or 1024 pixels of the whole photo; a ring in the middle of the sweep gets a
tenth of them. So the surroundings of what the first look found are shown once more, alone and
larger, as attention by cropping does (Fu, Zheng and Mei, "Look Closer to See Better", CVPR 2017).

The first look decides what the product is, for it sees all around: where the two contradict each
other over more than an edge, the closer one has lost its bearings (a pale bag that fills the frame
looks like background) and the first stands. Where they agree on the place and the closer one doubts
(one key of five), the first one's word counts: a patch is as probable as it was.

Probabilities are (h, w) float32 in 0…1. No array passed in is changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

_SEEN = 0.2  # probability from which something belongs to the subject
_SURE = 0.8  # what is nowhere this probable is no subject
_TRACE = 0.02  # below this a probability is none
_RAISED = 3.0  # times, at most; what the closer look hardly sees is left to it
_MARGIN = 0.12, 0.02  # of the subject and of the frame, left around it
_SMALL = 0.45  # share of the frame; a larger subject gains less than the second look costs
_FINEST = 2048  # pixels along a side of the merged map at most
_REACH = 0.04  # of the box's longer side: what is wider than that is no edge
_AGREE, _CONTRADICT = 0.1, 0.25  # mean difference within reach


@dataclass(frozen=True)
class Box:
    """A part of the frame, its sides as shares of the frame's height and width, 0…1."""

    top: float
    bottom: float
    left: float
    right: float

    def within(self, height: int, width: int) -> tuple[slice, slice]:
        """Return the rows and columns of the box in a picture of that size; at least one each."""
        top, left = round(self.top * height), round(self.left * width)
        bottom, right = round(self.bottom * height), round(self.right * width)
        return slice(top, max(top + 1, bottom)), slice(left, max(left + 1, right))


def where_to_look(probability: Field) -> Box | None:
    """Return the part of the frame that holds the subject, with some room around it.

    Parameters
    ----------
    probability : (h, w), of the whole photo

    Returns
    -------
    None where there is no subject, or where it fills the frame well enough
    """
    seen = (probability > _SEEN).view(np.uint8)
    count, patches = cv2.connectedComponents(seen, connectivity=8)
    sure = np.zeros(count, np.bool_)
    sure[np.unique(patches[probability > _SURE])] = True
    sure[0] = False  # what belongs to no patch
    subject = sure[patches]
    if not subject.any():
        return None
    top, bottom = _span(subject.any(axis=1))
    left, right = _span(subject.any(axis=0))
    small = (bottom - top) * (right - left) < _SMALL
    return Box(top, bottom, left, right) if small else None


def merge(first: Field, closer: Field, box: Box) -> Field:
    """Return one map of the whole frame from both looks.

    Parameters
    ----------
    first : (h, w), of the whole photo
    closer : (h', w'), of the part ``box``
    box : from :func:`where_to_look`

    Returns
    -------
    (n·h, n·w), as fine as the closer look, but no side above ``_FINEST`` unless ``first`` has one
    """
    height, width = first.shape
    finer = math.ceil(1 / max(box.bottom - box.top, box.right - box.left))
    times = max(1, min(max(2, finer), _FINEST // max(height, width)))
    size = (times * width, times * height)
    merged = cv2.resize(first, size, interpolation=cv2.INTER_CUBIC).clip(0, 1)
    part = box.within(size[1], size[0])
    before = merged[part]
    shrinks = closer.shape[0] > before.shape[0]
    after = cv2.resize(
        closer,
        (before.shape[1], before.shape[0]),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC,
    ).clip(0, 1)
    reach = _REACH * max(before.shape)
    after = _as_sure(after, before)
    apart = cv2.GaussianBlur(np.abs(after - before), (0, 0), reach)
    doubt = ((apart - _AGREE) / (_CONTRADICT - _AGREE)).clip(0, 1)
    merged[part] = after + (before - after) * doubt
    return np.asarray(merged, np.float32)


def _as_sure(closer: Field, first: Field) -> Field:
    """Return the closer look, (h, w), its patches as probable as the first look had them."""
    count, patches = cv2.connectedComponents((closer > _TRACE).view(np.uint8), connectivity=8)
    of = np.asarray(patches, np.intp).ravel()
    now, then = np.full((2, count), _TRACE, np.float32)
    np.maximum.at(now, of, closer.ravel())
    np.maximum.at(then, of, first.ravel())
    doubted = (then > _SURE) & (now < _SURE)
    doubted[0] = False  # what belongs to no patch
    if not doubted.any():
        return closer
    times = np.where(doubted, np.minimum(then / now, _RAISED), np.float32(1))
    return np.asarray((closer * times[patches]).clip(0, 1), np.float32)


def _span(line: NDArray[np.bool_]) -> tuple[float, float]:
    """Return where a line's marked part begins and ends, widened, as shares of its length."""
    marked = np.flatnonzero(line)
    begin, end = int(marked[0]) / len(line), (int(marked[-1]) + 1) / len(line)
    room = _MARGIN[0] * (end - begin) + _MARGIN[1]
    return max(0.0, begin - room), min(1.0, end + room)
