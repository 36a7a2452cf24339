"""The canvas before the product stands on it: given, or cut to the product."""

from __future__ import annotations

import math
from typing import NamedTuple

from engine.delivery.composing.extent import Extent
from presets.schema import FitCanvas, FixedCanvas, Placement


class Frame(NamedTuple):
    """A canvas in pixels and a scale that were chosen for several photos together.

    ``mixed`` says that their photos have different sizes, so that one scale may not suit them all.
    """

    width: int
    height: int
    scale: float
    mixed: bool = False


class Sheet(NamedTuple):
    """A canvas in pixels, how far its longer side may shrink, and the most that may be enlarged."""

    width: int
    height: int
    smallest_side: int | None
    most_scale: float


def sheet_for(canvas: FixedCanvas | FitCanvas, product: Extent, placement: Placement) -> Sheet:
    """Return the canvas for a product.

    Parameters
    ----------
    canvas, placement : of the preset
    product : what counts as the product, in pixels of the photo
    """
    if canvas.kind == "fixed":
        return Sheet(canvas.width, canvas.height, canvas.smallest_side, placement.most_scale)
    width, height = _around(product, canvas.ratio, placement)
    longest = max(width, height)
    if canvas.longest is not None:
        scale = canvas.longest / longest
        return Sheet(
            max(1, round(width * scale)),
            max(1, round(height * scale)),
            canvas.smallest_side,
            placement.most_scale,
        )
    # The product's own pixels: rounded up, so that it fits without being scaled.
    scale = max(1.0, (canvas.smallest_side or 0) / longest)
    size = math.ceil(width * scale - 1e-6), math.ceil(height * scale - 1e-6)
    most = placement.most_scale if scale > 1 else 1.0
    return Sheet(*size, None, most)


def _around(
    product: Extent, ratio: tuple[int, int] | None, placement: Placement
) -> tuple[float, float]:
    """Return the size of the canvas, in pixels of the photo, on which the product fills its room.

    Without a ratio the border that ``fill`` leaves beside the longer side goes all round.
    """
    sides = placement.sides
    across, down = 1 - (sides.left + sides.right), 1 - (sides.top + sides.bottom)
    if ratio is not None:
        aspect = ratio[0] / ratio[1]
        height = max(
            product.width / min(placement.fill, across) / aspect,
            product.height / min(placement.fill, down),
        )
        return aspect * height, height
    border = (1 / placement.fill - 1) * max(product.width, product.height)
    return (
        max(product.width + border, product.width / across),
        max(product.height + border, product.height / down),
    )
