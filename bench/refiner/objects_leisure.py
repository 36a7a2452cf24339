"""Things for play, sport and leisure, of many colours, some as pale as the paper."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi
UPRIGHT = (math.pi / 2, 0, 0)


def tint(rnd: Rnd, white: float = 0.25):
    """Return a moulded plastic or enamel; a share of them white, cream or pale gray."""
    base = rnd.choice((look.colour, look.colour, look.colour, look.dark))(rnd)
    if rnd.random() < white:
        level = rnd.uniform(0.55, 0.93)
        base = (level, level * rnd.uniform(0.94, 1), level * rnd.uniform(0.82, 1))
    return look.plain(base, rnd.uniform(0.1, 0.6), coat=rnd.choice((0.0, 0.0, 0.7)))


def wheel(at: shapes.Point, radius: float, wide: float, tyre, hub) -> None:
    """Build a wheel on an axle along y, its hub sunk."""
    edge = [(0.55, -0.5), (0.85, -0.5), (0.96, -0.42), (1, -0.25)]
    disc = [(0, -0.55), (0.2, -0.5), (0.3, -0.3), (0.6, -0.4)]
    for half, surface in ((edge, tyre), (disc, hub)):
        whole = [*half, *((r, -z) for r, z in half[::-1])]
        made = shapes.lathe([(radius * r, wide * z) for r, z in whole], surface, 56)
        made.location, made.rotation_euler = at, UPRIGHT


def controller(rnd: Rnd) -> None:
    """A game controller with its sticks and buttons, or a computer mouse; some with a cable."""
    shell, dark = tint(rnd, 0.65), rnd.choice((look.rubber, tint))(rnd)
    if rnd.random() < 0.6:
        grip, long, thick = rnd.uniform(0.1, 0.15), rnd.uniform(0.3, 0.45), rnd.uniform(0.09, 0.13)
        splay, retro = rnd.uniform(0.02, 0.14), rnd.random() < 0.2
        parts = [shapes.blob((0.46, 0.2, thick), shell, (0, 0, 0), 0.45 if retro else 0.6)]
        for s in () if retro else (-1, 1):
            path = [((s * 0.34, 0.08, 0), grip), ((s * (0.36 + splay), -long, -0.06), grip * 0.8)]
            parts.append(shapes.limbs([path], shell))
            parts += [shapes.blob((r,) * 3, shell, at) for at, r in path]
        forms.melt(parts, shell, 0.014, 8)
        for s in (-1, 1):
            shapes.blob((0.12, 0.05, 0.035), dark, (s * 0.3, 0.2, thick * 0.3), 0.5)
            if not retro:
                stick = [(0.03, 0), (0.03, 0.06), (0.065, 0.065), (0.07, 0.085), (0, 0.07)]
                shapes.lathe(stick, dark).location = (s * 0.15, -0.1, thick * 0.85)
            for k in (-1, 0, 1):
                shapes.beads([((s * 0.05 + k * 0.015, 0.06, thick * 0.96), 0.014)], dark)
        for k in range(4):
            x, y = 0.055 * math.cos(TURN * k / 4), 0.055 * math.sin(TURN * k / 4)
            shapes.cylinder(0.026, 0.035, tint(rnd, 0.4), (0.3 + x, 0.06 + y, thick * 0.88))
            shapes.box((0.09, 0.035, 0.03), dark, (-0.3, 0.06, thick * 0.92), TURN * k / 4, 0.006)
        tail, tilt = 0.18, rnd.choice((0, rnd.uniform(0.3, 1.3)))
    else:
        wide, tall, lean = rnd.uniform(0.22, 0.3), rnd.uniform(0.2, 0.32), rnd.uniform(-0.3, 0.3)
        power, hump, pinch = rnd.uniform(0.5, 0.75), rnd.uniform(0, 0.35), rnd.uniform(0, 0.15)

        def move(x: float, y: float, z: float) -> shapes.Point:
            z = max(z, -0.02) * (1 - hump * (y + 0.5)) + lean * x * max(z, 0)
            return (x * (1 - pinch * math.cos(5 * y)), y, z)

        def over(x: float, y: float) -> shapes.Point:
            rest = 1 - abs(x / wide) ** (2 / power) - abs(y / 0.5) ** (2 / power)
            return move(x, y, tall * max(0.0, rest) ** (power / 2))

        forms.warp(shapes.blob((wide, 0.5, tall), shell, (0, 0, 0), power), move)
        seams = [[over(0, y) for y in np.linspace(0.02, 0.46, 20)]]
        seams.append([over(x, 0.02) for x in np.linspace(-0.92 * wide, 0.92 * wide, 30)])
        shapes.wires(seams, 0.006, look.rubber(rnd))
        x, y, z = over(0, 0.28)
        wheel((0, 0, 0), 0.06, 0.05, dark, dark)
        forms.pose(forms.everything()[-2:], (x, y, z - 0.02), (0, 0, math.pi / 2))
        tail, tilt = 0.46, rnd.choice((0, 0, rnd.uniform(0.3, 1.0)))
    if rnd.random() < 0.4:
        cord = [(rnd.uniform(-0.5, 0.5), tail + 0.2 * k, 0) for k in (1, 2, 3)]
        shapes.wires(
            [[(0, tail, 0.02), (0, tail + 0.12, 0), *cord]],
            0.012,
            rnd.choice((dark, shell)),
            smooth=True,
        )
    forms.pose(forms.everything(), turn=(tilt, 0, rnd.uniform(-1, 1)), ground=True)


def skateboard(rnd: Rnd) -> None:
    """A skateboard or longboard with a gap between deck and floor: rolling, on edge or on end."""
    wide, blunt, kick = rnd.uniform(0.1, 0.15), rnd.uniform(2, 5), rnd.choice((0.1, 0.4, 0.7, 1.0))
    paint, grip = rnd.choice((look.wood, tint, look.printed))(rnd), look.rubber(rnd)
    metal, tyre, r = look.metal(rnd), tint(rnd, 0.5), rnd.uniform(0.035, 0.055)
    pin, base, stand = rnd.uniform(-0.3, 0.3), rnd.uniform(0.26, 0.33), rnd.uniform(0.05, 0.09)

    def deck(u: float, v: float) -> shapes.Point:
        v = 0.5 - 0.5 * math.cos(math.pi * v)
        half = wide * max(1e-4, 1 - abs(2 * v - 1) ** blunt) ** (1 / blunt) * (1 + pin * (v - 0.5))
        rise = kick * max(0.0, abs(v - 0.5) - base - 0.05) ** 1.5 * 1.6
        return (v - 0.5, half * (2 * u - 1), r + stand + rise + 0.06 * (2 * u - 1) ** 2 * wide)

    shapes.sheet(deck, 16, 90, paint, 0.016)
    cover = shapes.sheet(deck, 16, 90, rnd.choice((grip, grip, tint(rnd))), 0.003)
    cover.location, cover.scale = (0, 0, 0.008), (0.99, 0.98, 1)
    for x in (-base + 0.02, base - 0.02):
        inward = math.copysign(0.02, -x)
        shapes.box((0.1, 0.07, 0.02), metal, (x, 0, r + stand - 0.03), bevel=0.004)
        post = [((x + inward, 0, r + stand - 0.02), 0.022), ((x, 0, r), 0.016)]
        bar = [((x, -wide * 0.7, r), 0.013), ((x, 0, r), 0.024), ((x, wide * 0.7, r), 0.013)]
        shapes.limbs([post, bar, [((x, -wide, r), 0.007), ((x, wide, r), 0.007)]], metal)
        for y in (-wide * 0.85, wide * 0.85):
            wheel((x, y, r), r, rnd.uniform(0.045, 0.06), tyre, metal)
    parts, way = forms.everything(), rnd.choice(("roll", "roll", "edge", "end", "over"))
    turns = {"edge": (rnd.uniform(1.2, 1.9), 0, 0), "end": (0, rnd.uniform(-1.5, -1.2), 1.57)}
    turns["over"] = (math.pi + rnd.uniform(-0.3, 0.3), 0, 0)
    forms.pose(parts, turn=turns.get(way, (0, 0, 0)), ground=True)


def _baby_bottle(rnd: Rnd, body, trim) -> None:
    waist, tall = rnd.uniform(0.12, 0.19), rnd.uniform(0.45, 0.7)
    wall = [(0.15, 0), (0.175, 0.03), (waist, tall * 0.5), (0.175, tall * 0.85), (0.13, tall)]
    shapes.lathe([(0, 0), *shapes.rounded(wall), (0, tall)], body)
    shapes.cylinder(0.15, 0.09, trim, (0, 0, tall - 0.01))
    teat = [(0.13, 0), (0.11, 0.05), (0.05, 0.1), (0.04, 0.17), (0.025, 0.2), (0.001, 0.205)]
    shapes.lathe(shapes.rounded(teat), look.white(rnd)).location = (0, 0, tall + 0.08)
    if rnd.random() < 0.5:
        for x in (-1, 1):
            spots = ((0.12, 0.85), (0.3, 0.8), (0.33, 0.5), (0.25, 0.25), (0.12, 0.3))
            shapes.wires([[(x * a, 0, tall * b) for a, b in spots]], 0.025, trim, smooth=True)


def _pacifier(rnd: Rnd, body, trim) -> None:
    pinch, hole = rnd.uniform(0.0, 0.3), rnd.uniform(0.03, 0.045)
    shield = [
        (0.22 * x, 0.16 * y * (1 - pinch * math.cos(x * 2) ** 4))
        for x, y, _ in shapes.circle(1, 0, 64)
    ]
    vents = [[(x + s * 0.14, y) for x, y, _ in shapes.circle(hole, 0, 24)] for s in (-1, 1)]
    shapes.slab(shield, 0.025, body, (0, 0, 0.1), vents, 0.008)
    shapes.cylinder(0.07, 0.06, trim, (0, 0, 0.06))
    shapes.limbs([[((0, 0, 0.12), 0.04), ((0, 0, 0.2), 0.04)]], look.white(rnd))
    shapes.blob((0.07, 0.06, 0.08), look.white(rnd), (0, 0, 0.24))
    loop = shapes.circle(rnd.uniform(0.1, 0.14), 0, 48, "x", (0, 0, -0.04))
    shapes.wires([loop], 0.02, trim, closed=True)


def _cups(rnd: Rnd, body, trim) -> None:
    count, tower, z = rnd.randint(2, 6), rnd.random() < 0.6, 0.0
    for k in range(count):
        r = 0.24 - 0.03 * k
        side = [(r * 0.85, 0), (r * 0.87, 0.01), (r, r * 1.1), (r * 1.08, r * 1.1)]
        made = shapes.vessel([*side, (r * 1.08, r * 1.2)], 0.012, body if k % 2 else trim)
        z += r * 1.2 if tower else 0.05
        made.location, made.rotation_euler = (0, 0, z), (math.pi if tower else 0, 0, 0)


def baby_set(rnd: Rnd) -> None:
    """Things for a baby, mostly white: a bottle, a pacifier, stacking cups."""
    x, body, trim = 0.0, tint(rnd, 0.85), tint(rnd, 0.6)
    for piece in rnd.sample((_baby_bottle, _pacifier, _cups), rnd.choice((1, 1, 2, 3))):
        milky = look.plain(look.pale(rnd), 0.3, transmission=rnd.choice((0.0, 0.5, 0.9)))
        surface = milky if piece is _baby_bottle and rnd.random() < 0.5 else body
        parts = forms.built(lambda piece=piece, surface=surface: piece(rnd, surface, trim))
        lying = 0.0 if piece is _cups else rnd.choice((0, 0, 0.6, 1.3))
        turn = (lying, 0, rnd.uniform(-1, 1))
        forms.pose(parts, (x, rnd.uniform(-0.2, 0.2), 0), turn, ground=True)
        x += rnd.uniform(0.6, 0.75)


def folded_shirt(rnd: Rnd) -> None:
    """Folded cloth, mostly white: a shirt with collar and buttons, or linen tied with a band."""
    level, shirt = rnd.uniform(0.6, 0.93), rnd.random() < 0.65
    base = (level, level * rnd.uniform(0.95, 1), level * rnd.uniform(0.85, 1))
    base = base if rnd.random() < 0.75 else look.colour(rnd)
    cloth = look.relief(look.plain(base, 0.95), rnd.uniform(60, 160), rnd.uniform(0.1, 0.5))
    wide, long, z = rnd.uniform(0.3, 0.42), 0.5, 0.0
    waves = [(rnd.uniform(-9, 9), rnd.uniform(-9, 9), rnd.uniform(0, 6)) for _ in range(6)]
    deep, frame = rnd.uniform(0.002, 0.014), {"thick": 0.0, "size": 1.0, "z": 0.0}

    def top(x: float, y: float, out: float = 0.0) -> shapes.Point:
        a, b = x / wide, y / long
        fall = max(0.0, 1 - max(abs(a), abs(b)) ** 12) ** 0.5
        crease = sum(deep * max(0.0, math.sin(p * x + q * y + r)) ** 3 for p, q, r in waves)
        wave = 1 + 0.012 * math.sin(7 * y + waves[0][2] + frame["z"] * 40)
        x, y = (x * wave - 0.02 * a * b**8, y - 0.02 * b * a**8)
        height = frame["z"] + (frame["thick"] + crease) * fall + out
        return (x * frame["size"], y * frame["size"], height)

    def patch(x: float, y: float, across: float, along: float) -> None:
        def laid(u: float, v: float) -> shapes.Point:
            return top(x + across * u, y + along * v, 0.005)

        shapes.sheet(laid, 12, 40, cloth, 0.006)

    def rolled(u: float, v: float) -> shapes.Point:
        return top(-wide * math.cos(math.pi * u), -long * math.cos(math.pi * v))

    for _ in range(rnd.randint(1, 3) if shirt else rnd.randint(2, 9)):
        frame.update(thick=rnd.uniform(0.03, 0.06), size=rnd.uniform(0.96, 1.0), z=z)
        shapes.sheet(rolled, 64, 80, cloth, 0.008)
        z += frame["thick"]
    if shirt:
        patch(-0.02, -0.49, 0.04, 0.72)
        if rnd.random() < 0.5:
            patch(0.08, -0.12, 0.16, 0.2)
        spots = [(top(0, y, 0.012), 0.011) for y in np.linspace(-0.42, 0.16, rnd.randint(3, 6))]
        shapes.beads(spots, look.white(rnd))
        neck, stand, tip = rnd.uniform(0.11, 0.14), rnd.uniform(0.05, 0.1), rnd.uniform(0.06, 0.14)
        for s in (-1, 1):

            def collar(u: float, v: float, s: int = s) -> shapes.Point:
                t, high = math.pi * (0.5 - u), z + stand * (1 - 0.6 * u)
                v = 1.3 * v - 0.3
                out = 0.02 + max(0.0, v) * (0.05 + 0.03 * u)
                x, y = s * (neck + out) * math.cos(t), 0.32 + (neck + out) * 0.8 * math.sin(t)
                fall = z + 0.02 + deep * 2
                high += (fall - high) * max(v, -v / 0.3) ** 1.5
                v = max(0.0, v)
                return (x + s * tip * v * u**4, y - tip * v * u**3, high)

            shapes.sheet(collar, 30, 8, cloth, 0.012)
    else:
        band, at = rnd.choice((look.fabric, look.straw, look.leather))(rnd), rnd.uniform(-0.1, 0.1)
        loop = [(-wide, at, 0), (-wide, at, z), (0, at, z + 0.02), (wide, at, z), (wide, at, 0)]
        spots = ((0, 0), (1, 1), (1.2, 0), (0, 0), (-1.2, 0), (-1, 1), (0, 0))
        bow = [(0.14 * x, at + 0.07 * y, z + 0.03 + 0.03 * abs(x)) for x, y in spots]
        if rnd.random() < 0.7:
            shapes.wires([loop], 0.012, band)
            shapes.wires([bow], 0.012, band, smooth=True)
    turn = (rnd.choice((0, rnd.uniform(0.2, 1.4))), 0, rnd.uniform(-0.5, 0.5))
    forms.pose(forms.everything(), turn=turn, ground=True)


def _kettlebell(rnd: Rnd, paint, steel) -> None:
    r, wide, tall = rnd.uniform(0.25, 0.32), rnd.uniform(0.14, 0.24), rnd.uniform(0.2, 0.32)
    gauge, ball = rnd.uniform(0.03, 0.05), shapes.blob((r, r, r * 0.95), paint, (0, 0, r * 0.85))
    forms.warp(ball, lambda x, y, z: (x, y, max(z, -r * 0.85)))
    foot, top = r * 1.55, r * 1.6 + tall
    knots = ((1, foot - 0.1), (1.05, (foot + top) / 2), (0.7, top))
    arch = [(-wide * x, 0, z) for x, z in knots]
    path = [*arch, *((-x, y, z) for x, y, z in arch[::-1])]
    shapes.wires([path], gauge, rnd.choice((paint, steel)), smooth=True)
    for y in (-1, 1):
        shapes.cylinder(r * 0.45, 0.02, look.plastic(rnd), (0, y * r * 0.97 + 0.01, r), UPRIGHT)


def _dumbbell(rnd: Rnd, paint, steel) -> None:
    sides, long = rnd.choice((6, 6, 8, 12, 64)), rnd.uniform(0.22, 0.36)
    bore = rnd.uniform(0.03, 0.045)
    grip = [((x * long, 0, 0), bore * (1.3 - abs(x) * 0.4)) for x in np.linspace(-1, 1, 7)]
    shapes.limbs([grip], rnd.choice((paint, steel)), sides=6)
    plates, size, wide = rnd.choice((1, 1, 2, 3)), rnd.uniform(0.13, 0.22), rnd.uniform(0.12, 0.2)
    for s in (-1, 1):
        x = long * 0.55
        for k in range(plates):
            thick, a = wide / plates**0.7, size * (1 - 0.2 * k)
            rim = ((0, 0), (0.8, 0), (1, 0.2), (1, 0.8), (0.8, 1), (0, 1))
            made = forms.faceted([(a * r, thick * z) for r, z in rim], sides, paint)
            made.location, made.rotation_euler = (s * x, 0, 0), (0, s * math.pi / 2, 0)
            x += thick + 0.006
        if plates > 1:
            shapes.limbs([[((0, 0, 0), bore * 0.8), ((s * (x + 0.12), 0, 0), bore * 0.8)]], steel)
            shapes.cylinder(bore * 2, 0.04, steel, (s * x, 0, 0), (0, s * math.pi / 2, 0))


def weights(rnd: Rnd) -> None:
    """Dumbbells or kettlebells, one or two or three, of iron, chrome or coloured rubber."""
    piece, steel = rnd.choice((_kettlebell, _dumbbell)), look.metal(rnd)
    paint, seed = rnd.choice((tint, look.rubber, look.metal))(rnd), rnd.getrandbits(32)
    for k in range(rnd.choice((1, 1, 2, 3))):
        same = random.Random(seed)
        parts = forms.built(lambda same=same: piece(same, paint, steel))
        across = piece is _dumbbell
        at = (0.1 * k, 0.5 * k, 0) if across else (0.7 * k, 0, 0)
        turn = (0, rnd.choice((0, 0, 1.5708)) * across, rnd.uniform(-0.4, 0.4))
        forms.pose(parts, at, turn, rnd.uniform(0.8, 1.0), ground=True)
