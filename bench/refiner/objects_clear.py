"""Glass, clear plastic and foil: thick rims, facets, what shines through."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def _hollow(outer: list[tuple[float, float]], wall: float, base: float):
    """Return the closed profile of a vessel with a wall and a thicker base."""
    low, floor = outer[0][1], outer[0][1] + base
    inner = [(max(0.0, r - wall), z) for r, z in reversed(outer) if z > floor]
    radius = float(np.interp(floor, [z for _, z in outer], [r for r, _ in outer]))
    return [(0, low), *outer, *inner, (max(0.0, radius - wall), floor), (0, floor)]


def _drink(rnd: Rnd, outer, wall: float, base: float, share: float) -> None:
    """Pour a drink into a vessel of that profile."""
    low, high = outer[0][1] + base + 0.004, outer[-1][1]
    top = low + (high - low) * share
    heights, radii = [z for _, z in outer], [r for r, _ in outer]
    fill = [
        (max(0.0, float(np.interp(z, heights, radii)) - wall - 0.003), float(z))
        for z in np.linspace(low, top, 12)
    ]
    tone = rnd.choice(((0.95, 0.95, 0.95), (0.9, 0.6, 0.15), (0.5, 0.02, 0.06), (0.85, 0.9, 0.6)))
    shapes.lathe([(0, low), *fill, (0, top)], look.plain(tone, 0.0, transmission=1.0, ior=1.33))


def glassware(rnd: Rnd) -> None:
    """A set of two to five glasses of one kind: stemmed, footed, thick or cut in facets."""
    kind = rnd.choice(("stem", "stem", "tumbler", "cut", "foot"))
    glass = look.glass(rnd, tinted=rnd.random() < 0.3)
    wide, tall = rnd.uniform(0.13, 0.22), rnd.uniform(0.3, 0.55)
    wall, base, stem = rnd.uniform(0.008, 0.022), rnd.uniform(0.03, 0.1), rnd.uniform(0.2, 0.5)
    mouth, belly = rnd.uniform(0.6, 1.25), rnd.uniform(0.25, 0.6)
    sides, twist = rnd.randint(7, 16), rnd.choice((0.0, 0.0, 0.12))
    filled, share = rnd.random() < 0.4, rnd.uniform(0.25, 0.8)

    def build() -> None:
        if kind == "stem":
            bowl = shapes.rounded(
                [
                    (0.012, stem),
                    (wide * 0.8, stem + tall * belly * 0.5),
                    (wide, stem + tall * belly),
                    (wide * mouth * 0.9, stem + tall),
                ]
            )
            foot = [(0, 0), (wide * 0.85, 0), (wide * 0.83, 0.012), (0.03, 0.035), (0.012, 0.08)]
            inner = [(max(0.0, r - wall * 0.7), z + 0.008) for r, z in reversed(bowl)]
            shapes.lathe([*foot, *bowl, *inner], glass)
            if filled:
                upper = [(r, z) for r, z in bowl if z > stem + 0.02]
                _drink(rnd, upper, wall, 0.0, share)
            return
        outer = [(wide * (0.95 - 0.25 * (kind == "foot")), 0), (wide, 0.02)]
        outer.append((wide * (1 + (mouth - 1) * 0.4), tall * 1.2))
        if kind == "foot":
            outer = shapes.rounded(
                [
                    (wide * 0.7, 0),
                    (wide * 0.3, 0.08),
                    (wide, tall * 0.6),
                    (wide * mouth, tall * 1.4),
                ]
            )
        elif kind == "tumbler":
            outer = shapes.rounded(outer)
        if kind == "cut":
            steps = np.linspace(0, tall * 1.2, 5)
            outer = [
                (float(np.interp(z, [p[1] for p in outer], [p[0] for p in outer])), float(z))
                for z in steps
            ]
            forms.faceted(_hollow(outer, wall, base), sides, glass, twist=twist)
        else:
            shapes.lathe(_hollow(outer, wall, base), glass)
        if filled and kind != "cut":
            _drink(rnd, outer, wall, base, share)

    for index in range(rnd.randint(2, 5)):
        parts = forms.built(build)
        turn = (0.0, 0.0, rnd.uniform(0, 1))
        if index and not filled and rnd.random() < 0.15:
            turn = (math.pi / 2, 0.0, rnd.uniform(-1, 1))
        at = ((index - 1) * 0.52, rnd.uniform(-0.35, 0.35) + 0.4 * (index % 2), 0)
        forms.pose(parts, at, turn, ground=True)


def carafe(rnd: Rnd) -> None:
    """A decanter with its stopper in or beside it: round or cut, some with a handle or a drink."""
    glass = look.glass(rnd, tinted=rnd.random() < 0.25)
    wide, neck = rnd.uniform(0.25, 0.42), rnd.uniform(0.06, 0.1)
    shoulder, tall = rnd.uniform(0.2, 0.6), rnd.uniform(0.75, 1.0)
    wall, base = rnd.uniform(0.015, 0.04), rnd.uniform(0.03, 0.09)
    outer = shapes.rounded(
        [
            (wide * rnd.uniform(0.6, 0.95), 0.0),
            (wide, shoulder * 0.4),
            (wide * 0.85, shoulder * 0.8),
            (neck * 1.2, shoulder + (tall - shoulder) * 0.4),
            (neck, tall - 0.08),
            (neck * rnd.uniform(1.1, 1.9), tall),
        ],
        4,
    )
    cut = rnd.random() < 0.45
    if cut:
        forms.faceted(_hollow(outer[::2] + outer[-1:], wall, base), rnd.randint(6, 12), glass)
    else:
        shapes.lathe(_hollow(outer, wall, base), glass)
        if rnd.random() < 0.5:
            _drink(rnd, outer, wall, base, rnd.uniform(0.15, 0.5))
    if rnd.random() < 0.35:
        reach = wide + rnd.uniform(0.05, 0.2)
        grip = [
            (neck, 0, tall * 0.92),
            (reach, 0, tall * 0.9),
            (reach, 0, shoulder * 1.1),
            (wide * 0.84, 0, shoulder * 0.8),
        ]
        shapes.wires([grip], rnd.uniform(0.018, 0.032), glass, smooth=True)
    ball = rnd.uniform(0.06, 0.14)

    def stopper() -> None:
        plug = [(0, 0), (neck * 0.6, 0), (neck * 0.8, 0.12), (neck * 0.5, 0.15)]
        head = [(ball, 0.15 + ball), (ball * 0.7, 0.15 + 1.9 * ball), (0.004, 0.15 + 2 * ball)]
        if cut or ball < 0.09:
            forms.faceted([*plug[1:], *head], 8, glass)
        else:
            shapes.lathe([*plug, *shapes.rounded(head), (0, 0.15 + 2 * ball)], glass)

    parts = forms.built(stopper)
    if rnd.random() < 0.6:
        forms.pose(parts, (0, 0, tall - 0.11))
    else:
        at = (wide + rnd.uniform(0.15, 0.3), -rnd.uniform(0, 0.3), 0)
        forms.pose(parts, at, (math.pi / 2 + 0.2, 0, rnd.uniform(-2, 2)), ground=True)


def sunglasses(rnd: Rnd) -> None:
    """Sunglasses of acetate or wire with clear, smoked or mirrored lenses, open or folded."""
    wide, tall = rnd.uniform(0.2, 0.25), rnd.uniform(0.15, 0.22)
    rim, square = rnd.uniform(0.012, 0.05), rnd.uniform(0.55, 1.0)
    brow, drop = rnd.uniform(-0.1, 0.3), rnd.uniform(-0.3, 0.3)
    thick, gap = rnd.uniform(0.015, 0.05), rnd.uniform(0.03, 0.06)
    stuff = rnd.choice((look.plastic, look.plastic, look.metal, look.glass))(rnd)
    tint = rnd.choice(("film", "glass", "dark", "mirror"))
    lens = {"film": look.film, "glass": look.glass, "dark": look.plastic, "mirror": look.chrome}[
        tint
    ](rnd)
    if tint == "dark":
        lens = look.plain(look.dark(rnd), 0.04, coat=1.0)
    bow = rnd.uniform(0.05, 0.25)
    centre, level = wide + rim + gap, tall + rim + 0.06

    def contour(side: int, grow: float) -> list[tuple[float, float]]:
        outline = []
        for x, y, _ in forms.ring((0, 0, 0), (1, 0, 0), (0, 1, 0), 56, square):
            pull = 1 + (brow if y > 0 else -brow * 0.5) * max(0.0, x) * abs(y)
            z = y * (1 - 0.6 * drop * x * (y < 0))
            outline.append((side * (x * pull * (wide + grow)), z * (tall + grow)))
        return outline

    def place(made, side: int) -> None:
        made.location = (side * centre, abs(bow) * 0.3, level)
        made.rotation_euler = (math.pi / 2, 0, side * bow)

    for side in (-1, 1):
        place(shapes.plate(contour(side, rim), thick, stuff, [contour(side, -0.002)]), side)
        if tint != "film" or rnd.random() < 0.85:
            place(shapes.plate(contour(side, rim * 0.3), 0.008, lens), side)
        hinge = (
            side * (centre + (wide + rim * 0.6) * math.cos(bow)),
            0.05 + bow * 0.25,
            level + tall * 0.45,
        )
        arm = rnd.uniform(0.012, 0.035)
        path = [hinge, (hinge[0] + side * 0.01, 0.6, hinge[2]), (hinge[0], 0.85, hinge[2] - 0.14)]
        if rnd.random() < 0.5 and bow > 0.15:
            inward = hinge[0] - side * 0.85
            path = [
                hinge,
                (hinge[0], 0.1 + 0.04 * side, hinge[2]),
                (inward, 0.16 + 0.04 * side, hinge[2] - 0.03),
            ]
        knots = [(path[0], arm * 0.6), (path[1], arm * 0.5), (path[2], arm * 0.7)]
        shapes.limbs([knots], stuff, smooth=True)
    for height in (0.35, 0.75)[: rnd.choice((1, 1, 2))]:
        bridge = [
            (-gap - rim * 0.6, -0.02, level + tall * height),
            (0, -0.04, level + tall * (height + 0.1)),
            (gap + rim * 0.6, -0.02, level + tall * height),
        ]
        shapes.wires([bridge], max(0.012, rim * 0.45), stuff, smooth=True)
    lean = rnd.choice((0.0, 0.1, 2.9, -math.pi / 2 + 0.25))
    forms.pose(forms.everything(), turn=(lean, 0, 0), ground=True)


def plastic_bag(rnd: Rnd) -> None:
    """A crumpled pouch of foil with goods in it, under a card with a hole and blank fields."""
    wide, tall, deep = rnd.uniform(0.25, 0.45), rnd.uniform(0.5, 0.9), rnd.uniform(0.06, 0.14)
    folds = [(rnd.uniform(-12, 12), rnd.uniform(-12, 12), rnd.uniform(0, 6)) for _ in range(6)]

    def crumple(x: float, z: float) -> float:
        return sum(abs(math.sin(a * x + b * z + c)) for a, b, c in folds) / 6 - 0.6

    def skin(u: float, v: float) -> shapes.Point:
        a = TURN * u
        full = math.sin(math.pi * (0.04 + 0.92 * v)) ** 0.6 * deep
        x = wide * math.copysign(abs(math.cos(a)) ** 0.7, math.cos(a)) * (1 - 0.25 * full)
        z = tall * v
        away = full * math.copysign(abs(math.sin(a)) ** 0.8, math.sin(a))
        return (x, away + 0.06 * crumple(x, z) * math.sin(math.pi * v), z)

    shapes.sheet(skin, 80, 50, look.film(rnd), 0.002, closed=True)
    goods = rnd.choice((look.anything, look.plastic, look.metal))(rnd)
    share = rnd.uniform(0.3, 0.75)
    if rnd.random() < 0.6:
        size = rnd.uniform(0.025, 0.05)
        spots = []
        for _ in range(int(0.02 / size**2 * 14 * share)):
            x, z = rnd.uniform(-0.8, 0.8) * wide, tall * (0.1 + share * rnd.random())
            reach = max(0.0, deep * 0.75 * math.sin(math.pi * z / tall) - size)
            spots.append(((x, rnd.uniform(-reach, reach), z), size))
        shapes.beads(spots, goods, 14)
    else:
        shapes.blob(
            (wide * 0.6, deep * 0.55, tall * 0.28), goods, (0, 0, tall * 0.45), rnd.uniform(0.4, 1)
        )
    if rnd.random() < 0.75:
        high = rnd.uniform(0.1, 0.22)
        edge = [(-wide, -0.05), (wide, -0.05), (wide, high), (-wide, high)]
        hole = [(x * 2, y + high * 0.6) for x, y, _ in shapes.circle(0.035, 0, 28)]
        card = rnd.choice((look.printed, look.blank))(rnd)
        shapes.plate(edge, 0.02, card, [hole]).location = (0, 0, tall - 0.02)
        for _ in range(rnd.randint(0, 2)):
            patch = (wide * rnd.uniform(0.3, 0.7), 0.004, high * 0.35)
            shapes.box(
                patch, look.blank(rnd), (rnd.uniform(-0.6, 0.6) * wide, -0.012, tall - 0.02), 0, 0
            )
    if rnd.random() < 0.5:
        forms.pose(forms.everything(), turn=(-math.pi / 2, 0, rnd.uniform(-0.8, 0.8)), ground=True)
