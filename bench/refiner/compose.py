"""Make training photos from rendered layers: ``python compose.py LAYERS OUT --models NAME…``.

Every product is photographed several times: once on its own backdrop, then on new ones (sweeps of
any colour with falloff and horizon, sweeps of the product's own colour, textured tables), always
with its own shadow. Mixing is in linear light; then glare, lens blur, sensor noise, tone curve,
sRGB and JPEG. The matte gets the same lens blur as the photo.

One ``.npz`` per photo: ``photo`` (H, W, 3) and ``matte`` (H, W) uint8, ``coarse`` (n, 320, 320)
float16 raw probabilities of the models, ``field`` and ``misfit`` of the fitted background.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import cv2
import numpy as np

from engine.matting.background import fit_background
from engine.matting.coarse import ask
from engine.matting.refiner import FRAME_SIDE
from engine.matting.smaller import at_most
from engine.work.warm import network
from models.store import ModelStore

Picture = np.ndarray
SIDE = 320  # pixels of the probabilities
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


def to_srgb(linear: Picture) -> Picture:
    """Apply a soft shoulder and the sRGB curve (IEC 61966-2-1); returns 0…1."""
    soft = np.where(linear < 0.8, linear, 0.8 + 0.2 * np.tanh((linear - 0.8) / 0.2))
    soft = np.clip(soft, 0.0, 1.0)
    return np.where(soft <= 0.0031308, 12.92 * soft, 1.055 * soft ** (1 / 2.4) - 0.055)


def clouds(
    rng: np.random.Generator, height: int, width: int, cells: float, octaves: int
) -> Picture:
    """Return fractal noise of about 0…1, with ``cells`` blotches over the longer side."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        count = cells * 2**octave / max(height, width)
        grid = rng.random(
            (max(2, int(height * count)), max(2, int(width * count))), dtype=np.float32
        )
        total += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= 0.55
    low, high = np.percentile(total, (2, 98))
    return np.clip((total - low) / (high - low + 1e-6), 0.0, 1.0)


def sweep(rng: np.random.Generator, height: int, width: int, base: Picture) -> Picture:
    """Return a smooth backdrop: falloff of the light, vignette and a soft horizon."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    light = 1.0 + rng.uniform(-0.25, 0.25) * x + rng.uniform(-0.3, 0.3) * y
    centre_x, centre_y = rng.uniform(-0.6, 0.6, 2)
    light -= rng.uniform(0.0, 0.3) * ((x - centre_x) ** 2 + (y - centre_y) ** 2)
    if rng.random() < 0.35:
        edge = (y - rng.uniform(-0.5, 0.4)) / rng.uniform(0.05, 0.5)
        light += rng.uniform(-0.18, 0.18) * np.tanh(edge)
    tint = (
        1.0
        + 0.06
        * rng.standard_normal(3).astype(np.float32)
        * clouds(rng, height, width, 1.5, 1)[..., None]
    )
    grain = 1.0 + rng.choice((0.0, 0.0, 0.015, 0.04)) * rng.standard_normal(
        (height, width, 1), dtype=np.float32
    )
    return np.maximum(light, 0.15)[..., None] * base * tint * grain


def table(rng: np.random.Generator, height: int, width: int) -> Picture:
    """Return a textured scene: blotches or grain below, a soft room above."""
    stretch = rng.choice((1, 1, 6))
    texture = clouds(rng, height * int(stretch), width, rng.uniform(3, 60), 5)[:: int(stretch)]
    if rng.random() < 0.3:
        texture = np.ascontiguousarray(texture[::-1])
    first, second = rng.uniform(0.03, 0.7, 3), rng.uniform(0.03, 0.5, 3)
    scene = (texture[..., None] * first + (1 - texture[..., None]) * second).astype(np.float32)
    if rng.random() < 0.7:
        room = clouds(rng, height, width, rng.uniform(1, 4), 2)[..., None]
        wall = room * rng.uniform(0.03, 0.7, 3) + (1 - room) * rng.uniform(0.03, 0.5, 3)
        line = height * rng.uniform(0.15, 0.6)
        rows = (np.arange(height, dtype=np.float32)[:, None, None] - line) / rng.uniform(1, 15)
        below = 1 / (1 + np.exp(-np.clip(rows, -30, 30)))
        scene = scene * below + wall.astype(np.float32) * (1 - below)
    return scene


def shadow(plate: Picture) -> Picture:
    """Return what the product does to the light on its sweep, as a factor of about 0…1.2."""
    brightness = plate @ LUMINANCE
    height, width = brightness.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    basis = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, y**3, x * x * y], -1).reshape(
        -1, 8
    )
    level = np.log(np.maximum(brightness, 1e-4)).ravel()
    weight = np.ones_like(level)
    for _ in range(8):
        weighted = basis * weight[:, None]
        solution = np.linalg.solve(basis.T @ weighted + 1e-6 * np.eye(8), weighted.T @ level)
        off = level - basis @ solution
        # Shadow only darkens: the fit follows the upper side.
        weight = np.where(off > -0.02, 1.0, 0.02 / np.abs(off).clip(0.02))
    return np.exp(np.clip(off, -3.0, 0.18)).reshape(height, width).astype(np.float32)


def exposure(rng: np.random.Generator, kind: str, plate: Picture) -> float:
    """Return the gain that brings a backdrop to the brightness that a studio would choose."""
    level = float(np.percentile(plate @ LUMINANCE, 65))
    target = {
        "white": rng.uniform(0.8, 1.15),
        "black": rng.uniform(0.004, 0.03),
        "gray": rng.uniform(0.12, 0.5),
    }.get(kind, rng.uniform(0.1, 0.5))
    return target / max(level, 1e-3)


def develop(rng: np.random.Generator, colour: Picture, matte: Picture, plate: Picture):
    """Mix and photograph; returns photo (H, W, 3) and matte (H, W), both uint8."""
    sigma = float(rng.choice((0.3, 0.45, 0.6, 0.8, 1.1)))
    matte = cv2.GaussianBlur(matte, (0, 0), sigma)
    colour = cv2.GaussianBlur(colour, (0, 0), sigma * 0.6)
    if rng.random() < 0.4:
        spill = cv2.GaussianBlur(plate * (1 - matte[..., None]), (0, 0), max(matte.shape) * 0.03)
        colour = colour + rng.uniform(0.0, 0.05) * spill
    mixed = colour * matte[..., None] + plate * (1 - matte[..., None])
    grain = cv2.GaussianBlur(rng.standard_normal(mixed.shape, dtype=np.float32), (0, 0), 0.5)
    iso = rng.uniform(0.3, 3.0) * (4 if rng.random() < 0.1 else 1)
    mixed = mixed + grain * iso * np.sqrt(np.maximum(mixed, 0) * 6e-5 + 2e-6)
    photo = np.round(to_srgb(mixed) * 255).astype(np.uint8)
    if rng.random() < 0.85:
        quality = int(rng.choice((78, 88, 92, 95, 98)))
        packed = cv2.imencode(".jpg", photo[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        photo = cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1]
    return np.ascontiguousarray(photo), np.round(matte * 255).astype(np.uint8)


def takes(rng: np.random.Generator, layers: dict[str, Picture], count: int):
    """Yield ``count`` photos of a product: (photo, matte)."""
    matte, colour = shape(layers)
    height, width = matte.shape
    own = cv2.resize(
        layers["plate"].astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    cast = shade(layers)
    gain = exposure(rng, str(layers["backdrop"]), own)
    yield develop(rng, colour * gain * rng.uniform(0.85, 1.15), matte, own * gain)
    solid = colour[matte > 0.95]
    if not len(solid):
        return
    typical = np.median(solid, axis=0)
    for _ in range(count - 1):
        light = lighting(rng, solid)
        product = (colour * light).astype(np.float32)
        draw = rng.random()
        if draw < 0.2:
            plate = table(rng, height, width) * np.sqrt(cast)[..., None]
        else:
            if draw < 0.45:
                base = typical * light * rng.uniform(0.8, 1.25)
            elif draw < 0.65:
                base = np.full(3, rng.uniform(0.75, 1.2))
            elif draw < 0.85:
                base = np.full(3, rng.uniform(0.08, 0.6)) * rng.uniform(0.95, 1.05, 3)
            else:
                base = rng.uniform(0.02, 0.8, 3)
            # A harder or a softer light than the one it was rendered in.
            fallen = cast ** rng.uniform(0.5, 1.6)
            plate = sweep(rng, height, width, np.asarray(base, np.float32)) * fallen[..., None]
        yield develop(rng, product, matte, plate.astype(np.float32))


def on_a_table(rng: np.random.Generator, layers: dict[str, Picture]) -> tuple[Picture, Picture]:
    """Return a photo of a product on a patterned table, and its matte."""
    matte, colour = shape(layers)
    product = colour * lighting(rng, colour[matte > 0.95])
    plate = table(rng, *matte.shape) * np.sqrt(shade(layers))[..., None]
    return develop(rng, product.astype(np.float32), matte, plate.astype(np.float32))


def shape(layers: dict[str, Picture]) -> tuple[Picture, Picture]:
    """Return a product's matte (H, W) and its colour (H, W, 3) in linear light."""
    colour = np.clip(layers["foreground"].astype(np.float32), 0.0, 50.0)
    return layers["alpha"].astype(np.float32) / 255, colour


def shade(layers: dict[str, Picture]) -> Picture:
    """Return the shadow that a product was rendered in, (H, W), at its own size."""
    height, width = layers["alpha"].shape
    if str(layers["backdrop"]) == "table":
        return np.ones((height, width), np.float32)
    small = shadow(layers["plate"].astype(np.float32))
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def lighting(rng: np.random.Generator, solid: Picture) -> Picture:
    """Return what another light does to a product's channels, from its solid colours (n, 3)."""
    bright = float(np.percentile(solid @ LUMINANCE, 95))
    lit = float(np.clip(rng.uniform(0.15, 1.1), 0.02, 1.1)) / max(bright, 1e-3)
    return lit * (1 + 0.12 * rng.standard_normal(3)).clip(0.6, 1.4)


def save(target: Path, **arrays: Picture) -> None:
    """Write an archive whole or not at all: training may be reading the folder meanwhile."""
    part = target.with_suffix(".part")
    with part.open("wb") as stream:
        np.savez(stream, **arrays)
    part.replace(target)


def asked(photo: Picture, model: str) -> Picture:
    """Return an installed model's raw probabilities as packshot asks for them, 0…1, (320, 320)."""
    said = ask(photo, network(model, ModelStore().home), refined=True).probability
    return cv2.resize(said, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


def main() -> None:
    """Compose every product that has layers and no photos yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layers", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--models", nargs="+", required=True, help="installed, cheapest first")
    parser.add_argument("--takes", type=int, default=5)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    for file in sorted(options.layers.glob("*.npz")):
        if (options.out / f"{file.stem}-0.npz").exists():
            continue
        rng = np.random.default_rng(zlib.crc32(file.stem.encode()))
        with np.load(file) as stored:
            layers = dict(stored)
        for index, (photo, matte) in enumerate(takes(rng, layers, options.takes)):
            # The dearer networks see only some of the photos.
            seen = [asked(photo, model) for model in options.models[: 1 if index % 4 else None]]
            background = fit_background(at_most(photo, FRAME_SIDE), seen[0])
            save(
                options.out / f"{file.stem}-{index}.npz",
                photo=photo,
                matte=matte,
                coarse=np.asarray(seen, np.float16),
                field=background.field,
                misfit=background.misfit,
                residual=background.residual,
                family=layers["family"],
            )


if __name__ == "__main__":
    main()
