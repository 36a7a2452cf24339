"""Where a matte has changed: in patches, each with its surroundings.

Whether a change is believable shows in what it contains and in what lies beside it; where it is
not, it is undone with a rim that fades out. Openings and additions are asked alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.enclosed import dilated

_NEAR, _FAR = 1, 5  # pixels: where the surroundings are looked at
_RIM = 1.5  # pixels: how softly a change is undone

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Changed:
    """Patches of change, from 1; 0 is where nothing has changed.

    where : (H, W) what has changed
    count : one more than there are patches
    inside : (n,) the patch of each pixel of ``where``
    spread : (H, W) the patch within ``_FAR`` pixels
    """

    where: Mask
    count: int
    inside: NDArray[np.int32]
    spread: NDArray[np.int64]

    def beside(self, among: Mask) -> Mask:
        """Return what of ``among`` lies close to a patch, and does not touch it; (H, W)."""
        touched = dilated(self.where.astype(np.float32), _NEAR) > 0
        return np.asarray((self.spread > 0) & ~touched & among)

    def faded(self, chosen: Mask) -> NDArray[np.float32]:
        """Return how much of some patches counts, (H, W), 0…1: all, and around them less and less.

        Parameters
        ----------
        chosen : (count,) which of them
        """
        around = chosen[self.spread] & (self.spread > 0)
        return np.asarray(cv2.GaussianBlur(around.astype(np.float32), (0, 0), _RIM), np.float32)


def changed(where: Mask) -> Changed | None:
    """Return the patches of what has changed, (H, W); None where nothing has."""
    count, labels = cv2.connectedComponents(
        where.astype(np.uint8), connectivity=8, ltype=cv2.CV_32S
    )
    if count == 1:
        return None
    # Labels fit into the 24 bits of a float32's fraction; only then does OpenCV dilate them.
    spread = dilated(labels.astype(np.float32), _FAR).astype(np.int64)
    return Changed(where, count, np.asarray(labels[where], np.int32), spread)
