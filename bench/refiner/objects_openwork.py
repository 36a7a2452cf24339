"""Products that one sees through: wire, slats, perforations."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence

import forms
import materials as look
import numpy as np
import shapes

Rnd = random.Random
TURN = 2 * math.pi


def _polar(radius: float, turn: float, z: float) -> shapes.Point:
    return (radius * math.cos(turn), radius * math.sin(turn), z)


def _rope(paths: Sequence[Sequence[shapes.Point]], gauge: float, material: shapes.Material):
    """Lay ropes of three twisted strands along paths."""
    strands = []
    for path in paths:
        long = sum(math.dist(a, b) for a, b in itertools.pairwise(path))
        spots = np.array(forms.along(path, max(4, int(long / gauge))))
        ahead = np.gradient(spots, axis=0)
        side = np.cross(ahead, (0.31, 0.52, 0.79))
        side *= gauge * 0.5 / np.linalg.norm(side, axis=1, keepdims=True)
        up = np.cross(ahead, side) / np.linalg.norm(ahead, axis=1, keepdims=True)
        for start in (0, TURN / 3, TURN * 2 / 3):
            turn = (start + 0.9 * np.arange(len(spots)))[:, None]
            twist = (spots + np.cos(turn) * side + np.sin(turn) * up).tolist()
            strands.append([(tuple(spot), gauge * 0.55) for spot in twist])
    return shapes.limbs(strands, material, sides=1)


def _wheel(rnd: Rnd, at: shapes.Point, fat: float, tyre, steel, cover) -> None:
    """Make a spoked wheel that stands on the floor, with a mudguard if there is a cover."""
    x, _, rad = at
    shapes.wires([shapes.circle(rad - fat, 0, 72, "y", at)], fat, tyre, closed=True)
    shapes.wires([shapes.circle(rad - 2 * fat - 0.006, 0, 72, "y", at)], 0.01, steel, True)
    shapes.cylinder(0.024, 0.09, steel, (x, 0.045, rad), (math.pi / 2, 0, 0))
    count = 24 if fat > 0.022 else 36
    rim = shapes.circle(rad - 2 * fat - 0.01, 0, count, "y", at)
    hubs = [shapes.circle(0.022, y, count, "y", at) for y in (-0.03, 0.03)]
    turns = [k + (count // 5 if k % 4 < 2 else -count // 5) for k in range(count)]
    spokes = [[hubs[k % 2][turn % count], rim[k]] for k, turn in enumerate(turns)]
    shapes.wires(spokes, rnd.uniform(0.0015, 0.0028), steel)

    def guard(u: float, v: float) -> shapes.Point:
        a, r = 2.6 * v + (0.2 if x > 0 else -0.3), rad + 0.022 - 0.02 * (2 * u - 1) ** 2
        return (x + r * math.cos(a), (fat + 0.012) * (2 * u - 1), rad + r * math.sin(a))

    if cover:
        shapes.sheet(guard, 6, 40, cover, 0.004)


def bicycle(rnd: Rnd) -> None:
    """A bicycle: spoked wheels, a frame of tubes, saddle, handlebar, cranks and chain."""
    paint, steel = rnd.choice((look.plastic, look.plastic, look.metal))(rnd), look.metal(rnd)
    seat, tyre = look.leather(rnd), rnd.choice((look.rubber, look.rubber, look.plastic))(rnd)
    fat, tube, rad = rnd.uniform(0.012, 0.032), rnd.uniform(0.013, 0.02), rnd.uniform(0.28, 0.35)
    x, z, cover = -0.06, rad - 0.06, rnd.choice((paint, steel, None, None))
    rear, front = (-0.48, 0, rad), (rnd.uniform(0.5, 0.56), 0, rad)
    head, crown, low = (0.33, 0, rad + 0.36), (0.37, 0, rad + 0.24), rnd.choice((0, 0, 0.25))
    top, height = (-0.2, 0, rad + rnd.uniform(0.22, 0.32)), rnd.uniform(0.08, 0.2)

    _wheel(rnd, rear, fat, tyre, steel, cover)
    beam, sit = (top[0] + low * 0.35, 0, top[2] - low), (-0.2 - height * 0.35, 0, top[2] + height)
    shapes.wires([[(x, 0, z), top], [beam, head], [crown, (x, 0, z)], [head, crown]], tube, paint)
    shapes.wires([[top, sit]], tube * 0.75, steel)
    stays = [[(x, y * 0.4, z), (-0.48, y, rad), (-0.2, y * 0.4, top[2])] for y in (-0.05, 0.05)]
    shapes.wires(stays, tube * 0.6, paint)
    broad, knots = rnd.uniform(0.7, 1.2), ((-0.15, 3), (-0.12, 8), (-0.05, 8), (0.03, 4), (0.13, 2))
    saddle = shapes.limbs([[((b, 0, 0), r * broad / 100) for b, r in knots]], seat, smooth=True)
    saddle.location, saddle.scale = (sit[0], 0, sit[2] + 0.02), (1, 1, 0.35)
    ring = shapes.circle(0.09, -0.05, 40, "y", (x, 0, z))
    shapes.wires([ring], 0.008, steel, closed=True)
    arms, turn = [[(x, -0.05, z), spot] for spot in ring[::8]], rnd.uniform(0, TURN)
    for y in (-0.07, 0.07):
        toe = (x + 2.1 * y * math.cos(turn), y, z + 2.1 * y * math.sin(turn))
        arms += [[(x, 0, z), (x, y, z), toe]]
        shapes.wires([[toe, (toe[0], 2.4 * y, toe[2])]], 0.018, look.rubber(rnd))
    shapes.wires(arms, 0.009, steel)
    chain = [[(x, -0.05, z + s * 0.09), (-0.48, -0.05, rad + s * 0.035)] for s in (-1, 1)]
    shapes.wires(chain, 0.006, look.metal(rnd))
    shapes.cylinder(0.035, 0.012, steel, (-0.48, -0.044, rad), (math.pi / 2, 0, 0))

    def steering() -> None:
        _wheel(rnd, front, fat, tyre, steel, cover)
        for y in (-0.05, 0.05):
            blade = [crown, (crown[0], y, crown[2] - 0.02), (0.45, y, rad + 0.1)]
            shapes.wires([[*blade, (front[0], y, rad)]], tube * 0.7, paint)
        ahead, up = head[0] + rnd.uniform(0.0, 0.08), head[2] + rnd.uniform(0.04, 0.16)
        shapes.wires([[head, (head[0] - 0.02, 0, up), (ahead, 0, up)]], tube * 0.8, steel)
        bends = (0, 0, -0.04, 0), (0, 0.08, -0.2, 0.07), (0.1, -0.02, -0.02, -0.13)
        bend, wide = rnd.choice(bends), rnd.uniform(0.2, 0.3)
        for y in (-wide, wide):
            near = (ahead + bend[0], y * 0.8, up + bend[1])
            far = (ahead + bend[2], y, up + bend[3])
            bar = [(ahead, 0, up), (ahead, y * 0.5, up), near, far]
            shapes.wires([bar], 0.011, steel, smooth=True)
            shapes.limbs([[(near, 0.015), (far, 0.017)]], seat)

    parts = forms.built(steering)
    forms.pose(parts, (-0.36, 0, 0))
    forms.pose(parts, (0.36, 0, 0), (0, 0, rnd.uniform(-0.3, 0.3)))


def _cover(rnd: Rnd, wide: float, x: float, y: float, z: float) -> None:
    """Hang a cloth over a rod along x."""
    front, rear, wave = rnd.uniform(0.2, 0.45), rnd.uniform(0.2, 0.45), rnd.uniform(0.0, 0.02)

    def cloth(u: float, v: float) -> shapes.Point:
        s = v * (front + rear) - front
        away = math.copysign(min(abs(s), 0.02), s)
        fold = wave * math.sin(17 * u + 2 * v) * min(1.0, abs(s) * 5)
        return (x + wide * (u - 0.5), y + away + fold, z + 0.014 - max(0.0, abs(s) - 0.015))

    shapes.sheet(cloth, 40, 50, look.fabric(rnd), 0.008)


def drying_rack(rnd: Rnd) -> None:
    """A folding clothes dryer: rods in a frame with wings on crossed legs, bare or with towels."""
    tube = rnd.choice((look.metal, look.plastic, look.wood))(rnd)
    rod = rnd.choice((tube, look.metal(rnd), look.plastic(rnd)))
    w, d, high = rnd.uniform(0.3, 0.55), rnd.uniform(0.22, 0.33), rnd.uniform(0.55, 0.95)
    gauge, count = rnd.uniform(0.008, 0.014), rnd.randint(5, 11)

    def panel(half: float, long: float, y: float, lean: float) -> None:
        cos, sin = math.cos(lean), math.sin(lean)
        spots = [(y + v * cos, high + v * sin) for v in np.linspace(0, long, count)]
        rods = [[(-half, *spot), (half, *spot)] for spot in spots]
        shapes.wires([[*rods[0], *reversed(rods[-1])]], gauge, tube, closed=True)
        shapes.wires(rods[1:-1], gauge * 0.45, rod)

    panel(w, 2 * d, -d, 0)
    lean, long = rnd.choice((rnd.uniform(-0.2, 0.7), -1.3)), rnd.uniform(0.35, 0.6)
    for side in rnd.choice(((-1, 1), (-1, 1), (1,), ())):
        panel(w * 0.96, long, side * d, lean if side > 0 else math.pi - lean)
    for y, x in ((-d, w * 0.9), (d, w * 0.84)):
        leg = [(-x, y * 0.8, high), (-x, -y, 0.02), (x, -y, 0.02), (x, y * 0.8, high)]
        shapes.wires([leg], gauge * 1.1, tube)
        if rnd.random() < 0.5:
            shapes.wires([[(-x, -y / 3, high / 3), (x, -y / 3, high / 3)]], gauge * 0.8, tube)
        shapes.beads([(foot, 0.02) for foot in leg[1:3]], look.rubber(rnd), 12)
    for place in rnd.sample((-0.45, 0.0, 0.45), rnd.choice((0, 0, 0, 1, 2))):
        _cover(rnd, w * rnd.uniform(0.5, 0.9), place * w, rnd.choice((-d, d)), high)
    forms.pose(forms.everything(), turn=(0, 0, rnd.choice((0, math.pi / 2))))


def macrame(rnd: Rnd) -> None:
    """A hanger for pots, empty: ropes from a ring, knotted to a net, and a tassel."""
    cord, gauge = rnd.choice((look.straw, look.fabric, look.knit))(rnd), rnd.uniform(0.007, 0.014)
    ball, ring = (rnd.choice((look.wood, look.metal, look.plastic))(rnd) for _ in range(2))
    groups, wide, rim = rnd.choice((3, 4, 4, 6)), rnd.uniform(0.14, 0.24), rnd.uniform(0.6, 0.9)
    top, step, fray = rim + rnd.uniform(0.5, 0.9), rnd.uniform(0.12, 0.2), rnd.uniform(0.1, 0.3)
    thick, paths, knots = rnd.random() < 0.5, [], []
    for a in (TURN * (k + 0.25) / groups for k in range(groups)):
        for off in (-math.pi / groups, math.pi / groups):
            route = [_polar(0.02, a, top), _polar(0.022, a, top - 0.16)]
            route += [_polar(wide, a + off * 0.04, rim), _polar(wide, a + off * 0.97, rim - step)]
            route += [_polar(wide * 0.75, a + off * 0.1, rim - step * 2), _polar(0.03, a, fray)]
            paths.append(shapes.rounded(route, 6))
            knots.append((_polar(wide, a + off, rim - step), gauge * 2))
        knots.append((_polar(wide, a, rim), gauge * 2))
        if thick:
            spots = [_polar(wide * t, a, top - 0.16 - (top - 0.16 - rim) * t) for t in (0.3, 0.75)]
            _rope([spots], gauge * 1.9, cord)
    _rope(paths, gauge, cord)
    shapes.beads(knots, rnd.choice((cord, cord, ball)), 12)
    shapes.wires([shapes.circle(0.05, 0, 32, "y", (0, 0, top + 0.04))], 0.009, ring, closed=True)
    for z in (top - 0.16, fray):
        wrap = [_polar(0.034, 3.1 * t, z + t / 300) for t in np.linspace(0, 20, 120)]
        shapes.wires([wrap], gauge * 0.45, cord)
    hairs = []
    for _ in range(rnd.randint(30, 90)):
        r, a, out = 0.025 * math.sqrt(rnd.random()), rnd.uniform(0, TURN), rnd.uniform(1.0, 1.6)
        spots = [_polar(r * out**k, a + 0.1 * k, fray * (1 - 0.49 * k)) for k in range(3)]
        hairs.append([(spot, gauge * 0.4) for spot in spots])
    shapes.limbs(hairs, cord, sides=1)
    if rnd.random() < 0.4:
        shapes.wires([shapes.circle(wide, rim, 64)], gauge * 0.8, ring, closed=True)


def dish_rack(rnd: Rnd) -> None:
    """A dish rack of wire: a basket with arches in rows, some plates in it or none, a tray."""
    wire = rnd.choice((look.chrome, look.metal, look.plastic, look.rubber))(rnd)
    gauge, low, flare = rnd.uniform(0.004, 0.008), rnd.uniform(0.03, 0.1), rnd.uniform(1.0, 1.12)
    x, y, tall = rnd.uniform(0.35, 0.55), rnd.uniform(0.22, 0.32), rnd.uniform(0.1, 0.22)
    top, arc = low + tall, [(math.cos(t), math.sin(t) ** 0.4) for t in np.linspace(0, math.pi, 17)]
    for z, wide in ((low, 1), (top, flare)):
        loop = forms.ring((0, 0, z), (x * wide, 0, 0), (0, y * wide, 0), 64, 0.2)
        shapes.wires([loop], gauge * 1.7, wire, closed=True)
    sides, bars = ((-flare, top), (-1, low), (1, low), (flare, top)), rnd.randint(10, 30)
    ribs = [[(b, y * f, z) for f, z in sides] for b in np.linspace(-0.93, 0.93, bars) * x]
    bars = rnd.randint(3, 9)
    ribs += [[(x * f, b, z) for f, z in sides] for b in np.linspace(-0.9, 0.9, bars) * y]
    shapes.wires(ribs, gauge, wire)
    places = np.linspace(-0.88 * x, x * rnd.uniform(0.0, 0.88), rnd.randint(7, 16)).tolist()
    rise, narrow = tall * rnd.uniform(0.5, 1.1), y * rnd.uniform(0.14, 0.28)
    for row in rnd.choice(((-0.4, 0.4), (-0.5, 0.0, 0.5))):
        hoops = [[(at, row * y + narrow * c, low + rise * s) for c, s in arc] for at in places]
        shapes.wires(hoops, gauge * 0.9, wire)
    filled, radius = rnd.choice((0.0, 0.0, rnd.uniform(0.1, 0.6))), y * rnd.uniform(0.65, 0.85)
    glaze, lean = rnd.choice((look.ceramic, look.white, look.glass))(rnd), rnd.uniform(0.0, 0.2)
    for start, end in itertools.pairwise(places):
        if rnd.random() < filled:
            plate = shapes.vessel([(radius * 0.63, 0), (radius, 0.05)], 0.012, glaze)
            at = ((start + end) / 2, 0, low + radius)
            plate.location, plate.rotation_euler = at, (0, math.pi / 2 - lean, 0)
    for side in rnd.choice(((), (-x * flare, x * flare))):
        shapes.wires([[(side, y * 0.5 * c, top + 0.09 * s) for c, s in arc]], gauge * 1.7, wire)
    if rnd.random() < 0.5:
        tray = forms.ring((0, 0, 0), (x * 1.08, 0, 0), (0, y * 1.1, 0), 48, 0.25)
        shapes.slab([spot[:2] for spot in tray], 0.025, rnd.choice((look.plastic, look.metal))(rnd))
    for at in itertools.product((-0.85 * x, 0.85 * x), (-0.85 * y, 0.85 * y)):
        shapes.wires([[(*at, 0), (*at, low)]], gauge * 2, wire)


def trellis(rnd: Rnd) -> None:
    """A garden trellis: laths crossed or fanned, straight or arched, on stakes or in a planter."""
    lath = rnd.choice((look.wood, look.wood, look.metal, look.plastic))(rnd)
    gauge, w, base = rnd.uniform(0.006, 0.016), rnd.uniform(0.25, 0.45), rnd.uniform(0.12, 0.3)
    tall, arch = rnd.uniform(0.6, 1.2), rnd.choice((0, 0, rnd.uniform(0.1, 0.35)))
    kind, count = rnd.choice(("diamond", "square", "fan")), rnd.randint(4, 9)
    xs = np.linspace(-w, w, 121)
    roof = base + tall + arch * (1 - (xs / w) ** 2)
    rim = [(float(x), 0.0, float(z)) for x, z in zip(xs, roof, strict=True)]
    spots, rails = rim[:: 120 // count], np.linspace(base, base + tall, count + 2).tolist()
    paths = [[(x, 0, base), (x, 0, z)] for x, _, z in spots]
    across = [[(-w, gauge, z), (w, gauge, z)] for z in rails]
    if kind == "fan":
        paths = [[(x * 0.12, 0, 0), (x * 0.2, 0, base), (x, 0, z)] for x, _, z in spots]
        slope = (np.linspace(0.25, 1.05, count + 2) * w).tolist()
        across = [[(-x, gauge, z), (x, gauge, z)] for x, z in zip(slope, rails, strict=True)]
    elif kind == "diamond":
        paths, across = [], [across[0]]
        for start in np.arange(base - 2 * w, base + tall + arch + 2 * w, 2 * w / count):
            z = start + xs + w
            inside = np.flatnonzero((z >= base) & (z <= roof))
            if len(inside) > 3:
                ends = [(float(xs[k]), float(z[k])) for k in inside[[0, -1]]]
                paths += [[(way * x, way * gauge * 0.7, z) for x, z in ends] for way in (-1, 1)]
    shapes.wires(paths + across, gauge, lath).scale = (1, 0.6, 1)
    if kind != "fan":
        post = rnd.choice((lath, lath, look.metal(rnd)))
        shapes.wires([[(-w, 0, 0), *rim, (w, 0, 0)]], gauge * 1.7, post)
    if rnd.random() < 0.5:
        sides = [(2.2 * w, 0.02, 0, y) for y in (-0.23, 0.07)]
        sides += [(0.02, 0.28, x, -0.08) for x in (-1.1 * w, 1.1 * w)]
        for row, (long, deep, x, y) in itertools.product((0, 1, 2), sides):
            shapes.box((long, deep, base * 0.31), lath, (x, y, row * base / 3), 0, 0.005)
        shapes.box((2.2 * w, 0.3, 0.02), lath, (0, -0.08, base * rnd.uniform(0.0, 0.9)), 0, 0)


def crate(rnd: Rnd) -> None:
    """A crate of slats with gaps, upright or on its side, or a pallet."""
    kinds = rnd.choices((look.wood, look.wood, look.plastic), k=rnd.choice((1, 1, 2)))
    timber = [kind(rnd) for kind in kinds]
    long, deep, tall = rnd.uniform(0.4, 0.6), rnd.uniform(0.28, 0.4), rnd.uniform(0.25, 0.5)
    thick, fill, rows = rnd.uniform(0.012, 0.025), rnd.uniform(0.55, 0.9), rnd.randint(2, 5)

    def board(size: shapes.Point, at: shapes.Point) -> None:
        nudge = (at[0] + rnd.gauss(0, 0.0025), at[1] + rnd.gauss(0, 0.0025), at[2])
        shapes.box(size, rnd.choice(timber), nudge, rnd.gauss(0, 0.004), 0.003)

    pallet, count = rnd.random() < 0.3, rnd.randint(4, 9)
    step, high, lift = 2 * deep / count, tall / rows, 0.1 + 2 * thick if pallet else 0
    for k in range(count):
        board((2 * long, step * fill, thick), (0, step * (k + 0.5) - deep, lift))
    if pallet:
        for x in (0.08 - long, 0, long - 0.08):
            board((0.12, 2 * deep, thick), (x, 0, 0.1 + thick))
            for y in (0.06 - deep, 0, deep - 0.06):
                board((0.12, 0.12, 0.1), (x, y, thick))
        for y in (0.06 - deep, 0, deep - 0.06):
            board((2 * long, 0.1, thick), (0, y, 0))
        return
    for side in (-1, 1):
        for z in (high * (row + 0.5 - fill / 2) for row in range(rows)):
            board((2 * long, thick, high * fill), (0, side * (deep + thick), z))
            board((thick, 2 * deep, high * fill), (side * long, 0, z))
        for x in (thick * 1.5 - long, long - thick * 1.5):
            board((thick * 2, thick * 2, tall), (x, side * (deep - thick), 0))
    forms.pose(forms.everything(), turn=(rnd.choice((0, 0, math.pi / 2)), 0, 0), ground=True)
