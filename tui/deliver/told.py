"""What a preset makes, in a few words each, for lists and dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presets.schema import Preset


def canvas_told(preset: Preset) -> str:
    """Return how large the file is."""
    canvas = preset.canvas
    if canvas.kind == "photo":
        return "as the photo"
    if canvas.kind == "product":
        return "as the product"
    if canvas.kind == "fixed":
        return f"{canvas.width} × {canvas.height}"
    longest = f"{canvas.longest} long" if canvas.longest else "own pixels"
    return f"{longest}, {canvas.ratio[0]}:{canvas.ratio[1]}" if canvas.ratio else longest


def background_told(preset: Preset) -> str:
    """Return what stands behind the product, and what lies under it."""
    background = preset.background
    if background.kind == "colour":
        names = {(255, 255, 255): "pure white", (0, 0, 0): "black"}
        told = names.get(background.rgb, "rgb {} {} {}".format(*background.rgb))
    elif background.kind == "transparent":
        told = "transparent"
    else:
        told = "the photo's own" if background.kind == "keep" else "the photo's own, blurred"
    if preset.shadow is None or preset.shadow.kind == "none":
        return told
    kind = preset.shadow.kind
    return f"{told}, {'reflection' if kind == 'reflection' else f'{kind} shadow'}"


def file_told(preset: Preset) -> str:
    """Return the file's format, how it is encoded, and its colour space."""
    file, space = preset.file, preset.file.profile or "sRGB"
    if file.format == "jpeg":
        return f"JPEG quality {file.quality}, {file.subsampling}, {space}"
    if file.format == "webp":
        told = "lossless" if file.lossless else f"quality {file.quality}"
        return f"WebP {told}, {space}"
    if file.format == "avif":
        return f"AVIF quality {file.quality}, {space}"
    return f"{file.format.upper()} of {file.bits or 8} bits, {space}"
