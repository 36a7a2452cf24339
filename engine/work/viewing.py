"""The ways to look at a photo and its matte: one picture out of both.

Arrays are uint8 of one size: ``pixels`` (H, W, 3) sRGB, ``alpha`` (H, W). The caller's are not
changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.foreground import estimate_foreground
from engine.matting.shadow import lay_over
from engine.work.framing import ground
from engine.work.jobs import View

Pixels = NDArray[np.uint8]
Shares = NDArray[np.float32]

CUTOUTS: tuple[View, ...] = ("checker", "black", "white", "brand", "split")
"""The views that show the product without its background."""

_OVERLAY_COLOUR = (230, 0, 120)  # a red that products rarely have, as masks are drawn elsewhere
_OVERLAY_STRENGTH = 0.6
_EDGE_COLOUR = (255, 220, 0)
_EDGE_GROUND = (0.45, 40)  # how much is left of the photo's brightness, and what is added to it
_DIVIDER = (255, 255, 255)


@dataclass(frozen=True)
class Layers:
    """What a picture is made of.

    ``shade`` is the shadow that exports will have, or nothing. A photo that ``came_cut`` out has
    no background left in its colours. ``scale`` is how many pixels there are for one of the
    screen, on a side.
    """

    pixels: Pixels
    alpha: Pixels
    shade: Pixels | None = None
    came_cut: bool = False
    scale: float = 1.0


def view_of(
    layers: Layers, view: View, *, brand: tuple[int, int, int], divide: float = 0.5
) -> Pixels:
    """Return the picture of a view.

    Parameters
    ----------
    layers : photo and matte
    view : which; ``original`` needs no matte and is not one of them
    brand : the colour (0…255) behind the product in the brand's view
    divide : where the original ends and the cutout begins in the split view, a share of the width
    """
    if view == "matte":
        return cv2.merge((layers.alpha, layers.alpha, layers.alpha)).astype(np.uint8)
    if view == "overlay":
        return _overlay(layers)
    if view == "edge":
        return _edge(layers)
    if view == "split":
        return _split(layers, divide)
    return _cutout(layers, _ground(layers, view, brand))


def _cutout(layers: Layers, behind: Shares) -> Pixels:
    alpha = layers.alpha
    colour = layers.pixels if layers.came_cut else estimate_foreground(layers.pixels, alpha)
    if layers.shade is not None:
        alpha = lay_over(colour, alpha, layers.shade)
    share = _share(alpha)
    return _rounded(colour * share + behind * (1 - share))


def _overlay(layers: Layers) -> Pixels:
    """Tint what is taken away."""
    paint = (1 - _share(layers.alpha)) * _OVERLAY_STRENGTH
    return _rounded(layers.pixels * (1 - paint) + np.array(_OVERLAY_COLOUR, np.float32) * paint)


def _edge(layers: Layers) -> Pixels:
    """Show the photo in dull grey and only the edge in colour: where alpha is neither 0 nor 255."""
    contrast, lift = _EDGE_GROUND
    grey = cv2.cvtColor(layers.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32) * contrast + lift
    share = _share(layers.alpha)
    # The middle of a soft edge stands out most.
    band = np.sqrt(np.clip(4 * share * (1 - share), 0, 1))
    return _rounded(grey[..., None] * (1 - band) + np.array(_EDGE_COLOUR, np.float32) * band)


def _split(layers: Layers, divide: float) -> Pixels:
    """Show the original on the left and the cutout on the right of a line."""
    height, width = layers.alpha.shape
    place = round(min(max(divide, 0.0), 1.0) * width)
    shown = layers.pixels.copy()
    shown[:, place:] = _cutout(layers, ground("checker", height, width, layers.scale))[:, place:]
    thickness = max(1, width // 400)
    shown[:, max(0, place - thickness) : place] = _DIVIDER
    return shown


def _ground(layers: Layers, view: View, brand: tuple[int, int, int]) -> Shares:
    if view == "brand":
        return np.array(brand, np.float32)[None, None]
    height, width = layers.alpha.shape
    return ground(view, height, width, layers.scale)


def _share(alpha: Pixels) -> Shares:
    share: Shares = alpha.astype(np.float32)[..., None] / np.float32(255)
    return share


def _rounded(mixed: Shares) -> Pixels:
    pixels: Pixels = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
    return pixels
