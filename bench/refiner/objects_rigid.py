"""Hard goods: garden chairs, chess men, cameras, keyboards."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def garden_chair(rnd: Rnd) -> None:
    """A chair of slats with gaps, on legs, crossed struts or rockers, with arms or without."""
    slat_of = rnd.choice((look.wood, look.plastic, look.metal))(rnd)
    frame_of = rnd.choice((slat_of, look.metal(rnd), look.wood(rnd)))
    wide, deep, seat = rnd.uniform(0.22, 0.5), rnd.uniform(0.2, 0.26), rnd.uniform(0.38, 0.48)
    back, lean = rnd.uniform(0.35, 0.6), rnd.uniform(0.08, 0.3)
    gauge, slats = rnd.uniform(0.008, 0.022), rnd.randint(4, 9)
    share, thick = rnd.uniform(0.5, 0.88), rnd.uniform(0.012, 0.025)
    for k in range(slats):
        y = deep * (2 * (k + 0.5) / slats - 1)
        shapes.box((2 * wide, 2 * deep / slats * share, thick), slat_of, (0, y, seat), 0, 0.004)
    upright, rows = rnd.random() < 0.4, rnd.randint(3, 8)
    made = []
    for k in range(rows):
        t = (k + 0.5) / rows
        if upright:
            size = (2 * wide / rows * share, thick, back)
            made.append(shapes.box(size, slat_of, (wide * (2 * t - 1), 0, 0.05), 0, 0.004))
        else:
            size = (2 * wide, thick, back / rows * share)
            made.append(shapes.box(size, slat_of, (0, 0, 0.05 + back * (t - 0.5 / rows)), 0, 0.004))
    posts = [[(x, 0.015, -0.02), (x, 0.015, back + 0.06)] for x in (-wide, wide)]
    rail = [(-wide, 0.015, back + 0.05), (wide, 0.015, back + 0.05)]
    made.append(shapes.wires([*posts, rail], gauge, frame_of))
    forms.pose(made, (0, deep, seat), (-lean, 0, 0))
    legs, kind = [], rnd.choice(("legs", "legs", "cross", "rock"))
    arms = rnd.random() < 0.55
    for x in (-wide, wide):
        front, rear = (x, -deep, seat), (x, deep, seat)
        if kind == "cross":
            legs += [[front, (x, deep * 1.2, 0)], [rear, (x, -deep * 1.2, 0)]]
        else:
            lift = 0.06 if kind == "rock" else 0.0
            legs += [[front, (x, -deep * 1.1, lift)], [rear, (x, deep * 1.15, lift)]]
        if kind == "rock":
            runner = [(x, y, 0.02 + 0.35 * y * y) for y in np.linspace(-0.45, 0.55, 16)]
            legs.append(runner)
        legs.append([front, rear])
        if arms:
            high = seat + 0.2
            legs.append([front, (x, -deep, high)])
            bar = (0.05, 2 * deep + 0.12, 0.02)
            shapes.box(bar, slat_of, (x, 0.03, high), 0, 0.006)
    height = seat * rnd.uniform(0.3, 0.8)
    legs += [[(-wide, y, height), (wide, y, height)] for y in (-deep * 1.06, deep * 1.08)][
        : 2 * (kind == "legs")
    ]
    legs += [[(-wide, y, seat - 0.01), (wide, y, seat - 0.01)] for y in (-deep, deep)]
    shapes.wires(legs, gauge, frame_of)
    forms.pose(forms.everything(), turn=(0, 0, rnd.choice((0, 0, 1.0, 2.6, 3.6))))


def _man(kind: str, stuff) -> None:
    """Turn a chess man about one unit high."""
    tall = {"pawn": 0.5, "rook": 0.55, "bishop": 0.72, "knight": 0.5, "queen": 0.85, "king": 0.95}[
        kind
    ]
    base = [(0.2, 0.0), (0.21, 0.04), (0.17, 0.08), (0.15, 0.12), (0.1, 0.17)]
    neck = [(0.08, tall * 0.5), (0.07, tall * 0.68), (0.12, tall * 0.7), (0.12, tall * 0.73)]
    if kind == "knight":
        shapes.lathe([(0, 0), *base, (0.11, 0.2), (0, 0.2)], stuff, 48)
        path = [
            ((0.06, 0, 0.16), 0.1),
            ((0.08, 0, 0.36), 0.09),
            ((0.0, 0, 0.55), 0.075),
            ((-0.2, 0, 0.47), 0.045),
        ]
        ears = [[((0.02, s * 0.03, 0.56), 0.03), ((0.05, s * 0.04, 0.68), 0.008)] for s in (-1, 1)]
        forms.melt(
            [shapes.limbs([path], stuff, smooth=True), shapes.limbs(ears, stuff)], stuff, 0.012, 3
        )
        return
    tops = {
        "pawn": [(0.05, tall * 0.74), (0.1, tall * 0.86), (0.09, tall * 0.96), (0.002, tall)],
        "rook": [
            (0.13, tall * 0.75),
            (0.14, tall),
            (0.1, tall),
            (0.1, tall * 0.9),
            (0.0, tall * 0.9),
        ],
        "bishop": [(0.06, tall * 0.75), (0.09, tall * 0.84), (0.02, tall * 0.98), (0.002, tall)],
        "queen": [(0.06, tall * 0.75), (0.13, tall * 0.97), (0.1, tall), (0.0, tall * 0.93)],
        "king": [(0.06, tall * 0.75), (0.12, tall * 0.93), (0.08, tall * 0.96), (0.0, tall * 0.97)],
    }
    shapes.lathe([(0, 0), *base, *neck, *tops[kind]], stuff, 64)
    if kind == "king":
        shapes.wires(
            [
                [(0, 0, tall), (0, 0, tall + 0.14)],
                [(-0.05, 0, tall + 0.08), (0.05, 0, tall + 0.08)],
            ],
            0.018,
            stuff,
        )
    elif kind in ("bishop", "queen"):
        shapes.beads([((0, 0, tall), 0.03)], stuff, 16)


def chess(rnd: Rnd) -> None:
    """Chess men, white and black, standing or fallen, some on a board of pale and dark fields."""
    white = rnd.choice((look.white, look.wood, look.glass))(rnd)
    black = rnd.choice((look.plain(look.dark(rnd), 0.15), look.wood(rnd), look.chrome(rnd)))
    places = [(x, y) for x in range(4) for y in range(3)]
    lift = 0.0
    if rnd.random() < 0.3:
        lift, pale = 0.06, look.blank(rnd)
        shapes.box((2.2, 1.75, 0.05), black, (0.75, 0.5, 0), 0, 0.01)
        for x, y in places:
            field = pale if (x + y) % 2 else black
            shapes.box((0.49, 0.49, 0.01), field, (x * 0.5, y * 0.5, 0.05), 0, 0)
    for x, y in rnd.sample(places, rnd.randint(1, 8)):
        kind = rnd.choice(("pawn", "pawn", "rook", "bishop", "knight", "queen", "king"))
        stuff = white if rnd.random() < 0.6 else black
        parts = forms.built(lambda kind=kind, stuff=stuff: _man(kind, stuff))
        fallen = rnd.random() < 0.12 and not lift
        turn = (math.pi / 2 if fallen else 0.0, 0.0, rnd.uniform(0, TURN))
        forms.pose(parts, turn=turn, ground=True)
        forms.pose(parts, (x * 0.5, y * 0.5, lift))


def camera(rnd: Rnd) -> None:
    """A camera, mostly black: a lens of rings, dials, and a strap in loops on the table."""
    shell = (
        look.plain(look.dark(rnd), rnd.uniform(0.3, 0.7))
        if rnd.random() < 0.75
        else look.plastic(rnd)
    )
    skin = (
        look.relief(look.plain(look.dark(rnd), 0.8), 120, 0.5)
        if rnd.random() < 0.7
        else look.leather(rnd)
    )
    metal, wide, tall = look.metal(rnd), rnd.uniform(0.4, 0.5), rnd.uniform(0.42, 0.55)
    deep, round_off = rnd.uniform(0.14, 0.24), rnd.uniform(0.01, 0.06)
    shapes.box((2 * wide, deep, tall), shell, (0, 0, 0), 0, round_off)
    shapes.box((2 * wide - 0.05, deep + 0.012, tall * 0.6), skin, (0, 0, tall * 0.12), 0, 0.01)
    x, z = rnd.uniform(-0.08, 0.08), tall * 0.47
    radius, front = rnd.uniform(0.16, 0.21), -deep / 2
    for _ in range(rnd.randint(2, 5)):
        long = rnd.uniform(0.04, 0.14)
        barrel = shapes.cylinder(radius, long, rnd.choice((shell, shell, metal)))
        barrel.location, barrel.rotation_euler = (x, front, z), (math.pi / 2, 0, 0)
        front -= long
        radius *= rnd.uniform(0.88, 1.05)
    pupil = look.plain(look.dark(rnd), 0.0, coat=1.0)
    shapes.blob((radius * 0.8, 0.03, radius * 0.8), pupil, (x, front, z))
    if rnd.random() < 0.7:
        hump = [
            forms.ring(
                (x, 0, tall - 0.02 + z), (0.17 - z * 0.5, 0, 0), (0, deep * 0.45, 0), 32, 0.5
            )
            for z in (0, 0.06, 0.13)
        ]
        forms.loft(hump, shell)
        if rnd.random() < 0.5:
            shapes.box((0.09, 0.1, 0.02), metal, (x, 0, tall + 0.11), 0, 0)
    for side in (-1, 1):
        at = (side * wide * rnd.uniform(0.55, 0.8), 0, tall - 0.01)
        shapes.cylinder(
            rnd.uniform(0.04, 0.08), rnd.uniform(0.03, 0.08), rnd.choice((metal, shell)), at
        )
        eye = shapes.circle(0.025, 0, 20, "y", (side * (wide + 0.015), 0, tall * 0.85))
        shapes.wires([eye], 0.007, metal, closed=True)
    if rnd.random() < 0.7:
        stuff, broad = (
            rnd.choice((look.leather, look.fabric, look.rubber))(rnd),
            rnd.uniform(0.03, 0.08),
        )
        way = rnd.choice((-1, 1))
        knots = [
            (wide + 0.02, 0, tall * 0.85),
            (wide + 0.16, 0.06, tall * 0.5),
            (wide + 0.2, -0.1, 0.05),
            (wide * 0.5, -0.7 - rnd.uniform(0, 0.2), 0.04),
            (-wide * 0.9, -0.6, 0.04),
            (-wide - 0.2, -0.1, 0.06),
            (-wide - 0.14, 0.05, tall * 0.5),
            (-wide - 0.02, 0, tall * 0.85),
        ]
        if way > 0:
            knots[2:6] = [
                (wide + 0.15, 0.3, 0.05),
                (wide * 0.6, 0.8, 0.04),
                (-wide * 0.7, 0.7, 0.04),
                (-wide - 0.15, 0.3, 0.05),
            ]
        line = forms.along(shapes.rounded(knots), 120)
        twist = rnd.uniform(0.3, 1.2)

        def strap(u: float, v: float) -> shapes.Point:
            x, y, z = line[round(v * 119)]
            a = twist * math.sin(5 * v)
            half = broad * (u - 0.5)
            return (x, y + half * math.sin(a) * 0.7, max(0.006, z + half * math.cos(a)))

        shapes.sheet(strap, 2, 119, stuff, 0.01)


def keyboard(rnd: Rnd) -> None:
    """Keys in rows on a flat body, or a remote control with a blank window; some with a cable."""
    shell, cap = rnd.choice((look.plastic, look.metal, look.white))(rnd), look.plastic(rnd)
    accent, edge = look.plastic(rnd), rnd.uniform(0.004, 0.016)
    hand = rnd.random() < 0.35
    columns, rows = (
        (rnd.randint(3, 5), rnd.randint(4, 8)) if hand else (rnd.randint(10, 17), rnd.randint(4, 6))
    )
    pitch, share, rise = 0.1, rnd.uniform(0.78, 0.93), rnd.uniform(0.015, 0.06)
    wide, deep, thick = columns * pitch, rows * pitch, rnd.uniform(0.025, 0.09)
    window = rnd.uniform(0.15, 0.4) if hand else 0.0
    margin = rnd.uniform(0.01, 0.06)
    size = (wide + 2 * margin, deep + window + 2 * margin, thick)
    made = [
        shapes.box(size, shell, (0, window / 2, 0), 0, min(thick * 0.4, rnd.uniform(0.005, 0.03)))
    ]
    for row in range(rows):
        column = 0
        while column < columns:
            span = rnd.choice((1, 1, 1, 1, 1, 2)) if row else rnd.choice((1, 2, 5))
            span = min(span, columns - column)
            x = (column + span / 2) * pitch - wide / 2
            y = (row + 0.5) * pitch - deep / 2
            stuff = accent if rnd.random() < 0.08 else cap
            key = ((span - 1 + share) * pitch, share * pitch, rise)
            made.append(shapes.box(key, stuff, (x, y, thick - 0.004), 0, min(edge, rise * 0.4)))
            column += span
    if hand:
        pane = (wide * 0.9, window * 0.75, 0.008)
        made.append(
            shapes.box(pane, look.blank(rnd), (0, deep / 2 + window / 2, thick - 0.003), 0, 0)
        )
    forms.pose(made, turn=(rnd.choice((0.0, 0.06)), 0, 0), ground=True)
    if rnd.random() < 0.5:
        x, y = rnd.uniform(-0.3, 0.3) * wide, size[1] / 2 + window / 2
        cord = [
            (x, y - 0.02, thick * 0.5),
            (x, y + 0.12, 0.012),
            (x + 0.3, y + 0.3, 0.012),
            (x + 0.7, y + 0.15, 0.012),
        ]
        shapes.wires([cord], rnd.uniform(0.008, 0.014), rnd.choice((cap, shell)), smooth=True)
    if hand and rnd.random() < 0.3:
        forms.pose(forms.everything(), turn=(1.35, 0, 0), ground=True)
