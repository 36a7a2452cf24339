"""The figures of one photo, how they are printed, and their summary over several photos."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass(frozen=True)
class Quality:
    """The figures of one photo, or their summary over several; lower is better unless said."""

    iou: float
    """Intersection over union of alpha ≥ ½; higher is better."""
    mae: float
    """Mean absolute error of the whole frame, 0…1."""
    sad: float
    """Sum of absolute errors, in thousands."""
    mse: float
    """Mean squared error of the whole frame."""
    gradient: float
    """Sum of squared differences of the gradient's magnitude, in thousands."""
    boundary_f: float
    """How much of the contour lies where it should, and back; higher is better."""
    band: float
    """Mean absolute error within ten pixels of the true edge."""
    soft: float
    """Mean absolute error where the true alpha is fractional."""
    far_background: float
    """Share of the background beyond the band that the matte keeps."""
    deep_foreground: float
    """Share of the product inside the band that the matte loses."""
    solid_lost: float = 0.0
    """Share of the solid interior that is open in the matte; see `holes`."""
    holes_open: int = 0
    """How many of the true holes are open in the matte; a summary has their sum. Higher is
    better."""
    holes_total: int = 0
    """How many holes the truth has; a summary has their sum."""
    halo_green: float | None = None
    """Mean error of the cutout over green in the band, 0…255; None without true colours."""
    halo_white: float | None = None
    """The same over white."""
    delta_e: float | None = None
    """Mean CIEDE2000 over black, white and green in the band; None without true colours."""


@dataclass(frozen=True)
class Figure:
    """How one field of `Quality` is printed and compared."""

    name: str
    heading: str
    decimals: int
    better: Literal["higher", "lower"] = "lower"
    out_of: str | None = None
    """The field that a count is a share of."""

    def value(self, quality: Quality) -> float | None:
        """Return the figure, a count as its share; None where it was not measured."""
        value: float | None = getattr(quality, self.name)
        if self.out_of is None or value is None:
            return value
        total: int = getattr(quality, self.out_of)
        return value / total if total else None

    def text(self, quality: Quality) -> str:
        """Return the figure as it is printed; a dash where it was not measured."""
        value = self.value(quality)
        if value is None:
            return "-"
        if self.out_of is not None:
            return f"{getattr(quality, self.name)}/{getattr(quality, self.out_of)}"
        return f"{value:.{self.decimals}f}"


FIGURES = (
    Figure("iou", "IoU", 4, "higher"),
    Figure("mae", "MAE", 5),
    Figure("sad", "SAD", 2),
    Figure("mse", "MSE", 5),
    Figure("gradient", "GRAD", 2),
    Figure("boundary_f", "BF", 4, "higher"),
    Figure("band", "BAND", 4),
    Figure("soft", "SOFT", 4),
    Figure("far_background", "FPfar", 5),
    Figure("deep_foreground", "FNdeep", 5),
    Figure("solid_lost", "LOST", 5),
    Figure("holes_open", "HOLES", 4, "higher", out_of="holes_total"),
    Figure("halo_green", "HALO", 2),
    Figure("halo_white", "HALOw", 2),
    Figure("delta_e", "dE", 2),
)
"""Every figure, in the order of the tables."""

_COUNTS = frozenset({"holes_open", "holes_total"})


def mean_quality(photos: Sequence[Quality]) -> Quality:
    """Return the mean of every figure over the photos that have it; holes are added up.

    Raises
    ------
    ValueError : there are no photos
    """
    return _summary(photos, statistics.fmean)


def median_quality(photos: Sequence[Quality]) -> Quality:
    """Return the median of every figure over the photos that have it; holes are added up.

    Raises
    ------
    ValueError : there are no photos
    """
    return _summary(photos, statistics.median)


def _summary(photos: Sequence[Quality], middle: Callable[[list[float]], float]) -> Quality:
    if not photos:
        raise ValueError("a summary of no photos")
    values: dict[str, Any] = {}
    for field in fields(Quality):
        found = [v for photo in photos if (v := getattr(photo, field.name)) is not None]
        if field.name in _COUNTS:
            values[field.name] = sum(found)
        else:
            values[field.name] = middle(found) if found else None
    return Quality(**values)
