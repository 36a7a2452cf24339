"""Closed products: cartons, cans, soap, black on black, cushions, towels, tubes, chrome."""

from __future__ import annotations

import math
import random

import materials as look
import shapes

Rnd = random.Random


def carton(rnd: Rnd) -> None:
    """One to four printed boxes, mostly pale."""
    for index in range(rnd.choice((1, 1, 2, 3, 4))):
        size = (rnd.uniform(0.25, 0.8), rnd.uniform(0.12, 0.5), rnd.uniform(0.15, 1.0))
        at = (
            (0.0, 0.0, 0.0) if index == 0 else (rnd.uniform(-0.7, 0.7), rnd.uniform(-0.5, 0.5), 0.0)
        )
        shapes.box(
            size, look.printed(rnd), at, rnd.uniform(-0.6, 0.6), rnd.choice((0.0, 0.004, 0.02))
        )


def carton_with_window(rnd: Rnd) -> None:
    """A box with a panel of a colour like the backdrop's: it must stay closed."""
    width, height = rnd.uniform(0.4, 0.8), rnd.uniform(0.5, 1.0)
    shapes.box((width, 0.3, height), look.printed(rnd, look.colour(rnd)), bevel=0.01)
    level = rnd.uniform(0.2, 0.93)
    panel = look.plain((level, level, level * rnd.uniform(0.95, 1.0)), 0.6)
    for _ in range(rnd.randint(1, 3)):
        size = (width * rnd.uniform(0.2, 0.7), 0.012, height * rnd.uniform(0.15, 0.5))
        shapes.box(
            size,
            panel,
            (rnd.uniform(-0.1, 0.1) * width, -0.15, rnd.uniform(0.05, 0.45) * height),
            bevel=0,
        )


def tube(rnd: Rnd) -> None:
    """A cosmetic tube standing on its cap: a taper that ends in a flat crimp."""
    radius, height, cap = rnd.uniform(0.13, 0.22), rnd.uniform(0.6, 0.95), rnd.uniform(0.12, 0.22)

    def skin(u: float, v: float) -> shapes.Point:
        turn, flat = 2 * math.pi * u, 1 - 0.97 * v**1.5
        return (
            radius * (1 + 0.25 * v) * math.cos(turn),
            radius * flat * math.sin(turn),
            cap + height * v,
        )

    shapes.sheet(skin, 64, 24, look.printed(rnd), closed=True)
    shapes.cylinder(radius * 0.9, cap, look.plastic(rnd))


def can(rnd: Rnd) -> None:
    """A metal can or a stack of coins and discs."""
    radius, height = rnd.uniform(0.2, 0.4), rnd.uniform(0.1, 0.9)
    profile = [
        (0, 0.02),
        (radius * 0.8, 0),
        (radius, 0.05),
        (radius, height),
        (radius * 0.9, height + 0.05),
        (0, height + 0.03),
    ]
    shapes.lathe(profile, rnd.choice((look.metal, look.printed))(rnd))
    if rnd.random() < 0.5:
        shapes.lathe(
            [(radius * 1.01, height * 0.15), (radius * 1.01, height * 0.85)], look.printed(rnd)
        )


def soap(rnd: Rnd) -> None:
    """A bar, pebble or cushion-like body of one pale colour."""
    size = (rnd.uniform(0.3, 0.6), rnd.uniform(0.2, 0.4), rnd.uniform(0.1, 0.3))
    surface = look.relief(
        look.plain(look.pale(rnd), rnd.uniform(0.3, 0.8)), rnd.uniform(5, 60), 0.2
    )
    shapes.blob(size, surface, (0, 0, size[2]), rnd.uniform(0.4, 1.0))


def machine(rnd: Rnd) -> None:
    """A dark appliance: boxes with knobs, feet, a grille and a cable."""
    body = look.plain(look.dark(rnd), rnd.uniform(0.2, 0.6))
    width, height = rnd.uniform(0.5, 1.0), rnd.uniform(0.3, 0.8)
    shapes.box((width, 0.4, height), body, (0, 0, 0.05), bevel=rnd.uniform(0.01, 0.08))
    for side in (-1, 1):
        shapes.cylinder(0.04, 0.05, look.rubber(rnd), (side * width * 0.38, 0, 0))
        shapes.cylinder(
            rnd.uniform(0.04, 0.1),
            0.06,
            look.metal(rnd),
            (side * width * 0.25, -0.2, height * 0.6),
            (math.pi / 2, 0, 0),
        )
    if rnd.random() < 0.6:
        path = [
            (width * 0.5, 0.1, 0.1),
            (width * 0.8, 0, 0.01),
            (width * 0.9, -0.3, 0.01),
            (width * 0.5, -0.5, 0.01),
        ]
        shapes.wires([path], rnd.uniform(0.006, 0.014), look.rubber(rnd), smooth=True)


def cushion(rnd: Rnd) -> None:
    """A cushion or folded cloth."""
    size = (rnd.uniform(0.4, 0.6), rnd.uniform(0.12, 0.25), rnd.uniform(0.3, 0.5))
    phase = rnd.uniform(0, 6)
    shapes.blob(
        size,
        look.fabric(rnd),
        (0, 0, size[2]),
        rnd.uniform(0.35, 0.6),
        lambda x, y, z: (
            0.04 * math.sin(5 * x + phase) * math.cos(4 * z) + 0.02 * math.sin(11 * z + 7 * x)
        ),
    )


def towels(rnd: Rnd) -> None:
    """A pile of folded towels or shirts, or rolls standing side by side with their open core."""
    if rnd.random() < 0.6:
        for level in range(rnd.randint(1, 5)):
            thick = rnd.uniform(0.06, 0.12)
            shapes.blob(
                (0.45, 0.3, thick / 2 + 0.02),
                look.fabric(rnd),
                (rnd.uniform(-0.03, 0.03), 0, level * 0.12 + 0.07),
                0.35,
            )
        return
    for index in range(rnd.randint(1, 3)):
        wall = look.relief(look.plain(look.pale(rnd), 0.9), 60, 0.3)
        profile = [(0.08, 0), (0.24, 0), (0.24, 0.5), (0.08, 0.5), (0.08, 0)]
        made = shapes.lathe(profile, wall)
        made.location = (index * 0.55, rnd.uniform(-0.2, 0.2), 0.24)
        made.rotation_euler = (math.pi / 2, 0, rnd.uniform(-0.4, 0.4))


def polished(rnd: Rnd) -> None:
    """A mirror-like group: spheres, cylinders and boxes of chrome."""
    for _ in range(rnd.randint(1, 4)):
        at = (rnd.uniform(-0.6, 0.6), rnd.uniform(-0.4, 0.4), 0.0)
        size = rnd.uniform(0.12, 0.35)
        form = rnd.choice(("ball", "rod", "block"))
        if form == "ball":
            shapes.blob((size, size, size), look.chrome(rnd), (at[0], at[1], size))
        elif form == "rod":
            shapes.cylinder(size * 0.6, size * rnd.uniform(0.5, 3), look.chrome(rnd), at)
        else:
            shapes.box(
                (size, size * 0.7, size * rnd.uniform(0.5, 2)), look.chrome(rnd), at, rnd.random()
            )


def tap(rnd: Rnd) -> None:
    """A chrome tap: a bent pipe with a lever over an open gap."""
    shine, pipe = look.chrome(rnd), rnd.uniform(0.035, 0.06)
    bend, tall = rnd.uniform(0.2, 0.4), rnd.uniform(0.5, 0.9)
    arc = [
        (bend * (1 - math.cos(t)), 0, tall + bend * math.sin(t))
        for t in (math.pi * k / 14 for k in range(15))
    ]
    shapes.wires([[(0, 0, 0), *arc, (2 * bend, 0, tall - 0.1)]], pipe, shine)
    shapes.cylinder(pipe * 2, tall * 0.3, shine)
    shapes.wires(
        [[(0, 0, tall * 0.3), (rnd.uniform(-0.4, 0.4), -0.25, tall * 0.45)]], pipe * 0.5, shine
    )
