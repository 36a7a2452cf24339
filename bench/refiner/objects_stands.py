"""Products on thin legs and posts."""

from __future__ import annotations

import math
import random

import materials as look
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def stool(rnd: Rnd) -> None:
    """A stool, table or trolley on thin legs with cross bars."""
    top, tall = rnd.uniform(0.3, 0.5), rnd.uniform(0.5, 1.0)
    surface, gauge = (
        rnd.choice((look.metal, look.wood, look.plastic))(rnd),
        rnd.uniform(0.006, 0.025),
    )
    if rnd.random() < 0.5:
        shapes.cylinder(top, 0.05, look.anything(rnd), (0, 0, tall))
    else:
        shapes.box((top * 2, top * 1.4, 0.05), look.anything(rnd), (0, 0, tall))
    splay, legs = rnd.uniform(0.9, 1.3), rnd.choice((3, 4, 4, 6))
    feet = [
        (
            top * splay * math.cos(TURN * (k + 0.5) / legs),
            top * splay * math.sin(TURN * (k + 0.5) / legs),
        )
        for k in range(legs)
    ]
    shapes.wires(
        [[(x / splay * 0.8, y / splay * 0.8, tall), (x, y, 0)] for x, y in feet], gauge, surface
    )
    if rnd.random() < 0.7:
        shapes.wires(
            [[(x * 0.95, y * 0.95, tall * 0.3) for x, y in feet]], gauge * 0.7, surface, closed=True
        )


def tripod(rnd: Rnd) -> None:
    """A stand: three long legs, a post and a head."""
    surface, gauge, tall = (
        rnd.choice((look.metal, look.rubber))(rnd),
        rnd.uniform(0.006, 0.018),
        rnd.uniform(0.6, 0.9),
    )
    feet = [
        (0.4 * math.cos(TURN * k / 3 + 0.4), 0.4 * math.sin(TURN * k / 3 + 0.4), 0)
        for k in range(3)
    ]
    shapes.wires(
        [[(0, 0, tall), foot] for foot in feet] + [[(0, 0, tall * 0.3), (0, 0, tall * 1.3)]],
        gauge,
        surface,
    )
    shapes.wires(
        [
            [(0, 0, tall * 0.45), (*tuple(part * 0.45 for part in foot[:2]), tall * 0.52)]
            for foot in feet
        ],
        gauge * 0.6,
        surface,
    )
    shapes.box((0.16, 0.12, 0.1), look.anything(rnd), (0, 0, tall * 1.3))


def hanger(rnd: Rnd) -> None:
    """A clothes hanger."""
    surface = rnd.choice((look.metal, look.wood, look.plastic))(rnd)
    frame = [(-0.5, 0, 0.1), (0.5, 0, 0.1), (0.06, 0, 0.36), (-0.06, 0, 0.36)]
    gauge = rnd.uniform(0.006, 0.03)
    shapes.wires([frame], gauge, surface, closed=True)
    hook = [
        (0, 0, 0.36),
        (0, 0, 0.5),
        *(
            (0.09 * math.sin(t), 0, 0.58 + 0.09 - 0.09 * (1 + math.cos(t)) / 1.0)
            for t in (-2.6, -1.8, -0.9, 0.0)
        ),
        (0.02, 0, 0.72),
    ]
    shapes.wires([hook], min(gauge, 0.012), look.metal(rnd), smooth=True)


def ladder(rnd: Rnd) -> None:
    """A shelf or ladder of thin posts and boards."""
    surface, gauge, wide = (
        rnd.choice((look.metal, look.wood))(rnd),
        rnd.uniform(0.008, 0.025),
        rnd.uniform(0.3, 0.7),
    )
    for x in (-wide / 2, wide / 2):
        shapes.wires(
            [[(x, -0.12, 0), (x, -0.12, 1.0)], [(x, 0.12, 0), (x, 0.12, 1.0)]], gauge, surface
        )
    for level in range(rnd.randint(2, 5)):
        z = 0.12 + level * 0.2
        if rnd.random() < 0.6:
            shapes.box(
                (wide, 0.26, 0.02),
                rnd.choice((look.wood, look.glass, look.plastic))(rnd),
                (0, 0, z),
                bevel=0,
            )
        else:
            shapes.wires(
                [[(-wide / 2, y, z), (wide / 2, y, z)] for y in (-0.12, -0.04, 0.04, 0.12)],
                gauge * 0.7,
                surface,
            )


def fork(rnd: Rnd) -> None:
    """Cutlery or a rake: parallel tines on a handle, standing or lying."""
    tines, reach = rnd.randint(3, 14), rnd.uniform(0.25, 0.5)
    steel, gauge = look.metal(rnd), rnd.uniform(0.005, 0.014)
    wide = tines * gauge * rnd.uniform(3.0, 5.0)
    paths = [
        [(x, 0, 0.62), (x, 0.02, 0.64), (x, 0.05, 0.62 + reach)]
        for x in (wide * (k / (tines - 1) - 0.5) for k in range(tines))
    ]
    paths.append([(-wide / 2, 0, 0.62), (wide / 2, 0, 0.62)])
    parts = [
        shapes.wires(paths, gauge, steel),
        shapes.wires([[(0, 0, 0.62), (0, 0, 0.45)]], gauge * 2, steel),
    ]
    parts.append(
        shapes.box((0.06, 0.03, 0.46), rnd.choice((look.wood, look.metal, look.plastic))(rnd))
    )
    if rnd.random() < 0.5:
        for part in parts:
            part.rotation_euler[0] += math.radians(rnd.uniform(-85, -60))
