"""Watches and jewellery: small links, wires, stones and openwork."""

from __future__ import annotations

import itertools
import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi
FACING = (math.pi / 2, 0, 0)  # turns what looks upward towards the camera


def _strap(rnd: Rnd, path: list[shapes.Point], case: float) -> None:
    """Fasten a bracelet of links, a mesh or a band along a path in y and z."""
    wide, band = case * rnd.uniform(0.75, 1.1), rnd.random()
    if band < 0.5:
        steel, columns, count = look.metal(rnd), rnd.choice((1, 3, 5)), rnd.randint(18, 32)
        stops = forms.along(path, count + 1)
        for start, end in itertools.pairwise(stops):
            pitch = math.dist(start, end)
            lean = math.atan2(end[2] - start[2], end[1] - start[1])
            for column in range(columns):
                link = shapes.box((wide / columns * 0.94, pitch * 0.88, 0.035), steel, bevel=0.006)
                link.location = (
                    wide * ((column + 0.5) / columns - 0.5),
                    (start[1] + end[1]) / 2,
                    (start[2] + end[2]) / 2,
                )
                link.rotation_euler = (lean, 0, 0)
        return
    stops = forms.along(path, 80)
    made_of = look.metal if band < 0.65 else rnd.choice((look.leather, look.rubber, look.fabric))

    def strip(u: float, v: float) -> shapes.Point:
        _, y, z = stops[round(v * 79)]
        return (wide * (u - 0.5) * (1 - 0.2 * math.sin(math.pi * v)), y, z)

    fine = 10 if band < 0.65 else 4
    hole = rnd.choice((0.0, 0.6)) if band < 0.65 else 0.0
    shapes.sheet(strip, fine, 79, made_of(rnd), 0.02, hole=hole)
    x, y, z = strip(0.5, 0.5 if math.dist(path[0], path[-1]) < case * 3 else 1.0)
    buckle = forms.ring((x, y, z), (wide * 0.52, 0, 0), (0, 0.07, 0), 24, 0.3)
    shapes.wires([buckle], 0.012, look.metal(rnd), closed=True)


def wristwatch(rnd: Rnd) -> None:
    """A watch with a bracelet: its loop upright or on its side, or the band stretched out flat."""
    case, steel = rnd.uniform(0.17, 0.24), look.metal(rnd)
    rim = shapes.rounded([(case * 0.9, 0), (case, 0.03), (case, 0.07), (case * 0.85, 0.1)], 4)
    shapes.lathe([(0, 0), *rim, (case * 0.85, 0.08), (0, 0.08)], steel)
    face = rnd.choice((look.blank, look.blank, look.chrome, look.printed, look.plastic))(rnd)
    shapes.cylinder(case * 0.84, 0.008, face, (0, 0, 0.08))
    ink = look.plain(rnd.choice((look.dark, look.pale))(rnd), 0.3)
    marks = rnd.choice((0, 4, 12))
    for mark in range(marks):
        a = TURN * mark / marks
        at = (case * 0.68 * math.cos(a), case * 0.68 * math.sin(a), 0.089)
        shapes.box((case * 0.16, 0.008, 0.004), ink, at, a, 0)
    for reach in (0.45, 0.7):
        a = rnd.uniform(0, TURN)
        at = (case * reach / 2 * math.cos(a), case * reach / 2 * math.sin(a), 0.093)
        shapes.box((case * reach, 0.012, 0.004), ink, at, a, 0)
    if rnd.random() < 0.8:
        dome = [(0, 0.1), (case * 0.84, 0.1), (case * 0.8, 0.108), (0, 0.115)]
        shapes.lathe(dome, look.glass(rnd, tinted=False))
    shapes.cylinder(0.025, 0.05, steel, (case * 0.97, 0, 0.05), (0, math.pi / 2, 0))
    pose = rnd.choice(("loop", "loop", "side", "flat"))
    if pose == "flat":
        length, same = rnd.uniform(0.45, 0.7), rnd.getrandbits(32)
        for way in (-1, 1):
            drop = [(0.9, 0.04), (1.1, 0.035), (1.25, 0.02)]
            path = [(0, way * case * y, z) for y, z in drop]
            path.append((0, way * (case + length), 0.02))
            _strap(random.Random(same), path, case)
        forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-1.2, 1.2)))
        return
    deep, high = case * rnd.uniform(1.35, 1.6), case * rnd.uniform(1.1, 1.5)
    start = math.acos(case * 0.95 / deep)
    centre = 0.045 - high * math.sin(start)
    path = [
        (0, deep * math.cos(t), centre + high * math.sin(t))
        for t in np.linspace(start, -math.pi - start, 60)
    ]
    _strap(rnd, path, case)
    turn = (math.radians(rnd.uniform(55, 95)), 0, 0) if pose == "loop" else (0, math.pi / 2, 0)
    forms.pose(forms.everything(), turn=turn)
    if pose == "side":
        forms.pose(forms.everything(), turn=(0, 0, rnd.uniform(-2.5, -0.6)))


def _curl(at: tuple[float, float], size: float, start: float, turns: float, hand: int):
    """Return a spiral in x and z that begins at a point and winds itself in."""
    path = []
    cx, cz = at[0] + size * math.cos(start), at[1] + size * math.sin(start)
    for t in np.linspace(0, 1, 28):
        a = start + math.pi + hand * TURN * turns * t
        r = size * (1 - 0.82 * t)
        path.append((cx + r * math.cos(a), 0.0, cz + r * math.sin(a)))
    return path


def _setting(rnd: Rnd, at: tuple[float, float], radius: float, metal, gem) -> None:
    """Set a stone or a pearl that faces the camera into a ring of wire or of grains."""
    x, z = at
    shape = rnd.choice(("cut", "cut", "round", "drop"))
    if shape == "cut":
        forms.stone(radius, gem, (x, 0, z), rnd.choice((6, 8, 12))).rotation_euler = FACING
    elif shape == "round":
        shapes.beads([((x, 0, z), radius)], gem, 24)
    else:
        shapes.blob((radius * 0.75, radius * 0.35, radius), gem, (x, 0, z))
    if rnd.random() < 0.5:
        shapes.wires([shapes.circle(radius, 0, 32, "y", (x, 0, z))], radius * 0.12, metal, True)
        return
    spots = shapes.circle(radius * 1.2, 0, rnd.randint(10, 18), "y", (x, 0, z))
    shapes.beads([(spot, radius * 0.2) for spot in spots], metal, 10)


def _ornament(rnd: Rnd, size: float, metal, gem) -> None:
    """Make a rosette of curled wires around a stone, open between them."""
    fold, gauge = rnd.choice((2, 4, 5, 6, 8)), size * rnd.uniform(0.012, 0.035)
    inner, squash = rnd.uniform(0.25, 0.4), rnd.uniform(0.75, 1.3)
    paths = []
    for layer in range(rnd.randint(1, 3)):
        reach, lead = rnd.uniform(0.15, 0.3), rnd.uniform(0.2, 1.4)
        for leaf in range(fold):
            a = TURN * (leaf + 0.5 * layer) / fold
            foot = (size * inner * math.cos(a), size * inner * math.sin(a))
            paths += [
                _curl(foot, size * reach, a + hand * lead, 0.8 + 0.3 * layer, hand)
                for hand in (-1, 1)
            ]
    made = [shapes.wires(paths, gauge, metal)]
    hoops = [shapes.circle(size * inner, 0, 40, "y")]
    rim = [
        (size * math.cos(TURN * k / fold), 0.0, size * math.sin(TURN * k / fold))
        for k in range(fold)
    ]
    framed, studded = rnd.random() < 0.6, rnd.random() < 0.6
    if framed:
        hoops += [shapes.circle(size * part, 0, 64, "y") for part in rnd.choice(((1,), (1, 0.93)))]
    if framed or studded:
        stays = [[(x * inner, 0, z * inner), (x, 0, z)] for x, _, z in rim]
        made.append(shapes.wires(stays, gauge, metal))
    made.append(shapes.wires(hoops, gauge * 1.3, metal, closed=True))
    for part in made:
        part.scale = (1, 1, squash)
    cross = [[(-x, size * 0.06, -z), (x, size * 0.06, z)] for x, _, z in hoops[0][4:20:8]]
    shapes.wires(cross, gauge, metal)
    _setting(rnd, (0, 0), size * inner * 0.9, metal, gem)
    if studded:
        shapes.beads([((x, y, z * squash), size * 0.08) for x, y, z in rim], gem, 16)


def earrings(rnd: Rnd) -> None:
    """A pair of drop earrings, on thin hooks: strings of stones, openwork or tassels."""
    kind, seed = rnd.choice(("stones", "openwork", "tassel", "hoop")), rnd.getrandbits(32)
    lying, gap = rnd.random() < 0.5, rnd.uniform(0.35, 0.7)

    def build() -> None:
        same = random.Random(seed)
        metal, gem = look.jewellery(same), look.gemstone(same)
        gauge = same.uniform(0.006, 0.012)
        hook = [(0, 0, 0), (0.02, 0, 0.16), (0.1, 0, 0.22), (0.16, 0, 0.12), (0.17, 0, -0.12)]
        shapes.wires([hook], gauge, metal, smooth=True)
        z = 0.0
        if kind == "stones":
            for _ in range(same.randint(1, 4)):
                radius = same.uniform(0.04, 0.13)
                shapes.wires(
                    [shapes.circle(0.02, 0, 16, "x", (0, 0, z - 0.01))], gauge, metal, True
                )
                _setting(same, (0, z - radius - 0.04), radius, metal, gem)
                z -= 2.1 * radius + 0.05
        elif kind == "openwork":
            size = same.uniform(0.2, 0.32)
            shapes.wires([[(0, 0, 0), (0, 0, -size)]], gauge, metal)
            for made in forms.built(lambda: _ornament(same, size, metal, gem)):
                forms.pose([made], (0, 0, -size * 1.25))
        elif kind == "tassel":
            length, count = same.uniform(0.4, 0.8), same.randint(14, 60)
            cap = [(0, 0), (0.05, -0.02), (0.06, -0.1), (0, -0.1)]
            shapes.lathe(cap, metal, 32)
            threads, ends = [], []
            for _ in range(count):
                a, r = same.uniform(0, TURN), 0.05 * math.sqrt(same.random())
                x, y = r * math.cos(a), r * math.sin(a)
                end = -length * same.uniform(0.85, 1.0)
                threads.append(
                    [(x, y, -0.09), (x * 1.6, y * 1.6, -length / 2), (x * 1.8, y * 1.4, end)]
                )
                ends.append(((x * 1.8, y * 1.4, end), gauge * 1.4))
            shapes.wires(threads, gauge * 0.5, same.choice((metal, look.fabric(same))))
            if same.random() < 0.5:
                shapes.beads(ends, metal, 8)
        else:
            size = same.uniform(0.2, 0.35)
            centre = (0, 0, -size)
            shapes.wires([shapes.circle(size, 0, 64, "y", centre)], gauge * 1.5, metal, closed=True)
            for a in np.linspace(-2.6, -0.5, same.randint(0, 9)):
                at = (size * math.cos(a), 0, size * math.sin(a) - size)
                shapes.wires([[at, (at[0], 0, at[2] - 0.1)]], gauge * 0.7, metal)
                shapes.beads([((at[0], 0, at[2] - 0.12), 0.035)], gem, 16)

    for side in (-1, 1):
        parts = forms.built(build)
        turn = (
            (-math.pi / 2, 0, rnd.uniform(-0.6, 0.6)) if lying else (0, 0, rnd.uniform(-0.4, 0.4))
        )
        forms.pose(parts, (side * gap / 2, rnd.uniform(-0.1, 0.1) * lying, 0), turn, ground=True)


def necklace(rnd: Rnd) -> None:
    """A fine chain, a string of beads or a cord with a pendant, lying or hanging from nothing."""
    metal, gem = look.jewellery(rnd), look.gemstone(rnd)
    kind = rnd.choice(("chain", "chain", "beads", "cord"))
    wide, long, lying = rnd.uniform(0.3, 0.5), rnd.uniform(0.5, 0.9), rnd.random() < 0.6
    for strand in range(rnd.choice((1, 1, 1, 2, 3))):
        size = 1 - 0.14 * strand
        waves = [(rnd.uniform(-0.05, 0.05), k) for k in (2, 3, 5)] if lying else []
        path = []
        for t in np.linspace(-1, 1, 90):
            x = (
                size
                * wide
                * math.copysign(math.sin(math.pi * abs(t) * 0.98), t)
                * (1.25 - 0.25 * t * t)
            )
            z = size * long * (1 - math.cos(math.pi * abs(t) * 0.98)) / 2 - size * long
            slack = sum(height * math.sin(k * 3 * t + k) for height, k in waves)
            path.append((x + slack, 0, z + slack * 0.5))
        if kind == "chain":
            forms.links(path, rnd.randint(90, 170), rnd.uniform(0.1, 0.18), metal, slim=0.6)
        elif kind == "beads":
            count, grade = rnd.randint(40, 76), rnd.uniform(0.0, 0.5)
            stops = forms.along(path, count)
            pitch = math.dist(stops[0], stops[1])
            spots = [
                (stop, pitch * 0.5 * (1 - grade * abs(2 * k / (count - 1) - 1)))
                for k, stop in enumerate(stops)
            ]
            shapes.beads(spots, gem, 16)
            shapes.wires([stops], pitch * 0.06, metal)
        else:
            shapes.wires([path], rnd.uniform(0.005, 0.012), look.leather(rnd), smooth=True)
    low = min(path, key=lambda point: point[2])
    charm = rnd.choice(("stone", "openwork", "disc", "none"))
    size = rnd.uniform(0.05, 0.11)
    hang = (low[0], 0.0, low[2] - size - 0.03)
    if charm != "none":
        shapes.wires(
            [shapes.circle(0.025, 0, 20, "x", (low[0], 0, low[2] - 0.02))], 0.005, metal, True
        )
    if charm == "stone":
        _setting(rnd, (hang[0], hang[2]), size, metal, gem)
    elif charm == "openwork":
        forms.pose(forms.built(lambda: _ornament(rnd, size * 1.3, metal, gem)), hang)
    elif charm == "disc":
        hole = shapes.circle(0.015, 0, 16, "z", (0, size * 0.8, 0))
        rim = shapes.circle(size, 0, 40)
        shapes.plate([p[:2] for p in rim], 0.012, metal, [[p[:2] for p in hole]]).location = hang
    if lying:
        forms.pose(forms.everything(), turn=(-math.pi / 2, 0, rnd.uniform(-2, 2)), ground=True)


def brooch(rnd: Rnd) -> None:
    """A brooch of openwork: a rosette of curls, or a spray of stems with pearls and stones."""
    metal, gem = look.jewellery(rnd), look.gemstone(rnd)
    if rnd.random() < 0.6:
        _ornament(rnd, 0.5, metal, gem)
    else:
        stems, tips = [], []
        for _ in range(rnd.randint(5, 12)):
            a, reach = rnd.uniform(0.3, 2.8), rnd.uniform(0.5, 1.0)
            bend = rnd.uniform(-0.2, 0.2)
            tip = (reach * 0.7 * math.cos(a), rnd.uniform(-0.05, 0.0), reach * math.sin(a))
            stems.append([(0, 0, -0.35), (bend, 0, 0), tip])
            tips.append(tip)
            if rnd.random() < 0.5:
                stems.append(_curl((bend, 0.0), 0.12, a + 0.8, 1.3, rnd.choice((-1, 1))))
        shapes.wires(stems, rnd.uniform(0.006, 0.016), metal, smooth=True)
        for tip in tips:
            parts = forms.built(lambda: _setting(rnd, (0, 0), rnd.uniform(0.05, 0.11), metal, gem))
            forms.pose(parts, tip)
        shapes.wires([forms.ring((0, 0, -0.1), (0.07, 0, 0), (0, 0.04, 0), 20)], 0.014, metal, True)
    pin = [(-0.22, 0.06, -0.06), (0.24, 0.05, -0.06)]
    shapes.wires([pin], 0.008, metal)
    lying = rnd.random() < 0.5
    lean = -math.pi / 2 if lying else rnd.uniform(-0.4, 0.0)
    forms.pose(forms.everything(), turn=(lean, 0, rnd.uniform(-2, 2) if lying else 0), ground=True)
