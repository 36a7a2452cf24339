"""A smooth colour field through part of a picture: a polynomial fitted robustly.

Iteratively reweighted least squares (Holland and Welsch, "Robust regression using iteratively
reweighted least-squares", 1977); who calls says what a residual is worth.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_ORDER = 4  # a vignette and two lights need no more, a product's glow no less
# The powers of each term, down and along: all that come to the order together.
_DOWN, _ALONG = np.array(
    [(i, j) for i in range(_ORDER + 1) for j in range(_ORDER + 1 - i)], np.intp
).T
_TAME = 1e-3  # weight on the coefficients: the field stays tame where nothing holds it


def fit_polynomial(
    picture: Plane,
    seen: NDArray[np.bool_],
    weigh: Callable[[Plane], Plane],
    *,
    samples: int,
    rounds: int,
) -> tuple[Plane, Plane]:
    """Fit a polynomial of fourth order in both directions to the colours that are seen.

    Parameters
    ----------
    picture : (h, w, 3)
    seen : (h, w), what the field is fitted to
    weigh : returns the weights (n,), 0…1, of residuals (n, 3), colour less field
    samples : pixels, about, that take part
    rounds : of reweighting

    Returns
    -------
    the field (h, w, 3) and the residuals (n, 3) of the pixels that took part
    """
    height, width = seen.shape
    down, along = _powers(height), _powers(width)
    places = np.flatnonzero(seen)
    rows, columns = np.divmod(places[:: max(1, len(places) // samples)], width)
    known, colours = down[rows][:, _DOWN] * along[columns][:, _ALONG], picture[rows, columns]
    ridge = _TAME * len(known) * np.eye(len(_DOWN))
    ridge[0, 0] = 0.0
    weight = np.ones(len(known), np.float32)
    for _ in range(rounds):
        weighted = known * weight[:, None]
        solution = np.linalg.solve(known.T @ weighted + ridge, weighted.T @ colours)
        solution = solution.astype(np.float32)
        residuals = colours - known @ solution
        weight = weigh(residuals)
    factors = np.zeros((3, _ORDER + 1, _ORDER + 1), np.float32)
    factors[:, _DOWN, _ALONG] = solution.T
    return np.ascontiguousarray((down @ factors @ along.T).transpose(1, 2, 0)), residuals


def _powers(length: int) -> Plane:
    """Return 1, x, … of places from −1 to 1; (length, order + 1)."""
    places = np.linspace(-1.0, 1.0, length, dtype=np.float32)[:, None]
    return np.asarray(places ** np.arange(_ORDER + 1, dtype=np.float32), np.float32)
