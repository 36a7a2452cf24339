"""Shoes, alone or in pairs: each an upper stretched between the edge of a sole and a collar."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


@dataclass(frozen=True)
class Last:
    """The form that a shoe is made over: its heel at x = 0, its toe at x = 1.

    side : 1 or -1, for either foot
    wide : of the ball, half; blunt : power of the toe's outline, round when small
    collar : where the opening begins and ends along x, and half its width
    rise, dip : the opening's height over the foot bed at the heel, and how far its sides sink
    box : height of the toe
    bed : height of the foot bed at x
    """

    side: int
    wide: float
    blunt: float
    collar: tuple[float, float, float]
    rise: float
    dip: float
    box: float
    bed: Callable[[float], float]

    def edge(self, u: float, out: float = 0.0) -> shapes.Point:
        """Return a point of the sole's outline: at the toe for u = 0, at the heel for u = ½."""
        cos, sin = math.cos(TURN * u), math.sin(TURN * u)
        x = 0.5 + (0.5 + out) * cos
        half = float(
            np.interp(x, (0, 0.12, 0.4, 0.7, 1), (0.85, 0.85, 0.68, 1.0, 0.8)) * self.wide + out
        )
        bent = self.side * 0.05 * math.sin(math.pi * max(0.0, x))
        return (x, bent + half * math.copysign(abs(sin) ** self.blunt, sin), self.bed(x))

    def shell(self, u: float, v: float, out: float = 0.0) -> shapes.Point:
        """Return a point of the upper: on the sole's edge for v = 0, on the collar for v = 1."""
        start, end, narrow = self.collar
        low = self.edge(u, out)
        cos, sin = math.cos(TURN * u), math.sin(TURN * u)
        x = (start + end) / 2 + (end - start + out) / 2 * cos
        high = (
            x,
            self.side * 0.03 + (narrow + out) * sin,
            self.bed(x) + self.rise * (1 - 0.35 * max(0.0, cos)) - self.dip * sin * sin,
        )
        toe = 0.5 + 0.5 * cos
        lift = self.box * toe + 0.75 * self.rise * (1 - toe)
        corner = (low[0], low[1], low[2] + lift * (1 - 0.35 * sin * sin))
        a, b, c = (1 - v) ** 2, 2 * v * (1 - v), v * v
        x, y, z = (a * p + b * q + c * r for p, q, r in zip(low, corner, high, strict=True))
        return (x, y, z + out * v)

    def patch(self, around: tuple[float, float], up: tuple[float, float], material, out=0.012):
        """Sew a piece onto the upper between two shares around and two upward."""
        return shapes.sheet(
            lambda u, v: self.shell(
                around[0] + (around[1] - around[0]) * u, up[0] + (up[1] - up[0]) * v, out
            ),
            24,
            10,
            material,
            0.008,
        )

    def sole(self, thick: Callable[[float], float], material, out: float = 0.02, tread=0.0):
        """Build the sole below the foot bed, as thick as it is at each x."""

        def ring(level: float, out: float) -> list[shapes.Point]:
            found = []
            for step in range(96):
                x, y, z = self.edge(step / 96, out + tread * math.sin(TURN * step / 4) * level)
                found.append((x, y, z - level * thick(x)))
            return found

        return forms.loft(
            [ring(0, out * 0.5), ring(0.15, out), ring(0.8, out), ring(1, 0)], material
        )


def _pair(rnd: Rnd, build: Callable[[int], None]) -> None:
    """Show a shoe alone, or two of them: side by side, apart, or one of them on its side."""
    way = rnd.choice(("one", "one", "pair", "apart", "lying"))
    for side in (1,) if way == "one" else (1, -1):
        parts = forms.built(lambda side=side: build(side))
        at, turn = (0.0, 0.24 * side, 0.0), (0.0, 0.0, 0.0)
        if way == "apart":
            at = (rnd.uniform(-0.3, 0.3), 0.3 * side, 0.0)
            turn = (0.0, 0.0, rnd.uniform(-0.7, 0.7))
        elif way == "lying" and side < 0:
            at, turn = (rnd.uniform(-0.2, 0.2), -0.5, 0.0), (rnd.choice((-1.5, 1.4)), 0.0, 0.3)
        forms.pose(parts, at, turn, ground=True)
    if way == "one" and rnd.random() < 0.3:
        forms.pose(parts, turn=(0.0, rnd.uniform(-0.5, 0.0), 0.0), ground=True)


def _laces(last: Last, rows: int, low: float, gauge: float, material, bow: bool) -> None:
    """Lace the upper criss-cross over its throat, with a bow at the top or two loose ends."""
    runs = []
    for row in range(rows):
        v = low + (0.93 - low) * row / (rows - 1)
        nearer = low + (0.93 - low) * max(0, row - 1) / (rows - 1)
        for side in (-1, 1):
            start = last.shell(side * 0.045, nearer, 0.02)
            end = last.shell(-side * 0.045, v, 0.02)
            middle = last.shell(0.0, (v + nearer) / 2, 0.045)
            runs.append([start, middle, end])
    shapes.wires(runs, gauge, material, smooth=True)
    x, y, z = last.shell(0.0, 0.93, 0.04)
    ends = []
    for side in (-1, 1):
        if bow:
            ends.append(
                [
                    (x, y, z),
                    (x + 0.02, y + side * 0.1, z + 0.06),
                    (x + 0.06, y + side * 0.17, z - 0.02),
                    (x + 0.05, y + side * 0.08, z - 0.01),
                    (x, y, z),
                ]
            )
        ends.append(
            [
                (x, y, z),
                (x + 0.08, y + side * 0.08, z),
                (x + 0.13, y + side * 0.19, z - 0.1),
                (x + 0.12, y + side * 0.22, z - 0.2),
            ]
        )
    shapes.wires(ends, gauge, material, smooth=True)


def running_shoe(rnd: Rnd) -> None:
    """A sports shoe or a pair: thick sole, sewn patches, tongue, laces with gaps, a heel loop."""
    cloth = rnd.choice((look.fabric, look.knit, look.leather))(rnd)
    foam = rnd.choice((look.white, look.white, look.plastic))(rnd)
    accent, tread, lace = look.plastic(rnd), look.rubber(rnd), look.fabric(rnd)
    heel, toe, spring = rnd.uniform(0.08, 0.17), rnd.uniform(0.05, 0.09), rnd.uniform(0.05, 0.3)
    rise, box, wide = rnd.uniform(0.2, 0.34), rnd.uniform(0.12, 0.18), rnd.uniform(0.15, 0.19)
    rows, bow, gauge = rnd.randint(4, 7), rnd.random() < 0.7, rnd.uniform(0.006, 0.012)
    stripes, groove = rnd.randint(0, 4), rnd.choice((0.0, 0.006))

    def bed(x: float) -> float:
        return heel + (toe - heel) * x + spring * max(0.0, x - 0.72) ** 2 * 4 + 0.015

    def build(side: int) -> None:
        last = Last(side, wide, 0.8, (0.03, 0.46, 0.09), rise, 0.06, box, bed)
        shapes.sheet(last.shell, 72, 20, cloth, 0.02, closed=True)
        last.sole(lambda x: heel + (toe - heel) * x - 0.02, foam, 0.025, groove)
        last.sole(lambda x: heel + (toe - heel) * x, tread, 0.012, 0.004)
        last.patch((-0.13, 0.13), (0.0, 0.36), accent)
        last.patch((0.4, 0.6), (0.0, 0.7), accent)
        for k in range(stripes):
            for flank in (-1, 1):
                at = 0.2 + 0.045 * k
                last.patch((flank * at, flank * (at + 0.025)), (0.03, 0.8), accent)
        x, y, z = last.shell(0.0, 0.94)
        shapes.sheet(
            lambda u, v: (
                x - 0.1 * v,
                y + 0.14 * (u - 0.5),
                z + 0.17 * v - 0.12 * (u - 0.5) ** 2 / 0.25 * 0.3,
            ),
            10,
            8,
            cloth,
            0.02,
        )
        _laces(last, rows, 0.5, gauge, lace, bow)
        x, y, z = last.shell(0.5, 0.97)
        loop = [
            (x, y, z - 0.02),
            (x - 0.05, y, z + 0.05),
            (x + 0.01, y, z + 0.07),
            (x + 0.02, y, z),
        ]
        shapes.wires([loop], 0.012, accent, smooth=True)

    _pair(rnd, build)


def high_heel(rnd: Rnd) -> None:
    """A pump with a thin or a solid heel over an open arch, some with a strap at the ankle."""
    hide, lining, tip = look.leather(rnd), look.plain(look.colour(rnd), 0.4), look.rubber(rnd)
    high, thin = rnd.uniform(0.22, 0.48), rnd.random() < 0.65
    platform, point = rnd.choice((0.02, 0.02, 0.1)), rnd.choice((1.15, 0.95, 0.75))
    rise, box, cut = rnd.uniform(0.13, 0.2), rnd.uniform(0.09, 0.13), rnd.uniform(0.74, 0.84)
    strap = rnd.random() < 0.5

    def bed(x: float) -> float:
        t = min(1.0, max(0.0, (x - 0.04) / 0.62))
        return platform + high * (1 - t * t * (3 - 2 * t))

    def build(side: int) -> None:
        last = Last(side, 0.125, point, (0.0, cut, 0.085), rise, 0.09, box, bed)
        shapes.sheet(last.shell, 72, 16, hide, 0.01, closed=True)
        last.sole(lambda x: 0.012 + (platform - 0.01) * (x > 0.55), lining, 0.004)
        y, top = side * 0.02, bed(0.09)
        if thin:
            path = [
                ((0.1, y, top), 0.085),
                ((0.07, y, top - 0.08), 0.055),
                ((0.055, y, top * 0.5), 0.024),
                ((0.05, y, 0.0), 0.017),
            ]
            shapes.limbs([path], hide, smooth=True)
            shapes.cylinder(0.02, 0.02, tip, (0.05, y, 0))
        else:
            half = rnd.uniform(0.06, 0.085)
            rings = [
                forms.ring((0.1 - lean, y, z), (half * wide, 0, 0), (0, half * wide, 0), 32, 0.7)
                for z, wide, lean in ((0, 0.85, 0.03), (top * 0.5, 0.85, 0.02), (top, 1.15, 0))
            ]
            forms.loft(rings, hide)
        if strap:
            back = last.shell(0.5, 1.0)
            band = [
                (back[0] + 0.1 + 0.12 * c, back[1] + 0.1 * s, back[2] + 0.1 + 0.03 * c)
                for c, s in ((math.cos(t), math.sin(t)) for t in np.linspace(0, TURN, 40))
            ]
            shapes.wires([band], 0.009, hide)
            stay = [band[20], (back[0] - 0.01, back[1], back[2] + 0.03), back]
            shapes.wires([stay], 0.012, hide, smooth=True)
            shapes.box(
                (0.03, 0.012, 0.03), look.metal(rnd), (band[30][0], band[30][1], band[30][2])
            )

    _pair(rnd, build)


def boot(rnd: Rnd) -> None:
    """A boot or a pair: a creased shaft over a dark sole, laced, zipped or trimmed with fur."""
    hide, sole = (
        rnd.choice((look.leather, look.leather, look.rubber, look.fabric))(rnd),
        look.rubber(rnd),
    )
    tall, heel, wide = rnd.uniform(0.45, 1.15), rnd.uniform(0.04, 0.2), rnd.uniform(0.14, 0.18)
    shaft, crease, phase = rnd.uniform(0.15, 0.2), rnd.uniform(0.0, 0.018), rnd.uniform(0, 6)
    trim = rnd.choice(("laces", "zip", "fur", "loop", "none"))
    metal, wool = look.metal(rnd), look.plain(look.pale(rnd), 0.9)
    thick = rnd.uniform(0.03, 0.07)

    def bed(x: float) -> float:
        t = min(1.0, max(0.0, (x - 0.22) / 0.2))
        return thick + heel * (1 - t) + 0.1 * max(0.0, x - 0.75) ** 2 * 4

    def build(side: int) -> None:
        last = Last(side, wide, 0.85, (0.01, 0.42, 0.125), 0.34, 0.0, 0.19, bed)

        def skin(u: float, v: float) -> shapes.Point:
            if v < 0.5:
                return last.shell(u, v * 2)
            x, y, z = last.shell(u, 1.0)
            t = (v - 0.5) * 2
            cos, sin = math.cos(TURN * u), math.sin(TURN * u)
            bulge = crease * math.sin(22 * t + 3 * sin + phase) * (1 - t)
            goal = (0.2 + (shaft + bulge) * cos, y * 0.2 + shaft * 0.85 * sin, heel + tall)
            return tuple(
                a + (b - a) * t**0.7 + bulge * 0.3 for a, b in zip((x, y, z), goal, strict=True)
            )

        shapes.sheet(skin, 72, 48, hide, 0.016, closed=True)
        last.sole(lambda x: bed(x) if x < 0.28 or heel < 0.08 else thick, sole, 0.015, 0.006)
        if trim == "laces":
            _laces(last, 5, 0.55, 0.009, wool, True)
        elif trim == "zip":
            line = [skin(0.25, v) for v in np.linspace(0.2, 0.98, 30)]
            shapes.wires([line], 0.008, metal)
            shapes.wires(
                [[line[-1], (line[-1][0], line[-1][1] + 0.02, line[-1][2] - 0.09)]], 0.008, metal
            )
        elif trim == "fur":

            def cuff(u: float, v: float) -> shapes.Point:
                x, y, z = skin(u, 0.97)
                out, rise = 0.035 * math.cos(TURN * v), 0.05 * math.sin(TURN * v)
                return (x + out * math.cos(TURN * u), y + out * math.sin(TURN * u), z + rise)

            roll = shapes.sheet(cuff, 48, 12, wool, 0.004, closed=True)
            shapes.fur(roll, 5000, rnd.uniform(0.03, 0.08), 0.0014, rnd, 0.05)
        elif trim == "loop":
            for flank in (0.25, 0.75):
                x, y, z = skin(flank, 0.97)
                shapes.wires(
                    [[(x - 0.03, y, z - 0.03), (x, y * 1.1, z + 0.09), (x + 0.03, y, z - 0.03)]],
                    0.01,
                    hide,
                    smooth=True,
                )

    _pair(rnd, build)
