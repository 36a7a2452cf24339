"""The shadow that a product casts on the sweep, as black that lets a new ground through.

A shadow takes the same share of light from every channel, and sRGB is close to a power of light:
where the lit sweep would have the file values B, the shaded one has (1 − s)·B with one s for all
three channels. That is black with an alpha of s over B in the arithmetic of every browser and
image editor, which blend file values; so s is measured in file values too, and black of alpha s
over the lit sweep gives the photo's shadow back.

With product coverage m and colour F over it the photo is m·F + (1 − m)·(1 − s)·B. So product and
shadow together have the alpha m + (1 − m)·s and the straight colour m·F over that alpha.

The light of a coloured product on the paper takes unequal shares; the least of the three is what
black can stand for, and only that is kept.

Colours are (H, W, 3) uint8 sRGB, mattes and shades (H, W) uint8, 0…255. What needs a neighbourhood
is done on the working grid, so that beside the photo little more than the shade is held.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.background import FIT_SIDE, fit_background
from engine.matting.grid import Grid
from engine.matting.membrane import draw
from engine.matting.polynomial import fit_polynomial

Picture = NDArray[np.uint8]
Shade = NDArray[np.uint8]
Plane = NDArray[np.float32]

_TRUST = 0.5  # of the backdrop's fit; a table's texture is no shadow
_ROUNDS = 12  # of reweighting
_SAMPLES = 12_000  # cells that the polynomial is fitted to
_DARK = 0.012  # share of the light: what is missing more than this is no part of the lit sweep
_SMOOTH = 0.05  # weight of one cell of the lit sweep; its noise is averaged away
_BESIDE = 1  # cells at the product's outline: the matte may be a pixel too tight there
_SOFT_EDGE = 12  # cells under the product that its shadow is drawn on
_KNEE = 3.0  # deviations of the paper's noise that leave no haze
_LEAST_KNEE = 0.01  # share of the light; two and a half levels of white paper
_DEEP = 0.05  # share of the light: a shadow that is nowhere deeper is none
_FRINGE = 0.08  # of the frame's mean side: as far as a shadow's fringe reaches
_MARGIN = 0.08  # of the shorter side, over which a shadow fades towards the frame


def cast_shadow(pixels: Picture, matte: NDArray[np.uint8]) -> Shade | None:
    """Return the shade of the product on a seamless sweep.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    matte : (H, W), the product alone

    Returns
    -------
    (H, W), 0 lit to 255 black, under the product's soft edges too; exactly 0 at the frame, where
    the backdrop is lit, and in shadows that do not touch the product. None where the backdrop is
    no sweep or paper (a table, a room), so that its shadows cannot be told from its pattern.
    """
    if pixels.shape != (*matte.shape, 3):
        raise ValueError(f"a photo of {pixels.shape} and a matte of {matte.shape}")
    if not matte.any() or matte.all():
        return None
    grid = Grid.of(*matte.shape)
    colour, cover = grid.reduce(pixels), grid.reduce(matte)
    if fit_background(_levels(colour), cover).trust < _TRUST:
        return None
    window = np.ones((2 * _BESIDE + 1, 2 * _BESIDE + 1), np.uint8)
    bare = np.asarray(cv2.erode((cover == 0).astype(np.uint8), window), np.uint8)
    if not bare.any():
        return None
    shares = _attached(_shares(colour, bare), bare)
    shade = np.zeros(matte.shape, np.uint8)
    for tile in grid.tiles(cv2.dilate(shares, np.ones((3, 3), np.uint8)) > 0):
        (share,) = grid.expand(shares[None], tile)
        shade[tile.pixels] = _levels(share)
    return shade


def joint_alpha(matte: NDArray[np.uint8], shade: Shade) -> NDArray[np.uint8]:
    """Return the alpha of a product and its shadow together: m + (1 − m)·s; all (H, W)."""
    return 255 - np.asarray(cv2.multiply(255 - matte, 255 - shade, scale=1 / 255), np.uint8)


def lay_over(colour: Picture, matte: NDArray[np.uint8], shade: Shade) -> NDArray[np.uint8]:
    """Make one cutout of a product and its shadow.

    Parameters
    ----------
    colour : (H, W, 3) straight colour of the product; where there is shade, it is written over
        with the colour of both, which is black where there is no product
    matte : (H, W), the product alone
    shade : (H, W), from :func:`cast_shadow`

    Returns
    -------
    (H, W), the alpha of both
    """
    alpha = joint_alpha(matte, shade)
    for row in range(matte.shape[0]):
        shaded = np.flatnonzero(alpha[row] > matte[row])
        share = matte[row, shaded] / alpha[row, shaded].astype(np.float32)
        colour[row, shaded] = colour[row, shaded] * share[:, None] + 0.5
    return alpha


def _levels(shares: Plane) -> NDArray[np.uint8]:
    """Return 0…1 as 0…255."""
    return np.asarray(cv2.convertScaleAbs(shares, alpha=255))


def _shares(colour: Plane, bare: NDArray[np.uint8]) -> Plane:
    """Return the share of the light that is missing in every cell, noise and all; (h, w), 0…1.

    Under the product it is drawn through from around.
    """
    lit = _lit_sweep(colour, bare)
    ratio = colour / np.maximum(lit, 1 / 255)
    missing = (1 - ratio.max(axis=2)).astype(np.float32)
    seen = bare.astype(np.float32)
    # Three cells each way average the noise, and only over paper.
    total = cv2.blur(seen, (3, 3))
    mean = np.asarray(cv2.blur(missing * seen, (3, 3)) / np.maximum(total, 1e-3), np.float32)
    clear = _knee(mean, mean[bare > 0])
    return _drawn_under(clear, seen)


def _drawn_under(shares: Plane, seen: Plane) -> Plane:
    """Return the shares with those of the paper close by where ``seen`` is 0.

    A shadow is darkest where the product stands, so that a wide mean would leave a light seam;
    the nearest ring of paper is drawn on, cell by cell, as far as a soft edge reaches.
    """
    known = (shares * seen).astype(np.float32)
    weight = seen.copy()
    for _ in range(_SOFT_EDGE):
        near = np.maximum(cv2.blur(weight, (3, 3)), np.float32(1e-6))
        known = np.where(weight > 0, known, cv2.blur(known, (3, 3)) / near)
        weight = np.asarray(cv2.dilate(weight, np.ones((3, 3), np.uint8)), np.float32)
    return np.asarray(known, np.float32)


def _knee(missing: Plane, paper: Plane) -> Plane:
    """Return the shares with the paper's noise at exactly 0 and all well above it as they are."""
    lit = paper[paper < _DARK]
    noise = 1.48 * float(np.median(np.abs(lit - np.median(lit)))) if lit.size else 0.0
    low = max(_KNEE * noise, _LEAST_KNEE)
    return np.asarray((missing * _smooth_step((missing - low) / (2 * low))).clip(0, 1), np.float32)


def _attached(shares: Plane, bare: NDArray[np.uint8]) -> Plane:
    """Return the shares of the shadows that touch the product, fading out towards the frame.

    The sweep's bend can lie a little darker behind the product than the lit sweep is thought to
    be. It differs from a shadow's fringe in that no deep shadow is near.
    """
    height, width = shares.shape
    fringe = _FRINGE * (height + width) / 2
    product = bare == 0
    touching = _connected(shares > 0, product)
    near = cv2.distanceTransform(bare, cv2.DIST_L2, 3) < fringe
    deep = _connected(touching & (shares > _DEEP), near)
    if not deep.any():
        return np.zeros_like(shares)
    reach = cv2.distanceTransform((~deep).view(np.uint8), cv2.DIST_L2, 3) / fringe
    away = [np.minimum(np.arange(n), np.arange(n)[::-1]) for n in (height, width)]
    margin = max(1.0, _MARGIN * min(height, width))
    frame = np.minimum(away[0][:, None], away[1][None, :]) / margin
    fading = _smooth_step(1 - reach) * _smooth_step(frame)
    return np.where(touching, shares * fading, 0).astype(np.float32)


def _connected(mask: NDArray[np.bool_], seeds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the pieces of ``mask`` that hold a seed."""
    _, labels = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    wanted = np.zeros(int(labels.max()) + 1, np.bool_)
    wanted[labels[seeds]] = True
    wanted[0] = False
    return np.asarray(wanted[labels])


def _smooth_step(rise: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return 0 up to 0, 1 from 1 on, and no corner between."""
    held = rise.clip(0, 1)
    return np.asarray(held * held * (3 - 2 * held))


def _lit_sweep(colour: Plane, bare: NDArray[np.uint8]) -> Plane:
    """Return the sweep as it would be without the product's shadow; (h, w, 3), 0…1.

    A polynomial that shaded cells pull little gives a first idea; what is clearly darker than it
    and hangs together is left out, and a membrane through the rest corrects it everywhere.
    """
    height, width = bare.shape
    scale = min(1.0, FIT_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    share = cv2.resize(bare.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    total = cv2.resize(colour * bare[..., None], size, interpolation=cv2.INTER_AREA)
    small = np.asarray(total / np.maximum(share, 1e-3)[..., None], np.float32)
    seen = share > 0.5
    field = _bright_polynomial(small, seen)
    missing = 1 - (small / np.maximum(field, 1 / 255)).mean(axis=2)
    lit = (seen & (missing < _DARK)).astype(np.uint8)
    lit = cv2.erode(lit, np.ones((3, 3), np.uint8))
    correction = draw(np.asarray(small - field, np.float32), _SMOOTH * lit.astype(np.float32))
    whole = cv2.resize(field + correction, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.float32)


def _bright_polynomial(small: Plane, seen: NDArray[np.bool_]) -> Plane:
    """Return the polynomial through the lit cells, (h, w, 3).

    What is darker than the field
    loses its weight sooner than what is brighter, for shadows darken only.
    """

    def weigh(residuals: Plane) -> Plane:
        above = residuals.mean(axis=1)
        spread = 1.5 * float(np.median(np.abs(above))) + 0.5 / 255
        reach = np.where(above > 0, 4 * spread, spread)
        return np.asarray(1.0 / (1.0 + (above / reach) ** 2), np.float32)

    field, _ = fit_polynomial(small, seen, weigh, samples=_SAMPLES, rounds=_ROUNDS)
    return np.asarray(field.clip(0.0, 1.0), np.float32)
