"""Things to wear, of cloth: hats, pullovers, gloves, lace, umbrellas."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes
from mathutils import Matrix

Rnd = random.Random
TURN = 2 * math.pi


def hat(rnd: Rnd) -> None:
    """A hat with a wavy brim, a dented crown and a ribbon, of felt or of straw with loose ends."""
    straw = rnd.random() < 0.5
    cloth = look.straw(rnd) if straw else rnd.choice((look.fabric, look.knit))(rnd)
    wide, high, brim = rnd.uniform(0.2, 0.26), rnd.uniform(0.14, 0.3), rnd.uniform(0.08, 0.34)
    dent, taper = rnd.choice((0.0, 0.0, 0.06, 0.1)), rnd.uniform(0.6, 0.9)
    waves, swing = rnd.randint(2, 5), rnd.uniform(0.0, 0.07)
    phase, droop = rnd.uniform(0, 6), rnd.uniform(-0.1, 0.08)
    profile = shapes.rounded(
        [
            (0.0, high - dent),
            (wide * taper * 0.5, high - dent * 0.6),
            (wide * taper * 0.92, high),
            (wide * (taper + 1) / 2, high * 0.55),
            (wide, 0.0),
            (wide + brim * 0.5, droop * 0.4),
            (wide + brim, droop),
        ],
        8,
    )

    def skin(u: float, v: float) -> shapes.Point:
        spot = v * (len(profile) - 1)
        low = min(int(spot), len(profile) - 2)
        r, z = (
            a + (b - a) * (spot - low) for a, b in zip(profile[low], profile[low + 1], strict=True)
        )
        a, out = TURN * u, max(0.0, (r - wide) / brim)
        z += swing * out * math.sin(waves * a + phase)
        return (1.18 * r * math.cos(a), r * math.sin(a), z)

    shapes.sheet(skin, 96, 48, cloth, 0.012, closed=True)
    tall = rnd.uniform(0.03, 0.07)
    shapes.sheet(
        lambda u, v: (
            1.18 * wide * 1.03 * math.cos(TURN * u),
            wide * 1.03 * math.sin(TURN * u),
            0.006 + tall * v,
        ),
        96,
        2,
        look.fabric(rnd),
        0.006,
        closed=True,
    )
    if straw and rnd.random() < 0.6:
        ends = []
        for _ in range(rnd.randint(120, 400)):
            u = rnd.random()
            x, y, z = skin(u, 0.99)
            out = rnd.uniform(0.02, 0.09)
            a = TURN * u + rnd.gauss(0, 0.5)
            ends.append(
                [
                    (x, y, z),
                    (x + out * math.cos(a), y + out * math.sin(a), z - out * rnd.random() * 0.4),
                ]
            )
        forms.hair(ends, rnd.uniform(0.0015, 0.003), cloth)
    tilt = rnd.choice((0.0, 0.0, rnd.uniform(0.3, 1.3)))
    forms.pose(forms.everything(), turn=(tilt, 0, rnd.uniform(0, TURN)), ground=True)


def _creased(rnd: Rnd, made, deep: float) -> None:
    """Give a flat lying body soft folds."""
    folds = [
        (rnd.uniform(-9, 9), rnd.uniform(-9, 9), rnd.uniform(0, 6), deep * rnd.uniform(0.2, 1))
        for _ in range(7)
    ]

    def lift(x: float, y: float, z: float) -> shapes.Point:
        rise = sum(high * max(0.0, math.sin(a * x + b * y + c)) ** 3 for a, b, c, high in folds)
        return (x, y, z + rise * max(0.0, z) / 0.03)

    forms.warp(made, lift)


def pullover(rnd: Rnd) -> None:
    """A pullover or a shirt: laid out flat, standing as if worn by nobody, or folded."""
    cloth, way = rnd.choice((look.knit, look.knit, look.fabric))(rnd), rnd.random()
    if way < 0.3:
        z = 0.0
        for _ in range(rnd.randint(1, 3)):
            phase, thick = rnd.uniform(0, 6), rnd.uniform(0.05, 0.1)
            wool = rnd.choice((cloth, look.knit(rnd)))
            for layer in range(2):
                shapes.blob(
                    (0.36 - 0.02 * layer, 0.44, thick / 2),
                    wool,
                    (0.01 * layer, 0, z + thick * (0.5 + 0.8 * layer)),
                    0.3,
                    lambda x, y, z, p=phase: (
                        0.02 * math.sin(4 * x + 5 * y + p) + 0.01 * math.sin(9 * y)
                    ),
                )
            z += thick * 1.75
        neck = forms.ring((0, 0.25, z + 0.005), (0.12, 0, 0), (0, 0.1, 0), 40)
        shapes.wires([neck], 0.02, cloth, closed=True)
        return
    chest, long = rnd.uniform(0.24, 0.32), rnd.uniform(0.55, 0.75)
    sleeve, spread = rnd.uniform(0.2, 0.62), rnd.uniform(0.08, 0.45)
    cuff, neck = rnd.uniform(0.05, 0.1), rnd.uniform(0.08, 0.12)
    full = 1.0 if way > 0.7 else 0.16
    torso = [
        forms.ring((0, 0, z * long), (chest * r, 0, 0), (0, 0.12 * d * full, 0), 48, 0.7)
        for z, r, d in (
            (0, 0.95, 0.9),
            (0.05, 1, 1),
            (0.5, 0.97, 1.1),
            (0.85, 1, 1),
            (1, 0.42, 0.6),
        )
    ]
    arms = []
    for side in (-1, 1):
        shoulder = (side * chest * 0.82, 0, long * 0.84)
        hand = (
            side * (chest + spread),
            0,
            long * 0.84 - math.sqrt(max(0.01, sleeve**2 - spread**2 / 4)),
        )
        rings = []
        for t in (0.0, 0.5, 1.0):
            centre = tuple(a + (b - a) * t for a, b in zip(shoulder, hand, strict=True))
            r = 0.11 + (cuff - 0.11) * t
            rings.append(
                forms.ring(centre, (r * 0.95, 0, r * side * 0.5), (0, r * 0.7 * full, 0), 24)
            )
        arms.append(forms.loft(rings, cloth))
    body = forms.melt([forms.loft(torso, cloth), *arms], cloth, 0.012, 6)
    collar = [
        forms.ring((0, 0, long * 0.985), (neck * 1.15, 0, 0), (0, 0.075 * full, 0), 40),
        forms.ring(
            (0, 0, long * 1.0 + rnd.uniform(0.02, 0.1)), (neck, 0, 0), (0, 0.06 * full, 0), 40
        ),
    ]
    shapes.sheet(
        lambda u, v: collar[round(v)][round(u * 40) % 40], 40, 1, cloth, 0.015, closed=True
    )
    parts = forms.everything()
    if full < 1:
        forms.pose(parts, turn=(-math.pi / 2, 0, 0), ground=True)
        body.data.transform(body.matrix_basis)
        body.matrix_basis = Matrix.Identity(4)
        _creased(rnd, body, 0.03)
        forms.pose(parts, turn=(0, 0, rnd.uniform(-0.6, 0.6)))
    else:
        forms.warp(
            body,
            lambda x, y, z: (
                x + 0.01 * math.sin(14 * z + 5 * x),
                y + 0.012 * math.sin(17 * x + 4 * z),
                z,
            ),
        )


def gloves(rnd: Rnd) -> None:
    """A pair of gloves or mittens, lying beside or over each other, some with a furry cuff."""
    cloth = rnd.choice((look.leather, look.knit, look.fabric, look.rubber))(rnd)
    mitten, splay = rnd.random() < 0.25, rnd.uniform(0.04, 0.16)
    cuff, thick = rnd.uniform(0.12, 0.4), rnd.uniform(0.05, 0.07)
    furry, wool = rnd.random() < 0.35, look.plain(look.pale(rnd), 0.9)
    lengths = [rnd.uniform(0.28, 0.32) * part for part in (0.85, 1.0, 0.95, 0.75)]

    def build(side: int) -> None:
        parts = [shapes.blob((0.17, 0.19, thick), cloth, (0, 0, 0), 0.6)]
        if mitten:
            parts.append(shapes.blob((0.17, 0.3, thick), cloth, (0, 0.2, 0), 0.75))
        fingers = []
        for k, length in enumerate([] if mitten else lengths):
            x = (k - 1.5) * 0.085
            tip = (x * (1 + splay * 4), 0.14 + length, rnd.uniform(-0.01, 0.02))
            fingers.append([((x, 0.05, 0), 0.045), ((x * 1.1, 0.2, 0), 0.043), (tip, 0.034)])
        root = (-side * 0.1, -0.06, 0)
        fingers.append(
            [(root, 0.05), ((-side * 0.22, 0.06, 0.01), 0.046), ((-side * 0.26, 0.2, 0.0), 0.036)]
        )
        ends = [path[-1] for path in fingers]
        parts.append(shapes.limbs(fingers, cloth))
        parts.append(shapes.beads(ends, cloth, 12))
        wrist = [
            forms.ring((0, y, 0), (wide, 0, 0), (0, 0, thick * 0.9), 32)
            for y, wide in ((-0.1, 0.14), (-0.2, 0.12), (-0.2 - cuff, 0.12 + cuff * 0.25))
        ]
        parts.append(forms.loft(wrist, cloth))
        hand = forms.melt(parts, cloth, 0.012, 3)
        _creased(rnd, hand, 0.012)
        if furry:
            band = shapes.blob(
                (0.15 + cuff * 0.2, 0.06, thick * 1.15), wool, (0, -0.18 - cuff, 0), 0.8
            )
            shapes.fur(band, 2500, rnd.uniform(0.04, 0.08), 0.0014, rnd, 0.04)

    over = rnd.random() < 0.4
    for index, side in enumerate((1, -1)):
        parts = forms.built(lambda side=side: build(side))
        at = (0.1 * side, 0.0, 0.0) if over else (0.33 * side, rnd.uniform(-0.15, 0.15), 0.0)
        forms.pose(parts, at, (0, 0, rnd.uniform(-0.5, 0.5) + 0.3 * side * over), ground=True)
        if over and index:
            forms.pose(parts, (0, 0, 2 * thick), (0, -0.08, 0))


def lace(rnd: Rnd) -> None:
    """A doily, a ribbon or a veil of thread: openwork as fine as the photo shows, mostly flat."""
    thread = look.plain(rnd.choice((look.pale, look.pale, look.dark, look.colour))(rnd), 0.9)
    kind, sag = rnd.choice(("doily", "doily", "ribbon", "veil")), rnd.uniform(0.0, 0.04)
    if kind == "doily":
        petals, gauge = rnd.randint(8, 20), rnd.uniform(0.003, 0.008)
        deep, rows = rnd.uniform(0.04, 0.12), rnd.randint(7, 14)

        def spot(r: float, a: float) -> shapes.Point:
            r *= 1 - deep + deep * abs(math.cos(petals * a / 2)) * r
            z = gauge + sag * r * (1 + math.sin(3 * a))
            return (0.5 * r * math.cos(a), 0.5 * r * math.sin(a), z)

        paths, loops = [], []
        for row in range(1, rows + 1):
            r, teeth = row / rows, petals * rnd.choice((1, 2, 4))
            wave = rnd.choice((0.0, 0.4, 0.8)) / rows
            turns = [TURN * k / 240 for k in range(240)]
            loops.append([spot(r - wave * (0.5 + 0.5 * math.cos(teeth * a)), a) for a in turns])
            if rnd.random() < 0.7:
                slant = rnd.choice((0.0, 0.5)) * TURN / teeth
                for k in range(teeth):
                    a = TURN * k / teeth
                    inner, outer = max(0.02, r - 1 / rows), r - wave
                    paths += [[spot(inner, a), spot(outer, a + s)] for s in (-slant, slant)]
        for k in range(petals * 4):
            x, y, z = spot(1.0, TURN * k / petals / 4)
            loops.append(shapes.circle(0.012, 0, 12, "z", (x * 1.02, y * 1.02, z)))
        shapes.wires(loops, gauge, thread, closed=True)
        shapes.wires(paths, gauge * 0.8, thread)
    elif kind == "ribbon":
        wide, bends = rnd.uniform(0.08, 0.18), rnd.uniform(3, 9)

        def strip(u: float, v: float) -> shapes.Point:
            scallop = 1 + 0.15 * abs(math.sin(40 * v)) * (abs(u - 0.5) * 2)
            x = 1.2 * (v - 0.5)
            y = 0.15 * math.sin(bends * v) + wide * (u - 0.5) * scallop
            return (x, y, 0.01 + sag * (1 + math.sin(9 * v + 4 * u)))

        shapes.sheet(strip, rnd.randint(6, 12), 150, thread, 0.004, hole=rnd.uniform(0.5, 0.8))
    else:
        fine = rnd.randint(50, 90)

        def drape(u: float, v: float) -> shapes.Point:
            fold = 0.1 * math.sin(11 * u + 2 * v) + 0.04 * math.sin(23 * u)
            return (0.9 * (u - 0.5) * (0.75 + 0.25 * (1 - v)), fold, v)

        shapes.sheet(drape, fine, fine, thread, 0.002, hole=rnd.uniform(0.6, 0.85))
        hem = [[drape(u, v) for u in np.linspace(0, 1, 50)] for v in (0.0, 0.03, 1.0)]
        shapes.wires(hem, 0.006, thread)
        return
    forms.pose(
        forms.everything(), turn=(rnd.choice((0, 0, 1.3)), 0, rnd.uniform(-1, 1)), ground=True
    )


def umbrella(rnd: Rnd) -> None:
    """An open umbrella of cloth or clear foil on its thin ribs, tilted onto its rim or upright."""
    clear = rnd.random() < 0.35
    cloth = look.film(rnd) if clear else rnd.choice((look.fabric, look.plastic))(rnd)
    metal, panels, deep = look.metal(rnd), rnd.choice((6, 8, 8, 10)), rnd.uniform(0.2, 0.5)
    gauge, slack = rnd.uniform(0.004, 0.008), rnd.uniform(0.03, 0.08)

    def canopy(u: float, v: float) -> shapes.Point:
        a = TURN * u
        seam = abs(math.sin(panels * a / 2))
        r = 0.6 * v * (1 - slack * seam * v)
        return (r * math.cos(a), r * math.sin(a), -deep * v**1.8 - slack * 0.3 * seam * v)

    shapes.sheet(canopy, panels * 10, 20, cloth, 0.003, closed=True)
    spokes, stays = [], []
    for k in range(panels):
        u = k / panels
        spokes.append([tuple(c * 0.995 for c in canopy(u, v)) for v in np.linspace(0.02, 1.0, 12)])
        stays.append([(0, 0, -deep * 0.9), tuple(canopy(u, 0.5))])
    shapes.wires(spokes, gauge, metal)
    shapes.wires(stays, gauge * 0.8, metal)
    long = -rnd.uniform(0.85, 1.1)
    shapes.wires([[(0, 0, 0.07), (0, 0, long)]], gauge * 1.8, metal)
    grip = rnd.choice((look.wood, look.plastic, look.rubber))(rnd)
    if rnd.random() < 0.6:
        hook = [
            (0.06 - 0.06 * math.cos(t), 0, long - 0.06 * math.sin(t))
            for t in np.linspace(0, 2.9, 14)
        ]
        shapes.wires([[(0, 0, long + 0.15), *hook]], 0.018, grip)
    else:
        shapes.cylinder(0.022, 0.18, grip, (0, 0, long - 0.02))
    way = rnd.random()
    lean = rnd.uniform(1.75, 2.2) if way < 0.5 else rnd.uniform(-2.2, -1.9) if way < 0.8 else 0.0
    forms.pose(forms.everything(), turn=(lean, rnd.uniform(-0.5, 0.5), 0), ground=True)
