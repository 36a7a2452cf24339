"""Vessels of ceramic, glass and metal, and what is seen through glass."""

from __future__ import annotations

import math
import random

import materials as look
import shapes

Rnd = random.Random


def bottle(rnd: Rnd) -> None:
    """A bottle of plastic, ceramic or glass with a label and a cap or a pump."""
    radius, height = rnd.uniform(0.15, 0.3), rnd.uniform(0.6, 1.0)
    neck = radius * rnd.uniform(0.3, 0.6)
    body = rnd.choice((look.plastic, look.ceramic, look.glass))(rnd)
    shoulder = height * rnd.uniform(0.6, 0.85)
    curve = [
        (radius * 0.9, 0.0),
        (radius, 0.03),
        (radius * rnd.uniform(0.85, 1.05), shoulder),
        (neck, height),
    ]
    profile = shapes.rounded(curve) if rnd.random() < 0.6 else curve
    shapes.lathe([(0, 0), *profile, (0, height)], body)
    shapes.lathe(
        [(radius * 1.06, shoulder * 0.2), (radius * 1.06, shoulder * 0.75)], look.printed(rnd)
    )
    shapes.cylinder(
        neck * 1.2, height * 0.15, rnd.choice((look.plastic, look.metal))(rnd), (0, 0, height)
    )
    if rnd.random() < 0.4:
        stem, top = look.plastic(rnd), height * 1.32
        shapes.cylinder(neck * 0.25, height * 0.2, stem, (0, 0, height * 1.1))
        shapes.wires(
            [[(0, 0, top), (radius * 0.7, 0, top), (radius * 0.95, 0, top - 0.04)]],
            neck * 0.3,
            stem,
        )


def jar(rnd: Rnd) -> None:
    """A squat cosmetic jar with a lid, sometimes with the lid leaning on it."""
    radius, height = rnd.uniform(0.3, 0.45), rnd.uniform(0.25, 0.5)
    body = rnd.choice((look.glass, look.ceramic, look.plastic))(rnd)
    shapes.vessel(
        shapes.rounded([(radius * 0.85, 0), (radius, 0.06), (radius, height)]), 0.05, body
    )
    lid = rnd.choice((look.plastic, look.metal, look.wood))(rnd)
    if rnd.random() < 0.6:
        shapes.cylinder(radius * 0.98, 0.16, lid, (0, 0, height))
    else:
        shapes.cylinder(
            radius * 0.98, 0.14, lid, (radius * 1.5, -0.1, radius), (0, math.radians(-75), 0)
        )
        shapes.cylinder(radius * 0.9, height * 0.8, look.plain(look.pale(rnd), 0.3), (0, 0, 0.03))


def bowl(rnd: Rnd) -> None:
    """One bowl or a stack of them: white glaze on white."""
    radius, height, glaze = rnd.uniform(0.35, 0.6), rnd.uniform(0.15, 0.4), look.ceramic(rnd)
    for level in range(rnd.choice((1, 1, 2, 3))):
        made = shapes.vessel(
            shapes.rounded(
                [
                    (radius * 0.4, 0),
                    (radius * 0.45, 0.03),
                    (radius * 0.85, height * 0.5),
                    (radius, height),
                ]
            ),
            0.025,
            glaze,
        )
        made.location = (0, 0, level * height * 0.35)


def vase(rnd: Rnd) -> None:
    """A vase of a free profile."""
    heights = [0.0, 0.15, 0.4, 0.7, 0.9, 1.0]
    radii = [
        rnd.uniform(0.12, 0.3),
        *(rnd.uniform(0.1, 0.42) for _ in range(3)),
        0.1,
        rnd.uniform(0.1, 0.2),
    ]
    body = rnd.choice((look.ceramic, look.ceramic, look.glass, look.metal))(rnd)
    shapes.vessel(shapes.rounded(list(zip(radii, heights, strict=True))), 0.03, body)


def jug(rnd: Rnd) -> None:
    """A pot with a spout and an open handle."""
    body = rnd.choice((look.ceramic, look.chrome, look.glass))(rnd)
    wide, tall = rnd.uniform(0.28, 0.42), rnd.uniform(0.55, 0.95)
    profile = [(wide * 0.7, 0), (wide, tall * 0.35), (wide * 0.8, tall * 0.75), (wide * 0.6, tall)]
    shapes.vessel(shapes.rounded(profile), 0.025, body)
    reach = wide + rnd.uniform(0.15, 0.35)
    grip = [
        (wide * 0.85, 0, tall * 0.8),
        (reach, 0, tall * 0.85),
        (reach, 0, tall * 0.4),
        (wide * 0.97, 0, tall * 0.25),
    ]
    shapes.wires([grip], rnd.uniform(0.02, 0.045), rnd.choice((body, look.wood(rnd))), smooth=True)
    if rnd.random() < 0.7:
        spout = [
            (-wide * 0.9, 0, tall * 0.35),
            (-wide * 1.3, 0, tall * 0.6),
            (-wide * 1.5, 0, tall * 0.95),
        ]
        shapes.wires([spout], 0.05, body, smooth=True)
        shapes.blob((wide * 0.62, wide * 0.62, 0.08), body, (0, 0, tall))


def tableware(rnd: Rnd) -> None:
    """A stack of plates, with a glass beside it."""
    glaze, radius = look.ceramic(rnd), rnd.uniform(0.4, 0.6)
    for level in range(rnd.randint(1, 4)):
        made = shapes.vessel(
            [(radius * 0.5, 0), (radius * 0.6, 0.01), (radius, 0.07)], 0.018, glaze
        )
        made.location = (0, 0, level * 0.035)
    if rnd.random() < 0.5:
        made = shapes.vessel([(0.12, 0), (0.15, rnd.uniform(0.3, 0.5))], 0.012, look.glass(rnd))
        made.location = (radius * 1.2, -0.2, 0)


def goblet(rnd: Rnd) -> None:
    """One or two stemmed glasses, empty or with a drink."""
    for index in range(rnd.choice((1, 1, 2))):
        wide, tall = rnd.uniform(0.14, 0.24), rnd.uniform(0.3, 0.5)
        stem = rnd.uniform(0.25, 0.45)
        foot = [(0.0, 0.0), (0.17, 0.0), (0.16, 0.012), (0.015, 0.04), (0.013, stem)]
        bowl_curve = shapes.rounded(
            [(0.013, stem), (wide, stem + tall * 0.4), (wide * 0.75, stem + tall)]
        )
        inner = [
            (max(0.0, radius - 0.012), height + 0.01) for radius, height in reversed(bowl_curve)
        ]
        shapes.lathe([*foot, *bowl_curve, *inner], look.glass(rnd, tinted=False)).location = (
            index * 0.5,
            index * 0.15,
            0,
        )
        if rnd.random() < 0.4:
            drink = look.plain(look.colour(rnd, 0.2, 0.9), 0.0, transmission=1.0, ior=1.34)
            shapes.blob(
                (wide * 0.8, wide * 0.8, tall * 0.25),
                drink,
                (index * 0.5, index * 0.15, stem + tall * 0.38),
            )


def tumbler(rnd: Rnd) -> None:
    """A thick glass with a candle, cubes of ice or nothing in it."""
    radius, height = rnd.uniform(0.22, 0.32), rnd.uniform(0.4, 0.7)
    shapes.vessel([(radius * 0.92, 0), (radius, height)], rnd.uniform(0.015, 0.05), look.glass(rnd))
    inside = rnd.random()
    if inside < 0.4:
        shapes.cylinder(radius * 0.8, height * 0.6, look.plain(look.pale(rnd), 0.5), (0, 0, 0.06))
        shapes.wires(
            [[(0, 0, height * 0.6), (0.01, 0, height * 0.78)]], 0.008, look.plain(look.dark(rnd))
        )
    elif inside < 0.7:
        for level in range(3):
            side = radius * 0.7
            shapes.box(
                (side, side, side * 0.7),
                look.glass(rnd, tinted=False),
                (rnd.uniform(-0.05, 0.05), 0, 0.06 + level * side * 0.75),
                rnd.random(),
            )


def clear_box(rnd: Rnd) -> None:
    """A clear plastic box or blister with a product inside."""
    size = (rnd.uniform(0.4, 0.7), rnd.uniform(0.25, 0.4), rnd.uniform(0.4, 0.8))
    shapes.box(size, look.glass(rnd), bevel=0.02)
    shapes.blob(
        (size[0] * 0.3, size[1] * 0.3, size[2] * 0.32), look.anything(rnd), (0, 0, size[2] * 0.42)
    )


def bulb(rnd: Rnd) -> None:
    """A light bulb: glass balloon on a metal thread."""
    curve = shapes.rounded([(0.12, 0.2), (0.16, 0.3), (0.3, 0.62), (0.2, 0.9), (0.02, 0.97)])
    shapes.lathe(
        curve,
        look.glass(rnd, tinted=False) if rnd.random() < 0.6 else look.plain(look.pale(rnd), 0.2),
    )
    shapes.lathe(
        [
            (0.0, 0.0),
            (0.06, 0.0),
            *((0.11 + 0.01 * (step % 2), 0.05 + 0.02 * step) for step in range(8)),
            (0.12, 0.22),
        ],
        look.metal(rnd),
    )
    shapes.wires(
        [[(0.03, 0, 0.2), (0.06, 0, 0.55), (0, 0, 0.62), (-0.06, 0, 0.55), (-0.03, 0, 0.2)]],
        0.005,
        look.metal(rnd),
    )
