"""Render training products as layers: ``python render.py OUT --each 8 [--long-side 960]``.

One ``.npz`` per product, ``FAMILY-DRAW.npz``: ``alpha`` (H, W) uint8, exact coverage;
``foreground`` (H, W, 3) float16, straight linear colour of the product, continued a little beyond
its edge; ``plate`` (h, w, 3) float16, the empty backdrop with the product's shadow and reflection,
at reduced size. Glass counts as product inside its outline. ``compose.py`` makes photos from
these layers.

Needs bpy 4.5, numpy, scipy. A product is fully determined by its family's name and the number of
the draw, whatever other families there are, and an existing file is left alone: a run can be
stopped and taken up again, and families can be added later.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import zlib
from pathlib import Path

import bpy
import numpy as np
import stage
from objects import FAMILIES
from scipy import ndimage

SHARES = {"gray": 0.34, "white": 0.26, "colour": 0.2, "black": 0.06, "table": 0.14}


def settings(seed: int) -> None:
    """Choose Cycles settings that are quick on one core and clean after denoising."""
    scene = bpy.context.scene
    cycles, render = scene.cycles, scene.render
    cycles.device = "CPU"
    cycles.seed = seed
    cycles.use_adaptive_sampling = True
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4.0
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_quality = "FAST"
    cycles.denoising_prefilter = "FAST"
    cycles.diffuse_bounces, cycles.glossy_bounces = 2, 4
    cycles.transmission_bounces = cycles.max_bounces = 6
    render.threads_mode, render.threads = "FIXED", 1
    render.image_settings.file_format = "OPEN_EXR"
    render.image_settings.color_mode = "RGBA"
    render.image_settings.color_depth = "32"


def shoot(folder: Path, samples: int, percent: int, *, clear: bool, clean: bool) -> np.ndarray:
    """Render the scene; return linear premultiplied RGBA, (h, w, 4) float32."""
    scene = bpy.context.scene
    scene.render.resolution_percentage = percent
    scene.render.film_transparent = clear
    scene.cycles.samples = samples
    scene.cycles.adaptive_threshold = 0.1 if clean else 0.01
    scene.cycles.adaptive_min_samples = 6
    scene.cycles.use_denoising = clean
    target = folder / "pass.exr"
    scene.render.filepath = str(target)
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(str(target))
    width, height = image.size
    flat = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(flat)
    bpy.data.images.remove(image)
    return flat.reshape(height, width, 4)[::-1].copy()


def coverage(folder: Path, hidden: list[bpy.types.Object], samples: int) -> np.ndarray:
    """Render how much of each pixel the product covers: its surfaces glow, all else is gone."""
    glow = bpy.data.materials.new("glow")
    glow.use_nodes = True
    tree = glow.node_tree
    emission = tree.nodes.new("ShaderNodeEmission")
    tree.links.new(emission.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    for made in hidden:
        made.hide_render = True
    layer = bpy.context.view_layer
    layer.material_override = glow
    bpy.context.scene.cycles.max_bounces = 0
    alpha = shoot(folder, samples, 100, clear=True, clean=False)[..., 3]
    layer.material_override = None
    return np.clip(alpha, 0.0, 1.0)


def straight(premultiplied: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Return straight colour, continued outward from the nearest well covered pixels.

    Division by small coverage is noisy, so colour is spread by normalised convolution: the
    narrowest of four blurs that reaches a covered pixel gives the colour (Knutsson and Westin,
    "Normalized and differential convolution", CVPR 1993).
    """
    own = premultiplied[..., 3]
    trusted = ((own > 0.55) & (alpha > 0.55)).astype(np.float32)
    solid = premultiplied[..., :3] / np.maximum(own, 0.5)[..., None]
    colour = solid * trusted[..., None]
    known = trusted.copy()
    for sigma in (0.8, 2.0, 5.0, 14.0):
        weight = ndimage.gaussian_filter(trusted, sigma)
        spread = ndimage.gaussian_filter(solid * trusted[..., None], (sigma, sigma, 0))
        new = (known == 0) & (weight > 0.02)
        colour[new] = spread[new] / weight[new, None]
        known[new] = 1.0
    # What is too thin for any trusted pixel nearby keeps its own colour, smoothed.
    thin = (known == 0) & (own > 0.02)
    blurred = ndimage.gaussian_filter(premultiplied, (1.0, 1.0, 0))
    colour[thin] = blurred[thin, :3] / np.maximum(blurred[thin, 3:4], 1e-3)
    return colour


def product(family: str, draw: int, folder: Path, long_side: int) -> dict[str, np.ndarray]:
    """Build and render one draw of a family; return its layers."""
    seed = zlib.crc32(f"{family}-{draw}".encode())
    rnd = random.Random(seed)
    kind = rnd.choices(list(SHARES), list(SHARES.values()))[0]
    aspect = rnd.choice((0.75, 1.0, 1.0, 4 / 3, 1.5, 2 / 3))
    width = long_side if aspect >= 1 else round(long_side * aspect)
    height = long_side if aspect <= 1 else round(long_side / aspect)
    stage.start()
    FAMILIES[family](rnd)
    parts, cloud = stage.settle(rnd)
    set_pieces = stage.backdrop(kind, rnd)
    lamps = stage.lights(kind, rnd)
    stage.camera(cloud, rnd, width, height)
    settings(seed % 2**31)
    for piece in set_pieces:
        piece.visible_camera = False
    premultiplied = shoot(folder, 20, 100, clear=True, clean=True)
    for part in parts:
        part.visible_camera = False
    for piece in set_pieces:
        piece.visible_camera = True
    plate = shoot(folder, 24, 70 if kind == "table" else 30, clear=False, clean=True)[..., :3]
    for part in parts:
        part.visible_camera = True
    alpha = coverage(folder, [*set_pieces, *lamps], 48)
    return {
        "alpha": np.round(alpha * 255).astype(np.uint8),
        "foreground": np.clip(straight(premultiplied, alpha), 0, 60000).astype(np.float16),
        "plate": np.clip(plate, 0, 60000).astype(np.float16),
        "family": np.array(family),
        "backdrop": np.array(kind),
    }


def save(target: Path, layers: dict[str, np.ndarray]) -> None:
    """Write an archive whole or not at all: photos may be composed from the folder meanwhile."""
    part = target.with_suffix(".part")
    with part.open("wb") as stream:
        np.savez(stream, **layers)
    part.replace(target)


def main() -> None:
    """Render every family's draws, the first of each before the second of any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=list(FAMILIES))
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first draw")
    parser.add_argument("--each", type=int, default=8, help="how many draws of every family")
    parser.add_argument("--long-side", type=int, default=960)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for draw in range(options.first, options.first + options.each):
            for family in options.families:
                target = options.out / f"{family}-{draw}.npz"
                if target.exists():
                    continue
                begun = time.perf_counter()
                layers = product(family, draw, Path(scratch), options.long_side)
                save(target, layers)
                covered = layers["alpha"].mean() / 255
                print(
                    f"{family}-{draw} {layers['backdrop']} {covered:.2f} "
                    f"{time.perf_counter() - begun:.1f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
