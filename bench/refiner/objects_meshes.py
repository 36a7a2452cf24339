"""Products that show the backdrop through a mesh or between wires."""

from __future__ import annotations

import math
import random

import materials as look
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def basket(rnd: Rnd) -> None:
    """A woven or wire basket, with a bow handle or without."""
    radius, height, posts = rnd.uniform(0.3, 0.5), rnd.uniform(0.25, 0.6), rnd.randint(14, 44)
    flare, rows = rnd.uniform(0.0, 0.3), rnd.randint(4, 14)
    rod, surface = rnd.uniform(0.004, 0.014), rnd.choice((look.wood, look.metal, look.plastic))(rnd)
    uprights = []
    for post in range(posts):
        a = TURN * post / posts
        uprights.append(
            [
                (radius * math.cos(a), radius * math.sin(a), 0),
                (radius * (1 + flare) * math.cos(a), radius * (1 + flare) * math.sin(a), height),
            ]
        )
    shapes.wires(uprights, rod, surface)
    hoops = []
    for row in range(rows + 1):
        v = row / rows
        weave = 2 * rod if rnd.random() < 0.5 else 0.0
        ring = shapes.circle(radius * (1 + flare * v), height * v, posts * 2)
        hoops.append(
            [
                (x * (1 + weave * (-1) ** (i + row)), y * (1 + weave * (-1) ** (i + row)), z)
                for i, (x, y, z) in enumerate(ring)
            ]
        )
    shapes.wires(hoops, rod, surface, closed=True)
    shapes.cylinder(radius, 0.02, surface)
    if rnd.random() < 0.5:
        top, reach = height * rnd.uniform(1.5, 2.2), radius * (1 + flare)
        bow = [
            (reach * math.cos(t), 0, height * 0.9 + (top - height) * math.sin(t))
            for t in (math.pi * k / 16 for k in range(17))
        ]
        shapes.wires([bow], rod * 2.5, surface)


def grid(rnd: Rnd) -> None:
    """A wire rack or grille: parallel wires both ways in a frame."""
    wide, tall = rnd.uniform(0.6, 1.0), rnd.uniform(0.5, 1.0)
    surface, rod = rnd.choice((look.metal, look.plastic))(rnd), rnd.uniform(0.003, 0.012)
    columns, rows, lean = rnd.randint(5, 36), rnd.choice((0, 2, 12, 30)), rnd.uniform(0.0, 0.5)
    frame = [(-wide / 2, 0, 0), (wide / 2, 0, 0), (wide / 2, lean, tall), (-wide / 2, lean, tall)]
    shapes.wires([frame], rod * 2.5, surface, closed=True)
    lines = [
        [(x, 0, 0), (x, lean, tall)]
        for x in (wide * (c / columns - 0.5) for c in range(1, columns))
    ]
    lines += [
        [
            (-wide / 2, lean * r / rows, tall * r / rows),
            (wide / 2, lean * r / rows, tall * r / rows),
        ]
        for r in range(1, rows)
    ]
    shapes.wires(lines, rod, surface)
    for side in (-1, 1):
        shapes.wires(
            [[(side * wide * 0.45, lean, tall * 0.9), (side * wide * 0.45, lean + 0.4, 0)]],
            rod * 2,
            surface,
        )


def pierced(rnd: Rnd) -> None:
    """A perforated bin, lampshade or colander."""
    radius, height = rnd.uniform(0.25, 0.4), rnd.uniform(0.3, 0.8)
    belly, flare = rnd.uniform(0.0, 0.25), rnd.uniform(-0.1, 0.3)

    def wall(u: float, v: float) -> shapes.Point:
        r = radius * (1 + flare * v + belly * math.sin(math.pi * v))
        return (r * math.cos(TURN * u), r * math.sin(TURN * u), height * v)

    around = rnd.randint(16, 70)
    up = max(4, int(around * height / (TURN * radius)))
    shapes.sheet(
        wall,
        around,
        up,
        rnd.choice((look.metal, look.plastic))(rnd),
        0.012,
        True,
        rnd.uniform(0.35, 0.8),
    )


def lattice(rnd: Rnd) -> None:
    """A flat perforated sheet or mat, upright or lying."""
    wide, tall, sag = rnd.uniform(0.6, 1.0), rnd.uniform(0.4, 1.0), rnd.uniform(0, 0.15)
    lying = rnd.random() < 0.35

    def face(u: float, v: float) -> shapes.Point:
        x, y, z = wide * (u - 0.5), sag * math.sin(3 * u + 4 * v), tall * v
        return (x, z, 0.02 + abs(y)) if lying else (x, y, z)

    cells = rnd.randint(8, 40)
    shapes.sheet(
        face,
        cells,
        max(3, int(cells * tall / wide)),
        look.anything(rnd),
        rnd.uniform(0.01, 0.03),
        hole=rnd.uniform(0.3, 0.85),
    )


def wheel(rnd: Rnd) -> None:
    """A spoked wheel or a fan guard of concentric wires."""
    surface, spokes = rnd.choice((look.metal, look.plastic))(rnd), rnd.randint(6, 40)
    centre = (0, 0, 0.5)
    if rnd.random() < 0.6:
        shapes.wires(
            [shapes.circle(0.48, 0, 72, "y", centre)],
            rnd.uniform(0.015, 0.04),
            look.rubber(rnd),
            closed=True,
        )
    else:
        rings = [shapes.circle(0.48 * k / 9, -0.05, 60, "y", centre) for k in range(2, 10)]
        shapes.wires(rings, 0.005, surface, closed=True)
    hub = [
        (
            0.05 * math.cos(TURN * k * 2.4 / spokes),
            0.03 * (-1) ** k,
            0.5 + 0.05 * math.sin(TURN * k * 2.4 / spokes),
        )
        for k in range(spokes)
    ]
    rim = [
        (0.48 * math.cos(TURN * k / spokes), 0, 0.5 + 0.48 * math.sin(TURN * k / spokes))
        for k in range(spokes)
    ]
    shapes.wires(
        [list(pair) for pair in zip(hub, rim, strict=True)], rnd.uniform(0.002, 0.008), surface
    )
    shapes.cylinder(0.06, 0.1, surface, (0, 0.05, 0.5), (math.pi / 2, 0, 0))


def whisk(rnd: Rnd) -> None:
    """A balloon whisk standing on its handle, or lying."""
    surface, loops = look.metal(rnd), rnd.randint(3, 8)
    wide, gauge = rnd.uniform(0.12, 0.22), rnd.uniform(0.003, 0.008)
    paths = []
    for loop in range(loops):
        a = math.pi * loop / loops
        half = [(0.0, 0.5), (wide * 0.6, 0.65), (wide, 0.85), (wide * 0.6, 1.02), (0.0, 1.07)]
        outline = half + [(-r, z) for r, z in reversed(half[1:-1])] + [(0.0, 0.5)]
        paths.append([(r * math.cos(a), r * math.sin(a), z) for r, z in outline])
    shapes.wires(paths, gauge, surface, smooth=True)
    shapes.cylinder(0.035, 0.52, rnd.choice((look.metal, look.wood, look.plastic))(rnd))


def cage(rnd: Rnd) -> None:
    """A dome of thin wires on a base, sometimes over a candle."""
    surface, bars = look.metal(rnd), rnd.randint(8, 30)
    gauge, tall = rnd.uniform(0.003, 0.01), rnd.uniform(0.5, 0.9)
    ribs = []
    for bar in range(bars):
        a = TURN * bar / bars
        ribs.append(
            [
                (0.3 * r * math.cos(a), 0.3 * r * math.sin(a), z * tall)
                for r, z in ((1, 0), (1, 0.55), (0.87, 0.8), (0.5, 0.95), (0.02, 1.0))
            ]
        )
    shapes.wires(ribs, gauge, surface)
    shapes.wires(
        [shapes.circle(0.3, z * tall) for z in (0.02, 0.28, 0.55)],
        gauge * 1.4,
        surface,
        closed=True,
    )
    shapes.wires(
        [shapes.circle(0.06, 0, 32, "y", (0, 0, tall + 0.06))], gauge * 1.6, surface, closed=True
    )
    shapes.cylinder(0.31, 0.03, surface)
    if rnd.random() < 0.5:
        shapes.cylinder(0.12, 0.25, look.plain(look.pale(rnd), 0.6), (0, 0, 0.03))
