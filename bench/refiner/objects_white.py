"""White things with soft shading: figures, candles."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def _bird(rnd: Rnd, clay) -> list:
    head = (-0.22, 0, 0.62)
    limbs = [
        [((0.05, 0, 0.3), 0.16), ((0.4, 0, 0.42), 0.07), ((0.62, 0, rnd.uniform(0.4, 0.6)), 0.03)],
        [(head, 0.05), ((-0.42, 0, 0.6), 0.012)],
        [((-0.1, 0, 0.4), 0.13), (head, 0.11)],
    ]
    return [
        shapes.blob((0.3, 0.2, 0.2), clay, (0, 0, 0.32)),
        shapes.beads([(head, 0.13)], clay, 32),
        shapes.limbs(limbs, clay),
        shapes.cylinder(rnd.uniform(0.12, 0.2), 0.2, clay),
    ]


def _beast(rnd: Rnd, clay) -> list:
    """A standing animal on four legs, some with antlers."""
    legs, slim, neck = rnd.uniform(0.25, 0.45), rnd.uniform(0.025, 0.06), rnd.uniform(0.15, 0.4)
    top = legs + 0.3 + neck
    limbs = [
        [((x, y, legs + 0.12), slim * 1.8), ((x * 1.05, y, 0.0), slim)]
        for x in (-0.25, 0.25)
        for y in (-0.09, 0.09)
    ]
    limbs += [
        [((-0.25, 0, legs + 0.18), 0.12), ((-0.38, 0, top - 0.05), 0.08)],
        [((-0.36, 0, top), 0.095), ((-0.56, 0, top - 0.1), 0.05)],
        [((0.3, 0, legs + 0.22), 0.05), ((0.42, 0, legs + rnd.uniform(0, 0.4)), 0.02)],
    ]
    for side in (-1, 1):
        ear = (-0.32, side * 0.05, top + 0.06)
        limbs.append([(ear, 0.035), ((-0.28, side * 0.12, top + 0.16), 0.012)])
        if rnd.random() < 0.5:
            tip = (-0.3, side * 0.25, top + 0.4)
            fork = (-0.34, side * 0.13, top + 0.22)
            limbs += [
                [(ear, 0.022), (fork, 0.02), (tip, 0.014)],
                [(fork, 0.018), ((-0.44, side * 0.2, top + 0.36), 0.014)],
            ]
    return [shapes.blob((0.36, 0.16, 0.17), clay, (0, 0, legs + 0.14)), shapes.limbs(limbs, clay)]


def _cat(rnd: Rnd, clay) -> list:
    top = rnd.uniform(0.62, 0.8)
    tail = [
        ((0.2, 0, 0.08), 0.06),
        ((0.42, -0.05, 0.1), 0.055),
        ((0.45, -0.1, 0.35), 0.05),
        ((0.3, -0.1, rnd.uniform(0.4, 0.55)), 0.04),
    ]
    limbs = [[((-0.1, 0, 0.4), 0.16), ((-0.15, 0, top), 0.1)]]
    for side in (-1, 1):
        limbs += [
            [((-0.16, side * 0.08, 0.4), 0.07), ((-0.2, side * 0.08, 0.05), 0.05)],
            [((-0.15, side * 0.08, top + 0.08), 0.06), ((-0.15, side * 0.13, top + 0.24), 0.01)],
        ]
    return [
        shapes.blob((0.26, 0.2, 0.26), clay, (0.05, 0, 0.25)),
        shapes.blob((0.15, 0.15, 0.13), clay, (-0.17, 0, top + 0.06)),
        shapes.limbs(limbs, clay),
        shapes.limbs([tail], clay, smooth=True),
    ]


def _bust(rnd: Rnd, clay) -> list:
    tilt = rnd.uniform(-0.05, 0.05)
    return [
        shapes.blob((0.15, 0.19, 0.22), clay, (tilt, 0, 0.86)),
        shapes.blob((0.1, 0.11, 0.12), clay, (tilt, -0.1, 0.73)),
        shapes.limbs([[((tilt, -0.18, 0.9), 0.02), ((tilt, -0.225, 0.82), 0.032)]], clay),
        shapes.limbs([[((0, 0, 0.3), 0.12), ((tilt, 0, 0.75), 0.085)]], clay),
        shapes.blob((0.34, 0.17, 0.16), clay, (0, 0.02, 0.38), 0.8),
        shapes.lathe([(0, 0), (0.16, 0), (0.16, 0.04), (0.07, 0.1), (0.1, 0.3), (0, 0.3)], clay),
    ]


def _knot(rnd: Rnd, clay) -> list:
    """Thick loops that run through each other, open between them."""
    a, b, high = rnd.choice((1, 2, 2)), rnd.choice((1, 2, 3)), rnd.uniform(0.3, 0.45)
    path = []
    for t in np.linspace(0, TURN, 90)[:-1]:
        out = 1 + 0.35 * math.cos(b * t + 0.4)
        path.append(
            (
                0.3 * out * math.cos(a * t),
                0.14 * math.sin(b * t) + 0.06 * math.cos(t),
                0.5 + high * out * math.sin(a * t) * 0.8 + 0.04 * math.cos(2 * t),
            )
        )
    gauge = rnd.uniform(0.05, 0.11)
    parts = [shapes.wires([path], gauge, clay, closed=True)]
    low = min(point[2] for point in path)
    parts.append(shapes.cylinder(0.16, 0.12, clay, (0, 0, low - gauge - 0.05)))
    return parts


def figurine(rnd: Rnd) -> None:
    """A figure of porcelain or plaster, white or nearly: an animal, a bust, or loops with holes."""
    clay = look.white(rnd) if rnd.random() < 0.8 else look.ceramic(rnd)
    make = rnd.choice((_bird, _beast, _beast, _cat, _bust, _knot))
    number = rnd.choice((1, 1, 1, 2))
    for index in range(number):
        parts = make(rnd, clay)
        forms.pose(
            [forms.melt(parts, clay, 0.014, rnd.randint(4, 12))],
            (index * 0.8, -0.3 * index, 0),
            (0, 0, rnd.uniform(-1.2, 1.2)),
            ground=True,
        )


def candle(rnd: Rnd) -> None:
    """Sculptural candles of pale wax: balls in a cube, twisted tapers, ribbed pillars, discs."""
    wax = look.white(rnd) if rnd.random() < 0.7 else look.plain(look.pale(rnd), 0.5)
    cord = look.plain(look.pale(rnd), 0.9) if rnd.random() < 0.5 else look.rubber(rnd)
    x = 0.0
    for _ in range(rnd.choice((1, 1, 2, 3))):
        kind, wide, tall = (
            rnd.choice(("balls", "twist", "ribs", "discs")),
            0.2,
            rnd.uniform(0.3, 0.9),
        )
        if kind == "balls":
            cells, tall = rnd.choice((2, 3, 3)), 0.42
            step = 0.42 / cells
            spots = [
                (
                    tuple(
                        step * (part + 0.5) - off
                        for part, off in zip(cell, (0.21, 0.21, 0), strict=True)
                    ),
                    step * 0.56,
                )
                for cell in np.ndindex(cells, cells, cells)
            ]
            parts = [shapes.beads(spots, wax, 28)]
            wide = 0.24
        elif kind == "discs":
            profile = [(0, 0)]
            for level in range(rnd.randint(3, 7)):
                r, z = rnd.uniform(0.1, 0.24), level * tall / 6
                profile += [(r * 0.7, z), (r, z + tall * 0.05), (r * 0.7, z + tall * 0.14)]
            tall = profile[-1][1]
            parts = [shapes.lathe([*profile, (0, tall)], wax)]
        else:
            lobes, deep = rnd.randint(3, 14), rnd.uniform(0.08, 0.3)
            turn = rnd.uniform(2, 9) if kind == "twist" else 0.0
            wide = rnd.uniform(0.05, 0.12) if kind == "twist" else rnd.uniform(0.12, 0.22)
            if kind == "twist":
                tall *= 1.3
            rings = [
                [
                    (
                        wide
                        * (1 - 0.25 * t)
                        * (1 + deep * math.cos(lobes * a - turn * t))
                        * math.cos(a),
                        wide
                        * (1 - 0.25 * t)
                        * (1 + deep * math.cos(lobes * a - turn * t))
                        * math.sin(a),
                        tall * t,
                    )
                    for a in np.linspace(0, TURN, 97)[:-1]
                ]
                for t in np.linspace(0, 1, 60)
            ]
            parts = [forms.loft(rings, wax)]
        wick = [
            (0, 0, tall - 0.02),
            (0.004, 0, tall + 0.04),
            (rnd.uniform(-0.03, 0.03), 0.01, tall + 0.08),
        ]
        parts.append(shapes.wires([wick], 0.006, cord, smooth=True))
        forms.pose(parts, (x + wide, rnd.uniform(-0.15, 0.15), 0))
        x += 2 * wide + rnd.uniform(0.08, 0.2)
