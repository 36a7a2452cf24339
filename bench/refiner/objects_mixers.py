"""Kitchen machines and mills, glossy or clear."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes
from objects_appliances import bent_bar, grips, pad, shine

Rnd = random.Random
TURN = 2 * math.pi


def _cord(rnd: Rnd, start: shapes.Point, aim: tuple[float, float], stuff) -> None:
    """Let a cable fall to the floor and coil there; a plug ends it."""
    (x, y, z), gauge, r = start, rnd.uniform(0.008, 0.013), rnd.uniform(0.1, 0.2)
    turns, first = rnd.uniform(0.6, 2.3), math.atan2(-aim[1], -aim[0])
    path = [
        start,
        *((x + aim[0] * s, y + aim[1] * s, z * f) for s, f in ((0.06, 0.9), (0.13, 0.35))),
    ]
    for t in np.linspace(0, turns, 6 + int(turns * 12)):
        a, far = first + TURN * t, r * (1 + 0.12 * math.sin(4.3 * t))
        middle = (x + aim[0] * (0.22 + r), y + aim[1] * (0.22 + r))
        level = gauge * (1 + 2 * t / turns)
        path.append((middle[0] + far * math.cos(a), middle[1] + far * math.sin(a), level))
    shapes.wires([path], gauge, stuff, smooth=True)
    end = np.array(path[-1])
    way = (end - path[-2]) / np.linalg.norm(end - path[-2])
    shapes.limbs([[(tuple(end + way * s), g) for s, g in ((0, 0.018), (0.05, 0.028))]], stuff)
    side = 0.013 * np.array((-way[1], way[0], 0))
    pins = [[tuple(end + way * s + side * k) for s in (0.05, 0.09)] for k in (-1, 1)]
    shapes.wires(pins, 0.006, look.metal(rnd))


def stand_mixer(rnd: Rnd) -> None:
    """A kitchen mixer: foot, column and head, a bowl with a rolled rim, a whisk or a beater."""
    shell, trim, rim = shine(rnd), grips(rnd), look.chrome(rnd)
    wide, power, fat = rnd.uniform(0.16, 0.21), rnd.uniform(0.55, 0.9), rnd.uniform(0.11, 0.15)
    shapes.slab(pad(0.44, wide, power, 0.04), 0.05, shell, edge=0.015)
    bent_bar([(-0.29, 0.03), (-0.27, 0.3), (-0.22, 0.62)], wide * 0.6, 0.1, shell, 0.8)
    nose = rnd.uniform(0.5, 0.85)
    x = (-0.42, -0.41, -0.37, -0.25, 0.0, 0.2, 0.34, 0.4, 0.42, 0.425)
    half = fat * np.array((0.3, 0.55, 0.8, 1, 1, (1 + nose) / 2, nose, nose * 0.9, 0.55, 0.3))
    bowl, dish = rnd.choice((rim, rim, shell, look.glass(rnd))), rnd.uniform(0.17, 0.22)
    high = rnd.uniform(0.3, 0.38)

    def head() -> None:
        rings = [
            forms.ring((a, 0, 0.64), (0, h, 0), (0, 0, h), 40, power)
            for a, h in zip(x, half, strict=True)
        ]
        forms.loft(rings, shell, levels=1)
        band = [(a, h * 1.01) for a, h in zip(x[1:-1], half[1:-1], strict=True)]
        outline = band + [(a, -h) for a, h in reversed(band)]
        shapes.slab(outline, 0.022, rnd.choice((rim, trim)), (0, 0, 0.6), edge=0.003)
        shapes.cylinder(fat * nose * 0.6, 0.03, rim, (0.41, 0, 0.64), (0, math.pi / 2, 0))
        for side in (-1, 1):
            lever = [(-0.12, side * fat * 0.95, 0.61), (-0.12, side * (fat + 0.03), 0.61)]
            shapes.wires([lever], 0.01, rim)
            shapes.beads([(lever[1], 0.02)], trim)
        shapes.cylinder(0.03, 0.12, rim, (0.2, 0, 0.47))
        ways = np.linspace(0, math.pi, rnd.choice((2, 4, 6)))[:-1]
        knots = ((0.0, 0.48), (dish * 0.45, 0.34), (dish * 0.5, 0.22), (0.0, 0.12))
        loop = [*knots, *((-r, z) for r, z in knots[2:0:-1]), knots[0]]
        wires = [[(0.2 + r * math.cos(a), r * math.sin(a), z) for r, z in loop] for a in ways]
        shapes.wires(wires, 0.007 if len(ways) > 1 else 0.014, rim, smooth=True)

    made = forms.built(head)
    if rnd.random() < 0.25:
        forms.pose(made, (-0.24, 0, 0.58), (0, -0.5, 0))
        forms.pose(made, (0.24 * math.cos(0.5) + 0.03, 0, -0.55 + 0.24 * math.sin(0.5) - 0.17))
    curve = [(dish * 0.45, 0), (dish * 0.6, 0.03), (dish * 0.95, high * 0.5), (dish, high)]
    shapes.vessel(shapes.rounded(curve), 0.008, bowl).location = (0.2, 0, 0.045)
    edge = shapes.circle(dish, high + 0.045, 72, at=(0.2, 0, 0))
    shapes.wires([edge], 0.008, rim, closed=True)
    if rnd.random() < 0.5:
        ear = [(dish * 0.97, 0.33), (dish + 0.1, 0.32), (dish + 0.09, 0.18), (dish * 0.9, 0.17)]
        shapes.wires([[(0.2, -r, z) for r, z in ear]], 0.012, rim, smooth=True)
    if rnd.random() < 0.3:
        _cord(rnd, (-0.3, 0.1, 0.05), (-0.7, 0.7), look.rubber(rnd))
    forms.pose(forms.everything(), turn=(0, 0, rnd.choice((0, 0, 0.5, math.pi))))


def mills(rnd: Rnd) -> None:
    """Mills for pepper and salt: turned bodies with a seam, steel rings and a knob; a tray."""
    seed, tall, clear = rnd.getrandbits(32), rnd.uniform(0.6, 1.1), rnd.random() < 0.3
    count, surfaces = rnd.choice((1, 2, 2, 3)), (shine, shine, look.wood, look.ceramic)
    same = rnd.choice(surfaces)(rnd) if rnd.random() < 0.5 else None
    rim = look.chrome(rnd)
    for index in range(count):
        drawn, body = random.Random(seed), same or rnd.choice(surfaces)(rnd)
        size, x = tall * rnd.choice((1.0, 1.0, 0.75)), index * rnd.uniform(0.36, 0.42)
        split = size * drawn.uniform(0.6, 0.75)
        hips = [drawn.uniform(0.07, 0.15) for _ in range(drawn.choice((3, 4, 6)))]
        curve = [(r, 0.03 + (split - 0.03) * k / (len(hips) - 1)) for k, r in enumerate(hips)]
        curve = shapes.rounded(curve)
        part = [shapes.lathe([(0, 0.03), *curve, (0, split)], look.glass(rnd) if clear else body)]
        if clear:
            grain = look.plain(rnd.choice((look.pale, look.dark))(rnd), 0.6)
            spots = [
                ((r * math.cos(a), r * math.sin(a), z * split * 0.7 + 0.06), 0.016)
                for r, a, z in (
                    (rnd.uniform(0, 0.045), rnd.uniform(0, 7), rnd.random()) for _ in range(160)
                )
            ]
            part.append(shapes.beads(spots, grain, 8))
        part.append(shapes.cylinder(hips[0] * 1.04, 0.04, rim))
        neck = [(0, 0), (hips[-1] * 0.9, 0), (hips[-1] * 0.9, 0.02), (0, 0.02)]
        part.append(shapes.lathe(neck, rim))
        part[-1].location = (0, 0, split)
        head = size - split
        bulge = [(hips[-1], 0.014), (drawn.uniform(0.09, 0.14), head * 0.5), (0.03, head)]
        part.append(shapes.lathe([(0, 0.014), *shapes.rounded(bulge), (0, head)], body))
        part[-1].location = (0, 0, split)
        part.append(shapes.beads([((0, 0, size + 0.02), drawn.uniform(0.025, 0.04))], rim, 24))
        forms.pose(part, (x, rnd.uniform(-0.08, 0.08), 0))
    if count > 1 and rnd.random() < 0.3:
        edge = [(0.36, 0), (0.38, 0.01), (0.42, 0.05)]
        tray = shapes.vessel(edge, 0.012, shine(rnd))
        tray.location, tray.scale = (0.2 * (count - 1), 0, -0.013), (0.7 + 0.3 * count, 1, 1)
