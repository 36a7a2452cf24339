"""The straight colour of a product that was cut out of its photo.

Masters, channel files and previews take it from here, so that they all show the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import Photo
from engine.matting.foreground import estimate_foreground


def cutout_colour(photo: Photo, matte: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the product's own colour under a matte.

    Parameters
    ----------
    photo : as it was decoded
    matte : (H, W), 0…255, of the same photo

    Returns
    -------
    (H, W, 3) sRGB. A picture that came with an alpha of its own was cut before: its colours are
    the product's already, and there is no background to take out of them.
    """
    return photo.pixels if photo.alpha is not None else estimate_foreground(photo.pixels, matte)
