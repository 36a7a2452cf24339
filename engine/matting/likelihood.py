"""Where the outline is, told by colour: the product's and the background's, each close by.

A network's probability is right about what the product is and vague about where it ends. Along
the outline every cell is compared with two colours: those of the confident product and of the
confident background in its own neighbourhood. This is the local region model of Lankton and
Tannenbaum, "Localizing Region-Based Active Contours" (IEEE TIP 2008), with the Gaussian colour
models of Chuang et al., "A Bayesian Approach to Digital Matting" (CVPR 2001), and the network as
the prior. Where both colours are alike the comparison says nothing and the prior stands.

Colours are (h, w, 3) float32 in 0…1, probabilities (h, w) float32 in 0…1. The confident outside
and inside of the prior are never changed.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Field = NDArray[np.float32]

OUTSIDE, INSIDE = 0.02, 0.98
"""The prior is in doubt between these."""

_SEED = 0.9  # a prior past this (or below its complement) gives the first colour samples
_HALF = 2  # cells along the side of a sample: the models vary slowly
_NEAR = 4  # radius of a neighbourhood, in samples
_COARSE = 3  # samples along the side of one that stands for all of them
_WIDE = ((4, 0.05), (11, 0.002))
"""Radius of a neighbourhood in coarse samples and its weight: the near one decides where it holds
samples, the wide ones stand in where it does not."""
_NOISE = (3 / 255) ** 2  # no colour is known better: sensor noise and JPEG
_OTHER_PRODUCT, _OTHER_BACKGROUND = 0.3, 0.02
"""Chance that a pixel of either side has a colour not seen close by: products have labels and
rims, backgrounds are plain."""
_LIMIT = 6.0  # one colour alone may not say more, in nats
_BITE = 16  # cells: so far from where the prior sees background colour opens nothing, nor does it
# close anything in the midst of a doubt that is as wide to all sides
_TRUST = 0.5  # of prior and colour each: neighbouring pixels repeat each other


def place_edge(picture: Picture, prior: Field, rounds: int) -> Field:
    """Return the probability of "product", decided by the colours where the prior is in doubt.

    Parameters
    ----------
    picture : (h, w, 3)
    prior : (h, w)
    rounds : how often samples are taken: from the second time on they come from the result before,
        nearer to the edge

    Returns
    -------
    (h, w), a new array, equal to ``prior`` where that is at most `OUTSIDE` or at least `INSIDE`
    """
    result = prior.copy()
    doubtful = (prior > OUTSIDE) & (prior < INSIDE)
    if not doubtful.any():
        return result
    samples = _Samples(picture, doubtful)
    bounded = prior[doubtful].clip(0.003, 0.997)
    believed = np.log(bounded / (1 - bounded))
    product = (prior > _SEED).astype(np.float32)
    background = (prior < 1 - _SEED).astype(np.float32)
    against, favour = (
        np.where(kept, np.float32(0), np.float32(_LIMIT))[doubtful]
        for kept in (_deep_inside(prior), _in_a_cloud(prior))
    )
    evidence = np.zeros_like(prior)
    for _ in range(rounds):
        evidence[doubtful] = (
            samples.log_density(product, _OTHER_PRODUCT)
            - samples.log_density(background, _OTHER_BACKGROUND)
        ).clip(-against, favour)
        smooth = cv2.blur(evidence, (3, 3))[doubtful]  # one noisy pixel makes no edge
        result[doubtful] = 1 / (1 + np.exp(-_TRUST * (believed + smooth)))
        product[doubtful] = (2 * result[doubtful] - 1).clip(0, None)
        background[doubtful] = (1 - 2 * result[doubtful]).clip(0, None)
    return result


def _deep_inside(prior: Field) -> NDArray[np.bool_]:
    """Return where the prior sees the product all around.

    A reflection of the paper in chrome or glass has the paper's colour and makes the network doubt
    a little; it is no hole.
    """
    product = (prior >= 0.5).view(np.uint8)
    depth = cv2.distanceTransform(product, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(depth > _BITE)


def _in_a_cloud(prior: Field) -> NDArray[np.bool_]:
    """Return where the prior would rather see background, and doubts it all around.

    On a pattern a network may half believe in whole regions. No edge is that wide, and none of the
    colours there has to be among the samples: as unknown ones they would count for the product.
    """
    doubt = ((prior > OUTSIDE) & (prior < 0.5)).view(np.uint8)
    side = 2 * _BITE + 1
    return cv2.morphologyEx(doubt, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)) > 0


class _Samples:
    """The colours of a picture as samples for local Gaussian models."""

    def __init__(self, picture: Picture, doubtful: NDArray[np.bool_]) -> None:
        height, width = doubtful.shape
        self._size = (-(-width // _HALF), -(-height // _HALF))
        # Centred, so that squares and their means stay small: covariance is their difference.
        colours = cv2.resize(picture, self._size, interpolation=cv2.INTER_AREA) - 0.5
        red, green, blue = cv2.split(colours)
        pairs = [red * red, red * green, red * blue, green * green, green * blue, blue * blue]
        self._moments = [red, green, blue, *pairs]
        rows, columns = np.nonzero(doubtful)
        self._colours = picture[rows, columns] - 0.5
        needed, self._place = np.unique(
            rows // _HALF * self._size[0] + columns // _HALF, return_inverse=True
        )
        self._needed = needed
        self._coarse_size = (-(-self._size[0] // _COARSE), -(-self._size[1] // _COARSE))
        self._coarse = (
            needed // self._size[0] // _COARSE * self._coarse_size[0]
            + needed % self._size[0] // _COARSE
        )

    def log_density(self, weight: Field, other: float) -> Field:
        """Return the log density of every doubtful colour under the weighted samples around it.

        Parameters
        ----------
        weight : (h, w), 0…1, how surely a cell is a sample of this side
        other : chance of a colour that the samples do not show, spread evenly over all colours
        """
        mean, precision, volume = self._models(weight)
        apart = self._colours - mean[self._place]
        p = precision[self._place]
        x, y, z = apart.T
        square = (
            x * (p[:, 0] * x + 2 * (p[:, 1] * y + p[:, 2] * z))
            + y * (p[:, 3] * y + 2 * p[:, 4] * z)
            + p[:, 5] * z * z
        )
        seen = (1 - other) * np.exp(-0.5 * square) * volume[self._place]
        return np.asarray(np.log(seen + other), np.float32)

    def _models(self, weight: Field) -> tuple[Field, Field, Field]:
        """Return mean (n, 3), inverse covariance (n, 6) and peak density (n,) where needed."""
        # A sample counts as much as its least certain cell: a mixed one is a colour of neither.
        block = np.ones((_HALF, _HALF), np.uint8)
        eroded = cv2.erode(weight, block, anchor=(0, 0))[::_HALF, ::_HALF]
        least = np.asarray(eroded, np.float32)
        total = self._gather(least) + 1e-9
        moments = np.stack([self._gather(least * m) / total for m in self._moments], axis=1)
        mean, second = moments[:, :3], moments[:, 3:]
        a = second[:, 0] - mean[:, 0] ** 2 + _NOISE
        b = second[:, 1] - mean[:, 0] * mean[:, 1]
        c = second[:, 2] - mean[:, 0] * mean[:, 2]
        d = second[:, 3] - mean[:, 1] ** 2 + _NOISE
        e = second[:, 4] - mean[:, 1] * mean[:, 2]
        f = second[:, 5] - mean[:, 2] ** 2 + _NOISE
        # The inverse of a symmetric 3×3 matrix, by cofactors.
        cofactors = np.stack(
            [
                d * f - e * e,
                c * e - b * f,
                b * e - c * d,
                a * f - c * c,
                b * c - a * e,
                a * d - b * b,
            ],
            axis=1,
        )
        determinant = a * cofactors[:, 0] + b * cofactors[:, 1] + c * cofactors[:, 2]
        peak = (2 * np.pi) ** -1.5 / np.sqrt(determinant)
        return (
            mean.astype(np.float32),
            (cofactors / determinant[:, None]).astype(np.float32),
            peak.astype(np.float32),
        )

    def _gather(self, values: Field) -> NDArray[np.float64]:
        """Return the weighted sums of the neighbourhoods around the samples that are needed."""
        gathered = _around(values, _NEAR, self._needed).astype(np.float64)
        # Whole squares only: by other ratios OpenCV averages four times as slowly.
        columns, rows = (_COARSE * length for length in self._coarse_size)
        beyond = rows - values.shape[0], columns - values.shape[1]
        whole = cv2.copyMakeBorder(values, 0, beyond[0], 0, beyond[1], cv2.BORDER_REPLICATE)
        coarse = np.asarray(
            cv2.resize(whole, self._coarse_size, interpolation=cv2.INTER_AREA), np.float32
        )
        for radius, weight in _WIDE:
            gathered += weight * _around(coarse, radius, self._coarse)
        return gathered


def _around(values: Field, radius: int, places: NDArray[np.intp]) -> Field:
    """Return the means of the neighbourhoods of places, as they count in the raveled values."""
    side = 2 * radius + 1
    around = cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT)
    return np.asarray(around.ravel()[places], np.float32)
