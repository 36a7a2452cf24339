"""Paper, tags and mirrors: what lies flat, and blank fields beside real holes."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes
from mathutils import Vector

Rnd = random.Random
TURN = 2 * math.pi


def paper(rnd: Rnd) -> None:
    """Paper: a crumpled ball, a creased sheet, a leaflet in folds, envelopes, a glider."""
    stuff = look.white(rnd) if rnd.random() < 0.7 else look.printed(rnd)
    kind = rnd.choice(("ball", "sheet", "leaflet", "letters", "glider"))
    if kind == "ball":
        for index in range(rnd.choice((1, 1, 3))):
            planes = [
                (
                    Vector([rnd.gauss(0, 1) for _ in range(3)]).normalized(),
                    rnd.uniform(0.5, 1.1),
                )
                for _ in range(rnd.randint(40, 90))
            ]

            def dent(x: float, y: float, z: float, planes=planes) -> float:
                spot = Vector((x, y, z))
                cut = min(far / max(0.25, spot.dot(face)) for face, far in planes)
                ridge = sum(abs(math.sin(6 * far + 7 * spot.dot(face))) for face, far in planes[:6])
                return min(0.25, cut - 1) - 0.05 * ridge

            made = shapes.blob(
                (0.3, 0.28, 0.27), stuff, (0.62 * index, 0.2 * (index % 2), 0), 1.0, dent
            )
            for face in made.data.polygons:
                face.use_smooth = False
            forms.pose([made], ground=True)
    elif kind == "sheet":
        creases = [
            (rnd.uniform(0, TURN), rnd.uniform(-0.4, 0.4), rnd.uniform(-0.12, 0.12))
            for _ in range(rnd.randint(2, 14))
        ]
        curl, wide = rnd.uniform(-0.1, 0.3), rnd.uniform(0.6, 0.9)

        def skin(u: float, v: float) -> shapes.Point:
            x, y = wide * (u - 0.5), v - 0.5
            z = sum(k * abs(x * math.cos(a) + y * math.sin(a) - c) for a, c, k in creases)
            return (x, y, z + curl * abs(x * y) * 4)

        shapes.sheet(skin, 70, 90, stuff, 0.003)
    elif kind == "leaflet":
        panels, wide, tall = rnd.randint(2, 6), rnd.uniform(0.25, 0.4), rnd.uniform(0.4, 0.9)
        angle = rnd.uniform(0.25, 0.7)

        def fold(u: float, v: float) -> shapes.Point:
            t = u * panels
            zigzag = abs(t % 2 - 1)
            return (t * wide * math.cos(angle), wide * math.sin(angle) * zigzag, tall * v)

        made = shapes.sheet(fold, panels * 8, 6, stuff, 0.004)
        for face in made.data.polygons:
            face.use_smooth = False
    elif kind == "letters":
        for index in range(rnd.randint(1, 4)):
            at = (rnd.uniform(-0.15, 0.15), rnd.uniform(-0.12, 0.12), 0.013 * index)
            size = (rnd.uniform(0.6, 0.9), rnd.uniform(0.35, 0.55), 0.012)
            turn = rnd.uniform(-0.5, 0.5)
            made = [shapes.box(size, look.white(rnd), at, turn, 0.003)]
            window = (size[0] * 0.35, size[1] * 0.25, 0.001)
            if rnd.random() < 0.5:
                made.append(
                    shapes.box(
                        window,
                        look.blank(rnd),
                        (at[0] + 0.02, at[1] - 0.05, at[2] + 0.012),
                        turn,
                        0,
                    )
                )
    else:
        wing, droop = rnd.uniform(0.2, 0.4), rnd.uniform(-0.1, 0.12)
        for side in (-1, 1):
            points = [
                (0, 0, 0.12),
                (1, 0, 0.14),
                (0, side * wing, 0.12 + droop + 0.06),
                (0, 0, 0),
                (0.9, 0, 0.06),
            ]
            shapes.skin(points, [(0, 1, 2)], stuff, False).modifiers.new(
                "thick", "SOLIDIFY"
            ).thickness = 0.006
            shapes.skin(
                [points[i] for i in (0, 1, 4, 3)], [(0, 1, 2, 3)], stuff, False
            ).modifiers.new("thick", "SOLIDIFY").thickness = 0.006
    forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-0.8, 0.8)), ground=True)


def tags(rnd: Rnd) -> None:
    """Swing tags: real holes with a string through them, and blank fields that are none."""
    string = look.fabric(rnd) if rnd.random() < 0.7 else look.metal(rnd)
    number, gauge = rnd.choice((1, 1, 2, 3, 4)), rnd.uniform(0.003, 0.008)
    for index in range(number):
        wide, tall = rnd.uniform(0.2, 0.4), rnd.uniform(0.5, 0.8)
        cut, round_tag = rnd.choice((0.0, 0.08)), rnd.random() < 0.25
        card = rnd.choice((look.white, look.printed, look.wood, look.leather))(rnd)

        def build(wide=wide, tall=tall, cut=cut, round_tag=round_tag, card=card) -> None:
            outline = [
                (-wide / 2, 0),
                (wide / 2, 0),
                (wide / 2, tall - cut),
                (wide / 2 - cut, tall),
                (cut - wide / 2, tall),
                (-wide / 2, tall - cut),
            ]
            if not cut:
                outline = [*outline[:2], (wide / 2, tall), (-wide / 2, tall)]
            if round_tag:
                outline = [
                    (x * wide, tall / 2 + y * tall / 2) for x, y, _ in shapes.circle(1, 0, 48)
                ]
            eye, radius = tall - 0.08, rnd.uniform(0.015, 0.035)
            bores = [[(x, y + eye) for x, y, _ in shapes.circle(radius, 0, 24)]]
            if rnd.random() < 0.35:
                size, low = wide * rnd.uniform(0.15, 0.3), tall * 0.35
                bores.append(
                    [
                        (x, y + low)
                        for x, y, _ in forms.ring(
                            (0, 0, 0), (size, 0, 0), (0, size, 0), 32, rnd.choice((0.2, 1))
                        )
                    ]
                )
            shapes.slab(outline, 0.012, card, holes=bores, edge=0.002)
            for _ in range(rnd.randint(1, 3)):
                patch = (wide * rnd.uniform(0.2, 0.5), tall * rnd.uniform(0.05, 0.15), 0.001)
                at = (rnd.uniform(-0.15, 0.15) * wide, tall * rnd.uniform(0.6, 0.75), 0.012)
                shapes.box(patch, look.blank(rnd), at, 0, 0)
            if rnd.random() < 0.5:
                rim = shapes.circle(radius + 0.006, 0.012, 32, at=(0, eye, 0))
                shapes.wires([rim], 0.008, look.metal(rnd), closed=True)
            reach, off = rnd.uniform(0.15, 0.5), rnd.uniform(-0.15, 0.15)
            loop = [
                (0, eye, 0.002),
                (0.02, eye + 0.06, 0.016),
                (off - 0.08, eye + reach, 0.01),
                (off + 0.03, eye + reach * 1.15, 0.01),
                (off + 0.1, eye + reach * 0.8, 0.01),
                (-0.01, eye + 0.07, 0.02),
                (0, eye, 0.014),
            ]
            shapes.wires([loop], gauge, string, smooth=True)

        parts = forms.built(build)
        at = (index * rnd.uniform(0.2, 0.5), rnd.uniform(-0.1, 0.1), 0.014 * index)
        forms.pose(parts, at, (0, 0, rnd.uniform(-0.5, 0.5) - 0.25 * index))
    if rnd.random() < 0.4:
        forms.pose(forms.everything(), turn=(rnd.uniform(1.2, 1.57), 0, 0), ground=True)


def mirror(rnd: Rnd) -> None:
    """A hand mirror, or one on a foot: its face shows the studio, its handle may have a hole."""
    rim = rnd.choice((look.plastic, look.wood, look.metal, look.white))(rnd)
    glass = look.plain((0.95, 0.95, 0.95), 0.0, metallic=1.0)
    wide, tall, power = rnd.uniform(0.22, 0.34), rnd.uniform(0.22, 0.4), rnd.choice((1.0, 1.0, 0.5))
    bar, thick = rnd.uniform(0.015, 0.07), rnd.uniform(0.02, 0.05)
    outer = [
        p[:2] for p in forms.ring((0, 0, 0), (wide + bar, 0, 0), (0, tall + bar, 0), 64, power)
    ]
    inner = [p[:2] for p in forms.ring((0, 0, 0), (wide, 0, 0), (0, tall, 0), 64, power)]
    face = [shapes.slab(outer, thick, rim, holes=[inner])]
    face.append(
        shapes.slab([(x * 1.03, y * 1.03) for x, y in inner], thick * 0.6, glass, edge=0.002)
    )
    face.append(
        shapes.slab(
            [(x * 1.03, y * 1.03) for x, y in inner], thick * 0.3, rim, (0, 0, -0.002), edge=0.002
        )
    )
    if rnd.random() < 0.6:
        grip, half = rnd.uniform(0.35, 0.6), rnd.uniform(0.03, 0.07)
        start = -tall - bar * 0.5
        outline = [(-half * 0.8, start), (half * 0.8, start)]
        end = forms.ring((0, start - grip, 0), (half, 0, 0), (0, half, 0), 32)
        outline = [*[p[:2] for p in end[16:]], (half * 0.7, start), (-half * 0.7, start)]
        hole = [
            [
                p[:2]
                for p in forms.ring(
                    (0, start - grip, 0), (half * 0.5, 0, 0), (0, half * 0.5, 0), 24
                )
            ]
        ]
        face.append(shapes.slab(outline, thick, rim, holes=hole if rnd.random() < 0.7 else ()))
        lying = rnd.random() < 0.6
        forms.pose(
            face,
            turn=(0, 0, rnd.uniform(-2, 2)) if lying else (rnd.uniform(1.2, 1.5), 0, 0),
            ground=True,
        )
        return
    high = tall + bar + rnd.uniform(0.06, 0.6)
    forms.pose(face, (0, 0, high), (math.pi / 2 + rnd.uniform(-0.25, 0.4), 0, 0))
    metal = rnd.choice((rim, look.metal(rnd)))
    reach = wide + bar + 0.03
    low = high - tall - bar - 0.05
    fork = [
        (reach * math.cos(t), 0.02, high + (high - low) * math.sin(t))
        for t in np.linspace(math.pi, TURN, 24)
    ]
    shapes.wires([fork, [(0, 0.02, low), (0, 0.02, 0)]], rnd.uniform(0.008, 0.016), metal)
    shapes.cylinder(rnd.uniform(0.16, 0.24), 0.03, metal)
