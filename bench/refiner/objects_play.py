"""Toys and sports gear: toy cars and trucks, helmets, guitars."""

from __future__ import annotations

import itertools
import math
import random

import forms
import materials as look
import numpy as np
import shapes
from objects_leisure import UPRIGHT, tint, wheel

Rnd = random.Random
TURN = 2 * math.pi


def _load(rnd: Rnd, start: float, end: float, half: float, z: float) -> None:
    """Put an open bed, a tank or a box on a truck."""
    mid, long, paint = (start + end) / 2, end - start, tint(rnd)
    kind, tall = rnd.choice(("bed", "tank", "box")), rnd.uniform(0.1, 0.25)
    if kind == "tank":
        shapes.cylinder(half, long, paint, (start, 0, z + half), (0, math.pi / 2, 0))
        shapes.cylinder(half * 0.3, 0.06, paint, (mid, 0, z + 1.9 * half))
    elif kind == "box":
        shapes.box((long, 2 * half, tall + 0.15), look.printed(rnd), (mid, 0, z + 0.02), bevel=0.01)
    else:
        for side in (-1, 1):
            at, thin = (mid + side * long / 2, 0, z), (0.02, 2 * half, tall * 0.8)
            shapes.box((long, 0.02, tall), paint, (mid, side * half, z), bevel=0.006)
            shapes.box(thin, paint, at, bevel=0.006)


def toy_car(rnd: Rnd) -> None:
    """A toy car or truck: of wood with windows right through, or of plastic with glass or none."""
    block, truck = rnd.random() < 0.4, rnd.random() < 0.4
    paint = rnd.choice((tint, look.wood))(rnd) if block else tint(rnd)
    trim = rnd.choice((look.chrome, look.rubber, tint))(rnd)
    tyre, hub = rnd.choice((look.rubber, look.rubber, tint))(rnd), rnd.choice((trim, tint(rnd)))
    half, r, slant = rnd.uniform(0.16, 0.24), rnd.uniform(0.09, 0.15), rnd.uniform(0.02, 0.14)
    low, tall = r * rnd.uniform(0.6, 1.0), rnd.uniform(0.13, 0.26)
    belt = max(low + rnd.uniform(0.12, 0.2), 2.3 * r)
    top, start, end = belt + tall, *((rnd.uniform(0, 0.15), 0.46) if truck else (-0.4, 0.22))
    axles, clear = (-0.5 + r * rnd.uniform(1.3, 1.8), 0.5 - r * rnd.uniform(1.3, 1.8)), r * 1.15
    lean, outline, panes = math.asin((low - r) / clear), [(-0.5, low)], []
    for x in axles:
        sweep = np.linspace(math.pi - lean, lean, 16)
        outline += [(x + clear * math.cos(t), r + clear * math.sin(t)) for t in sweep]
    outline += [(0.5, low), (0.5, belt - 0.05), (0.47, belt)]
    if block:
        outline += [(end, belt), (end - slant, top), (start + slant / 2, top), (start, belt)]
        cuts = np.linspace(start + slant / 2 + 0.03, end - slant, 2 if truck else 3)
        for a, b in itertools.pairwise(cuts):
            panes.append([(a, belt), (b - 0.03, belt), (b - 0.03, top - 0.04), (a, top - 0.04)])
    outline += [(-0.48, belt - 0.06 * truck), (-0.5, belt - 0.1)]
    shapes.slab(outline, 2 * half, paint, (0, 0, -half), panes, rnd.uniform(0.008, 0.025))
    forms.pose(forms.everything(), turn=UPRIGHT)
    if not block:
        roof, long = (start + end - slant / 2) / 2, end - start - slant * 1.5
        spans = [((start + end) / 2, end - start, 0.88, belt), (roof, long, 0.7, top)]
        posts = [
            [(x + s * long / 2, y * half * w, z) for x, long, w, z in spans]
            for s in (-1, 0, 1)
            for y in (-1, 1)
        ]
        shapes.wires(posts[: 6 if long > 0.35 else 2] + posts[4:], 0.014, paint)
        shapes.box((long + 0.03, half * 1.45, 0.03), paint, (roof, 0, top - 0.01), bevel=0.012)
        loops = [
            forms.ring((x, 0, z), (long * 0.49, 0, 0), (0, half * w * 0.98, 0), 40, 0.25)
            for x, long, w, z in spans
        ]
        if rnd.random() < 0.6:
            forms.loft(loops, rnd.choice((look.glass, lambda _: look.plain((0.02,) * 3, 0.1)))(rnd))
    if truck:
        _load(rnd, -0.5, start - 0.02, half, belt - 0.07)
    for x in axles:
        for y in (-half, half):
            wheel((x, y, r), r, rnd.uniform(0.07, 0.12), tyre, hub)
        if rnd.random() < 0.8:
            at = (math.copysign(0.53, x), 0, low + 0.02)
            shapes.box((0.03, half * 2.1, 0.045), trim, at, bevel=0.01)
        lamps = [((math.copysign(0.49, x), y * half * 0.7, belt - 0.08), 0.03) for y in (-1, 1)]
        shapes.beads(lamps, rnd.choice((look.chrome, look.white))(rnd))
    if not truck and rnd.random() < 0.4:
        posts = [[(-0.43, y, belt - 0.02), (-0.46, y, belt + 0.08)] for y in (-0.1, 0.1)]
        shapes.wires(posts, 0.012, trim)
        shapes.box((0.1, half * 2, 0.02), paint, (-0.46, 0, belt + 0.07), bevel=0.006)


def _shell(spot, columns: int, rows: int, opened, thick: float, material) -> None:
    """Make a thick smooth shell over a grid, without the cells that are opened."""
    wide = columns + 1
    points = [spot(i / columns, j / rows) for j in range(rows + 1) for i in range(wide)]
    cells = [(i, j) for j in range(rows) for i in range(columns) if not opened(i, j)]
    corners = [(j * wide + i, j * wide + i + 1, (j + 1) * wide + i) for i, j in cells]
    made = shapes.skin(points, [(a, b, c + 1, c) for a, b, c in corners], material)
    made.modifiers.new("seam", "WELD").merge_threshold = 1e-4
    made.modifiers.new("thick", "SOLIDIFY").thickness = thick
    finer = made.modifiers.new("finer", "SUBSURF")
    finer.levels = finer.render_levels = 2


def helmet(rnd: Rnd) -> None:
    """A cyclist's helmet with vents right through, or a rider's with a visor; straps hang below."""
    paint, band, wide = tint(rnd, 0.35), look.fabric(rnd), rnd.uniform(0.32, 0.38)
    tall, drop, cover = rnd.uniform(0.32, 0.42), rnd.uniform(0.12, 0.3), look.plastic(rnd)
    if rnd.random() < 0.6:
        ribs, gap, reach = rnd.randint(3, 5), rnd.randint(2, 5), rnd.uniform(-0.05, 0.07)
        span, rows, bridge = 2, 36, [rnd.randint(7, 12) for _ in range(9)]

        def dome(u: float, v: float, out: float = 0.0) -> shapes.Point:
            a, b = math.pi * (u - 0.5), math.pi * (1.12 * v - 0.06)
            groove = 1 + out + 0.03 * math.cos(TURN * (ribs + 0.5) * u) * math.sin(b)
            y, z = -math.cos(b) * 0.48, math.sin(b)
            a = math.cos(a) ** 0.8, math.sin(a)
            return (wide * a[1], y * a[0] * groove, tall * z * a[0] * groove)

        columns = 2 * span * ribs + span + 4

        def vent(i: int, j: int) -> bool:
            lane = (i - 2) // span
            inside = 2 <= i < columns - 2 and lane % 2 == 1 and 3 < j < rows - 4
            return inside and (j + 2 * lane) % (bridge[abs(lane - ribs) % 9] + gap) >= gap

        _shell(dome, columns, rows, vent, 0.05, paint)
        if rnd.random() < 0.6:

            def peak(u: float, v: float) -> shapes.Point:
                x, y, z = dome(0.25 + 0.5 * u, 0.1, 0.03)
                return (x, y - 0.2 * v * math.sin(math.pi * u) ** 0.5, z - reach * v)

            shapes.sheet(peak, 24, 4, cover, 0.012)
    else:
        low, face, bare = rnd.uniform(0.68, 0.76), rnd.randint(6, 8), rnd.random() < 0.3
        top, chin = rnd.randint(8, 10), 40 if bare else rnd.randint(15, 17)

        def ball(u: float, v: float, out: float = 0.0) -> shapes.Point:
            a, b = TURN * u, math.pi * low * v
            r = math.sin(b) ** 0.9 * (1 + out)
            jut = 0.08 * max(0.0, -math.cos(a)) ** 3 * max(0.0, -math.cos(b)) if not bare else 0
            side, front = wide * r * math.sin(a), (0.44 + jut) * r * math.cos(a)
            return (side, front, tall * math.cos(b) * (1 + out))

        _shell(ball, 36, 22, lambda i, j: abs(i - 17.5) < face and top <= j < chin, 0.04, paint)
        black = look.plain((0.03,) * 3, 0.05, coat=1.0)
        visor = rnd.choice((look.glass(rnd), black, black, look.chrome(rnd)))
        a, b, shift = (face + 2) / 36, (chin if chin < 30 else 15) + 0.5, rnd.choice((0, 0, -5))

        def pane(u: float, v: float) -> shapes.Point:
            return ball(0.5 + a * (2 * u - 1), (top - 1 + shift + (b - top) * v) / 22, 0.06)

        shapes.sheet(pane, 40, 12, visor, 0.012)
        for s in (-1, 1):
            x, y, z = ball(0.5 + s * a, (top + 2) / 22, 0.0)
            shapes.beads([((x, y, z), 0.06)], cover, 24)
    for x in (-1, 1):
        ear = (x * wide * 0.8, 0.02, -drop * 0.5)
        for y in (-0.2, 0.2):
            shapes.limbs([[((x * wide * 0.85, y, 0.02), 0.012), (ear, 0.012)]], band)
        shapes.beads([(ear, 0.025)], cover)

    def chin_strap(u: float, v: float) -> shapes.Point:
        t = math.pi * (v - 0.5)
        return (wide * 0.8 * math.sin(t), 0.05 * u, -drop * (0.5 + 0.6 * math.cos(t)))

    shapes.sheet(chin_strap, 2, 24, band, 0.01)
    forms.pose(forms.everything(), turn=(rnd.uniform(-0.3, 0.2), 0, rnd.uniform(-1.2, 1.2)))


def guitar(rnd: Rnd) -> None:
    """A guitar or a ukulele: upright, leaning or lying, its tuning pegs standing off the head."""
    electric, strings = rnd.random() < 0.4, rnd.choice((4, 6, 6))
    paint, neck = rnd.choice((look.wood, look.wood, tint))(rnd), look.wood(rnd)
    wide, waist = rnd.uniform(0.33, 0.4), rnd.uniform(0.2, 0.25)
    thick, long = (0.1 if electric else rnd.uniform(0.16, 0.26)), rnd.uniform(0.7, 1.25)
    left = [(0.01, 0), (wide * 0.8, 0.06), (wide, 0.27), (waist, 0.6)]
    left += [(wide * 0.76, 0.83), (0.1, 0.99), (0.01, 1)]
    right, board = left, rnd.uniform(0.045, 0.06)
    if electric or rnd.random() < 0.3:
        right = [*right[:4], (wide * 0.7, 0.8 + 0.06 * electric), (0.12, 0.78), (0.06, 0.76)]
    if electric:
        horn = (wide * 0.55, rnd.uniform(0.95, 1.1))
        left = [*left[:4], (wide * 0.8, 0.85), horn, (0.12, 0.8), (0.06, 0.78)]
    sides = shapes.rounded(right), [(-x, y) for x, y in shapes.rounded(left)[::-1]]
    shapes.slab([*sides[0], *sides[1]], thick, paint, (0, 0, 0), edge=rnd.uniform(0.006, 0.03))
    nut, trim, steel = 1 + long, look.plastic(rnd), look.metal(rnd)
    stem = [(-board * 1.15, 0.72), (board * 1.15, 0.72), (board, nut), (-board, nut)]
    shapes.slab(stem, 0.06, neck, (0, 0, thick - 0.035))
    head = [(-board, nut), (board, nut), (board * 1.7, nut + 0.08), (board * 1.4, nut + 0.36)]
    head.append((rnd.uniform(-0.02, 0.02), nut + rnd.uniform(0.34, 0.42)))
    head += [(-board * 1.4, nut + 0.36), (-board * 1.7, nut + 0.08)]
    shapes.slab(head, 0.04, rnd.choice((paint, neck)), (0, 0, thick - 0.03))
    frets = [nut - (nut - 0.25) * (1 - 2 ** (-k / 12)) for k in range(16)]
    bars = [[(s * board, y, thick + 0.026) for s in (-1, 1)] for y in frets if y > 0.74]
    shapes.wires(bars, 0.004, steel)
    shapes.box((0.2 if electric else 0.3, 0.05, 0.03), rnd.choice((neck, steel)), (0, 0.22, thick))
    if electric:
        for y in (0.34, 0.5, 0.64)[: rnd.randint(2, 3)]:
            shapes.box((0.16, 0.06, 0.02), trim, (0, y, thick), bevel=0.006)
        dials = [((0.2 - 0.03 * k, 0.18 - 0.1 * k, thick + 0.01), 0.03) for k in (0, 1)]
        shapes.beads(dials, trim)
    else:
        # The hole is seen as the dark of the body, not through it.
        shapes.cylinder(0.11, 0.004, look.plain((0.01, 0.007, 0.005), 0.9), (0, 0.62, thick))
        rosette = shapes.circle(0.12, thick + 0.002, 64, at=(0, 0.62, 0))
        shapes.wires([rosette], 0.006, trim, closed=True)
    runs, knobs, half = [], [], (strings + 1) // 2
    for k in range(strings):
        s, level = (-1 if k < half else 1), (k if k < half else strings - 1 - k)
        y, x = nut + 0.09 + 0.22 * level / (half - 1), board * (2 * k / (strings - 1) - 1) * 0.8
        edge, z = board * 1.55, thick - 0.01
        post, knob, level = s * board * 0.9, s * (edge + 0.07), thick + 0.04
        runs.append([(x * 1.2, 0.22, level), (x, nut, level), (post, y, z + 0.03)])
        knobs.append(((knob, y, z), 0.026))
        stems = [[(s * board, y, z), (knob, y, z)], [(post, y, z), (post, y, z + 0.05)]]
        shapes.wires(stems, 0.009, steel)
    shapes.wires(runs, 0.0035, steel)
    shapes.beads(knobs, rnd.choice((steel, trim)))
    lean = rnd.choice((0, rnd.uniform(0.05, 0.4), math.pi / 2))
    forms.pose(forms.everything(), turn=(math.pi / 2 - lean, 0, 0), ground=True)
    turn = (0, rnd.choice((0, 0, rnd.uniform(-0.6, 0.6))), rnd.uniform(-0.6, 0.6))
    forms.pose(forms.everything(), turn=turn)
