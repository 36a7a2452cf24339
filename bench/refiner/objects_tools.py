"""Tools of steel that lie in a row."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def _round(radius: float, x: float, y: float, points: int = 32) -> list[tuple[float, float]]:
    return [(p[0], p[1]) for p in shapes.circle(radius, 0, points, at=(x, y, 0))]


def _spanner(rnd: Rnd, long: float, steel) -> None:
    """An open jaw at one end of a shaft, a ring or another jaw at the other."""
    thick, head = rnd.uniform(0.03, 0.05), long * rnd.uniform(0.1, 0.14)
    shaft = [(-head * 0.4, 0), (head * 0.4, 0), (head * 0.3, long), (-head * 0.3, long)]
    shapes.slab(shaft, thick * 0.6, steel, (0, 0, thick * 0.2))
    for end, way in ((0.0, -1), (long, 1)):
        if end and rnd.random() < 0.65:
            bore = _round(head * 0.55, 0, end + head * 0.5, rnd.choice((6, 12)))
            shapes.slab(_round(head * 0.9, 0, end + head * 0.5), thick, steel, holes=[bore])
            continue
        jaw = [
            (head * 1.1 * math.cos(t), head * 1.1 * math.sin(t)) for t in np.linspace(0.5, 5.78, 40)
        ]
        slot = head * 0.5
        jaw += [(0.1 * head, -slot), (-0.25 * head, 0), (0.1 * head, slot)]
        turn = way * math.pi / 2 + rnd.choice((-0.26, 0.26))
        cos, sin = math.cos(turn), math.sin(turn)
        outline = [(x * cos - y * sin, end + way * head * 0.4 + x * sin + y * cos) for x, y in jaw]
        shapes.slab(outline, thick, steel)


def _driver(rnd: Rnd, long: float, steel) -> None:
    """A screwdriver: a blade in a grip of ribbed, often clear, plastic."""
    grip, wide = long * rnd.uniform(0.35, 0.5), rnd.uniform(0.035, 0.055)
    profile = [(wide * 0.6, 0), (wide, 0.03), (wide * 0.75, grip * 0.7), (wide, grip * 0.85)]
    stuff = rnd.choice((look.plastic, look.rubber, look.glass))(rnd)
    curve = [(0.001, 0), *shapes.rounded([*profile, (wide * 0.4, grip)], 4)]
    parts = [forms.faceted(curve, rnd.choice((6, 8)), stuff, twist=0.0)]
    blade = [((0, 0, grip - 0.02), 0.013), ((0, 0, long * 0.95), 0.013), ((0, 0, long), 0.018)]
    parts.append(shapes.limbs([blade], steel))
    forms.pose(parts, turn=(-math.pi / 2, 0, 0), ground=True)


def _pliers(rnd: Rnd, long: float, steel) -> None:
    """Pliers, more or less open."""
    gape, grip = rnd.uniform(0.03, 0.2), look.plastic(rnd)
    for side in (-1, 1):
        jaw = [
            (0, -0.02),
            (side * 0.05, 0.0),
            (side * 0.035, 0.16),
            (side * 0.008, 0.24),
            (0, 0.24),
        ]
        arm = [((0.0, 0.0, 0.022), 0.024), ((-side * 0.07, -0.12, 0.022), 0.02)]
        tail = [
            ((-side * 0.07, -0.12, 0.024), 0.026),
            ((-side * 0.1, -0.3, 0.024), 0.03),
            ((-side * 0.07, -long * 0.7, 0.024), 0.024),
        ]
        half = [
            shapes.slab(jaw, 0.045, steel),
            shapes.limbs([arm], steel),
            shapes.limbs([tail], grip, smooth=True),
        ]
        forms.pose(half, turn=(0, 0, -side * gape))
    shapes.cylinder(0.04, 0.055, steel)


def _key(rnd: Rnd, long: float, steel) -> None:
    """Bend a hexagon key."""
    bend = [(0.2 * long, 0, 0), (0.04, 0, 0), (0, 0.04, 0), (0, rnd.uniform(0.7, 0.8) * long, 0)]
    shapes.wires([bend], 0.015 * long, steel)


def tools(rnd: Rnd) -> None:
    """Spanners, screwdrivers, pliers or hexagon keys: a graded set that lies in a row or a fan."""
    steel = rnd.choice((look.chrome, look.chrome, look.metal, look.rubber))(rnd)
    make, pitch = rnd.choice(
        ((_spanner, 0.24), (_spanner, 0.24), (_driver, 0.2), (_pliers, 0.6), (_key, 0.3))
    )
    number = rnd.choice((1, 2) if make is _pliers else (1, 2, 5, 8))
    fan, shrink = rnd.choice((0.0, 0.0, 0.16)), rnd.uniform(0.82, 0.95)
    for index in range(number):
        parts = forms.built(lambda long=shrink**index: make(rnd, long, steel))
        at = (index * pitch, 0, 0)
        if fan:
            at = (index * 0.05, 0, 0.05 * index)
        forms.pose(parts, at, (0, 0, -fan * index + rnd.gauss(0, 0.02)), ground=not fan)
    if rnd.random() < 0.3:
        forms.pose(forms.everything(), turn=(0, 0, math.pi / 2))
