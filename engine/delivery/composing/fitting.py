"""A placing that keeps its promise in the finished file, whatever the product's shape.

Where a product ends is measured at half coverage, in the photo as in the file. On the way to the
canvas that border moves: hairs and tips thinner than a canvas pixel vanish from it, and soft edges
that are enlarged take it along. So a placing is tried, what it shows is measured, and it is tried
anew from that, until both agree. Only coverage is scaled for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.extent import Extent
from engine.delivery.composing.placement import Placed, cut_notes, place, room_on, set_on
from engine.delivery.composing.resample import coverage_on_canvas
from engine.delivery.composing.sheet import Frame
from engine.delivery.product import FAINT, SOLID, Box, Product, find_product
from engine.errors import NothingToPlace
from presets.schema import FitCanvas, FixedCanvas, Placement

_TURNS = 6
_TOLERANCE = 1.0  # canvas pixels between the size that was meant and the size that is shown
_SOFT = 0.01  # of the canvas's longer side: an ordinary soft edge reaches no farther out


@dataclass(frozen=True)
class _Trial:
    """A placing, the extent that it was made for, and what it shows, in canvas pixels.

    ``excess`` is by how much the product is larger than its room, negative where it is smaller.
    """

    placed: Placed
    meant: Extent
    shown: Box
    excess: float

    @property
    def off(self) -> float:
        """Difference between the size that was meant and the size that is shown."""
        meant = self.placed.on_canvas(self.meant)
        return max(abs(meant.width - self.shown.width), abs(meant.height - self.shown.height))


def fit(
    alpha: NDArray[np.uint8],
    product: Product,
    canvas: FixedCanvas | FitCanvas,
    placement: Placement,
    subject: str,
    frame: Frame | None = None,
) -> Placed:
    """Return where a product goes so that, measured in the file, it keeps to its room.

    It spans what ``placement`` says within a pixel, and never more. Parts too thin to be seen on
    this canvas do not count, as long as they stay on it. Where no scale fulfils that, since such a
    part appears just when the rest would be large enough, the product stays smaller, and a note
    says so.

    Parameters
    ----------
    alpha : (H, W) coverage, 0…255
    product : found in it
    canvas, placement : of the preset
    subject : the photo's name, for errors
    frame : canvas and scale where they were chosen for several photos together; they are left
        alone as long as the product keeps to its room

    Raises
    ------
    NothingToPlace : the product vanishes at the canvas's size
    """
    height, width = alpha.shape
    cut = product.box.touches(width, height)
    whole = Extent.of(product.box)
    faint = Extent.of((find_product(alpha > FAINT) or product).box)

    def attempt(extent: Extent, frame: Frame | None = None) -> _Trial:
        placed = place(extent, cut, (width, height), canvas, placement, frame)
        shown = find_product(coverage_on_canvas(alpha, placed) > SOLID)
        if shown is None:
            raise NothingToPlace(
                subject,
                f"its product vanishes on {placed.width} × {placed.height} pixels",
                "Look at the matte, or export with a larger canvas.",
            )
        room = room_on(placed.width, placed.height, placement)
        excess = max(shown.box.width - room[0], shown.box.height - room[1])
        return _Trial(placed, extent, shown.box, excess)

    if frame is not None:
        shared = attempt(whole, frame)
        placed = set_on(shared.placed, shared.shown, cut, placement)
        if shared.excess <= _TOLERANCE and not _leaves(faint, placed, cut):
            return placed
    found = _agreeing(attempt, whole, faint)
    placed = set_on(found.placed, found.shown, cut, placement)
    notes = _thin_note(found, placement)
    if _leaves(faint, placed, cut):
        found = attempt(faint)
        placed = found.placed
        notes = _thin_note(found, placement) or (
            "thin or faint parts count for the product's place, so that they stay on the canvas",
        )
    if frame is not None:
        notes = (*notes, "it is placed for itself: thin or faint parts leave its canvas otherwise")
    return replace(placed, notes=(*placed.notes, *notes))


def _agreeing(attempt: Callable[[Extent], _Trial], whole: Extent, widest: Extent) -> _Trial:
    """Return a trial that keeps to its room and shows what was meant, as nearly as there is one.

    What one trial shows is meant in the next. When something that was hidden appears by that, the
    sought extent lies between the two: halving goes on from there.
    """
    best: _Trial | None = None
    beyond: Extent | None = None
    extent = whole
    for _ in range(_TURNS):
        trial = attempt(extent)
        if trial.excess <= _TOLERANCE:
            best = trial if best is None or trial.off < best.off else best
            if best.off <= _TOLERANCE:
                return best
        else:
            beyond = extent
        if best is not None and beyond is not None:
            extent = _midway(best.meant, beyond)
        else:
            extent = trial.placed.in_photo(trial.shown)
    return best or attempt(widest)


def _midway(one: Extent, other: Extent) -> Extent:
    return Extent(*((a + b) / 2 for a, b in zip(one, other, strict=True)))


def _leaves(extent: Extent, placed: Placed, cut: frozenset[str]) -> bool:
    """Return whether an extent leaves the canvas where the photo's frame does not cut it."""
    out = placed.on_canvas(extent)
    beyond = {
        "left": -out.left,
        "top": -out.top,
        "right": out.right - placed.width,
        "bottom": out.bottom - placed.height,
    }
    allowed = max(1.0, _SOFT * max(placed.width, placed.height))
    return any(distance > allowed for side, distance in beyond.items() if side not in cut)


def _thin_note(found: _Trial, placement: Placement) -> tuple[str, ...]:
    """Return what to say of a product that thin parts keep smaller than it was meant to be."""
    placed, shown = found.placed, found.shown
    meant = placed.on_canvas(found.meant)
    room = room_on(placed.width, placed.height, placement)
    was_meant_full = min(room[0] - meant.width, room[1] - meant.height) <= _TOLERANCE
    if not was_meant_full or found.excess >= -_TOLERANCE:
        return ()
    reached = max(shown.width / placed.width, shown.height / placed.height)
    share = max(room[0] / placed.width, room[1] / placed.height)
    told = f"it fills {reached:.0%} instead of {share:.0%}"
    return (f"thin or faint parts keep the product smaller: {told}",)


def trim(alpha: NDArray[np.uint8], product: Product, margin: int) -> Placed:
    """Return the placing that trims a photo to what can be seen of its product.

    Parameters
    ----------
    alpha : (H, W) coverage, 0…255
    product : found in it
    margin : pixels kept around it, but not where the photo's frame cuts it
    """
    height, width = alpha.shape
    cut = product.box.touches(width, height)
    seen = (find_product(alpha > FAINT) or product).box
    left, top, right, bottom = (
        0 if side in cut else margin for side in ("left", "top", "right", "bottom")
    )
    return Placed(
        width=seen.width + left + right,
        height=seen.height + top + bottom,
        scale=1.0,
        left=float(left - seen.left),
        top=float(top - seen.top),
        notes=cut_notes(cut),
    )
