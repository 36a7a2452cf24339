"""A matte that is empty, or that is the whole frame: the network found nothing, or no backdrop."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Defect

_LEAST, _MOST = 0.001, 0.98  # mean alpha that a product in front of something can have
_FAINT = 128  # alpha that a product reaches somewhere


def find_blank(alpha: NDArray[np.uint8]) -> list[Defect]:
    """Return one defect that is as large as the frame, or none.

    Parameters
    ----------
    alpha : (H, W), not empty
    """
    height, width = alpha.shape
    mean = float(cv2.mean(alpha)[0]) / 255
    if _LEAST <= mean <= _MOST and cv2.minMaxLoc(alpha)[1] >= _FAINT:
        return []
    return [Defect("blank or full", 1.0, 0, 0, width, height)]
