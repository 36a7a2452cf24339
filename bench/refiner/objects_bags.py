"""Bags that stand by themselves: with a flap and a chain, with straps and pockets."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random


def handbag(rnd: Rnd) -> None:
    """A stiff handbag with a flap and a clasp, under handles or a chain, its strap on the floor."""
    hide, fitting = look.leather(rnd), look.jewellery(rnd)
    wide, tall, deep = rnd.uniform(0.3, 0.55), rnd.uniform(0.3, 0.55), rnd.uniform(0.09, 0.2)
    taper, pinch = rnd.uniform(0.6, 1.05), rnd.uniform(0.35, 0.8)
    quilt, cells = rnd.choice((0.0, 0.008, 0.014)), rnd.randint(5, 9)

    def padding(x: float, z: float) -> float:
        return quilt * abs(math.sin(cells * (x + z) * 4) * math.sin(cells * (x - z) * 4)) ** 0.5

    rings = []
    for t in np.linspace(0, 1, 40):
        size = 1 - 0.15 * (1 - min(1, t * 6)) ** 2 - 25 * max(0.0, t - 0.9) ** 2
        half = wide * (1 + (taper - 1) * t) * size
        flat = deep * (1 + (pinch - 1) * t) * size
        loop = forms.ring((0, 0, t * tall), (half, 0, 0), (0, flat, 0), 120, 0.38)
        rings.append([(x, y * (1 + padding(x, z) / deep), z) for x, y, z in loop])
    forms.loft(rings, hide)
    reach, round_off = rnd.uniform(0.35, 0.75), rnd.choice((0.0, 0.15, 0.4))

    def flap(u: float, v: float) -> shapes.Point:
        t = 1.25 * v * (1 - round_off * abs(2 * u - 1) ** 4 * v)
        half = wide * (1 + (taper - 1) * 0.9) * 0.84
        x = half * (2 * u - 1)
        if t < 0.25:
            a = math.pi * t / 0.25
            return (x, deep * pinch * 1.04 * math.cos(a), tall * 0.99 + 0.05 * math.sin(a))
        drop = (t - 0.25) * reach
        level = 1 - drop
        return (
            x * (1 + 0.1 * drop * (1 - taper)),
            -deep * (1 + (pinch - 1) * level) * 1.06 - padding(x, level * tall),
            tall * level - 0.01,
        )

    shapes.sheet(flap, 60, 60, hide, 0.012)
    clasp = flap(0.5, 0.97)
    shapes.box((0.07, 0.03, 0.06), fitting, (clasp[0], clasp[1] - 0.005, clasp[2] - 0.02), 0, 0.01)
    half, top = wide * taper * 0.8, tall + 0.02
    kind = rnd.choice(("chain", "chain", "handle", "handles", "floor"))
    arc = np.linspace(0, math.pi, 30)
    if kind == "chain":
        high = rnd.uniform(0.3, 0.8)
        path = [(half * math.cos(t), 0, top - 0.04 + high * math.sin(t) ** 0.8) for t in arc]
        forms.links(path, rnd.randint(36, 70), rnd.uniform(0.1, 0.2), fitting)
    elif kind == "floor":
        side = rnd.choice((-1, 1))
        path = [
            (half * side, 0, top - 0.04),
            (side * (wide + 0.08), -0.05, tall * 0.4),
            (side * (wide + 0.15), -0.2, 0.02),
            (side * wide * 0.4, -deep - 0.25, 0.02),
            (-side * wide * 0.7, -deep - 0.2, 0.02),
        ]
        forms.links(shapes.rounded(path), 60, 0.16, fitting)
    else:
        span, high = half * rnd.uniform(0.4, 0.8), rnd.uniform(0.2, 0.4)
        for y in (-0.6, 0.6) if kind == "handles" else (0,):
            bow = [(span * math.cos(t), y * deep * pinch, top + high * math.sin(t)) for t in arc]
            bow = [(bow[0][0], bow[0][1], tall * 0.8), *bow, (bow[-1][0], bow[-1][1], tall * 0.8)]
            shapes.wires([bow], rnd.uniform(0.012, 0.022), hide)
            for x in (-span, span):
                eye = shapes.circle(0.03, 0, 20, "y", (x, y * deep * pinch - 0.02, top - 0.005))
                shapes.wires([eye], 0.007, fitting, closed=True)


def backpack(rnd: Rnd) -> None:
    """A backpack with a pocket, zips and a loop; its straps stand off, its ribbons hang."""
    cloth, accent = look.fabric(rnd), rnd.choice((look.fabric, look.leather))(rnd)
    wide, tall, deep = rnd.uniform(0.26, 0.36), rnd.uniform(0.75, 1.0), rnd.uniform(0.13, 0.2)
    phase = rnd.uniform(0, 6)
    fitting = rnd.choice((look.metal, look.plastic))(rnd)

    def slack(x: float, y: float, z: float) -> float:
        return 0.025 * math.sin(4 * z + phase + 3 * x) + 0.012 * math.sin(9 * z + 7 * x + 5 * y)

    shapes.blob((wide, deep, tall / 2), cloth, (0, 0, tall / 2), rnd.uniform(0.4, 0.6), slack)
    low = rnd.uniform(0.18, 0.26)
    pocket = (wide * rnd.uniform(0.65, 0.85), 0.09, low)
    shapes.blob(pocket, accent, (0, -deep * 0.95, low + 0.05), 0.45, slack)
    front = -deep * 0.95 - 0.085
    zip_line = [(pocket[0] * 0.75 * x, front, low * 1.55 + 0.05) for x in (-1, 0, 1)]
    shapes.wires([zip_line], 0.006, fitting)
    x, y, z = zip_line[rnd.randint(0, 2)]
    shapes.wires([[(x, y - 0.01, z), (x + 0.01, y - 0.02, z - 0.1)]], 0.006, fitting)
    bow = [
        (0.09 * math.cos(t), deep * 0.6, tall * 0.94 + 0.12 * math.sin(t))
        for t in np.linspace(0, math.pi, 16)
    ]
    shapes.wires([bow], 0.016, accent)
    far = rnd.uniform(0.16, 0.34)
    for side in (-1, 1):
        rim = wide * rnd.uniform(0.55, 0.8)

        def band(u: float, v: float, side: int = side, rim: float = rim) -> shapes.Point:
            spread = rim * (0.4 + 0.9 * math.sin(math.pi * v * 0.62))
            return (
                side * spread + 0.075 * (u - 0.5),
                deep * 0.85 + far * math.sin(math.pi * v) ** 0.7,
                tall * (0.9 - 0.78 * v),
            )

        shapes.sheet(band, 3, 30, accent, 0.02)
        start = band(0.5, 0.8)
        end = (start[0] + side * rnd.uniform(0.02, 0.12), start[1], rnd.uniform(0.05, 0.2))

        def ribbon(u: float, v: float, start=start, end=end, side: int = side) -> shapes.Point:
            x, y, z = (a + (b - a) * v for a, b in zip(start, end, strict=True))
            return (x + 0.02 * (u - 0.5) + side * 0.02 * math.sin(6 * v), y, z)

        shapes.sheet(ribbon, 1, 8, cloth, 0.004)
    if rnd.random() < 0.5:
        forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(1.8, 4.4)))
