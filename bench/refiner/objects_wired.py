"""Things of thin rods, wires and nets with something solid in them."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes
from scipy import ndimage

Rnd = random.Random
TURN = 2 * math.pi


def floor_fan(rnd: Rnd) -> None:
    """A fan on a post: blades behind a guard of thin wires, seen through both its halves."""
    shell, wire = (
        rnd.choice((look.plastic, look.metal))(rnd),
        rnd.choice((look.metal, look.plastic))(rnd),
    )
    radius, deep, gauge = 0.4, rnd.uniform(0.06, 0.12), rnd.uniform(0.0018, 0.004)
    spokes, swirl = rnd.choice((24, 36, 60, 80)), rnd.choice((0.0, 0.0, 0.5))

    def guard(t: float, a: float, side: int) -> shapes.Point:
        r, turn = radius * t, a + swirl * t
        return (r * math.cos(turn), side * deep * (1 - t**4), r * math.sin(turn))

    def head() -> None:
        for side in (-1, 1):
            rays = [
                [guard(t, TURN * k / spokes, side) for t in (0.18, 0.4, 0.6, 0.8, 0.93, 1.0)]
                for k in range(spokes)
            ]
            shapes.wires(rays, gauge, wire)
            hoops = [
                [guard(t, a, side) for a in np.linspace(0, TURN, 64)[:-1]]
                for t in np.linspace(0.3, 0.9, rnd.choice((2, 3, 8)))
            ]
            shapes.wires(hoops, gauge * 1.3, wire, closed=True)
            disc = shapes.cylinder(radius * 0.2, 0.02, shell)
            disc.location, disc.rotation_euler = (0, side * deep, 0), (math.pi / 2, 0, 0)
        rim = [guard(1.0, a, 1) for a in np.linspace(0, TURN, 72)[:-1]]
        shapes.wires([rim], rnd.uniform(0.008, 0.016), wire, closed=True)
        leaf = rnd.choice((look.plastic, look.plastic, look.film, look.metal))(rnd)
        blades = rnd.choice((3, 4, 5))
        for blade in range(blades):
            start = TURN * blade / blades

            def vane(u: float, v: float, start: float = start) -> shapes.Point:
                r = radius * (0.12 + 0.74 * v)
                a = start + (u - 0.5) * (0.5 + 0.6 * math.sin(math.pi * min(1.0, v * 0.8 + 0.1)))
                return (r * math.cos(a), 0.07 * (u - 0.5), r * math.sin(a))

            shapes.sheet(vane, 12, 12, leaf, 0.006)
        shapes.blob((0.09, 0.14, 0.09), shell, (0, deep + 0.1, 0), 0.8)
        shapes.cylinder(0.06, 0.1, shell, (0, 0.05, 0), (math.pi / 2, 0, 0))

    high = rnd.choice((0.52, 0.6, rnd.uniform(0.8, 1.3)))
    forms.pose(forms.built(head), (0, 0, high), (rnd.uniform(-0.3, 0.1), 0, rnd.uniform(-0.4, 0.4)))
    post = [
        ((0, 0.16, 0.02), 0.025),
        ((0, 0.16, high * 0.5), 0.018),
        ((0, 0.14, high - 0.03), 0.018),
    ]
    shapes.limbs([post], wire if rnd.random() < 0.5 else shell)
    base = shapes.rounded([(0.24, 0), (0.24, 0.02), (0.15, 0.05), (0.03, 0.07)], 4)
    shapes.lathe([(0, 0), *base, (0, 0.07)], shell).location = (0, 0.16, 0)


def lantern(rnd: Rnd) -> None:
    """A lantern like a little house of glass, seen through where panes are left out."""
    metal, sides = (
        rnd.choice((look.metal, look.rubber, look.wood))(rnd),
        rnd.choice((4, 4, 5, 6, 8)),
    )
    radius, tall, gauge = rnd.uniform(0.25, 0.35), rnd.uniform(0.45, 0.8), rnd.uniform(0.006, 0.02)
    missing = rnd.choice((0.0, 0.3, 0.7, 1.0))
    glass = look.glass(rnd)
    corners = [
        (radius * math.cos(TURN * (k + 0.5) / sides), radius * math.sin(TURN * (k + 0.5) / sides))
        for k in range(sides)
    ]
    shapes.wires([[(x, y, 0.03), (x, y, tall)] for x, y in corners], gauge, metal)
    bars, curved = rnd.choice(((), (), (0.5,), (0.25, 0.5, 0.75))), rnd.random() < 0.4
    rails = []
    for k, (x, y) in enumerate(corners):
        after = corners[(k + 1) % sides]

        def across(t: float, z: float, start=(x, y), after=after) -> shapes.Point:
            return (*(a + (b - a) * t for a, b in zip(start, after, strict=True)), z)

        rails += [[across(t, 0.03), across(t, tall)] for t in bars]
        if curved:
            rails.append(
                [
                    across(t, tall * (0.7 + 0.28 * math.sin(math.pi * t)))
                    for t in np.linspace(0, 1, 12)
                ]
            )
        if rnd.random() >= missing:
            wide = math.dist((x, y), after)
            turn = math.atan2(after[1] - y, after[0] - x)
            middle = ((x + after[0]) / 2, (y + after[1]) / 2, 0.035)
            shapes.box((wide * 0.97, 0.008, tall - 0.05), glass, middle, turn, 0)
    if rails:
        shapes.wires(rails, gauge * 0.6, metal)
    hoops = [[(x, y, z) for x, y in corners] for z in (0.035, tall)]
    shapes.wires(hoops, gauge * 1.3, metal, closed=True)
    turned = math.pi / sides
    grow = 1 / math.cos(math.pi / sides) ** 0.5
    base = [
        (radius * grow, 0),
        (radius * 1.08 * grow, 0.01),
        (radius * 1.08 * grow, 0.03),
        (radius, 0.04),
    ]
    roof_high = rnd.uniform(0.1, 0.35)
    roof = [
        (radius * 0.9, tall - 0.005),
        (radius * rnd.uniform(1.0, 1.12) * grow, tall + 0.01),
        (radius * 0.35, tall + roof_high),
    ]
    roof += [(radius * 0.3, tall + roof_high + 0.06), (0.01, tall + roof_high + 0.08)]
    roofing = glass if rnd.random() < 0.15 else metal
    for profile, surface in ((base, metal), (roof, roofing)):
        forms.faceted(profile, sides, surface).rotation_euler = (0, 0, turned)
    ring = shapes.circle(rnd.uniform(0.06, 0.13), 0, 40, "y")
    shapes.wires([ring], gauge * 0.8, metal, closed=True).location = (
        0,
        0,
        tall + roof_high + 0.08 + ring[0][0],
    )
    if rnd.random() < 0.7:
        high = tall * rnd.uniform(0.25, 0.6)
        shapes.cylinder(radius * 0.35, high, look.white(rnd), (0, 0, 0.04))
        shapes.wires([[(0, 0, high), (0.008, 0, high + 0.07)]], 0.006, look.rubber(rnd))


def _heap(rnd: Rnd, count: int, radius: float) -> np.ndarray:
    """Let balls sink together into a heap; returns their centres, (count, 3)."""
    spots = np.array(
        [[rnd.gauss(0, 0.2), rnd.gauss(0, 0.2), rnd.uniform(0.2, 1.2)] for _ in range(count)]
    )
    for _ in range(300):
        spots[:, :2] *= 0.985
        spots[:, 2] -= 0.012
        apart = spots[:, None] - spots[None]
        gap = np.linalg.norm(apart, axis=-1) + np.eye(count)
        push = np.clip(2 * radius - gap, 0, None) * (1 - np.eye(count))
        spots += 0.5 * (apart / gap[..., None] * push[..., None]).sum(1)
        spots[:, 2] = np.maximum(spots[:, 2], radius)
    return spots


def net_bag(rnd: Rnd) -> None:
    """A net of thread over a heap of round goods, gathered and knotted, its tail in the air."""
    count, radius = rnd.randint(3, 14), 0.15
    spots = _heap(rnd, count, radius)
    tone = rnd.choice((look.pale, look.colour, lambda r: (0.8, r.uniform(0.2, 0.6), 0.05)))(rnd)
    skin = look.plain(tone, rnd.uniform(0.2, 0.8), coat=rnd.choice((0.0, 0.4)))
    skin = look.relief(skin, rnd.uniform(20, 150), 0.2)
    shapes.beads([(tuple(spot), radius * rnd.uniform(0.9, 0.98)) for spot in spots], skin, 32)
    top = float(spots[:, 2].max()) + radius
    tail = rnd.uniform(0.15, 0.35)

    def reach(z: float, a: float) -> float:
        out = spots[:, 0] * math.cos(a) + spots[:, 1] * math.sin(a)
        half = np.sqrt(np.clip((radius * 1.03) ** 2 - (spots[:, 2] - z) ** 2, 0, None))
        return float(np.where(half > 0, out + half, -1).max())

    levels, turns = np.linspace(0, top, 40), np.linspace(0, TURN, 60, endpoint=False)
    girth = np.array([[reach(z, a) for a in turns] for z in levels])
    girth = ndimage.maximum_filter(girth, (9, 5), mode=("nearest", "wrap"))
    girth = ndimage.gaussian_filter(girth, (3, 2), mode=("nearest", "wrap"))

    def hull(u: float, v: float) -> shapes.Point:
        a, z = TURN * (u % 1.0), (top + tail) * v
        spot = min(z / top, 1.0) * 38.999
        below, above = (
            float(np.interp(a, turns, girth[int(spot) + step], period=TURN)) for step in (0, 1)
        )
        r = below + (above - below) * (spot % 1)
        r *= 0.6 + 0.4 * min(1.0, z / 0.1)
        neck = min(1.0, max(0.0, (z - top + 0.1) / 0.12))
        r = r * (1 - neck) + (0.018 + 0.09 * max(0.0, z - top - 0.04)) * neck
        return (r * math.cos(a), r * math.sin(a), max(0.004, z))

    thread = look.plain(rnd.choice((look.colour, look.pale, look.dark))(rnd), rnd.uniform(0.3, 0.8))
    around = rnd.choice((14, 20, 28, 40))
    forms.net(hull, around, int(around * (top + tail) / 1.3), rnd.uniform(0.002, 0.0045), thread)
    knot = [
        (0.026 * math.cos(t), 0.026 * math.sin(t), top + 0.02 + 0.002 * t)
        for t in np.linspace(0, 19, 50)
    ]
    shapes.wires([knot], 0.007, look.anything(rnd))
    if rnd.random() < 0.5:
        x, z = 0.09, top * 0.55
        shapes.box(
            (2 * x, 0.004, 0.14),
            rnd.choice((look.blank, look.printed))(rnd),
            (0, -reach(z, -math.pi / 2) - 0.01, z - 0.07),
            0,
            0,
        )
    if rnd.random() < 0.3:
        forms.pose(
            forms.everything(), turn=(0, rnd.uniform(1.0, 1.5), rnd.uniform(0, TURN)), ground=True
        )


def desk_lamp(rnd: Rnd) -> None:
    """A desk lamp: a shade on jointed arms of thin rods and springs, its cable on the table."""
    metal, shade_of = look.metal(rnd), rnd.choice((look.plastic, look.metal, look.ceramic))(rnd)
    gauge, pair = rnd.uniform(0.005, 0.012), rnd.uniform(0.0, 0.03)
    first, second = rnd.uniform(0.4, 0.6), rnd.uniform(0.35, 0.6)
    lean, reach = rnd.uniform(-0.5, 0.2), rnd.uniform(0.4, 1.2)
    foot = (0, 0, 0.05)
    elbow = (first * math.sin(lean), 0, 0.05 + first * math.cos(lean))
    wrist = (elbow[0] + second * math.sin(reach), 0, elbow[2] + second * math.cos(reach))
    rods, springs = [], []
    for start, end in ((foot, elbow), (elbow, wrist)):
        sides = (-1, 1) if pair > 0.01 else (0,)
        rods += [[(x, side * pair, z) for x, _, z in (start, end)] for side in sides]
        if rnd.random() < 0.6:
            coil = []
            for t in np.linspace(0.08, 0.5, 120):
                a = 150 * t
                x, z = (s + (e - s) * t for s, e in ((start[0], end[0]), (start[2], end[2])))
                coil.append((x + 0.014 * math.cos(a), 0.014 * math.sin(a), z + 0.02))
            springs.append(coil)
    shapes.wires(rods, gauge, metal)
    if springs:
        shapes.wires(springs, 0.0025, look.metal(rnd))
    joints = [(spot, max(0.025, pair + 0.008)) for spot in (foot, elbow, wrist)]
    shapes.beads(joints, rnd.choice((metal, shade_of)), 20)
    base = shapes.rounded([(0.16, 0), (0.17, 0.015), (0.14, 0.035), (0.03, 0.05)], 4)
    shapes.lathe([(0, 0), *base, (0, 0.05)], rnd.choice((shade_of, metal)))

    def head() -> None:
        wide, long = rnd.uniform(0.1, 0.18), rnd.uniform(0.16, 0.26)
        curve = shapes.rounded(
            [(wide, -long), (wide * 0.8, -long * 0.5), (0.045, -0.03), (0.04, 0.05)]
        )
        inner = [(max(0.0, r - 0.008), z) for r, z in reversed(curve)]
        shapes.lathe([*curve, (0, 0.05), (0, 0.04), *inner[1:]], shade_of)
        shapes.beads([((0, 0, -long * 0.72), 0.05)], look.white(rnd), 24)

    forms.pose(
        forms.built(head), (wrist[0] + 0.03, 0, wrist[2] - 0.03), (0, rnd.uniform(-0.9, 0.3), 0)
    )
    cord = [
        (-0.15, 0.03, 0.012),
        (-0.3, 0.15, 0.008),
        (-0.15, 0.3, 0.008),
        (rnd.uniform(0.1, 0.5), 0.25, 0.008),
    ]
    if rnd.random() < 0.6:
        shapes.wires([cord], 0.007, look.plastic(rnd), smooth=True)
