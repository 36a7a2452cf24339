"""How far a matte is from the truth: the figures of the matting literature, per photo.

Alphas are (H, W) float32 in 0…1, colours (H, W, 3) uint8 straight sRGB. "Edge" is where the true
alpha is fractional or crosses one half; the band reaches ten pixels to either side of it.
"""

from __future__ import annotations

from engine.matting.metrics.measure import BAND_RADIUS, measure
from engine.matting.metrics.quality import (
    FIGURES,
    Figure,
    Quality,
    mean_quality,
    median_quality,
)

__all__ = [
    "BAND_RADIUS",
    "FIGURES",
    "Figure",
    "Quality",
    "mean_quality",
    "measure",
    "median_quality",
]
