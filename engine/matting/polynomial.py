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
    y = np.linspace(-1.0, 1.0, height, dtype=np.float32)[:, None]
    x = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :]
    terms = [y**i * x**j for i in range(_ORDER + 1) for j in range(_ORDER + 1 - i)]
    basis = np.stack(terms, axis=2)
    known, colours = basis[seen], picture[seen]
    step = max(1, len(known) // samples)
    known, colours = known[::step], colours[::step]
    ridge = _TAME * len(known) * np.eye(basis.shape[2], dtype=np.float32)
    ridge[0, 0] = 0.0
    weight = np.ones(len(known), np.float32)
    for _ in range(rounds):
        weighted = known * weight[:, None]
        solution = np.linalg.solve(known.T @ weighted + ridge, weighted.T @ colours)
        residuals = colours - known @ solution
        weight = weigh(residuals)
    return (basis @ solution).astype(np.float32), residuals
