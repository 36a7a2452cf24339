"""Products of cloth, hair, straps and cables."""

from __future__ import annotations

import math
import random

import materials as look
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def brush(rnd: Rnd) -> None:
    """A brush or broom: a wooden back and a field of bristles."""
    length, rows = rnd.uniform(0.5, 1.0), rnd.randint(12, 40)
    shapes.box(
        (length, 0.14, 0.07), rnd.choice((look.wood, look.plastic))(rnd), (0, 0, 0.4), bevel=0.02
    )
    hairs = []
    for row in range(rows):
        for _ in range(rnd.randint(3, 9)):
            x = (row / (rows - 1) - 0.5) * length * 0.92
            foot = (x + rnd.gauss(0, 0.02), rnd.uniform(-0.06, 0.06) * 2, rnd.uniform(0.0, 0.05))
            hairs.append([(x, foot[1] * 0.5, 0.41), ((x + foot[0]) / 2, foot[1] * 0.8, 0.2), foot])
    shapes.wires(hairs, rnd.uniform(0.002, 0.006), look.anything(rnd))
    if rnd.random() < 0.6:
        shapes.wires(
            [[(length * 0.45, 0, 0.44), (length * 0.8, 0, 0.5), (length * 1.3, 0, 0.62)]],
            0.035,
            look.wood(rnd),
            smooth=True,
        )


def plush(rnd: Rnd) -> None:
    """A furry toy or pompom."""
    skin = look.plain(rnd.choice((look.pale, look.colour, look.dark))(rnd), 0.9)
    for size, at in (
        (0.3, (0, 0, 0.3)),
        (0.2, (0, -0.03, 0.72)),
        (0.08, (-0.15, 0, 0.9)),
        (0.08, (0.15, 0, 0.9)),
    )[: rnd.choice((1, 4, 4))]:
        body = shapes.blob((size, size, size), skin, at)
        shapes.fur(
            body, int(4000 * size / 0.3), rnd.uniform(0.03, 0.12), rnd.uniform(0.001, 0.0025), rnd
        )


def fringe(rnd: Rnd) -> None:
    """A hanging cloth whose lower edge ends in threads."""
    cloth, wave = look.fabric(rnd), rnd.uniform(0.02, 0.06)

    def drape(u: float, v: float) -> shapes.Point:
        return (u - 0.5, wave * math.sin(12 * u + 3 * v) + 0.02 * v, 0.3 + 0.7 * v)

    shapes.sheet(drape, 60, 30, cloth, 0.008)
    threads = []
    for index in range(rnd.randint(40, 120)):
        x, y, _ = drape(rnd.random() if index % 2 else index / 120, 0.0)
        threads.append(
            [
                (x, y, 0.31),
                (x + rnd.gauss(0, 0.01), y, 0.2),
                (x + rnd.gauss(0, 0.03), y, rnd.uniform(0.02, 0.12)),
            ]
        )
    shapes.wires(threads, rnd.uniform(0.002, 0.005), cloth)


def strap(rnd: Rnd) -> None:
    """A belt, leash or watch band: a strip in loops, with holes and a buckle."""
    wide, radius = rnd.uniform(0.05, 0.14), rnd.uniform(0.3, 0.5)
    turns, lift = rnd.uniform(0.85, 2.6), rnd.uniform(0.0, 0.16)
    band = rnd.choice((look.fabric, look.rubber, look.plastic))(rnd)

    def strip(u: float, v: float) -> shapes.Point:
        a = TURN * turns * v
        r = radius * (1 - 0.12 * v * turns)
        return (r * math.cos(a), wide * (u - 0.5) + lift * v, radius + 0.7 * r * math.sin(a))

    shapes.sheet(
        strip,
        3 if rnd.random() < 0.5 else 5,
        90,
        band,
        0.018,
        hole=rnd.choice((0.0, 0.0, 0.0, 0.4)),
    )
    end = strip(0.5, 1.0)
    frame = [
        (end[0] - 0.07, end[1] - wide * 0.6, end[2]),
        (end[0] + 0.07, end[1] - wide * 0.6, end[2]),
        (end[0] + 0.07, end[1] + wide * 0.6, end[2]),
        (end[0] - 0.07, end[1] + wide * 0.6, end[2]),
    ]
    shapes.wires([frame], 0.012, look.metal(rnd), closed=True)


def cable(rnd: Rnd) -> None:
    """A coiled cable with plugs, sometimes leaving a charger."""
    surface, gauge = rnd.choice((look.rubber, look.plastic))(rnd), rnd.uniform(0.008, 0.025)
    coils, points = rnd.randint(1, 6), []
    for step in range(coils * 14):
        a = TURN * step / 14
        r = 0.3 + 0.03 * math.sin(step * 1.7) + rnd.uniform(-0.015, 0.015)
        points.append((r * math.cos(a), r * math.sin(a) * 0.8, gauge * (1 + 1.6 * step / 14 * 0.6)))
    points += [(0.5, -0.2, gauge), (0.75, rnd.uniform(-0.4, 0.1), gauge)]
    shapes.wires([points], gauge, surface, smooth=True)
    shapes.box((0.14, 0.06, 0.05), look.plastic(rnd), (0.82, points[-1][1], 0), 0.1, 0.008)
    if rnd.random() < 0.5:
        shapes.box((0.22, 0.2, 0.24), look.plastic(rnd), (-0.5, 0.1, 0), 0.4, 0.03)


def sandal(rnd: Rnd) -> None:
    """A sole under crossing straps that leave gaps."""
    band = rnd.choice((look.fabric, look.rubber, look.plastic))(rnd)
    shapes.blob((0.55, 0.2, 0.06), rnd.choice((look.rubber, look.wood))(rnd), (0, 0, 0.06), 0.75)
    for _ in range(rnd.randint(2, 5)):
        x, tilt, high = rnd.uniform(-0.4, 0.4), rnd.uniform(-0.15, 0.15), rnd.uniform(0.12, 0.28)

        def arch(
            u: float, v: float, x: float = x, tilt: float = tilt, high: float = high
        ) -> shapes.Point:
            a = math.pi * v
            return (
                x + tilt * math.cos(a) + 0.07 * (u - 0.5),
                0.19 * math.cos(a),
                0.08 + high * math.sin(a),
            )

        shapes.sheet(arch, 2, 24, band, 0.015)
