"""Colour spaces that a file names by numbers: cICP in PNG, ``nclx`` in AVIF (ITU-T H.273).

Pillow knows neither, so that a Display P3 picture would pass for sRGB.
"""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from engine.imaging.icc import (
    BT709,
    BT2020,
    DCI_P3,
    DISPLAY_P3,
    SRGB_CURVE,
    Primaries,
    matrix_profile,
)
from engine.imaging.png_reader import content, find_chunk

_AVIF_META = 1 << 16  # bytes at the start of a file that hold its properties
_UNSPECIFIED = 2

_PRIMARIES: dict[int, tuple[str, Primaries]] = {
    1: ("BT.709", BT709),
    9: ("BT.2020", BT2020),
    11: ("DCI-P3", DCI_P3),
    12: ("Display P3", DISPLAY_P3),
}
# Video's own curve (1, 6, 14, 15) is shown with sRGB's by every viewer of still pictures.
_CURVES: dict[int, tuple[float, ...]] = {
    1: SRGB_CURVE,
    _UNSPECIFIED: SRGB_CURVE,
    4: (2.2,),
    5: (2.8,),
    6: SRGB_CURVE,
    8: (1.0,),
    13: SRGB_CURVE,
    14: SRGB_CURVE,
    15: SRGB_CURVE,
}
_HDR_CURVES = {16: "PQ", 18: "HLG"}


class CodedSpace(NamedTuple):
    """Numbers of H.273 for primaries and transfer function."""

    primaries: int
    transfer: int

    @property
    def is_srgb(self) -> bool:
        """Whether it says sRGB."""
        return self.primaries == 1 and _CURVES.get(self.transfer) == SRGB_CURVE

    @property
    def name(self) -> str:
        """A name for a person."""
        name = _PRIMARIES.get(self.primaries, (f"primaries {self.primaries}", BT709))[0]
        if self.transfer in _HDR_CURVES:
            return f"{name} {_HDR_CURVES[self.transfer]}"
        curve = _CURVES.get(self.transfer)
        return name if curve == SRGB_CURVE else f"{name}, transfer {self.transfer}"

    @property
    def is_hdr(self) -> bool:
        """Whether its curve is one for pictures brighter than white."""
        return self.transfer in _HDR_CURVES

    def profile(self) -> bytes | None:
        """Return the space as an ICC profile; None where packshot does not know it."""
        if self.primaries not in _PRIMARIES or self.transfer not in _CURVES:
            return None
        return matrix_profile(self.name, _PRIMARIES[self.primaries][1], _CURVES[self.transfer])


def coded_space(format_name: str | None, stream: BinaryIO) -> CodedSpace | None:
    """Return the space that a PNG or AVIF file names; None where it names none."""
    position = stream.tell()
    try:
        if format_name == "PNG":
            chunk = find_chunk(stream, b"cICP")
            numbers = content(stream, chunk) if chunk else b""
            return CodedSpace(numbers[0], numbers[1]) if len(numbers) == 4 else None
        if format_name == "AVIF":
            stream.seek(0)
            return _avif_space(stream.read(_AVIF_META))
        return None
    finally:
        stream.seek(position)


def _avif_space(meta: bytes) -> CodedSpace | None:
    start = meta.find(b"colrnclx") + 8
    if start < 8 or len(meta) < start + 4:
        return None
    space = CodedSpace(
        int.from_bytes(meta[start : start + 2], "big"),
        int.from_bytes(meta[start + 2 : start + 4], "big"),
    )
    return None if space.primaries == _UNSPECIFIED else space
