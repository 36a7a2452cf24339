"""What a photo and its matte come to: the product in its own colour, with its shadow if it is kept.

Masters, channel files and previews take it from here, so that they all show the same. A stored
matte is the product alone, whatever the recipe says of the shadow: defects, placement and retouch
are about the product, and the shadow follows from photo and matte whenever it is needed.
``engine.matting.shadow`` makes one cutout of both.

Colours are (H, W, 3) uint8 sRGB, straight; mattes and shades (H, W) uint8.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import Photo
from engine.matting.foreground import estimate_foreground
from engine.matting.shadow import cast_shadow
from engine.matting.smaller import Smaller


def shadow_of(photo: Photo, matte: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """Return the shade that the product casts in a photo.

    Parameters
    ----------
    photo : as it was decoded
    matte : (H, W), 0…255, of the same photo

    Returns
    -------
    (H, W), 0…255; None where no shadow can be told from the backdrop, and for a picture that came
    with an alpha of its own, whose backdrop is gone
    """
    return None if photo.alpha is not None else cast_shadow(photo.pixels, matte)


def cutout_colour(
    photo: Photo,
    matte: NDArray[np.uint8],
    *,
    in_place: bool = False,
    smaller: Smaller | None = None,
) -> NDArray[np.uint8]:
    """Return the product's own colour under a matte.

    Parameters
    ----------
    photo : as it was decoded
    matte : (H, W), 0…255, of the same photo
    in_place : write into the photo's pixels, which spares a copy of a whole photo
    smaller : copies of its pixels; None makes its own

    Returns
    -------
    (H, W, 3) sRGB. A picture that came with an alpha of its own was cut before: its colours are
    the product's already, and there is no background to take out of them.
    """
    if photo.alpha is not None:
        return photo.pixels
    return estimate_foreground(photo.pixels, matte, in_place=in_place, smaller=smaller)
