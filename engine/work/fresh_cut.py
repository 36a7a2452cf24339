"""A photo that was just cut and is still at hand, for whatever is made of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import Photo
from engine.matting.defects.defect import Defect
from engine.matting.smaller import Smaller

Plane = NDArray[np.uint8]


@dataclass(frozen=True)
class FreshCut:
    """A photo with its matte, (H, W), and still at hand: its file opened, and what is in it.

    ``smaller`` are copies of its pixels.
    """

    sha256: str
    stream: BinaryIO
    photo: Photo
    alpha: Plane
    defects: tuple[Defect, ...]
    smaller: Smaller
