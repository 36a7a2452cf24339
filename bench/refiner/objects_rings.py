"""Products with loops and holes, large and tiny."""

from __future__ import annotations

import itertools
import math
import random

import materials as look
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def chain(rnd: Rnd) -> None:
    """A chain along a curve, sometimes closed, with a pendant."""
    links, size = rnd.randint(22, 60), rnd.uniform(0.6, 1.0)
    surface, closed = look.metal(rnd), rnd.random() < 0.6
    upright = rnd.random() < 0.6
    path = []
    for index in range(links + 1):
        t = index / links
        if closed:
            a = TURN * t
            x, y = 0.5 * math.cos(a), 0.62 * math.sin(a) * (1.0 - 0.25 * math.cos(a))
        else:
            x, y = t - 0.5, 0.25 * math.sin(7 * t + size)
        path.append((x, 0, y + 0.8) if upright else (x, y, 0.03))
    loops = []
    for index, (start, end) in enumerate(itertools.pairwise(path)):
        along = [b - a for a, b in zip(start, end, strict=True)]
        length = math.sqrt(sum(part * part for part in along)) or 1e-6
        axis = [part / length for part in along]
        other = (0.0, 1.0, 0.0) if upright else (0.0, 0.0, 1.0)
        side = [
            axis[1] * other[2] - axis[2] * other[1],
            axis[2] * other[0] - axis[0] * other[2],
            axis[0] * other[1] - axis[1] * other[0],
        ]
        across = side if index % 2 else other
        centre = [(a + b) / 2 for a, b in zip(start, end, strict=True)]
        long, short = length * 0.75, length * 0.38
        loop = []
        for turn in (TURN * step / 20 for step in range(20)):
            cos, sin = long * math.cos(turn), short * math.sin(turn)
            offset = [cos * a + sin * b for a, b in zip(axis, across, strict=True)]
            loop.append(tuple(c + o for c, o in zip(centre, offset, strict=True)))
        loops.append(loop)
    shapes.wires(loops, rnd.uniform(0.08, 0.18) / links * 1.6, surface, closed=True)
    if rnd.random() < 0.5:
        low = min(path, key=lambda point: point[2])
        shapes.blob(
            (0.06, 0.03, 0.09),
            rnd.choice((look.glass, look.metal))(rnd),
            (low[0], low[1], low[2] - 0.09 if upright else 0.05),
        )


def spectacles(rnd: Rnd) -> None:
    """Glasses: two rims with clear or dark lenses, bridge and temples."""
    surface, gauge, size = (
        rnd.choice((look.metal, look.plastic))(rnd),
        rnd.uniform(0.006, 0.025),
        rnd.uniform(0.17, 0.24),
    )
    squash = rnd.uniform(0.7, 1.0)
    for side in (-1, 1):
        rim = [
            (side * 0.27 + size * math.cos(t), 0, 0.25 + squash * size * math.sin(t))
            for t in (TURN * k / 40 for k in range(40))
        ]
        shapes.wires([rim], gauge, surface, closed=True)
        if rnd.random() < 0.75:
            lens = look.glass(rnd) if rnd.random() < 0.6 else look.plain(look.dark(rnd), 0.05)
            shapes.blob((size, 0.008, size * squash), lens, (side * 0.27, 0, 0.25))
        shapes.wires(
            [[(side * (0.27 + size), 0, 0.3), (side * 0.52, 0.5, 0.3), (side * 0.5, 0.7, 0.18)]],
            gauge,
            surface,
        )
    shapes.wires([[(-0.1, 0, 0.28), (0, -0.01, 0.31), (0.1, 0, 0.28)]], gauge, surface, smooth=True)


def scissors(rnd: Rnd) -> None:
    """Scissors or tongs: two finger loops and two blades, upright or lying."""
    steel, grip, spread = look.metal(rnd), look.plastic(rnd), rnd.uniform(0.1, 0.45)
    parts = []
    for side in (-1, 1):
        tip = (side * spread * 0.8, 0.015 * side)
        blade = [(-0.02, 0.35), (0.03, 0.35), (tip[0] + 0.005, 1.0), (tip[0] - 0.005, 1.0)]
        parts.append(shapes.plate(blade, 0.015, steel))
        parts.append(shapes.wires([[(0, 0, 0.36), (-side * 0.13, 0, 0.22)]], 0.025, grip))
        loop = shapes.circle(
            rnd.uniform(0.08, 0.13), 0, 40, "y", (-side * (0.14 + spread * 0.2), 0, 0.12)
        )
        parts.append(shapes.wires([loop], rnd.uniform(0.016, 0.03), grip, closed=True))
    if rnd.random() < 0.4:
        for part in parts:
            part.rotation_euler[0] += math.radians(-80)


def keys(rnd: Rnd) -> None:
    """A split ring with keys and a tag, each with a hole."""
    shapes.wires([shapes.circle(0.2, 0, 48, "y", (0, 0, 0.9))], 0.014, look.metal(rnd), closed=True)
    for index in range(rnd.randint(1, 4)):
        disc = [
            (0.12 * math.cos(t), 0.12 * math.sin(t)) for t in (TURN * k / 32 for k in range(32))
        ]
        hole = [
            (0.04 * math.cos(t), 0.05 + 0.04 * math.sin(t))
            for t in (TURN * k / 20 for k in range(20))
        ]
        teeth = [
            (-0.035, -0.1),
            (-0.035, -0.5),
            (0.02, -0.55),
            *((0.03 + 0.02 * (k % 2), -0.5 + 0.06 * k) for k in range(5)),
            (0.035, -0.1),
        ]
        for made in (
            shapes.plate(disc, 0.018, look.metal(rnd), [hole]),
            shapes.plate(teeth, 0.016, look.metal(rnd)),
        ):
            made.location = (0.16 * (index - 1), 0.03 * index, 0.66)
            made.rotation_euler = (math.pi / 2, 0.35 * (index - 1), 0)


def padlock(rnd: Rnd) -> None:
    """A padlock, kettlebell or carabiner: a body under an open shackle."""
    tall, gauge = rnd.uniform(0.25, 0.6), rnd.uniform(0.02, 0.05)
    arc = [
        (0.2 * math.cos(t), 0, 0.45 + tall * math.sin(t))
        for t in (math.pi * k / 20 for k in range(21))
    ]
    shapes.wires([[(0.2, 0, 0.3), *arc, (-0.2, 0, 0.3)]], gauge, look.metal(rnd))
    if rnd.random() < 0.5:
        shapes.box((0.56, 0.22, 0.45), look.metal(rnd), bevel=0.05)
    else:
        shapes.blob((0.32, 0.28, 0.3), look.rubber(rnd), (0, 0, 0.28))


def frame(rnd: Rnd) -> None:
    """A picture frame: truly empty, or with a mat of a colour like the backdrop's."""
    wide, tall, bar = rnd.uniform(0.5, 0.9), rnd.uniform(0.5, 1.0), rnd.uniform(0.03, 0.12)
    outer = [(-wide / 2, 0), (wide / 2, 0), (wide / 2, tall), (-wide / 2, tall)]
    inner = [
        (-wide / 2 + bar, bar),
        (wide / 2 - bar, bar),
        (wide / 2 - bar, tall - bar),
        (-wide / 2 + bar, tall - bar),
    ]
    shapes.plate(outer, 0.05, rnd.choice((look.wood, look.metal, look.plastic))(rnd), [inner])
    if rnd.random() < 0.5:
        level = rnd.uniform(0.15, 0.9)
        shapes.plate(
            inner,
            0.01,
            look.plain((level, level, level), 0.8) if rnd.random() < 0.5 else look.printed(rnd),
        )
        if rnd.random() < 0.5:
            middle = [(x * 0.5, tall / 2 + (y - tall / 2) * 0.5) for x, y in inner]
            shapes.plate(middle, 0.02, look.printed(rnd))


def washer(rnd: Rnd) -> None:
    """A gasket, gear or name plate: a flat shape with large and tiny holes."""
    teeth, depth = rnd.choice((0, 0, 10, 24)), rnd.uniform(0.02, 0.15)
    outline = []
    for step in range(96):
        a = TURN * step / 96
        r = 0.5 * (1 + (0.08 if teeth and math.sin(teeth * a) > 0 else 0.0))
        outline.append((r * math.cos(a), 0.55 + r * math.sin(a)))
    holes = []
    if rnd.random() < 0.7:
        holes.append(
            [
                (rnd.uniform(0.19, 0.21) * math.cos(t), 0.55 + 0.2 * math.sin(t))
                for t in (TURN * k / 48 for k in range(48))
            ]
        )
    count, small = rnd.randint(3, 12), rnd.uniform(0.015, 0.06)
    for hole in range(count):
        x, y = 0.36 * math.cos(TURN * hole / count), 0.55 + 0.36 * math.sin(TURN * hole / count)
        holes.append(
            [
                (x + small * math.cos(t), y + small * math.sin(t))
                for t in (TURN * k / 24 for k in range(24))
            ]
        )
    shapes.plate(outline, depth, look.anything(rnd), holes)


def hoops(rnd: Rnd) -> None:
    """Earrings or bangles: thin hoops, some set with small stones."""
    for index in range(rnd.choice((1, 2, 2, 3))):
        radius, at = rnd.uniform(0.18, 0.3), (index * 0.55, rnd.uniform(-0.1, 0.1), 0.32)
        gold = look.metal(rnd)
        shapes.wires(
            [shapes.circle(radius, 0, 64, "y", at)], rnd.uniform(0.008, 0.04), gold, closed=True
        )
        stone = rnd.choice((look.glass, look.ceramic, look.metal))(rnd)
        for step in range(rnd.choice((0, 3, 12))):
            a = TURN * step / 12
            shapes.blob(
                (0.03, 0.03, 0.03),
                stone,
                (at[0] + radius * math.cos(a), at[1] - 0.02, at[2] + radius * math.sin(a)),
            )
