"""The reflection of a product on a glossy ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.ground import find_ground
from engine.delivery.composing.shadows.smoothing import Plane, blurred
from presets.schema import ReflectionShadow

_ROUGH = 0.012  # of the product's height: how blurred the reflection is at its far end


def reflection(
    colour: NDArray[np.uint8], coverage: NDArray[np.uint8], settings: ReflectionShadow
) -> tuple[NDArray[np.uint8], Plane]:
    """Return a product upside down below the line that it stands on.

    Each column is mirrored at its own point of the line, so that a round foot and its reflection
    meet all along; farther down it fades and blurs, as on a ground that is not quite a mirror.

    Parameters
    ----------
    colour : (h, w, 3) straight colour of the product on its canvas
    coverage : (h, w), 0…255
    settings : of the preset

    Returns
    -------
    straight colour (h, w, 3), and how much of it is seen (h, w), 0…1
    """
    ground = find_ground(coverage)
    if ground is None:
        return colour, np.zeros(coverage.shape, np.float32)
    below = (np.arange(len(coverage))[:, None] + 0.5 - ground.floor[None, :]).astype(np.float32)
    alpha = _mirrored(coverage, below).astype(np.float32) / np.float32(255)
    premultiplied = _mirrored(colour, below).astype(np.float32) * alpha[..., None]
    far = (below / (settings.length * ground.height)).clip(0, 1)
    sharp = np.asarray(np.dstack([premultiplied, alpha]), np.float32)
    rough = blurred(sharp, _ROUGH * ground.height, _ROUGH * ground.height)
    mixed = sharp + (rough - sharp) * far[..., None]
    seen = np.where(below > 0, settings.strength * (1 - far) ** 2, 0)
    straight = mixed[..., :3] / np.maximum(mixed[..., 3:], 1e-4)
    return np.rint(straight.clip(0, 255)).astype(np.uint8), (mixed[..., 3] * seen).clip(0, 1)


def _mirrored(picture: NDArray[np.uint8], below: Plane) -> NDArray[np.uint8]:
    """Return a picture turned over at the line, which lies ``below`` rows above each pixel."""
    height, width = below.shape
    rows = np.arange(height, dtype=np.float32)[:, None] - 2 * below
    columns = np.broadcast_to(np.arange(width, dtype=np.float32)[None, :], below.shape)
    at = columns, np.ascontiguousarray(rows)
    turned = cv2.remap(picture, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(turned, np.uint8)
