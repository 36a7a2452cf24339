"""The quality at which a JPEG was saved, told from its quantisation tables.

Most programs scale the tables of the standard's Annex K by libjpeg's formula, and for these the
answer is exact. Cameras and Photoshop have tables of their own, and for those there is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

# ITU-T T.81, Annex K, tables K.1 and K.2, row by row.
_LUMINANCE = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
).ravel()
_CHROMINANCE = np.array(
    [
        [17, 18, 24, 47, 99, 99, 99, 99],
        [18, 21, 26, 66, 99, 99, 99, 99],
        [24, 26, 56, 99, 99, 99, 99, 99],
        [47, 66, 99, 99, 99, 99, 99, 99],
        [99, 99, 99, 99, 99, 99, 99, 99],
        [99, 99, 99, 99, 99, 99, 99, 99],
        [99, 99, 99, 99, 99, 99, 99, 99],
        [99, 99, 99, 99, 99, 99, 99, 99],
    ]
).ravel()
_SAMPLINGS = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0"}
_FAMILIAR = 0.02  # residual up to which tables count as scaled from the standard's


class QualityEstimate(NamedTuple):
    """The nearest quality, 1…100, and how far the tables are from it.

    ``residual`` is the root mean square difference over the root mean square of the tables:
    0 for libjpeg's own tables.
    """

    quality: int
    residual: float

    @property
    def confident(self) -> bool:
        """Whether the tables are the standard's, so that the quality means something."""
        return self.residual <= _FAMILIAR


def estimate_quality(tables: Mapping[int, Sequence[int]]) -> QualityEstimate | None:
    """Estimate the quality from quantisation tables in natural order, luminance first.

    Returns None where the tables are not those of an 8×8 transform.
    """
    found = [tuple(tables[key]) for key in sorted(tables)][:2]
    if not found or any(len(table) != 64 for table in found):
        return None
    return _nearest(sum(found, ()))


@lru_cache(maxsize=64)  # the photos of a shoot have the same tables
def _nearest(numbers: tuple[int, ...]) -> QualityEstimate:
    given = np.array(numbers, np.int64)
    candidates = _scaled_tables()[:, : given.size]
    differences = np.square(candidates - given).sum(axis=1)
    # Several qualities end in the same table only at the extremes; the higher one is meant.
    best = int(100 - np.argmin(differences[::-1]))
    residual = float(np.sqrt(differences[best - 1] / max(1, np.square(given).sum())))
    return QualityEstimate(best, residual)


def jpeg_quality(image: Image.Image) -> int | None:
    """Return the quality of an opened JPEG; None for others, and for tables of another family."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    estimate = estimate_quality(image.quantization)
    return estimate.quality if estimate is not None and estimate.confident else None


def jpeg_subsampling(image: Image.Image) -> str | None:
    """Return how an opened JPEG stores colour, as "4:2:0"; None for grey, others and odd ones."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    return _SAMPLINGS.get(JpegImagePlugin.get_sampling(image))


@cache
def _scaled_tables() -> NDArray[np.int64]:
    """Return both tables at qualities 1…100: (100, 128)."""
    quality = np.arange(1, 101)[:, None]
    scale = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    base = np.concatenate((_LUMINANCE, _CHROMINANCE))
    tables: NDArray[np.int64] = np.clip((base * scale + 50) // 100, 1, 255)
    return tables
