"""What lies under the product on its canvas: a shade, or a picture of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.contact import contact_shade
from engine.delivery.composing.shadows.drop import drop_shade
from engine.delivery.composing.shadows.reflection import reflection
from engine.delivery.composing.shadows.smoothing import Plane, frame_fade
from presets.schema import Shadow


@dataclass(frozen=True)
class Under:
    """A layer under the product: ``alpha`` (h, w), 0…255, of ``colour`` (h, w, 3), or of black."""

    alpha: NDArray[np.uint8]
    colour: NDArray[np.uint8] | None = None


def made_shadow(
    colour: NDArray[np.uint8], coverage: NDArray[np.uint8], settings: Shadow
) -> Under | None:
    """Return the shadow that a preset wants made; None where it wants none, or the photo's own.

    Parameters
    ----------
    colour : (h, w, 3) straight colour of the product on its canvas
    coverage : (h, w), 0…255
    settings : of the preset
    """
    if settings.kind == "contact":
        return Under(_levels(contact_shade(coverage, settings)))
    if settings.kind == "drop":
        return Under(_levels(drop_shade(coverage, settings)))
    if settings.kind == "reflection":
        seen, alpha = reflection(colour, coverage, settings)
        return Under(_levels(alpha), seen)
    return None


def kept_shadow(shade: NDArray[np.uint8]) -> Under:
    """Return the photo's own shadow on the canvas, ending before its frame; (h, w), 0…255."""
    return Under(_levels(shade.astype(np.float32) / np.float32(255)))


def _levels(shade: Plane) -> NDArray[np.uint8]:
    """Return a shade as 0…255, with a soft end before the canvas's frame."""
    faded = (shade * frame_fade(shade.shape[0], shade.shape[1])).clip(0, 1)
    return np.asarray(np.rint(255 * faded), np.uint8)
