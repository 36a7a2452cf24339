"""Appliances and glossy things for the household, whose rims mirror the paper."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def shine(rnd: Rnd):
    """Return chrome, satin steel, pale or coloured gloss, or another metal."""
    kind = rnd.random()
    if kind < 0.4:
        return look.chrome(rnd)
    if kind < 0.6:
        return look.plain((rnd.uniform(0.6, 0.9),) * 3, rnd.uniform(0.12, 0.35), metallic=1.0)
    if kind < 0.85:
        return look.plain(look.pale(rnd), rnd.uniform(0.03, 0.15), coat=rnd.choice((0.0, 0.8)))
    return look.metal(rnd) if kind < 0.92 else look.plain(look.colour(rnd), 0.08, coat=1.0)


def grips(rnd: Rnd):
    """Return what is made to be held: dark, plastic, rubber or wood."""
    if rnd.random() < 0.35:
        return look.plain(look.dark(rnd), rnd.uniform(0.05, 0.3), coat=0.5)
    return rnd.choice((look.rubber, look.plastic, look.wood))(rnd)


def pad(across: float, along: float, power: float, x: float = 0.0, y: float = 0.0):
    """Return a rounded rectangle's outline in two dimensions."""
    return [p[:2] for p in forms.ring((x, y, 0), (across, 0, 0), (0, along, 0), 56, power)]


def bent_bar(path: Sequence[tuple[float, float]], wide: float, thick: float, material, power=0.6):
    """Bend a bar of rounded section along a path of (x, z)."""
    line = np.array(shapes.rounded(path, 6))
    ways = np.gradient(line, axis=0)
    ways *= thick / np.linalg.norm(ways, axis=1, keepdims=True)
    return forms.loft(
        [
            forms.ring((x, 0, z), (0, wide, 0), (-c, 0, a), 24, power)
            for (x, z), (a, c) in zip(line, ways, strict=True)
        ],
        material,
    )


def toaster(rnd: Rnd) -> None:
    """A toaster: a shell with framed slots between end caps, a lever and dials."""
    shell, trim, rim = shine(rnd), grips(rnd), look.chrome(rnd)
    ends = rnd.choice((shell, trim, shine(rnd)))
    wide, deep, tall = rnd.uniform(0.26, 0.45), rnd.uniform(0.16, 0.26), rnd.uniform(0.36, 0.52)
    power, cap, lip = rnd.uniform(0.2, 0.55), rnd.uniform(0.03, 0.13), rnd.choice((0.97, 1.0, 1.03))

    def hoop(x: float, share: float) -> list[shapes.Point]:
        middle, half = (x, 0, 0.03 + tall / 2), tall / 2 * share
        return forms.ring(middle, (0, deep * share, 0), (0, 0, half), 64, power)

    forms.loft([hoop(-wide, 1), hoop(0, 1), hoop(wide, 1)], shell)
    for side in (-1, 1):
        steps = ((-0.1, lip), (0.5, lip), (0.8, 0.97 * lip), (0.95, 0.93), (1, 0.85))
        forms.loft([hoop(side * (wide + cap * s), share) for s, share in steps], ends)
    thin, long, pairs = rnd.uniform(0.05, 0.07), wide * 0.84, rnd.choice((1, 1, 2))
    rows = rnd.choice(((0.0,), (-0.42, 0.42), (-0.42, 0.42)))
    slots = [
        ((k - (pairs - 1) / 2) * 2 * long / pairs, row * deep) for k in range(pairs) for row in rows
    ]
    half, soot = long / pairs - 0.02 * (pairs - 1), look.plain(look.dark(rnd), 0.4)
    for x, y in slots:
        hole = pad(half - 0.004, thin / 2, 0.2, x, y)
        frame = pad(half + 0.014, thin / 2 + 0.014, 0.25, x, y)
        shapes.slab(frame, 0.05, rim, (0, 0, tall - 0.012), [hole], 0.003)
        shapes.slab(hole, 0.03, soot, (0, 0, tall + 0.004))
    shapes.slab(pad(wide + cap * 0.7, deep * 0.93, 0.3), 0.05, trim, (0, 0, 0.014))
    for x, y in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        shapes.cylinder(0.03, 0.03, trim, (x * wide * 0.85, y * deep * 0.7, 0))
    face, high = wide + cap, tall * rnd.uniform(0.35, 0.75)
    shapes.box((0.012, 0.024, tall * 0.6), soot, (face, 0, tall * 0.2), bevel=0)
    shapes.blob((0.045, rnd.uniform(0.04, 0.09), 0.018), trim, (face + 0.035, 0, high), 0.6)
    for y in rnd.choice(((), (0.5,), (-0.5, 0.5))):
        at = (face - 0.005, y * deep, tall * rnd.uniform(0.25, 0.4))
        shapes.cylinder(0.04, 0.035, rnd.choice((rim, trim)), at, (0, math.pi / 2, 0))
    forms.pose(forms.everything(), turn=(0, 0, rnd.choice((0, 0, -0.6, -1.2, 3.1))))


def moka_pot(rnd: Rnd) -> None:
    """An espresso pot: a faceted boiler, a waist, a faceted top with a beak, a lid, a handle."""
    body, grip, brass = shine(rnd), grips(rnd), look.metal(rnd)
    sides, foot, waist = rnd.choice((6, 8, 8, 10, 12, 48)), 0.27, rnd.uniform(0.18, 0.24)
    low, tall, lip = rnd.uniform(0.28, 0.42), rnd.uniform(0.3, 0.45), rnd.uniform(0.22, 0.29)
    beak, top = rnd.uniform(0.05, 0.12), low + 0.06 + tall
    upper = body if rnd.random() < 0.7 else shine(rnd)

    def hoop(r: float, z: float, out: float = 0.0) -> list[shapes.Point]:
        """Return a ring of ``sides`` corners, one of them drawn out to the beak."""
        ring = forms.ring((0, 0, z), (-r, 0, 0), (0, r, 0), sides)
        return [
            (x - out * max(0.0, 1 - abs(y) / (0.6 * r)) * (x < 0), y * (1 - out * (x < 0)), z)
            for x, y, z in ring
        ]

    boiler = ((foot * 0.95, 0), (foot, 0.015), (foot, 0.04), (waist, low - 0.02), (waist, low))
    forms.loft([hoop(r, z) for r, z in boiler], body, smooth=sides > 12)
    shapes.cylinder(waist * 1.06, 0.05, rnd.choice((body, brass)), (0, 0, low - 0.005))
    shapes.wires([shapes.circle(waist * 1.07, low + 0.02)], 0.012, body, closed=True)
    neck = [(waist * 0.97, 0.03, 0.0), (waist * 0.9, 0.1, 0.0)]
    neck += [(lip * 0.94, 0.06 + tall * 0.6, beak * 0.3), (lip, 0.06 + tall, beak)]
    forms.loft([hoop(r, low + z, out) for r, z, out in neck], upper, smooth=sides > 12)
    shapes.wires([hoop(lip, top, beak)], rnd.uniform(0.004, 0.009), upper, closed=True)
    shapes.cylinder(0.02, 0.03, brass, (0, -(foot + waist) * 0.47, low * 0.5), (math.pi / 2, 0, 0))

    def lid() -> None:
        steps = ((1.02, 0.0), (1.03, 0.012), (0.55, rnd.uniform(0.04, 0.09)), (0.1, 0.1))
        forms.loft([hoop(lip * s, z, beak * s) for s, z in steps], upper, smooth=sides > 12)
        knob = [(0, 0.09), (0.02, 0.09), (0.022, 0.12), (rnd.uniform(0.03, 0.05), 0.16), (0, 0.18)]
        shapes.lathe(knob, grip, rnd.choice((6, 8, 40)))

    made, open_ = forms.built(lid), rnd.choice((0, 0, 0, rnd.uniform(0.6, 1.8)))
    forms.pose(made, (-lip, 0, 0))
    forms.pose(made, (lip, 0, top), (0, open_, 0))
    shapes.wires([[(lip, -0.05, top + 0.012), (lip, 0.05, top + 0.012)]], 0.014, upper)
    out, bend = lip + rnd.uniform(0.14, 0.24), rnd.uniform(0.0, 0.05)
    path = [(lip * 0.9, top - 0.04), (out - 0.04, top - 0.03 + bend)]
    path += [(out, top - 0.08), (out + 0.03, low + rnd.uniform(-0.1, 0.1))]
    if rnd.random() < 0.4:
        path += [(out - 0.04, low), (waist * 0.95, low + 0.07)]
    bent_bar(path, rnd.uniform(0.02, 0.035), rnd.uniform(0.014, 0.022), grip)
    forms.pose(forms.everything(), turn=(0, 0, rnd.choice((0.0, 0.4, math.pi))))


def clothes_iron(rnd: Rnd) -> None:
    """An iron on its sole or on its heel: polished pierced sole, body, handle and dial."""
    sole, shell, grip = look.chrome(rnd), shine(rnd), grips(rnd)
    long, wide, blunt = rnd.uniform(0.8, 1.0), rnd.uniform(0.2, 0.26), rnd.uniform(1.6, 3.0)
    t = 1 - np.linspace(1, 0, 26) ** 2

    def plan(size: float, lean: float = 0.0) -> list[tuple[float, float]]:
        y = wide * size * (1 - t**blunt) ** 0.75 * np.minimum(1, 0.75 + 4 * t)
        x = long * size * (t - 0.45) - lean
        half = list(zip(x.tolist(), y.tolist(), strict=True))
        return half + [(a, -b) for a, b in reversed(half[:-1])]

    vents = [(x, y) for x in (-0.2, 0.0, 0.2) for y in (-0.1, -0.05, 0.05, 0.1)]
    holes = [pad(0.014, 0.01, 1, x * long, y * (1 - x)) for x, y in vents if rnd.random() < 0.8]
    shapes.slab(plan(1.0), 0.035, sole, holes=holes, edge=0.006)
    split, high = rnd.uniform(0.08, 0.14), rnd.uniform(0.2, 0.28)
    tank = rnd.choice((shell, shell, grip, look.glass(rnd)))
    steps = ((0.96, 0.03), (0.98, 0.045), (0.9, split), (0.87, split + 0.005))
    forms.loft([[(*p, z) for p in plan(s)] for s, z in steps], shell)
    steps = ((0.86, split), (0.8, (split + high) / 2), (0.66, high), (0.5, high + 0.025))
    forms.loft([[(*p, z) for p in plan(s, (1 - s) * 0.2 * long)] for s, z in steps], tank)
    seam = [(*p, split + 0.003) for p in plan(0.89)]
    shapes.wires([seam], rnd.uniform(0.003, 0.007), look.chrome(rnd), closed=True)
    top, fat, back = high + rnd.uniform(0.15, 0.24), rnd.uniform(0.03, 0.045), -long * 0.42
    if rnd.random() < 0.65:
        path = [(long * 0.2, high * 0.8), (long * 0.1, top - 0.02), (-long * 0.1, top)]
        path += [(back * 0.9, top - 0.04), (back, high + 0.05), (back * 0.9, high * 0.6)]
        bent_bar(path, fat * 1.1, fat, grip)
        shapes.beads([((long * 0.06, 0, top + fat * 0.8), 0.022)], shell)
    else:
        posts = [[(x, 0, high - 0.05), (x, 0, top)] for x in (long * 0.12, back * 0.7)]
        shapes.wires(posts, 0.014, look.chrome(rnd))
        ends = (long * 0.2, long * 0.1, back * 0.4, back * 0.8, back)
        bar = [((x, 0, top), fat * s) for x, s in zip(ends, (0.6, 1, 1.2, 1, 0.6), strict=True)]
        shapes.limbs([bar], grip, smooth=True, sides=8)
    shapes.cylinder(0.07, 0.03, rnd.choice((sole, grip)), (-long * 0.12, 0, high + 0.01))
    stub = [(back * 0.7, 0, high - 0.02), (back * 0.98, 0, high + 0.07)]
    shapes.wires([stub], 0.018, look.rubber(rnd))
    if rnd.random() < 0.4:
        forms.pose(forms.everything(), turn=(0, -rnd.uniform(1.55, 1.62), 0), ground=True)
    forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-1.2, 1.2) + rnd.choice((0, math.pi))))


def _strainer(steel, rnd: Rnd) -> None:
    """Make a bar strainer: a pierced disc with a spring around its edge, ears and a handle."""
    r, coils, bore = 0.2, rnd.randint(36, 60), rnd.uniform(0.008, 0.014)
    spots = [(0.055 * k, TURN * n / (6 * k)) for k in (1, 2) for n in range(6 * k)]
    holes = [pad(bore, bore, 1, s * math.cos(a), s * math.sin(a)) for s, a in spots]
    shapes.slab(pad(r, r, 1), 0.014, steel, (0, 0, 0.03), holes)
    turns = np.linspace(0.5, TURN - 0.5, coils * 8)
    spin, far = coils * turns, r + 0.018 * np.cos(coils * turns)
    line = np.stack([far * np.cos(turns), far * np.sin(turns), 0.024 + 0.018 * np.sin(spin)], 1)
    shapes.wires([line.tolist()], 0.0035, steel)
    loop = [(0.18, 0.04, 0.04), (0.45, 0.03, 0.06), (0.5, 0, 0.06)]
    loop += [(x, -y, z) for x, y, z in loop[1::-1]]
    ear = ((-0.15, 0.12), (-0.2, 0.22), (-0.1, 0.19))
    ears = [[(x, s * y, 0.04) for x, y in ear] for s in (-1, 1)]
    shapes.wires([loop, *ears], 0.011, steel, smooth=True)


def shaker(rnd: Rnd) -> None:
    """A cocktail shaker of two or three parts with thin seams; strainer and jigger beside it."""
    steel = look.chrome(rnd) if rnd.random() < 0.5 else shine(rnd)
    cap = steel if rnd.random() < 0.7 else shine(rnd)
    foot, wide, tall = rnd.uniform(0.12, 0.17), rnd.uniform(0.18, 0.23), rnd.uniform(0.45, 0.65)
    cup = [(0, 0), (foot - 0.015, 0), (foot, 0.012), (wide, tall * 0.85), (wide, tall)]
    if rnd.random() < 0.6:
        shapes.lathe([*cup, (0, tall)], steel)
        neck, high = rnd.uniform(0.07, 0.11), rnd.uniform(0.12, 0.2)
        dome = [(wide * 1.015, 0), (wide * 1.02, 0.04), (wide * 0.8, high * 0.7), (neck, high)]
        dome = [(0, 0.004), (wide, 0.004), *shapes.rounded(dome, 8), (neck, high + 0.03)]
        shapes.lathe([*dome, (0, high + 0.03)], steel).location = (0, 0, tall)
        lid = [(neck * 1.06, 0), (neck * 1.06, 0.02), (neck, 0.03), (neck * 0.85, 0.12)]
        lid = [(0, 0), *lid, (neck * rnd.uniform(0.5, 1), 0.16), (0, rnd.uniform(0.16, 0.2))]
        shapes.lathe(lid, cap).location = (0, 0, tall + high + 0.012)
    else:
        shapes.vessel(cup[1:], 0.006, steel)
        shapes.wires([shapes.circle(wide, tall, 72)], 0.006, steel, closed=True)
        edge = (wide * 0.93, tall * 0.75)
        part = [shapes.vessel([(0.13, 0), (0.135, 0.01), edge], 0.006, cap)]
        part += [shapes.wires([shapes.circle(*edge, 72)], 0.006, cap, closed=True)]
        if rnd.random() < 0.5:
            forms.pose(part, (0.03, 0, tall * 1.55), (math.pi, rnd.uniform(0, 0.12), 0))
        else:
            forms.pose(part, (wide * 2.4, 0.1, 0))
    extra, bright = rnd.random(), look.metal(rnd)
    if extra < 0.75:
        made, turn = forms.built(lambda: _strainer(bright, rnd)), rnd.uniform(-2.6, -0.6)
        lean = -rnd.uniform(0.9, 1.2) if rnd.random() < 0.3 else 0.0
        forms.pose(made, turn=(lean, 0, 0 if lean else turn), ground=True)
        forms.pose(made, (-wide * 0.5, -wide - (0.18 if lean else 0.3), 0))
    if extra > 0.5:
        cone = [(0.12, 0), (0.03, 0.17), (0.03, 0.19), (0.1, 0.34), (0.094, 0.34), (0, 0.2)]
        shapes.lathe(cone, bright).location = (-wide - 0.2, -0.1, 0)


def _clapper(dome, rnd: Rnd, shell, trim) -> None:
    """Make a hand bell from its wall: the clapper, and a turned handle or a loop."""
    shapes.lathe(dome, shell)
    wide, tall = dome[0][0], max(z for _, z in dome)
    swing = (rnd.uniform(-0.05, 0.05), 0, rnd.uniform(-0.03, 0.05))
    shapes.wires([[(0, 0, tall * 0.9), swing]], 0.01, shell)
    shapes.beads([(swing, wide * 0.16)], shell)
    if rnd.random() < 0.7:
        knots = [(0.035, 0), (0.03, 0.06), (0.055, 0.2), (0.035, 0.36), (0.05, 0.44), (0.002, 0.48)]
        shapes.cylinder(0.05, 0.03, shell, (0, 0, tall - 0.01))
        shapes.lathe([(0, 0), *shapes.rounded(knots)], trim).location = (0, 0, tall + 0.02)
    else:
        ring = shapes.circle(0.09, 0, 40, "y", (0, 0, tall + 0.08))
        shapes.wires([ring], rnd.uniform(0.012, 0.022), shell, closed=True)


def bell(rnd: Rnd) -> None:
    """A bell for a desk, a bicycle or the hand, its rim thin and bright."""
    shell = rnd.choice((look.chrome, look.metal, shine))(rnd)
    trim, kind, wide = grips(rnd), rnd.choice(("desk", "cycle", "hand")), rnd.uniform(0.32, 0.42)
    if kind == "hand":
        tall = rnd.uniform(0.45, 0.65)
        dome = [(wide, 0), (wide * 0.75, tall * 0.2), (wide * 0.55, tall * 0.6), (0.1, tall)]
        dome = shapes.rounded([(wide + 0.02, -0.01), *dome, (0.002, tall + 0.005)])
        dome += [(max(0.0, r - 0.02), z - 0.015) for r, z in reversed(dome[2:])]
        _clapper(dome, rnd, shell, trim)
        if rnd.random() < 0.3:
            forms.pose(forms.everything(), turn=(0, 1.75, 0), ground=True)
        forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-2, 2)))
        return
    high, power = rnd.uniform(0.22, 0.36), rnd.uniform(0.5, 0.9)
    rise = [math.pi / 2 * step / 23 for step in range(24)]
    arch = [(wide * math.cos(a), high * math.sin(a) ** power) for a in rise]
    lip = [(wide * 1.02, -0.015), (wide * 1.03, -0.005)] if rnd.random() < 0.6 else []
    dome = [*lip, *arch, *((max(0.0, r - 0.012), z - 0.012) for r, z in reversed(arch))]
    if kind == "desk":
        base = [(wide * 1.1, 0), (wide * 1.12, 0.02), (wide * 1.05, 0.05), (wide * 0.7, 0.06)]
        shapes.lathe([(0, 0), *base, (0, 0.06)], trim if rnd.random() < 0.6 else shine(rnd))
        lift = 0.06 + rnd.uniform(0.03, 0.08)
        shapes.cylinder(0.05, lift, shell)
        shapes.lathe(dome, shell).location = (0, 0, lift)
        knob = [(0, -0.02), (0.03, -0.02), (0.02, 0.05), (0.055, 0.06), (0.055, 0.08), (0, 0.1)]
        shapes.lathe(knob, rnd.choice((shell, trim))).location = (0, 0, lift + high)
        return
    shapes.lathe(dome, shell)
    shapes.cylinder(wide * 0.9, 0.05, trim, (0, 0, -0.05))
    shapes.cylinder(0.05, 0.012, trim, (0, 0, high - 0.006))
    lever = [(wide * 0.8, 0, -0.03), (wide * 1.2, 0.05, -0.03), (wide * 1.45, 0.25, 0.02)]
    shapes.limbs([list(zip(lever, (0.02, 0.03, 0.05), strict=True))], trim, smooth=True)
    clamp = shapes.circle(rnd.uniform(0.11, 0.15), 0, 48, "y", (0, 0, -0.22))
    for y in (-0.03, 0.0, 0.03):
        shapes.wires([[(x, y, z) for x, _, z in clamp]], 0.025, trim, closed=True)
    shapes.box((0.08, 0.09, 0.1), trim, (0, 0, -0.15))
    shapes.cylinder(0.022, 0.16, look.metal(rnd), (0, 0.08, -0.4), (math.pi / 2, 0, 0))
    forms.pose(forms.everything(), turn=(rnd.uniform(0.0, 1.2), 0, rnd.uniform(-1, 1)))
