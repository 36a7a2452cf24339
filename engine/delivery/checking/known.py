"""What is known of a file beside its bytes: by whoever made it, or from the photo that it shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.session.warnings import Facts


@dataclass(frozen=True)
class Known:
    """Truth that wins over every estimate; each None, or empty, where nobody knows.

    ``coverage`` (H, W) is the product's alpha in the file, 0…255; ``cut`` names the sides on which
    the photo's own frame cuts the product; ``scale`` is pixels of the file per pixel of the photo;
    ``source`` are the name and header of the photo.
    """

    coverage: NDArray[np.uint8] | None = None
    cut: frozenset[str] = frozenset()
    scale: float | None = None
    source: Facts | None = None


NOTHING = Known()
"""Of a file that any tool may have made."""
