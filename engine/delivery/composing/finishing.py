"""A composed picture in the space and with the bits that its file is to have.

A picture is composed with 8 bits of sRGB. Where the product is solid the photo's own colours take
their place, as fine and as wide as the photo has them; soft edges, shadows and backgrounds are
carried over as they are, where no eye tells 8 bits from 16.
"""

from __future__ import annotations

import numpy as np

from engine.delivery.composing.compose import Composition, Cutout, sharpening_of
from engine.delivery.composing.resample import onto_canvas
from engine.delivery.composing.sharpening import sharpened
from engine.imaging.deep import from_srgb, to_eight_bits
from engine.imaging.icc import Space
from engine.imaging.strips import Samples
from presets.schema import PngFile, Preset, TiffFile


def space_of(preset: Preset) -> Space:
    """Return the colour space that a preset's file is in."""
    return preset.file.profile or "sRGB"


def bits_of(preset: Preset) -> int:
    """Return the bits a channel of a preset's file."""
    file = preset.file
    return file.bits or 8 if isinstance(file, PngFile | TiffFile) else 8


def wants_deep(preset: Preset) -> bool:
    """Return whether a preset's file can hold more than 8 bits of sRGB."""
    return bits_of(preset) > 8 or space_of(preset) != "sRGB"


def finished(made: Composition, cutout: Cutout, preset: Preset) -> Samples:
    """Return the pixels of the file, (h, w, 3) or (h, w, 4) with straight alpha.

    Parameters
    ----------
    made : the picture, from :func:`compose`
    cutout : what it was made of
    preset : whose file it will be
    """
    if not wants_deep(preset):
        return made.pixels
    space = space_of(preset)
    colour = from_srgb(made.pixels[..., :3], space)
    deep = cutout.deep.get(space)
    if deep is not None:
        if preset.canvas.kind != "photo":
            deep, coverage = onto_canvas(deep, cutout.alpha, made.placed)
            if settings := sharpening_of(preset, made.placed):
                deep = sharpened(deep, coverage, settings)
        solid = made.coverage == 255
        colour[solid] = deep[solid]
    alpha = made.pixels[..., 3:]
    if bits_of(preset) == 8:
        return np.dstack([to_eight_bits(colour), alpha])
    return np.dstack([colour, alpha.astype(np.uint16) * 257])


def finishing_notes(cutout: Cutout, preset: Preset) -> tuple[str, ...]:
    """Return what to say of a file that is to hold more than its photo has."""
    if not wants_deep(preset) or space_of(preset) in cutout.deep:
        return ()
    asked = f"{bits_of(preset)} bits" if bits_of(preset) > 8 else space_of(preset)
    return (f"the photo has no more than 8 bits of sRGB: {asked} hold the same colours",)
