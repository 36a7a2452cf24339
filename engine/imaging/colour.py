"""Which colour space a photo is in, and its conversion to sRGB.

Relative colorimetric with black-point compensation, by LittleCMS, 8 bits per channel. What a file
leaves open is decided here, once, and said in a note. Images are Pillow's; none is changed.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms, ImageFile

from engine.imaging.coded_space import coded_space
from engine.imaging.icc import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    BT709,
    SRGB_CURVE,
    Primaries,
    matrix_profile,
    srgb_profile,
)
from engine.imaging.metadata import Metadata, clean_text

SRGB = "sRGB"
ASSUMED_SRGB = "sRGB (assumed)"

_NO_PROFILE = "no colour profile: sRGB is assumed"
_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}  # ICC's names to Pillow's
_SAME_LEVELS = 2  # a profile that moves no colour by more than this is sRGB under another name
_SAME_POINT = 0.002  # in x and y: what rounding leaves between two chromaticities
_SRGB_GAMMA = 1 / 2.2


@dataclass(frozen=True)
class ColourSpace:
    """The space that a photo's numbers are in.

    ``icc`` leads from it to sRGB; without one they are sRGB already, or, for CMYK, nobody knows.
    """

    name: str
    icc: bytes | None = None
    notes: tuple[str, ...] = ()


def colour_space(
    image: ImageFile.ImageFile, stream: BinaryIO, metadata: Metadata, mode: str
) -> ColourSpace:
    """Tell the colour space of an opened photo; decodes no pixels.

    What names it counts in this order: cICP or nclx numbers, an ICC profile, PNG's sRGB chunk,
    its gAMA and cHRM, EXIF. CMYK and Lab have only the profile.

    Parameters
    ----------
    mode : str
        That of the photo's colour once it is decoded: "L", "RGB", "CMYK" or "LAB".
    """
    notes: list[str] = []
    coded = coded_space(image.format, stream) if mode in {"RGB", "L"} else None
    if coded is not None and coded.is_srgb:
        return ColourSpace(SRGB)
    if coded is not None:
        profile = coded.profile()
        if profile is not None:
            return ColourSpace(coded.name, profile)
        advice = "; export a standard-range copy for true colours" if coded.is_hdr else ""
        notes.append(f"its colour space ({coded.name}) is not known to packshot{advice}")
    embedded = image.info.get("icc_profile")
    if embedded:
        described = _describe(embedded, mode)
        if described is not None:
            return described
        notes.append("its colour profile is damaged or of another kind of picture: ignored")
    return _untagged(image, mode, metadata, tuple(notes))


def to_srgb(image: Image.Image, space: ColourSpace) -> Image.Image:
    """Convert an L, RGB, CMYK or LAB image, which may be changed, to RGB in sRGB.

    Raises
    ------
    PIL.ImageCms.PyCMSError : LittleCMS cannot convert it
    """
    if space.icc is not None and image.mode == "L" and _space_of(space.icc) == "RGB":
        image = image.convert("RGB")
    if image.mode == "LAB" or space.icc is not None:
        transform = _transform(space.icc, image.mode)
        if image.mode != "RGB":
            return transform.apply(image)
        return transform.apply_in_place(image)  # a copy of the whole would live beside it
    return image if image.mode == "RGB" else image.convert("RGB")


def expected_mode(mode: str) -> str:
    """Return the mode that the colour of an image of this mode is decoded to."""
    if mode in {"CMYK", "LAB"}:
        return mode
    return "L" if mode in {"1", "L", "LA", "La"} or mode.startswith("I") else "RGB"


def _untagged(
    image: Image.Image, mode: str, metadata: Metadata, notes: tuple[str, ...]
) -> ColourSpace:
    """Return the space of a photo without a profile, from what else its file says."""
    if mode == "LAB":
        return ColourSpace("CIELAB", notes=notes)
    if mode == "CMYK":
        note = "CMYK without a colour profile: its colours are a guess"
        return ColourSpace("CMYK (no profile)", notes=(*notes, note))
    says_srgb = "srgb" in image.info
    calibrated = None if says_srgb else _calibrated(image)
    if calibrated is not None:
        return replace(calibrated, notes=notes)
    if metadata.colour_space == "Adobe RGB" and not says_srgb:
        profile = matrix_profile("Adobe RGB (1998)", ADOBE_RGB, ADOBE_GAMMA)
        return ColourSpace("Adobe RGB (EXIF)", profile, notes)
    if says_srgb or metadata.colour_space == "sRGB":
        return ColourSpace(SRGB, notes=notes)
    return ColourSpace(ASSUMED_SRGB, notes=(*notes, _NO_PROFILE))


def _calibrated(image: Image.Image) -> ColourSpace | None:
    """Return the space that PNG's gAMA and cHRM describe; None for sRGB's numbers or none."""
    gamma = image.info.get("gamma") or None
    points = image.info.get("chromaticity")
    primaries = BT709
    if points:
        x_y = [(points[index], points[index + 1]) for index in (0, 2, 4, 6)]
        primaries = Primaries(white=x_y[0], red=x_y[1], green=x_y[2], blue=x_y[3])
    off = np.abs(np.subtract(primaries, BT709)).max()
    same_curve = gamma is None or abs(gamma / _SRGB_GAMMA - 1) < 0.05
    if off <= _SAME_POINT and same_curve:
        return None
    curve = SRGB_CURVE if gamma is None or same_curve else (1 / gamma,)
    try:
        profile = matrix_profile("PNG gAMA and cHRM", primaries, curve)
        ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (ValueError, ZeroDivisionError, OverflowError, struct.error, OSError):
        return None
    return ColourSpace("calibrated (gAMA, cHRM)", profile)


@lru_cache(maxsize=32)
def _describe(icc: bytes, mode: str) -> ColourSpace | None:
    """Return the space of an embedded profile; None where it cannot serve this mode."""
    space = _space_of(icc)
    if space != mode and not (mode == "L" and space == "RGB"):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile
        transform = _transform(icc, space)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if space == "RGB" and _changes_nothing(transform):
        return ColourSpace(SRGB)
    return ColourSpace(clean_text(profile.profile_description or "") or f"unnamed {space}", icc)


@lru_cache(maxsize=32)
def _space_of(icc: bytes) -> str | None:
    """Return the Pillow mode that a profile is for; None for others and damaged ones."""
    try:
        name = ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile.xcolor_space
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return _SPACES.get(name.ljust(4))


@lru_cache(maxsize=8)
def _transform(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform:
    source = (
        ImageCms.createProfile("LAB")
        if icc is None
        else ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile
    )
    return ImageCms.ImageCmsTransform(
        ImageCms.ImageCmsProfile(source),
        ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile())),
        mode,
        "RGB",
        intent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform from RGB leaves a grid over all colours where it is."""
    levels = np.linspace(0, 255, 9).astype(np.uint8)
    grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    moved = np.asarray(transform.apply(Image.fromarray(grid)))
    return int(np.abs(moved.astype(np.int16) - grid).max()) <= _SAME_LEVELS
