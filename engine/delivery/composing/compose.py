"""From a photo's cutout to the picture that a preset asks for.

Arrays are uint8, straight alpha, sRGB. Nothing that comes in is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.backdrop import blurred_backdrop, kept_backdrop
from engine.delivery.composing.background import flatten, lay_on, with_under
from engine.delivery.composing.fitting import fit, trim
from engine.delivery.composing.placement import Placed, cut_notes
from engine.delivery.composing.resample import coverage_on_canvas, onto_canvas
from engine.delivery.composing.shadows.under import Under, kept_shadow, made_shadow
from engine.delivery.composing.sharpening import sharpened
from engine.delivery.composing.sheet import Frame
from engine.delivery.product import SOLID, Product, find_product
from engine.errors import BackgroundMissing, NothingToPlace
from engine.imaging.icc import Space
from engine.matting.shadow import joint_alpha
from presets.schema import Placement, Preset, Sharpening

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Cutout:
    """A photo taken apart, every array at its own size (H, W).

    ``colour`` (H, W, 3) is the product's, straight, ``alpha`` its coverage, 0…255. ``shade`` is
    that of the shadow which comes along, None for none. ``original`` (H, W, 3) is the photo as it
    was, where its background is wanted. ``deep`` has the photo's colours at 16 bits by the space
    that they are in, where a file wants them and the photo has them.
    """

    colour: Picture
    alpha: NDArray[np.uint8]
    shade: NDArray[np.uint8] | None = None
    original: Picture | None = None
    deep: Mapping[Space, NDArray[np.uint16]] = field(default_factory=dict)


@dataclass(frozen=True)
class Composition:
    """A finished picture with what is known about it.

    ``pixels`` is (h, w, 3), or (h, w, 4) with straight alpha; ``coverage`` (h, w) is the
    product's alpha on the canvas, 0…255; ``cut`` names the sides of the photo's frame that cut
    the product; ``placed`` says how the photo came onto the canvas.
    """

    pixels: Picture
    coverage: NDArray[np.uint8]
    placed: Placed
    cut: frozenset[str]
    notes: tuple[str, ...]

    @property
    def scale(self) -> float:
        """Canvas pixels per photo pixel."""
        return self.placed.scale


def compose(
    cutout: Cutout, preset: Preset, subject: str, frame: Frame | None = None
) -> Composition:
    """Place a cutout on the canvas of a preset, over its background.

    Parameters
    ----------
    cutout : of the photo
    preset : canvas, placement, shadow and background
    subject : the photo's name, for errors
    frame : canvas and scale where they were chosen for several photos together

    Raises
    ------
    NothingToPlace : the matte is empty, or the product vanishes at the canvas's size
    BackgroundMissing : the photo's own background is wanted, and it has none
    """
    height, width = cutout.alpha.shape
    product = find_product(cutout.alpha > SOLID)
    if product is None:
        raise NothingToPlace(
            subject,
            "its matte is empty, so there is nothing to place",
            "Look at the matte, cut the photo again with another model, or reject it.",
        )
    placed = _placed(cutout.alpha, product, preset, subject, frame)
    if preset.canvas.kind == "photo":
        colour, coverage = cutout.colour, cutout.alpha
    else:
        colour, coverage = onto_canvas(cutout.colour, cutout.alpha, placed)
        if settings := sharpening_of(preset, placed):
            colour = sharpened(colour, coverage, settings)
    whole = coverage
    if under := _under(cutout, placed, preset, colour, coverage):
        colour = colour.copy() if colour is cutout.colour else colour
        whole = with_under(colour, coverage, under)
    notes = [*placed.notes]
    if product.specks:
        notes.append(f"specks beside the product: {product.specks}")
    return Composition(
        pixels=_over_background(cutout, placed, preset, colour, whole, subject),
        coverage=coverage,
        placed=placed,
        cut=product.box.touches(width, height),
        notes=tuple(notes),
    )


def sharpening_of(preset: Preset, placed: Placed) -> Sharpening | None:
    """Return how a product is sharpened on its canvas; None where it is not, or was not scaled."""
    return preset.placement.sharpen if preset.placement and placed.scale != 1 else None


def _placed(
    alpha: NDArray[np.uint8], product: Product, preset: Preset, subject: str, frame: Frame | None
) -> Placed:
    """Return where the product goes."""
    height, width = alpha.shape
    if preset.canvas.kind == "photo":
        return Placed(width, height, 1.0, 0.0, 0.0, cut_notes(product.box.touches(width, height)))
    if preset.canvas.kind == "product":
        return trim(alpha, product, preset.canvas.margin)
    return fit(alpha, product, preset.canvas, preset.placement or Placement(), subject, frame)


def _under(
    cutout: Cutout, placed: Placed, preset: Preset, colour: Picture, coverage: NDArray[np.uint8]
) -> Under | None:
    """Return what lies under the product; None for nothing."""
    if preset.background.kind == "keep":
        return None  # the shadow is in the photo
    if preset.shadow is not None and preset.shadow.kind not in {"none", "kept"}:
        return made_shadow(colour, coverage, preset.shadow)
    if cutout.shade is None:
        return None
    if preset.canvas.kind == "photo":
        return Under(cutout.shade)
    return kept_shadow(coverage_on_canvas(cutout.shade, placed))


def _over_background(
    cutout: Cutout,
    placed: Placed,
    preset: Preset,
    colour: Picture,
    alpha: NDArray[np.uint8],
    subject: str,
) -> Picture:
    background = preset.background
    if background.kind == "transparent":
        return np.dstack([colour, alpha])
    if background.kind == "colour":
        return flatten(colour, alpha, background.rgb)
    if cutout.original is None:
        raise BackgroundMissing(
            subject,
            "it came with its background cut away, and the preset wants to keep that",
            "Export it with a preset that has a background of its own.",
        )
    shade = cutout.shade
    taken = cutout.alpha if shade is None else joint_alpha(cutout.alpha, shade)
    if background.kind == "keep":
        return kept_backdrop(cutout.original, cutout.alpha, placed)
    radius = background.radius * min(placed.width, placed.height)
    return lay_on(colour, alpha, blurred_backdrop(cutout.original, taken, placed, radius))
