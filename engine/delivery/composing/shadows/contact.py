"""The shadow of a product that stands under a large soft light.

Light is missing where it cannot get between product and ground: much of it along the line of
contact, less and less around. Three layers add up to that, each wider and fainter than the one
before, as an area light's penumbra is close to and far from what casts it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.shadows.ground import Ground, find_ground
from engine.delivery.composing.shadows.smoothing import Plane, blurred
from presets.schema import ContactShadow


class _Layer(NamedTuple):
    """Lengths are shares of the product's length.

    A part of the product that is ``near`` the ground still casts it; ``across`` and ``down`` is
    how far it spreads, ``below`` how far it is moved towards the viewer.
    """

    strength: float
    near: float
    across: float
    down: float
    below: float


_LAYERS = (
    _Layer(strength=0.75, near=0.01, across=0.012, down=0.006, below=0.001),
    _Layer(strength=0.42, near=0.05, across=0.05, down=0.022, below=0.006),
    _Layer(strength=0.22, near=0.12, across=0.10, down=0.05, below=0.012),
)


def contact_shade(coverage: NDArray[np.uint8], settings: ContactShadow) -> Plane:
    """Return the shade on the ground where a product stands.

    Parameters
    ----------
    coverage : (h, w) of the product on its canvas, 0…255
    settings : of the preset

    Returns
    -------
    (h, w), 0 lit to 1 black, under the product too
    """
    lit = np.ones(coverage.shape, np.float32)
    ground = find_ground(coverage)
    if ground is None:
        return 1 - lit
    for layer in _LAYERS:
        lit *= 1 - _cast(layer, ground, settings.size * ground.length, coverage.shape[0])
    shade = 1 - lit
    return np.asarray(shade * (settings.strength / max(float(shade.max()), 1e-6)), np.float32)


def _cast(layer: _Layer, ground: Ground, length: float, height: int) -> Plane:
    """Return the shade of one layer, (h, w)."""
    touching = ground.level * np.exp(-ground.gap / (layer.near * length))
    below = np.arange(height)[:, None] - (ground.line + layer.below * length)[None, :]
    profile = np.exp(-0.5 * (below / max(layer.down * length, 0.5)) ** 2)
    cast = blurred((touching[None, :] * profile).astype(np.float32), layer.across * length, 0.0)
    darkest = float(cast.max())
    return cast * np.float32(layer.strength / darkest) if darkest > 0 else cast
