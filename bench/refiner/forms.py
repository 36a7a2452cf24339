"""Free forms for the training products: skins over rings, melted bodies, stones, links, poses.

They are made of what ``shapes`` makes, in the same units.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence

import bmesh
import bpy
import numpy as np
import shapes
from mathutils import Euler, Matrix, Vector
from shapes import Material, Point

TURN = 2 * math.pi


def ring(
    centre: Point, across: Point, up: Point, points: int = 32, power: float = 1.0
) -> list[Point]:
    """Return a closed ring spanned by two half axes; a power below 1 makes it boxier."""
    found = []
    for turn in (TURN * step / points for step in range(points)):
        cos, sin = (
            math.copysign(abs(part) ** power, part) for part in (math.cos(turn), math.sin(turn))
        )
        found.append(
            tuple(c + cos * a + sin * b for c, a, b in zip(centre, across, up, strict=True))
        )
    return found


def loft(rings: Sequence[Sequence[Point]], material: Material, smooth=True, levels: int = 0):
    """Stretch a skin over rings of equally many points and close both ends."""
    around = len(rings[0])
    faces = [
        (
            level * around + step,
            level * around + (step + 1) % around,
            (level + 1) * around + (step + 1) % around,
            (level + 1) * around + step,
        )
        for level in range(len(rings) - 1)
        for step in range(around)
    ]
    last = (len(rings) - 1) * around
    faces += [range(around), range(last, last + around)]
    made = shapes.skin([point for one in rings for point in one], faces, material, smooth)
    if levels:
        finer = made.modifiers.new("finer", "SUBSURF")
        finer.levels = finer.render_levels = levels
    elif smooth:
        made.modifiers.new("crisp", "EDGE_SPLIT").split_angle = math.radians(50)
    return made


def faceted(
    profile: Sequence[tuple[float, float]],
    sides: int,
    material: Material,
    at: Point = (0, 0, 0),
    twist: float = 0.0,
):
    """Turn a profile of (radius, height) with few flat sides, each ring turned on by ``twist``."""
    made = loft(
        [
            ring(
                (0, 0, z),
                (radius * math.cos(level * twist), radius * math.sin(level * twist), 0),
                (-radius * math.sin(level * twist), radius * math.cos(level * twist), 0),
                sides,
            )
            for level, (radius, z) in enumerate(profile)
        ],
        material,
        smooth=False,
    )
    made.location = at
    return made


def stone(radius: float, material: Material, at: Point = (0, 0, 0), sides: int = 8):
    """Make a cut stone, its table upward and its girdle at ``at``."""
    profile = ((0.05, -0.75), (1.0, -0.05), (1.0, 0.05), (0.62, 0.34))
    return faceted([(radius * r, radius * z) for r, z in profile], sides, material, at)


def along(path: Sequence[Point], count: int, closed: bool = False) -> list[Point]:
    """Return ``count`` points at equal distances along a path."""
    line = np.array([*path, path[0]] if closed else path, float)
    walked = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    stops = np.linspace(0.0, walked[-1], count + closed)[:count]
    return [tuple(float(np.interp(stop, walked, axis)) for axis in line.T) for stop in stops]


def links(
    path: Sequence[Point],
    count: int,
    gauge: float,
    material: Material,
    closed: bool = False,
    slim: float = 0.5,
):
    """Make a chain along a path: loops of wire, each a quarter turn from the one before.

    ``slim`` is a link's width as a share of its length, ``gauge`` its wire's radius as a share of
    the distance between links.
    """
    stops = [Vector(stop) for stop in along(path, count + 1 - closed, closed)]
    loops, pitch = [], (stops[1] - stops[0]).length
    pairs = itertools.pairwise([*stops, stops[0]] if closed else stops)
    for index, (start, end) in enumerate(pairs):
        axis = (end - start).normalized()
        side = axis.cross(Vector((0.3, 0.4, 1.0))).normalized()
        across = side if index % 2 else axis.cross(side)
        half = pitch * (0.5 + 1.5 * gauge)
        loops.append(ring((start + end) / 2, axis * half, across * half * slim, 16, 0.8))
    return shapes.wires(loops, gauge * pitch, material, closed=True)


def net(
    surface: Callable[[float, float], Point],
    around: int,
    up: int,
    radius: float,
    material: Material,
):
    """Knot diamonds of thread on a surface over the unit square that is closed in its first half.

    ``surface`` must take any first argument, modulo one.
    """
    return shapes.wires(
        [
            [surface((start + way * 0.5 * step) / around, step / up) for step in range(up + 1)]
            for start in range(around)
            for way in (-1, 1)
        ],
        radius,
        material,
    )


def hair(
    paths: Sequence[Sequence[Point]], radius: float, material: Material, tip: float = 0.35
) -> bpy.types.Object:
    """Make thin hairs along paths, each tapered to ``tip`` of its radius."""
    return shapes.limbs(
        [
            [
                (point, radius * (1 + (tip - 1) * step / (len(path) - 1)))
                for step, point in enumerate(path)
            ]
            for path in paths
        ],
        material,
        sides=0,
    )


def warp(made: bpy.types.Object, move: Callable[[float, float, float], Point]):
    """Move every point of a mesh, in the object's own coordinates."""
    for vertex in made.data.vertices:
        vertex.co = move(*vertex.co)
    return made


def melt(
    parts: Sequence[bpy.types.Object], material: Material, voxel: float = 0.02, soften: int = 4
):
    """Merge overlapping closed parts into one smooth mesh."""
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    whole = bmesh.new()
    for part in parts:
        data = bpy.data.meshes.new_from_object(part.evaluated_get(graph))
        data.transform(part.matrix_basis)
        whole.from_mesh(data)
    rough = bpy.data.meshes.new("part")
    whole.to_mesh(rough)
    whole.free()
    for part in parts:
        bpy.data.objects.remove(part)
    made = bpy.data.objects.new("part", rough)
    bpy.context.scene.collection.objects.link(made)
    grid = made.modifiers.new("grid", "REMESH")
    grid.mode, grid.voxel_size, grid.use_smooth_shade = "VOXEL", voxel, True
    if soften:
        made.modifiers.new("soften", "SMOOTH").iterations = soften
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    made.data = bpy.data.meshes.new_from_object(made.evaluated_get(graph))
    made.modifiers.clear()
    made.data.materials.clear()
    made.data.materials.append(material)
    return made


def built(build: Callable[[], object]) -> list[bpy.types.Object]:
    """Run a function; return the parts that it has made."""
    scene = bpy.context.scene
    before = set(scene.objects)
    build()
    return [made for made in scene.objects if made not in before]


def everything() -> list[bpy.types.Object]:
    """Return all parts so far."""
    return list(bpy.context.scene.objects)


def pose(
    parts: Sequence[bpy.types.Object],
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    scale: float = 1.0,
    ground: bool = False,
):
    """Turn and move finished parts together; with ``ground``, so that the lowest touches z = 0."""
    move = Matrix.Translation(at) @ Euler(turn).to_matrix().to_4x4() @ Matrix.Scale(scale, 4)
    for part in parts:
        part.matrix_basis = move @ part.matrix_basis
    if not ground:
        return
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    low = math.inf
    for part in parts:
        shown = part.evaluated_get(graph)
        mesh = shown.to_mesh()
        flat = np.empty(len(mesh.vertices) * 3, np.float32)
        mesh.vertices.foreach_get("co", flat)
        row = np.array(shown.matrix_world)[2]
        low = min(low, float((flat.reshape(-1, 3) @ row[:3]).min() + row[3]))
        shown.to_mesh_clear()
    for part in parts:
        part.matrix_basis = Matrix.Translation((0, 0, -low)) @ part.matrix_basis


def pelt(skin, count: int, length: float, radius: float, rnd: random.Random, floor: float = 0.06):
    """Grow dense fur on a melted body, but not below, where hair would pierce the floor.

    Each of the ``count`` hairs stands for six.
    """
    free = skin.vertex_groups.new(name="free")
    low = min(vertex.co.z for vertex in skin.data.vertices)
    free.add([v.index for v in skin.data.vertices if v.co.z > low + floor], 1.0, "REPLACE")
    shapes.fur(skin, count, length, radius, rnd)
    grown = skin.particle_systems[-1]
    grown.vertex_group_density = "free"
    grown.settings.child_type = "INTERPOLATED"
    grown.settings.rendered_child_count = 6
    return skin
