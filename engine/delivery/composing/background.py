"""A cutout over what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.under import Under
from engine.matting.shadow import lay_over

Picture = NDArray[np.uint8]


def with_under(colour: Picture, coverage: NDArray[np.uint8], under: Under) -> NDArray[np.uint8]:
    """Make one cutout of a product and what lies under it.

    Parameters
    ----------
    colour : (h, w, 3) straight colour of the product; it is written over with that of both
    coverage : (h, w), the product alone, 0…255
    under : shadow or reflection

    Returns
    -------
    (h, w), the alpha of both
    """
    if under.colour is None:
        return lay_over(colour, coverage, under.alpha)
    # What is seen of the layer is what the product leaves of it.
    left = under.alpha * ((255 - coverage.astype(np.float32)) / 255)
    alpha = coverage + left
    seen = left > 0
    share = (left[seen] / alpha[seen])[:, None]
    colour[seen] = np.rint(colour[seen] * (1 - share) + under.colour[seen] * share)
    whole: NDArray[np.uint8] = np.rint(alpha).astype(np.uint8)
    return whole


def flatten(foreground: Picture, alpha: NDArray[np.uint8], rgb: tuple[int, int, int]) -> Picture:
    """Return straight colour (H, W, 3) over one colour; exactly that colour where alpha is 0.

    In sRGB's own encoding, as browsers and image editors do it: the flattened file looks like
    the transparent one on a page of the same colour.
    """
    return _mixed(foreground, alpha, [np.array(level, np.uint16) for level in rgb])


def lay_on(foreground: Picture, alpha: NDArray[np.uint8], backdrop: Picture) -> Picture:
    """Return straight colour (H, W, 3) over a picture of the same size, as `flatten` does it."""
    return _mixed(foreground, alpha, [backdrop[..., n].astype(np.uint16) for n in range(3)])


def _mixed(
    foreground: Picture, alpha: NDArray[np.uint8], behind: Sequence[NDArray[np.uint16]]
) -> Picture:
    # 255 · 255 + 127 fits 16 bits; 255 is odd, so that adding 127 rounds to nearest, never a tie.
    opacity = alpha.astype(np.uint16)
    flat = np.empty_like(foreground)
    for channel, level in enumerate(behind):
        mixed = foreground[..., channel] * opacity
        mixed += level * (255 - opacity)
        mixed += 127
        mixed //= 255
        flat[..., channel] = mixed
    return flat
