"""What of a photo is product: a matte that is right about that, and within pixels of the edge.

On a seamless the field of the backdrop tells it, with the learned refiner, and then the colours;
on a table or in a room those alone, and finely, for nothing else knows where its edge lies.

Mattes are (H, W) uint8, probabilities float32 in 0…1. No array passed in is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.matting.background import Background
from engine.matting.changes import NEUTRAL
from engine.matting.colours import refine_by_colours
from engine.matting.guided import levels
from engine.matting.refiner import correct
from engine.matting.scaling import scale_up

if TYPE_CHECKING:
    import onnxruntime as ort


def settle(
    view: NDArray[np.uint8],
    frame: NDArray[np.uint8],
    probability: NDArray[np.float32],
    background: Background,
    network: ort.InferenceSession,
    hole_sensitivity: float = NEUTRAL,
) -> NDArray[np.uint8]:
    """Return the matte of a photo, its outline still to be drawn.

    Parameters
    ----------
    view : (H, W, 3) sRGB
    frame : (h, w, 3), the same, its longer side at most ``FRAME_SIDE``
    probability : raw, 0…1, of the whole photo, at any resolution
    background : fitted to the same photo
    network : ``Refiner.frame``
    hole_sensitivity : 0…1, how readily holes are opened; at 0 none is

    Returns
    -------
    (H, W), 0…255
    """
    if background.trust == 0.0:
        return refine_by_colours(view, probability)
    corrected = correct(frame, probability, background, network, hole_sensitivity)
    if background.trust < 1.0:
        return refine_by_colours(view, corrected)
    coloured = refine_by_colours(frame, corrected).astype(np.float32) / np.float32(255)
    return levels(scale_up(coloured, *view.shape[:2]))
