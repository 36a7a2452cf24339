"""Things that end in hair: toys of fur, wigs, brushes, feathers, dried grass."""

from __future__ import annotations

import math
import random

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def teddy(rnd: Rnd) -> None:
    """A sitting toy animal of fur, with limbs, ears, buttons for eyes and a scarf."""
    wool = look.plain(rnd.choice((look.pale, look.pale, look.colour, look.dark))(rnd), 0.9)
    fat, head, legs = rnd.uniform(0.22, 0.3), rnd.uniform(0.19, 0.26), rnd.uniform(0.3, 0.5)
    long_ears, gape = rnd.random() < 0.4, rnd.uniform(0.2, 0.5)
    top = 0.52 + head
    parts = [
        shapes.blob((fat, fat * 0.85, 0.32), wool, (0, 0, 0.32)),
        shapes.blob((head, head * 0.92, head), wool, (0, -0.03, top)),
        shapes.blob((head * 0.45, head * 0.4, head * 0.36), wool, (0, -head * 0.8, top - 0.06)),
    ]
    for side in (-1, 1):
        ear = (side * head * 0.75, 0, top + head * 0.75)
        if long_ears:
            tilt = side * rnd.uniform(0.0, 0.3)
            path = [
                ((ear[0] * 0.6, 0, ear[2]), 0.06),
                ((ear[0] * 0.7 + tilt * 0.3, 0, ear[2] + 0.18), 0.075),
                ((ear[0] * 0.7 + tilt, 0.02, ear[2] + 0.34), 0.03),
            ]
            parts.append(shapes.limbs([path], wool, smooth=True))
        else:
            parts.append(shapes.blob((0.09, 0.05, 0.09), wool, ear))
        hip = (side * fat * 0.6, -0.05, 0.12)
        foot = (side * (fat * 0.6 + gape * 0.5), -legs, 0.1)
        parts.append(shapes.limbs([[(hip, 0.11), (foot, 0.09)]], wool))
        parts.append(shapes.blob((0.1, 0.08, 0.13), wool, (foot[0], foot[1], 0.12)))
        reach = rnd.uniform(0.2, 0.36)
        hand = (
            side * (fat + reach * 0.7),
            -rnd.uniform(0.0, 0.2),
            0.45 - reach * rnd.uniform(-0.5, 0.8),
        )
        parts.append(shapes.limbs([[((side * fat * 0.6, 0, 0.5), 0.09), (hand, 0.075)]], wool))
        parts.append(shapes.beads([(hand, 0.085)], wool))
    body = forms.melt(parts, wool, 0.025, 6)
    length = rnd.uniform(0.02, 0.075)
    forms.pelt(body, rnd.randint(2200, 3600), length, rnd.uniform(0.0009, 0.0018), rnd)
    eye = look.plain(look.dark(rnd), 0.05, coat=1.0)
    out = length * 0.35
    spots = [((side * head * 0.4, -head * 0.82 - out, top + 0.05), 0.028) for side in (-1, 1)]
    spots.append(((0, -head * 1.2 - out, top - 0.03), 0.035))
    shapes.beads(spots, eye)
    if rnd.random() < 0.5:
        cloth = look.fabric(rnd)
        shapes.wires(
            [forms.ring((0, -0.01, 0.6), (head * 0.72, 0, 0), (0, head * 0.7, 0), 40)],
            0.045,
            cloth,
            True,
        )
        ends = [[(0.1, -head * 0.75, 0.58), (0.12, -head - 0.06, 0.45), (0.13, -head - 0.05, 0.3)]]
        shapes.wires(ends, 0.03, cloth, smooth=True)


def wig(rnd: Rnd) -> None:
    """A wig on a white head, or a bundle of hair that lies: strands, loose at their ends."""
    strands = look.plain(
        rnd.choice((look.dark, look.pale, lambda r: look.colour(r, 0.05, 0.5)))(rnd), 0.45
    )
    count, radius = rnd.randint(1800, 2800), rnd.uniform(0.0012, 0.002)
    curl, pitch = rnd.choice((0.0, 0.015, 0.04)), rnd.uniform(8, 26)
    paths = []
    if rnd.random() < 0.3:
        long, spread = rnd.uniform(0.8, 1.2), rnd.uniform(0.04, 0.16)
        for _ in range(count // 2):
            a, r, own = rnd.uniform(0, TURN), math.sqrt(rnd.random()), rnd.uniform(0.75, 1.0)
            phase = rnd.gauss(0, 0.4)
            path = []
            for t in np.linspace(0, own, 12):
                fan = 0.035 + spread * t**1.3
                x = long * t
                y = (
                    fan * r * math.cos(a)
                    + 0.12 * math.sin(2.5 * t)
                    + curl * math.sin(pitch * t + phase)
                )
                path.append((x, y, 0.04 + 0.035 * (1 + r * math.sin(a))))
            paths.append(path)
        forms.hair(paths, radius, strands)
        tie = shapes.circle(0.045, 0.04, 24, "x", (0, 0, 0.075))
        shapes.wires([tie], 0.02, look.anything(rnd), closed=True)
        return
    long, parting = rnd.uniform(0.1, 0.56), rnd.uniform(-0.08, 0.08)
    puff = rnd.uniform(0.0, 0.08)
    size = (0.2, 0.24, 0.27)
    foam = look.white(rnd)
    head = shapes.blob(size, foam, (0, 0, 1.0), 1.0)
    chin = shapes.blob((0.13, 0.16, 0.16), foam, (0, -0.08, 0.83))
    neck = shapes.lathe(
        [(0, 0.4), (0.2, 0.4), (0.19, 0.44), (0.09, 0.55), (0.09, 0.9), (0, 0.9)], foam
    )
    forms.melt([head, chin, neck], foam, 0.015, 8)
    cap = shapes.blob(tuple(part * 1.04 for part in size), strands, (0, 0.02, 1.03))
    forms.warp(cap, lambda x, y, z: (x, max(y, -0.12), max(z, -0.08)))
    for _ in range(count):
        a = rnd.uniform(-1.2, math.pi + 1.2)
        front = math.sin(a) < 0
        start, own = rnd.uniform(0.02, 0.5), long * rnd.uniform(0.8, 1.05)
        lift, phase = 1.03 + puff * rnd.random() + 0.05 * rnd.random(), rnd.gauss(0, 0.5)
        lift += 0.16 * rnd.random() * (rnd.random() < 0.07)  # some stand off
        path = []
        for t in np.linspace(start, 1.5 if not front else 1.35, 6):
            r = math.sin(t) * lift
            x = size[0] * r * math.cos(a) + parting * (1 - t / 1.5)
            path.append((x, size[1] * r * math.sin(a) + 0.02, 1.02 + size[2] * lift * math.cos(t)))
        x, y, z = path[-1]
        for t in np.linspace(0.12, 1, 8):
            wave = curl * math.sin(pitch * t * own * 2 + phase)
            path.append((x * (1 + 0.25 * t) + wave, y * (1 + 0.2 * t) + wave, z - own * t))
        paths.append(path)
    forms.hair(paths, radius, strands)


def powder_brush(rnd: Rnd) -> None:
    """One to five brushes for make-up or shaving: domes of soft hair on polished ferrules."""
    handle = rnd.choice((look.wood, look.plastic, look.plastic, look.chrome))(rnd)
    metal, lying = look.metal(rnd), rnd.random() < 0.6
    base, tip = rnd.choice((look.dark, look.colour, look.pale))(rnd), look.pale(rnd)
    tufts = [look.plain(base, 0.8), look.plain(tip, 0.8)]
    number = rnd.choice((1, 2, 3, 5))
    for index in range(number):
        wide, flare = rnd.uniform(0.025, 0.07), rnd.uniform(1.1, 2.0)
        grip, tuft = rnd.uniform(0.45, 0.8), rnd.uniform(0.12, 0.24)
        flat = rnd.choice((1.0, 1.0, 0.35))

        def build(wide=wide, flare=flare, grip=grip, tuft=tuft, flat=flat) -> None:
            profile = [
                (wide * 0.3, 0.0),
                (wide * 0.75, grip * 0.3),
                (wide * 0.5, grip * 0.6),
                (wide, grip),
            ]
            shapes.lathe([(0, 0), *shapes.rounded(profile), (0, grip)], handle, 48)
            ferrule = [(0, grip), (wide * 1.05, grip), (wide * 1.02, grip + 0.1), (0, grip + 0.1)]
            made = shapes.lathe(ferrule, metal, 48)
            made.scale = (1, 0.4 + 0.6 * flat, 1)
            for part, material in enumerate(tufts):
                hairs = []
                for _ in range(700):
                    a, r = rnd.uniform(0, TURN), math.sqrt(rnd.random())
                    x, y = wide * r * math.cos(a), wide * r * math.sin(a) * flat
                    high = tuft * (1 - 0.45 * r * r) * rnd.uniform(0.9, 1.0)
                    ends = (0.55 * part, 0.3 + 0.35 * part, 0.55 + 0.45 * part)
                    hairs.append(
                        [
                            (
                                x * (1 + (flare - 1) * math.sin(t * 1.9)) + rnd.gauss(0, 0.001),
                                y * (1 + (flare - 1) * math.sin(t * 1.9)),
                                grip + 0.09 + high * t,
                            )
                            for t in ends
                        ]
                    )
                forms.hair(hairs, wide * 0.022, material, 0.4)

        parts = forms.built(build)
        if lying:
            forms.pose(
                parts,
                (index * 0.2, rnd.uniform(-0.1, 0.1), 0),
                (math.pi / 2 + math.pi, 0, rnd.uniform(-0.2, 0.2)),
                ground=True,
            )
        else:
            forms.pose(parts, (index * 0.19, 0.1 * (-1) ** index, 0))
            stand = [(0, 0), (wide * 1.4, 0), (wide * 1.4, 0.03), (wide * 0.4, 0.05), (0, 0.05)]
            shapes.lathe(stand, handle, 48).location = (index * 0.19, 0.1 * (-1) ** index, 0)


def _vane(rnd: Rnd, long: float, wide: float, bend: float):
    """Return a quill, as (point, radius), and the paths of its barbs and of its down."""

    def quill(t: float) -> shapes.Point:
        return (bend * t * t, long * t, 0.012 + 0.05 * math.sin(math.pi * t))

    shaft = [(quill(t), 0.009 * (1 - 0.9 * t)) for t in np.linspace(0, 1, 16)]
    barbs, down = [], []
    splits = [rnd.uniform(0.3, 0.95) for _ in range(rnd.randint(0, 4))]
    for side in (-1, 1):
        broad = wide * rnd.uniform(0.7, 1.1)
        for t in np.linspace(0.18, 0.995, 260):
            reach = broad * math.sin(math.pi * min(1.0, 0.12 + 0.88 * (t - 0.18) / 0.82)) ** 0.55
            swept = 0.55 + sum(0.25 * math.exp(-(((t - s) / 0.012) ** 2)) for s in splits)
            swept += rnd.gauss(0, 0.03)
            x, y, z = quill(t)
            bow = 0.25 * reach
            barbs.append(
                [
                    (x, y, z),
                    (x + side * reach * 0.5, y + reach * 0.5 * swept - bow * 0.2, z + 0.012),
                    (x + side * reach, y + reach * swept * 1.2, z - 0.004 + rnd.uniform(0, 0.008)),
                ]
            )
        for _ in range(rnd.randint(30, 120)):
            x, y, z = quill(rnd.uniform(0.12, 0.3))
            path = [(x, y, z)]
            for step in range(1, 5):
                out = side * wide * 0.18 * step
                path.append(
                    (
                        x + out + rnd.gauss(0, 0.02),
                        y + rnd.gauss(0.02, 0.03),
                        max(0.004, z + rnd.gauss(0, 0.015)),
                    )
                )
            down.append(path)
    return shaft, barbs, down


def feather(rnd: Rnd) -> None:
    """One to three feathers, lying or upright: barbs with splits on a quill, down at its foot."""
    for index in range(rnd.choice((1, 1, 2, 3))):
        tone = rnd.choice((look.pale, look.pale, look.colour, look.dark))(rnd)
        shaft, barbs, down = _vane(
            rnd, rnd.uniform(0.7, 1.0), rnd.uniform(0.07, 0.2), rnd.uniform(-0.3, 0.3)
        )
        vane = look.plain(tone, 0.7)

        def build(shaft=shaft, barbs=barbs, down=down, vane=vane) -> None:
            shapes.limbs([shaft], look.plain(look.pale(rnd), 0.4))
            forms.hair(barbs, 0.0024, vane, 0.5)
            forms.hair(down, 0.001, vane, 0.5)

        parts = forms.built(build)
        forms.pose(parts, (0.35 * index, rnd.uniform(-0.1, 0.1), 0), (0, 0, rnd.uniform(-0.7, 0.7)))
    if rnd.random() < 0.4:
        forms.pose(forms.everything(), turn=(rnd.uniform(1.1, 1.5), 0, 0), ground=True)


def grasses(rnd: Rnd) -> None:
    """A bunch of dried stems tied with a string: plumes, hare's tails, beads of seed."""
    stems, plumes, seeds = [], [], []
    kinds = [rnd.choice(("plume", "tail", "seed")) for _ in range(rnd.choice((1, 2)))]
    fan, number = rnd.uniform(0.1, 0.35), rnd.randint(7, 26)
    for _ in range(number):
        a, r, tall = rnd.uniform(0, TURN), math.sqrt(rnd.random()), rnd.uniform(0.6, 0.9)
        x, y = fan * r * math.cos(a), fan * r * math.sin(a)
        stem = [
            (-x * 0.3, -y * 0.3, 0),
            (0.03 * r * math.cos(a), 0.03 * r * math.sin(a), 0.3),
            (x, y, tall),
        ]
        stems.append(stem)
        kind = rnd.choice(kinds)
        long = rnd.uniform(0.12, 0.3) if kind != "tail" else rnd.uniform(0.06, 0.1)
        lean = (x * 0.8, y * 0.8)
        for k in range({"plume": 220, "tail": 200, "seed": 14}[kind]):
            t, b = rnd.random(), rnd.uniform(0, TURN)
            root = (x + lean[0] * long * t, y + lean[1] * long * t, tall - 0.02 + long * t)
            out = 0.05 * (1.1 - t) if kind != "tail" else 0.035
            rise = out * (1.3 if kind == "plume" else 0.7)
            tip = (
                root[0] + out * math.cos(b),
                root[1] + out * math.sin(b),
                root[2] + rise * rnd.random(),
            )
            plumes.append([root, tip])
            if kind == "seed" and k % 2:
                seeds.append((tip, rnd.uniform(0.006, 0.014)))
    straw = look.straw(rnd)
    shapes.wires(stems, rnd.uniform(0.003, 0.006), straw, smooth=True)
    forms.hair(
        plumes, rnd.uniform(0.0009, 0.0016), rnd.choice((straw, look.plain(look.pale(rnd), 0.9)))
    )
    if seeds:
        shapes.beads(seeds, straw, 8)
    tie = [
        (0.045 * math.cos(t), 0.045 * math.sin(t), 0.29 + 0.0006 * t)
        for t in np.linspace(0, 40, 160)
    ]
    tie += [(0.1, -0.05, 0.25), (0.14, -0.08, 0.12)]
    shapes.wires([tie], 0.005, look.fabric(rnd))
    if rnd.random() < 0.6:
        forms.pose(forms.everything(), turn=(-math.pi / 2, 0, rnd.uniform(-1, 1)), ground=True)
