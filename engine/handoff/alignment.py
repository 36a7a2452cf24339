"""Whether a mask that was made outside lies where its photo's product is.

The mask's outline is laid over the photo's edges, at every shift of a small window around none. On
its own photo the sum peaks at no shift; a mask of another photo, or one that was mirrored, has no
peak to speak of, and one that was cropped or scaled on its way has it elsewhere. Only directions
are compared, not which side is lighter, so that a light product on dark paper counts like a dark
one on light paper. This is the generalised Hough transform (Ballard 1981) for a translation alone,
with the weight of a direction taken as cos² by doubled angles.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Field = NDArray[np.float32]

_WINDOW = 24  # pixels of the reduced photo, each way: about one in a hundred
_POINTS = 2500  # of the outline; more say the same again
_BLUR = 1.0  # pixels: noise and the grain of a fabric are no edges
_STRONG = 98  # percentile of the photo's gradients that counts as a whole edge
_FOUND = (
    0.42  # of the outline on edges: 13 true masks have 0.59 … 0.99, of others' 26 none has 0.38
)
_MOVED = 0.95  # of the peak: below it the outline visibly lies elsewhere


@dataclass(frozen=True)
class Alignment:
    """How a mask lies on its photo.

    ``agreement`` is the share of its outline that lies on edges of the photo, 0…1, and ``best``
    the same at the shift where it is the largest; ``right`` and ``down`` are that shift, in pixels
    of the photo: how far the mask would have to be moved.
    """

    agreement: float
    best: float
    right: float
    down: float

    @property
    def is_of_photo(self) -> bool:
        """Whether the outline is in the photo at all."""
        return self.best >= _FOUND

    @property
    def is_in_place(self) -> bool:
        """Whether the outline lies where the photo has it: within a pixel, or as good as there."""
        return self.agreement >= _MOVED * self.best or max(abs(self.right), abs(self.down)) < 1


def align(photo: Pixels, mask: Pixels, scale: float = 1.0) -> Alignment:
    """Return how a mask lies on a photo.

    Parameters
    ----------
    photo : (h, w, 3) sRGB, reduced to about 2000 pixels or fewer
    mask : (h, w), 0…255, of the same size; it has an outline
    scale : pixels of the photo as it is for one of these, to tell the shift in
    """
    edges, directions = (np.pad(field, _WINDOW) for field in _edges(photo))
    rows, columns, weights, doubled = _outline(mask)
    stride = edges.shape[1]
    places = (rows + _WINDOW) * stride + columns + _WINDOW
    turned = weights * doubled
    reach = range(-_WINDOW, _WINDOW + 1)
    sums = np.zeros((len(reach), len(reach)), np.float32)
    for i, down in enumerate(reach):
        for j, right in enumerate(reach):
            at = places + (down * stride + right)
            along = np.dot(turned, directions.take(at)).real
            sums[i, j] = 0.5 * (np.dot(weights, edges.take(at)) + along)
    peak = np.unravel_index(int(sums.argmax()), sums.shape)
    return Alignment(
        agreement=float(sums[_WINDOW, _WINDOW]),
        best=float(sums.max()),
        right=_between(sums, peak, 1) * scale,
        down=_between(sums, peak, 0) * scale,
    )


def _edges(photo: Pixels) -> tuple[Field, NDArray[np.complex64]]:
    """Return how much of an edge each pixel is, 0…1, and that with its doubled direction."""
    across, along = _gradient(photo)
    strongest = (across * across + along * along).argmax(axis=2)[..., None]
    x = np.take_along_axis(across, strongest, axis=2)[..., 0]
    y = np.take_along_axis(along, strongest, axis=2)[..., 0]
    length = np.hypot(x, y)
    whole = np.percentile(length[::3, ::3], _STRONG) + 1e-3
    strength = np.minimum(length / np.float32(whole), 1)
    return strength, strength * _doubled(x, y)


def _outline(
    mask: Pixels,
) -> tuple[NDArray[np.intp], NDArray[np.intp], Field, NDArray[np.complex64]]:
    """Return points of a mask's outline: rows, columns, weights of sum 1, doubled directions.

    The directions are conjugated, so that a product's real part is the cosine of the doubled angle
    between two of them. Where the product is cut by the frame there is no outline.
    """
    x, y = _gradient(mask)
    length = np.hypot(x, y)
    rows, columns = np.nonzero(length > 0.1 * length.max())
    step = max(1, rows.size // _POINTS)
    rows, columns = rows[::step], columns[::step]
    weights = length[rows, columns]
    doubled = np.conj(_doubled(x[rows, columns], y[rows, columns]))
    return rows, columns, weights / weights.sum(), doubled


def _gradient(picture: Pixels) -> tuple[Field, Field]:
    """Return how a picture changes to the right and downwards, its noise smoothed away."""
    smooth = cv2.GaussianBlur(picture, (0, 0), _BLUR).astype(np.float32)
    x, y = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


def _doubled(x: Field, y: Field) -> NDArray[np.complex64]:
    """Return e^(2iφ) of directions: opposite ones are the same."""
    direction = x + np.complex64(1j) * y
    squared = direction * direction
    return np.asarray(squared / (np.abs(squared) + np.float32(1e-12)), np.complex64)


def _between(sums: Field, peak: tuple[np.intp, ...], axis: int) -> float:
    """Return where the peak lies along an axis, between pixels, by a parabola."""
    place = int(peak[axis])
    if not 0 < place < sums.shape[axis] - 1:
        return float(place - _WINDOW)
    before, after = list(peak), list(peak)
    before[axis], after[axis] = np.intp(place - 1), np.intp(place + 1)
    low, top, high = (float(sums[tuple(at)]) for at in (before, list(peak), after))
    bend = low - 2 * top + high
    return place - _WINDOW + (0.5 * (low - high) / bend if bend else 0.0)
