"""From a photo's cutout to the picture that a preset asks for.

Arrays are uint8, straight alpha, sRGB. Nothing that comes in is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.delivery.composing.fitting import fit, trim
from engine.delivery.composing.placement import Placed, cut_notes
from engine.delivery.composing.resample import onto_canvas
from engine.delivery.product import SOLID, Product, find_product
from engine.errors import NothingToPlace
from engine.matting.shadow import lay_over
from presets.schema import Placement, Preset


@dataclass(frozen=True)
class Composition:
    """A finished picture with what is known about it.

    ``pixels`` is (h, w, 3), or (h, w, 4) with straight alpha; ``coverage`` (h, w) is the
    product's alpha on the canvas, 0…255; ``cut`` names the sides of the photo's frame that cut
    the product; ``scale`` is canvas pixels per photo pixel.
    """

    pixels: NDArray[np.uint8]
    coverage: NDArray[np.uint8]
    scale: float
    cut: frozenset[str]
    notes: tuple[str, ...]


def compose(
    foreground: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    preset: Preset,
    subject: str,
    shade: NDArray[np.uint8] | None = None,
) -> Composition:
    """Place a cutout on the canvas of a preset, over its background.

    Parameters
    ----------
    foreground : (H, W, 3) straight colour of the product
    alpha : (H, W) coverage, 0…255
    preset : canvas, background and placement
    subject : the photo's name, for errors
    shade : (H, W) of the product's shadow, 0…255, to lie under it; None leaves it out

    Raises
    ------
    NothingToPlace : the matte is empty, or the product vanishes at the canvas's size
    """
    height, width = alpha.shape
    product = find_product(alpha > SOLID)
    if product is None:
        raise NothingToPlace(
            subject,
            "its matte is empty, so there is nothing to place",
            "Look at the matte, cut the photo again with another model, or reject it.",
        )
    placed = _placed(alpha, product, preset, subject)
    if placed is None:
        colour, coverage = foreground, alpha
    else:
        colour, coverage = onto_canvas(foreground, alpha, placed)
    whole = coverage
    if shade is not None:
        if placed is None:
            colour = colour.copy()
        else:
            black = np.broadcast_to(np.uint8(0), foreground.shape)
            _, shade = onto_canvas(black, shade, placed)
        whole = lay_over(colour, coverage, shade)
    return Composition(
        pixels=_over_background(colour, whole, preset),
        coverage=coverage,
        scale=1.0 if placed is None else placed.scale,
        cut=product.box.touches(width, height),
        notes=_notes(product, (width, height), placed),
    )


def flatten(
    foreground: NDArray[np.uint8], alpha: NDArray[np.uint8], rgb: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """Return straight colour (H, W, 3) over one colour; exactly that colour where alpha is 0.

    In sRGB's own encoding, as browsers and image editors do it: the flattened file looks like
    the transparent one on a page of the same colour.
    """
    # 255 · 255 + 127 fits 16 bits; 255 is odd, so that adding 127 rounds to nearest, never a tie.
    opacity = alpha.astype(np.uint16)
    flat = np.empty_like(foreground)
    for channel, level in enumerate(rgb):
        mixed = foreground[..., channel] * opacity
        mixed += np.uint16(level) * (255 - opacity)
        mixed += 127
        mixed //= 255
        flat[..., channel] = mixed
    return flat


def _placed(
    alpha: NDArray[np.uint8], product: Product, preset: Preset, subject: str
) -> Placed | None:
    """Return where the product goes; None where everything stays where the camera put it."""
    if preset.canvas.kind == "photo":
        return None
    if preset.canvas.kind == "product":
        return trim(alpha, product, preset.canvas.margin)
    return fit(alpha, product, preset.canvas, preset.placement or Placement(), subject)


def _over_background(
    colour: NDArray[np.uint8], alpha: NDArray[np.uint8], preset: Preset
) -> NDArray[np.uint8]:
    if preset.background.kind == "transparent":
        return np.dstack([colour, alpha])
    return flatten(colour, alpha, preset.background.rgb)


def _notes(product: Product, photo_size: tuple[int, int], placed: Placed | None) -> tuple[str, ...]:
    notes = list(placed.notes if placed else cut_notes(product.box.touches(*photo_size)))
    if product.specks:
        notes.append(f"specks beside the product: {product.specks}")
    return tuple(notes)
