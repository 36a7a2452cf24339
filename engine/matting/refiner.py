"""The learned refiner: corrects a matte where photo and backdrop contradict it.

Its network sees the photo, the fitted field of the backdrop, how well that fits, the probability
that the matte was made from, and the matte; its answer is a better matte (``bench/refiner`` tells
how it was trained). What a small network filled or missed (openwork, holes, wires) is found by the
difference between photo and backdrop.

It works on a reduced photo, at most ``FRAME_SIDE`` on its longer side: it settles what belongs to
the product; where exactly the edge lies is left to ``likelihood`` and ``guided`` afterwards, at
the photo's own resolution. Measured on ground truth that is better than refining tiles at full
resolution too, at a third of the time.

Corrections count as much as the backdrop's field is to be trusted: none on a table or in a room.
Mattes are float32 0…1 inside and uint8 0…255 outside. No array passed in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background, sample
from engine.matting.changes import (
    NEUTRAL,
    close_unlikely,
    drop_shadows,
    keep_attached,
    open_enclosed,
)
from engine.matting.runtime.ort import session
from models.packaged import weights

if TYPE_CHECKING:
    import onnxruntime as ort

FRAME_SIDE = 800
"""Longer side, in pixels, of the reduced photo that the network looks at."""

_STRIDE = 16  # of the network: its input sides are multiples of this
_STRIP_PIXELS, _STRIP_MARGIN = 360_000, 32  # of a strip of the whole frame
_HAZE = 0.04  # alpha; what is handed in as 0 or 1 and is not corrected comes back as 0.02 or 0.98
_CONTRAST, _MISFITS = 10.0, 3.0  # levels, and misfits, by which a product stands out
_ALIKE, _DEEPEST_SHADOW = 6.0, 0.45  # levels, and share of the light, of what may be backdrop


Matte = NDArray[np.float32]


@dataclass(frozen=True)
class Refiner:
    """The learned networks that come with packshot, ready to run.

    frame : corrects what belongs to the product (this file)
    outline : draws its edge (``outline.py``)
    """

    frame: ort.InferenceSession
    outline: ort.InferenceSession


def load_refiner(threads: int = 0) -> Refiner:
    """Return the packaged networks; ``threads`` 0 lets ONNX Runtime choose.

    Raises
    ------
    ModelChanged : a file is not the one that its description was made for
    """
    return Refiner(*(session(weights(name), threads) for name in ("frame", "outline")))


def correct(
    photo: NDArray[np.uint8],
    matte: NDArray[np.uint8],
    probability: Matte,
    background: Background,
    network: ort.InferenceSession,
    hole_sensitivity: float = NEUTRAL,
) -> Matte:
    """Return a matte corrected.

    Parameters
    ----------
    photo : (H, W, 3) sRGB, reduced to about ``FRAME_SIDE``, the scale that the network knows
    matte : (H, W), 0…255, made from ``probability`` by other means
    probability : (h, w) raw, 0…1, of the whole photo, at any resolution
    background : fitted to the same photo
    network : ``Refiner.frame``
    hole_sensitivity : 0…1, how readily holes are opened; at 0 none is

    Returns
    -------
    (H, W) float32 matte, 0…1, a new array
    """
    given = _levels(matte)
    if background.trust == 0.0:
        return given
    frame = _View(photo, probability, background)
    better = _refine_frame(frame, matte, network)
    distance, stands_out, backdrop = frame.compared()
    better = close_unlikely(given, better, stands_out, backdrop, hole_sensitivity)
    better = open_enclosed(given, better, stands_out, hole_sensitivity)
    better = drop_shadows(given, better, frame.belief(), distance, backdrop)
    better = keep_attached(given, better)
    return given + (better - given) * np.float32(background.trust)


@dataclass(frozen=True)
class _View:
    """What the network is to look at, at one scale."""

    pixels: NDArray[np.uint8]
    probability: Matte
    background: Background

    def window(self, matte: NDArray[np.uint8], rows: slice, columns: slice) -> NDArray[np.float32]:
        """Return the network's input, (9, rows, columns); the frame's edge is repeated."""
        size = (self.pixels.shape[0], self.pixels.shape[1])
        inner = (
            slice(max(rows.start, 0), min(rows.stop, size[0])),
            slice(max(columns.start, 0), min(columns.stop, size[1])),
        )
        border = (
            (inner[0].start - rows.start, rows.stop - inner[0].stop),
            (inner[1].start - columns.start, columns.stop - inner[1].stop),
        )
        pictures = np.empty((9, rows.stop - rows.start, columns.stop - columns.start), np.float32)
        photo = np.pad(self.pixels[inner], (*border, (0, 0)), mode="edge")
        pictures[0:3] = photo.transpose(2, 0, 1)
        field = sample(self.background.field, size, rows, columns)
        pictures[3:6] = field.transpose(2, 0, 1)
        pictures[6] = sample(self.background.misfit, size, rows, columns)
        pictures[:7] *= np.float32(1.0 / 255.0)
        pictures[7] = sample(self.probability, size, rows, columns).clip(0.0, 1.0)
        pictures[8] = _levels(np.pad(matte[inner], border, mode="edge"))
        return pictures

    def belief(self) -> Matte:
        """Return the coarse network's probability at this scale."""
        height, width = self.pixels.shape[:2]
        return sample(self.probability, (height, width), slice(0, height), slice(0, width))

    def compared(self) -> tuple[Matte, NDArray[np.bool_], NDArray[np.bool_]]:
        """Compare the photo with the backdrop's field.

        Returns
        -------
        its distance in levels, where it stands out, and where it could be the backdrop, lit or in
        shadow; all (h, w)
        """
        size = (self.pixels.shape[1], self.pixels.shape[0])
        field = cv2.resize(self.background.field, size, interpolation=cv2.INTER_LINEAR)
        misfit = cv2.resize(self.background.misfit, size, interpolation=cv2.INTER_LINEAR)
        photo = self.pixels.astype(np.float32)
        distance = np.asarray(np.abs(photo - field).max(axis=2), np.float32)
        stands_out = distance > _CONTRAST + _MISFITS * misfit
        # Shadow takes the same share from every channel.
        light = (photo * field).sum(axis=2) / ((field * field).sum(axis=2) + 1.0)
        shaded = field * light.clip(_DEEPEST_SHADOW, 1.0)[..., None]
        backdrop = np.abs(photo - shaded).max(axis=2) < _ALIKE + 2.0 * misfit
        return distance, np.asarray(stands_out, np.bool_), np.asarray(backdrop, np.bool_)


def _levels(matte: NDArray[np.uint8]) -> Matte:
    return matte.astype(np.float32) * np.float32(1.0 / 255.0)


def _run(network: ort.InferenceSession, pictures: NDArray[np.float32]) -> Matte:
    """Return the network's mattes, what is all but empty or full made so: a haze would be seen."""
    raw: Matte = network.run(None, {"pictures": pictures})[0][:, 0]
    clear = (raw - np.float32(_HAZE)) * np.float32(1.0 / (1.0 - 2.0 * _HAZE))
    return np.asarray(np.clip(clear, 0.0, 1.0), np.float32)


def _refine_frame(frame: _View, matte: NDArray[np.uint8], network: ort.InferenceSession) -> Matte:
    """Refine a whole frame in strips, which bounds the memory that the network takes."""
    height, width = matte.shape
    columns = slice(0, _whole(width))
    deep = -(-height // -(-height * width // _STRIP_PIXELS))
    refined = np.empty((height, width), np.float32)
    for top in range(0, height, deep):
        bottom = min(top + deep, height)
        start = top - _STRIP_MARGIN
        rows = slice(start, start + _whole(bottom + _STRIP_MARGIN - start))
        strip = _run(network, frame.window(matte, rows, columns)[None])[0]
        refined[top:bottom] = strip[top - start : bottom - start, :width]
    return refined


def _whole(length: int) -> int:
    """Round a length up to what the network can halve as often as it does."""
    return -(-length // _STRIDE) * _STRIDE
