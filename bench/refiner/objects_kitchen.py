"""Kitchen goods of polished steel and porcelain: what shines shows the table."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def kettle(rnd: Rnd) -> None:
    """A kettle, mostly of chrome: a spout, a knob, and a handle that arches over or stands off."""
    body = rnd.choice((look.chrome, look.chrome, look.metal, look.ceramic))(rnd)
    grip = rnd.choice((look.rubber, look.wood, look.plastic, look.chrome))(rnd)
    wide, tall, neck = rnd.uniform(0.3, 0.45), rnd.uniform(0.35, 0.7), rnd.uniform(0.12, 0.22)
    profile = shapes.rounded(
        [
            (wide * rnd.uniform(0.75, 1.0), 0.0),
            (wide, tall * rnd.uniform(0.1, 0.4)),
            (wide * rnd.uniform(0.75, 0.95), tall * 0.7),
            (neck, tall),
        ],
        6,
    )
    shapes.lathe([(0, 0), *profile, (0, tall)], body)
    lid = [(0, 0), (neck * 1.03, 0), (neck, 0.02), (neck * 0.5, 0.05), (0, 0.06)]
    shapes.lathe(lid, rnd.choice((body, look.metal(rnd)))).location = (0, 0, tall - 0.005)
    shapes.limbs([[((0, 0, tall + 0.04), 0.012), ((0, 0, tall + 0.08), 0.02)]], grip)
    shapes.beads([((0, 0, tall + 0.1), rnd.uniform(0.025, 0.04))], grip, 24)
    slim = rnd.random() < 0.4
    root = 0.035 if slim else rnd.uniform(0.06, 0.1)
    spout = [
        ((-wide * 0.8, 0, tall * (0.25 if slim else 0.5)), root),
        ((-wide * 1.35, 0, tall * (0.4 if slim else 0.72)), root * 0.8),
        ((-wide * 1.45, 0, tall * (0.8 if slim else 0.9)), root * 0.6),
        ((-wide * (1.85 if slim else 1.65), 0, tall * (1.1 if slim else 1.0)), root * 0.5),
    ]
    shapes.limbs([spout], body, smooth=True)
    gauge = rnd.uniform(0.018, 0.032)
    if rnd.random() < 0.55:
        high, reach = rnd.uniform(0.25, 0.5), wide * rnd.uniform(0.7, 0.95)
        foot = float(np.interp(reach, [r for r, _ in profile[::-1]], [z for _, z in profile[::-1]]))
        arc = [
            (reach * math.cos(t), 0, tall * 0.9 + high * math.sin(t) ** 0.8)
            for t in np.linspace(0, math.pi, 24)
        ]
        frame = [(reach, 0, foot - 0.03), *arc, (-reach, 0, foot - 0.03)]
        shapes.wires([frame], gauge * 0.5, body)
        shapes.wires([arc[5:19]], gauge * 1.2, grip)
    else:
        reach = wide + rnd.uniform(0.15, 0.3)
        path = [
            (wide * 0.6, 0, tall * 0.9),
            (reach, 0, tall * 0.98),
            (reach * 1.03, 0, tall * 0.5),
            (wide * 0.95, 0, tall * 0.25),
        ]
        shapes.wires([path], gauge, grip, smooth=True)
    if rnd.random() < 0.35:
        shapes.cylinder(wide * 1.1, 0.05, look.plastic(rnd), (0, 0, -0.051))


def _handle(rnd: Rnd, start: float, level: float, material) -> None:
    """Fasten a long handle that ends in a loop to hang it by."""
    long, rise, gauge = rnd.uniform(0.5, 0.8), rnd.uniform(0.02, 0.2), rnd.uniform(0.016, 0.028)
    end = (start + long, 0, level + rise)
    knots = [
        ((start - 0.03, 0, level), gauge * 0.7),
        ((start + 0.12, 0, level + rise * 0.6), gauge * 0.7),
        ((start + long * 0.5, 0, level + rise * 0.9), gauge * 1.3),
        (end, gauge),
    ]
    shapes.limbs([knots], material, smooth=True)
    eye = shapes.circle(0.035, 0, 28, "z", (end[0] + 0.035, 0, end[2]))
    shapes.wires([eye], gauge * 0.5, material, closed=True)


def saucepan(rnd: Rnd) -> None:
    """A saucepan or a pot of steel or enamel, its lid of steel or glass on it or leaning on it."""
    body = rnd.choice((look.chrome, look.metal, look.ceramic, look.rubber))(rnd)
    grip = rnd.choice((body, look.rubber(rnd), look.wood(rnd)))
    wide, tall, wall = rnd.uniform(0.3, 0.45), rnd.uniform(0.12, 0.5), rnd.uniform(0.008, 0.02)
    outer = [(wide * 0.93, 0), (wide, 0.03), (wide, tall), (wide + 0.02, tall + 0.01)]
    shapes.vessel(outer, wall, body)
    if rnd.random() < 0.6:
        _handle(rnd, wide, tall * 0.85, grip)
    else:
        for side in (-1, 1):
            hand = [
                (wide * 0.97, -0.1),
                (wide + 0.1, -0.09),
                (wide + 0.1, 0.09),
                (wide * 0.97, 0.1),
            ]
            ear = [(side * x, y, tall * 0.8) for x, y in hand]
            shapes.wires([ear], rnd.uniform(0.012, 0.02), grip, smooth=True)

    def lid() -> None:
        clear, dome = rnd.random() < 0.5, rnd.uniform(0.04, 0.14)
        arch = [(wide * t, dome * (1 - t * t)) for t in np.linspace(1, 0, 12)]
        under = [(r, z - 0.012) for r, z in reversed(arch)]
        shapes.lathe([*under, *arch], look.glass(rnd, tinted=False) if clear else body)
        shapes.wires([shapes.circle(wide, 0, 64)], 0.012, look.metal(rnd), closed=True)
        knob = [
            (0, dome),
            (0.025, dome),
            (0.02, dome + 0.04),
            (0.05, dome + 0.06),
            (0, dome + 0.08),
        ]
        shapes.lathe(knob, grip, 32)

    way = rnd.random()
    if way > 0.8:
        return
    parts = forms.built(lid)
    if way < 0.5:
        forms.pose(parts, (0, 0, tall + 0.015))
    else:
        lean = math.radians(rnd.uniform(60, 75))
        forms.pose(parts, (0.1, 0, 0), (lean, 0, 0), ground=True)
        forms.pose(parts, (0, -wide - 0.13, 0))


def _stalk(v: float, long: float, slim: float, wide: float) -> float:
    """Return half the width of a piece of cutlery's handle at a share of its length."""
    return (
        slim + (wide - slim) * max(0.0, 1 - v / 0.5) ** 1.5 - wide * 0.5 * max(0.0, 0.04 - v) / 0.04
    )


def _spoon(rnd: Rnd, long: float, wide: float, grip: float, steel) -> None:
    deep, length = rnd.uniform(0.02, 0.045), rnd.uniform(0.24, 0.32)

    def skin(u: float, v: float) -> shapes.Point:
        head = (v - (1 - length)) / length
        if head < 0:
            half, dish = _stalk(v, long, 0.014, grip), 0.0
        else:
            dish = math.sin(math.pi * min(1.0, 0.06 + 0.94 * head)) ** 0.6
            half = 0.014 * (1 - head) + wide * dish
        side = 2 * u - 1
        z = 0.03 * math.sin(math.pi * v) - deep * dish * (1 - side * side)
        return (half * side, long * v, z)

    shapes.sheet(skin, 16, 70, steel, 0.014)


def _fork(rnd: Rnd, long: float, wide: float, grip: float, steel) -> None:
    tines, bend = rnd.choice((3, 4, 4)), rnd.uniform(0.02, 0.05)

    def level(v: float) -> float:
        return 0.03 * math.sin(math.pi * v) + bend * max(0.0, v - 0.7) ** 2 * 12

    def shoulder(u: float, v: float) -> shapes.Point:
        t = max(0.0, (v - 0.76) / 0.24)
        half = _stalk(v * 0.82, long, 0.014, grip) + (wide - 0.014) * t * t * (3 - 2 * t)
        return (half * (2 * u - 1), long * 0.82 * v, level(v * 0.82))

    shapes.sheet(shoulder, 8, 50, steel, 0.014)
    pitch = 2 * wide / tines
    for tine in range(tines):
        x = -wide + pitch * (tine + 0.5)

        def prong(u: float, v: float, x: float = x) -> shapes.Point:
            half = pitch * 0.29 * (1 - 0.5 * v**3)
            at = 0.81 + 0.19 * v
            return (x + half * (2 * u - 1), long * at, level(at))

        shapes.sheet(prong, 3, 16, steel, 0.012)


def _knife(rnd: Rnd, long: float, wide: float, grip: float, steel) -> None:
    blade = rnd.uniform(0.4, 0.5)
    rings = []
    for v in np.linspace(0, 1, 60):
        head = (v - (1 - blade)) / blade
        if head < 0:
            half, thick, off = grip * (0.7 + 0.3 * math.cos(5 * v)), 0.02, 0.0
        else:
            half = wide * 0.8 * (1 - head**5) + 0.002
            thick, off = 0.008, wide * 0.25 * head**3
        rings.append(forms.ring((off, long * v, 0.02), (half, 0, 0), (0, 0, thick), 20, 0.8))
    forms.loft(rings, steel)


def cutlery(rnd: Rnd) -> None:
    """Knives, forks and spoons of one set, side by side on the table or on a napkin."""
    steel = rnd.choice((look.chrome, look.chrome, look.metal, look.plastic))(rnd)
    grip, seed, cloth = rnd.uniform(0.022, 0.035), rnd.getrandbits(32), rnd.random()
    x = 0.0
    pieces = rnd.choices((_spoon, _fork, _knife), k=rnd.randint(1, 5))
    lift = 0.02 if cloth < 0.3 else 0.0
    for piece in sorted(pieces, key=lambda made: made.__name__):
        long, wide = rnd.uniform(0.75, 1.1), rnd.uniform(0.05, 0.085)
        same = random.Random(seed)
        parts = forms.built(
            lambda piece=piece, long=long, wide=wide, same=same: piece(
                same, long, wide, grip, steel
            )
        )
        forms.pose(parts, (x, rnd.uniform(-0.05, 0.05), 0), (0, 0, rnd.gauss(0, 0.06)), ground=True)
        forms.pose(parts, (0, 0, lift))
        x += wide + rnd.uniform(0.09, 0.2)
    if lift:
        middle = x / 2 - 0.08
        shapes.box((x + 0.25, 1.3, 0.018), look.fabric(rnd), (middle, 0.5, 0), bevel=0.006)
    if cloth > 0.8:
        glaze = look.ceramic(rnd)
        plate = shapes.vessel([(0.25, 0), (0.3, 0.01), (0.48, 0.06)], 0.018, glaze)
        plate.location = (-0.65, 0.5, 0)
    forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-0.8, 0.8)))


def teapot(rnd: Rnd) -> None:
    """A porcelain teapot, white or nearly: spout, lid, a handle with a hole; a cup beside it."""
    glaze = look.white(rnd) if rnd.random() < 0.75 else look.ceramic(rnd)
    wide, tall, lip = rnd.uniform(0.3, 0.42), rnd.uniform(0.4, 0.65), rnd.uniform(0.12, 0.18)
    ribs, deep = rnd.choice((0, 0, 8, 14, 24)), rnd.uniform(0.01, 0.035)
    profile = shapes.rounded(
        [
            (wide * 0.6, 0),
            (wide * rnd.uniform(0.8, 1), tall * 0.3),
            (wide, tall * 0.6),
            (lip, tall),
        ],
        8,
    )

    def wall(u: float, v: float) -> shapes.Point:
        spot = v * (len(profile) - 1)
        low = min(int(spot), len(profile) - 2)
        r, z = (
            a + (b - a) * (spot - low) for a, b in zip(profile[low], profile[low + 1], strict=True)
        )
        a = TURN * u
        r *= 1 + deep * math.cos(ribs * a) * math.sin(math.pi * v) if ribs else 1
        return (r * math.cos(a), r * math.sin(a), z)

    shapes.sheet(wall, 120, 32, glaze, 0.015, closed=True)
    shapes.cylinder(wide * 0.6, 0.03, glaze)
    lid = shapes.rounded([(lip, 0), (lip * 0.85, 0.03), (lip * 0.3, 0.06), (0.002, 0.065)])
    shapes.lathe([(0, -0.01), (lip, -0.01), *lid], glaze).location = (0, 0, tall)
    shapes.beads([((0, 0, tall + 0.09), rnd.uniform(0.03, 0.045))], glaze, 24)
    spout = [
        ((-wide * 0.75, 0, tall * 0.3), 0.085),
        ((-wide * 1.25, 0, tall * 0.45), 0.06),
        ((-wide * 1.4, 0, tall * 0.8), 0.042),
        ((-wide * 1.7, 0, tall * rnd.uniform(0.95, 1.05)), 0.036),
    ]
    shapes.limbs([spout], glaze, smooth=True)
    reach, gauge = wide + rnd.uniform(0.16, 0.3), rnd.uniform(0.022, 0.032)
    grip = [
        ((wide * 0.75, 0, tall * 0.82), gauge),
        ((reach, 0, tall * 0.95), gauge * 1.1),
        ((reach * 1.05, 0, tall * 0.5), gauge),
        ((wide * 0.92, 0, tall * 0.28), gauge * 0.8),
    ]
    shapes.limbs([grip], glaze, smooth=True)
    if rnd.random() < 0.3:
        rim = shapes.circle(wide * 0.6, 0.01, 64)
        shapes.wires([rim, shapes.circle(lip, tall, 64)], 0.008, look.jewellery(rnd), closed=True)
    if rnd.random() < 0.35:
        at = (rnd.uniform(-0.5, 0.5), -wide - 0.35, 0)
        saucer = [(0.1, 0), (0.12, 0.01), (0.22, 0.035)]
        shapes.vessel(saucer, 0.014, glaze).location = at
        bowl = shapes.rounded([(0.07, 0.02), (0.09, 0.05), (0.16, 0.13), (0.18, 0.16)])
        shapes.vessel(bowl, 0.012, glaze).location = at
