"""How much the photo's colour changes across the border between two parts of it.

Where a matte's border is right, the photo has an edge, too. A border without one lies inside the
product, or inside the backdrop.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_REACH = 7  # cells: the window in which both sides' colours are taken
_SEEN = 3 / _REACH**2  # of the window, of either side


def step_across(
    lab: NDArray[np.float32], inside: NDArray[np.bool_], outside: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return the difference of both sides' colours at every place where the two are close.

    Parameters
    ----------
    lab : (h, w, 3) CIELAB
    inside, outside : (h, w), without overlap

    Returns
    -------
    (n,) differences in CIELAB; empty where the two are nowhere close
    """
    side = (_REACH, _REACH)
    first, second = inside.astype(np.float32), outside.astype(np.float32)
    share, other = cv2.blur(first, side), cv2.blur(second, side)
    near = (share > _SEEN) & (other > _SEEN)
    if not near.any():
        return np.zeros(0, np.float32)
    one = cv2.blur(lab * first[..., None], side)[near] / share[near][:, None]
    two = cv2.blur(lab * second[..., None], side)[near] / other[near][:, None]
    return np.asarray(np.sqrt(np.square(one - two).sum(axis=1)), np.float32)
