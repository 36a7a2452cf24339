"""A finished picture in its preset's format."""

from __future__ import annotations

from dataclasses import dataclass

from engine.delivery.composing.finishing import space_of
from engine.imaging.deflating import QUICKEST
from engine.imaging.encode import (
    AVIF_SPEED,
    WEBP_EFFORT,
    encode_avif,
    encode_jpeg,
    encode_png,
    encode_tiff,
    encode_webp,
)
from engine.imaging.strips import Samples
from presets.schema import (
    LEAST_QUALITY,
    AvifFile,
    JpegFile,
    PngFile,
    Preset,
    TiffFile,
    WebpFile,
)

Lossy = JpegFile | WebpFile | AvifFile


@dataclass(frozen=True)
class Encoded:
    """A file's bytes, and what a person should know about their making."""

    data: bytes
    notes: tuple[str, ...] = ()


def encode(pixels: Samples, preset: Preset, xmp: bytes | None = None) -> Encoded:
    """Return a picture in the preset's format.

    The same picture, preset and metadata give the same bytes.

    Parameters
    ----------
    pixels : (h, w, 3), or (h, w, 4) with straight alpha, in the preset's space and of its bits
    preset : whose format and encoder settings
    xmp : a packet of metadata, where there is any
    """
    space = space_of(preset)
    settings = preset.file
    if isinstance(settings, PngFile):
        level = settings.level or QUICKEST
        return Encoded(encode_png(pixels, level=level, xmp=xmp, space=space))
    if isinstance(settings, TiffFile):
        deflated = None if settings.compression == "none" else settings.level or QUICKEST
        return Encoded(encode_tiff(pixels, level=deflated, xmp=xmp, space=space))
    writer = _Writer(pixels, preset, settings, xmp)
    return writer.at(settings.quality) if settings.target_bytes is None else writer.within()


@dataclass(frozen=True)
class _Writer:
    """Writes one picture in a format that has a quality."""

    pixels: Samples
    preset: Preset
    settings: Lossy
    xmp: bytes | None

    def at(self, quality: int) -> Encoded:
        """Return the file of a quality."""
        settings, xmp, space = self.settings, self.xmp, space_of(self.preset)
        if isinstance(settings, JpegFile):
            data = encode_jpeg(
                self.pixels,
                quality=quality,
                subsampling=settings.subsampling,
                progressive=settings.progressive,
                xmp=xmp,
                space=space,
            )
            return Encoded(data)
        if isinstance(settings, WebpFile):
            effort = WEBP_EFFORT if settings.effort is None else settings.effort
            return Encoded(
                encode_webp(
                    self.pixels,
                    quality=quality,
                    lossless=settings.lossless,
                    effort=effort,
                    xmp=xmp,
                    space=space,
                )
            )
        speed = AVIF_SPEED if settings.speed is None else settings.speed
        return Encoded(
            encode_avif(
                self.pixels,
                quality=quality,
                subsampling=settings.subsampling,
                speed=speed,
                xmp=xmp,
                space=space,
            )
        )

    def within(self) -> Encoded:
        """Return the file of the best quality that keeps to the preset's bytes.

        Halving, at most seven more files: the fewer bytes, the lower the quality.
        """
        target, most = self.settings.target_bytes or 0, self.settings.quality
        found = self.at(most)
        if len(found.data) <= target:
            return found
        least = min(most, self.settings.least_quality or LEAST_QUALITY)
        low, high, chosen = least, most - 1, least
        found = self.at(least)
        while low < high:
            quality = (low + high + 1) // 2
            tried = self.at(quality)
            if len(tried.data) <= target:
                low, chosen, found = quality, quality, tried
            else:
                high = quality - 1
        told = f"quality {chosen} instead of {most}, for {target:,} bytes"
        if len(found.data) > target:
            told += f": it has {len(found.data):,} all the same"
        return Encoded(found.data, (told,))
