"""Damage planted into exact mattes, so that it is known what is wrong and where.

A plant takes a photo (H, W, 3) uint8, its exact matte (H, W) uint8, a size as a share of the
photo's longer side, and a random generator; it returns what it has made, or None where the photo
offers no place for it. No array passed in is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.defects.defect import Kind

Photo = NDArray[np.uint8]
Matte = NDArray[np.uint8]
Random = np.random.Generator


@dataclass(frozen=True)
class Damaged:
    """A photo, a matte with one kind of damage, and where: (x, y, width, height) in pixels."""

    pixels: Photo
    alpha: Matte
    box: tuple[int, int, int, int]
    probability: NDArray[np.float32] | None = None
    foreground: Photo | None = None


Plant = Callable[[Photo, Matte, float, Random], Damaged | None]


def dilate(pixels: Photo, alpha: Matte, size: float, _random: Random) -> Damaged | None:
    """Widen the matte: a rim of background."""
    radius = max(1, round(size * max(alpha.shape)))
    return Damaged(
        pixels, np.asarray(cv2.dilate(alpha, _disc(radius)), np.uint8), _bounds(alpha > 127)
    )


def soften(pixels: Photo, alpha: Matte, size: float, _random: Random) -> Damaged | None:
    """Widen the matte softly, as a small mask that was scaled up does."""
    wide = cv2.dilate(alpha, _disc(max(1, round(size * max(alpha.shape)))))
    soft = cv2.GaussianBlur(wide, (0, 0), max(0.5, size * max(alpha.shape) / 2))
    return Damaged(pixels, np.maximum(soft, alpha), _bounds(alpha > 127))


def fill_hole(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Close a true hole of about a size."""
    holes = _enclosed(alpha < 128)
    wanted = (size * max(alpha.shape)) ** 2
    holes = [box for box in holes if wanted / 3 < box[4] < wanted * 3]
    if not holes:
        return None
    x, y, width, height, _ = holes[int(random.integers(len(holes)))]
    filled = alpha.copy()
    labels = cv2.connectedComponents((alpha < 128).astype(np.uint8))[1]
    number = np.bincount(labels[y : y + height, x : x + width].ravel())
    number[0] = 0
    mask = (labels == int(number.argmax())).astype(np.uint8)
    filled[cv2.dilate(mask, np.ones((7, 7), np.uint8)) > 0] = 255
    return Damaged(pixels, filled, (x, y, width, height))


def eat_hole(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Open the matte inside the product."""
    blob = _blob_inside(alpha, size, random, 0.006)
    if blob is None:
        return None
    mask, box = blob
    return Damaged(pixels, np.asarray(alpha * (1 - mask), np.uint8), box)


def cut_off(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Leave out what lies beyond a straight line through the product."""
    ys, xs = np.nonzero(alpha > 127)
    angle = random.uniform(0, 2 * np.pi)
    along = xs * np.cos(angle) + ys * np.sin(angle)
    wanted = min(0.45 * len(along), (size * max(alpha.shape)) ** 2)
    limit = np.partition(along, -int(wanted) - 1)[-int(wanted) - 1]
    gy, gx = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    beyond = gx * np.cos(angle) + gy * np.sin(angle) > limit
    kept = np.where(beyond, 0, alpha).astype(np.uint8)
    return Damaged(pixels, kept, _bounds(beyond & (alpha > 127)))


def add_shadow(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Keep a piece of the backdrop at the foot of the product."""
    height, width = alpha.shape
    ys, xs = np.nonzero(alpha > 127)
    low = ys > np.percentile(ys, 92)
    pick = int(random.integers(np.count_nonzero(low)))
    x, y = int(xs[low][pick]), int(ys[low][pick])
    long = size * max(alpha.shape)
    gy, gx = np.mgrid[:height, :width]
    inside = np.hypot((gx - x) / (1.6 * long), (gy - y) / (0.7 * long))
    strength = random.uniform(0.5, 1.0)
    blob = np.clip((1 - inside) * 6, 0, 1) * strength * 255
    added = np.maximum(alpha, blob).astype(np.uint8)
    changed = (added > 60) & (alpha < 20)
    if changed.sum() < 0.2 * long * long:
        return None
    return Damaged(pixels, added, _bounds(changed))


def add_islands(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Keep a spot of the backdrop away from the product."""
    radius = max(2, round(size * max(alpha.shape)))
    near = cv2.dilate(alpha, np.ones((6 * radius + 31, 6 * radius + 31), np.uint8)) > 0
    near[: radius + 2] = near[-radius - 2 :] = True
    near[:, : radius + 2] = near[:, -radius - 2 :] = True
    ys, xs = np.nonzero(~near)
    if not len(ys):
        return None
    pick = int(random.integers(len(ys)))
    added = alpha.copy()
    centre = int(xs[pick]), int(ys[pick])
    cv2.circle(added, centre, radius, 255, -1, cv2.LINE_AA)
    side = 2 * radius + 1
    return Damaged(pixels, added, (centre[0] - radius, centre[1] - radius, side, side))


def jag(pixels: Photo, alpha: Matte, size: float, _random: Random) -> Damaged | None:
    """Scale the matte down and up again without smoothing."""
    height, width = alpha.shape
    step = max(3, round(size * max(alpha.shape)))
    small = cv2.resize(alpha, (width // step, height // step), interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return Damaged(pixels, np.asarray(large, np.uint8), _bounds(alpha > 127))


def crop(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Cut the picture so that it ends inside the product."""
    x, y, width, height = _bounds(alpha > 127)
    deep = max(2, round(size * max(alpha.shape)))
    side = int(random.integers(4))
    cuts = (
        (slice(y + deep, None), slice(None)),
        (slice(None, y + height - deep), slice(None)),
        (slice(None), slice(x + deep, None)),
        (slice(None), slice(None, x + width - deep)),
    )
    cut = cuts[side]
    kept = np.ascontiguousarray(alpha[cut])
    if min(kept.shape) < 32 or not (kept > 127).any():
        return None
    rows, columns = kept.shape
    return Damaged(np.ascontiguousarray(pixels[cut]), kept, (0, 0, columns, rows))


def tint_light(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Take the photo in a light of another colour; ``size`` is the gain of one channel."""
    gain = np.array(
        [1 + size, 1.0, 1 - size] if random.random() < 0.5 else [1 - size, 1.0, 1 + size]
    )
    tinted = np.clip(pixels * gain * 0.97, 0, 255).astype(np.uint8)
    return Damaged(tinted, alpha, (0, 0, alpha.shape[1], alpha.shape[0]))


def tint_cutout(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Give the cutout's colour a tint that the photo does not have."""
    channel = int(random.integers(3))
    colour = pixels.astype(np.float32)
    colour[..., channel] = colour[..., channel] * (1 - 2 * size) + 128 * size
    return Damaged(pixels, alpha, _bounds(alpha > 127), None, colour.clip(0, 255).astype(np.uint8))


def doubt(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Give the network no opinion about a part of the product."""
    blob = _blob_inside(alpha, size, random, 0.0)
    if blob is None:
        return None
    mask, box = blob
    sure = alpha.astype(np.float32) / 255
    unsure = np.where(mask > 0, np.float32(random.uniform(0.35, 0.65)), sure)
    small = cv2.resize(unsure, (320, 320), interpolation=cv2.INTER_AREA)
    blurred = np.asarray(cv2.GaussianBlur(small, (0, 0), 1.2), np.float32)
    return Damaged(pixels, alpha, box, blurred)


def blank(pixels: Photo, alpha: Matte, size: float, random: Random) -> Damaged | None:
    """Find nothing, or find no backdrop; below one half of ``size`` the matte is faint noise."""
    value = 0 if random.random() < 0.5 else 255
    noise = random.integers(0, max(1, round(size * 255)), alpha.shape, np.uint8)
    made = noise if value == 0 else 255 - noise
    return Damaged(pixels, made, (0, 0, alpha.shape[1], alpha.shape[0]))


PLANTS: dict[Kind, tuple[tuple[Plant, tuple[float, ...]], ...]] = {
    "halo": ((dilate, (0.001, 0.0015, 0.002, 0.004)), (soften, (0.0015, 0.003))),
    "hole filled": ((fill_hole, (0.01, 0.02, 0.05, 0.15)),),
    "hole eaten": ((eat_hole, (0.01, 0.02, 0.05, 0.1)),),
    "part missing": ((cut_off, (0.02, 0.04, 0.08, 0.16)),),
    "shadow left": ((add_shadow, (0.02, 0.04, 0.08)),),
    "islands": ((add_islands, (0.002, 0.004, 0.01)),),
    "edge jagged": ((jag, (0.002, 0.004, 0.008)),),
    "wrong crop": ((crop, (0.003, 0.02, 0.1)),),
    "colour cast": ((tint_light, (0.04, 0.06)), (tint_cutout, (0.03, 0.06))),
    "low confidence": ((doubt, (0.06, 0.1, 0.2)),),
    "blank or full": ((blank, (0.001, 0.004)),),
}
"""How each kind is planted, and the sizes: a share of the photo's longer side, unless said."""


def _disc(radius: int) -> NDArray[np.uint8]:
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _bounds(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    return x, y, width, height


def _enclosed(empty: NDArray[np.bool_]) -> list[tuple[int, int, int, int, int]]:
    """Return box and area of the regions that do not touch the border."""
    stats = cv2.connectedComponentsWithStats(empty.astype(np.uint8), connectivity=4)[2]
    height, width = empty.shape
    return [
        (x, y, w, h, area)
        for x, y, w, h, area in stats[1:].tolist()
        if x > 0 and y > 0 and x + w < width and y + h < height
    ]


def _blob_inside(
    alpha: Matte, size: float, random: Random, margin: float
) -> tuple[Matte, tuple[int, int, int, int]] | None:
    """Return a round blob of 0 and 1 that lies inside the product, and its box."""
    radius = size * max(alpha.shape) / 2
    depth = cv2.distanceTransform((alpha > 250).astype(np.uint8), cv2.DIST_L2, 5)
    ys, xs = np.nonzero(depth > radius + margin * max(alpha.shape))
    if not len(ys):
        return None
    pick = int(random.integers(len(ys)))
    mask = np.zeros_like(alpha)
    cv2.ellipse(
        mask,
        (int(xs[pick]), int(ys[pick])),
        (round(radius), max(1, round(radius * random.uniform(0.5, 1)))),
        random.uniform(0, 180),
        0,
        360,
        1,
        -1,
    )
    return mask, _bounds(mask > 0)
