"""Geometry for the training products: lathes, boxes, wires, pierced surfaces and fur.

Lengths are in Blender units; the stage scales every product to fit, so only proportions matter.
Every function links what it makes into the current scene and returns the object.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence

import bmesh
import bpy
from mathutils import Vector

Point = tuple[float, float, float]
Material = bpy.types.Material


def _link(data, material: Material):
    made = bpy.data.objects.new("part", data)
    bpy.context.scene.collection.objects.link(made)
    made.data.materials.append(material)
    return made


def _mesh(mesh: bmesh.types.BMesh, material: Material, smooth: bool = True):
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)
    data = bpy.data.meshes.new("part")
    mesh.to_mesh(data)
    mesh.free()
    for face in data.polygons:
        face.use_smooth = smooth
    return _link(data, material)


def lathe(profile: Sequence[tuple[float, float]], material: Material, sides: int = 96):
    """Turn a profile of (radius, height) points around the vertical axis."""
    mesh = bmesh.new()
    rings = [
        [
            mesh.verts.new(
                (max(radius, 1e-4) * math.cos(turn), max(radius, 1e-4) * math.sin(turn), z)
            )
            for turn in (2 * math.pi * side / sides for side in range(sides))
        ]
        for radius, z in profile
    ]
    for lower, upper in itertools.pairwise(rings):
        for side in range(sides):
            after = (side + 1) % sides
            mesh.faces.new((lower[side], lower[after], upper[after], upper[side]))
    made = _mesh(mesh, material)
    split = made.modifiers.new("crisp", "EDGE_SPLIT")
    split.split_angle = math.radians(38)
    return made


def rounded(profile: Sequence[tuple[float, float]], steps: int = 8) -> list[tuple[float, float]]:
    """Return a Catmull-Rom curve through the points of a profile."""
    points = [profile[0], *profile, profile[-1]]
    curve = []
    for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(before, start, end, after, strict=True)
                )
            )
    return [*curve, profile[-1]]


def vessel(profile: Sequence[tuple[float, float]], wall: float, material: Material):
    """Turn an outer profile into an open vessel with a wall of the given thickness."""
    inner = [(max(0.0, radius - wall), max(z, wall)) for radius, z in reversed(profile)]
    return lathe(
        [(0.0, profile[0][1]), *profile, *inner, (0.0, max(profile[0][1], wall))], material
    )


def box(
    size: Point, material: Material, at: Point = (0, 0, 0), turn: float = 0.0, bevel: float = 0.02
):
    """Make a box with bevelled edges, its base at ``at``."""
    mesh = bmesh.new()
    bmesh.ops.create_cube(mesh, size=1.0)
    bmesh.ops.scale(mesh, vec=size, verts=mesh.verts)
    made = _mesh(mesh, material, smooth=False)
    made.location = (at[0], at[1], at[2] + size[2] / 2)
    made.rotation_euler = (0, 0, turn)
    if bevel:
        edge = made.modifiers.new("bevel", "BEVEL")
        edge.width = bevel
        edge.segments = 3
    return made


def cylinder(
    radius: float, height: float, material: Material, at: Point = (0, 0, 0), lean: Point = (0, 0, 0)
):
    """Make a cylinder with a slightly broken edge, its base at ``at`` before leaning."""
    b = min(radius, height) * 0.12
    made = lathe(
        [
            (0, 0),
            (radius - b, 0),
            (radius, b),
            (radius, height - b),
            (radius - b, height),
            (0, height),
        ],
        material,
    )
    made.location = at
    made.rotation_euler = lean
    return made


def blob(size: Point, material: Material, at: Point = (0, 0, 0), power: float = 1.0, wobble=None):
    """Make a superellipsoid (power 1 an ellipsoid, smaller ones are boxier) centred at ``at``."""
    mesh = bmesh.new()
    bmesh.ops.create_uvsphere(mesh, u_segments=72, v_segments=40, radius=1.0)
    for vertex in mesh.verts:
        moved = [math.copysign(abs(part) ** power, part) for part in vertex.co]
        swell = 1.0 + (wobble(*vertex.co) if wobble else 0.0)
        vertex.co = [part * length * swell for part, length in zip(moved, size, strict=True)]
    made = _mesh(mesh, material)
    made.location = at
    return made


def wires(
    paths: Sequence[Sequence[Point]], radius: float, material: Material, closed=False, smooth=False
):
    """Make round wires along paths; ``smooth`` runs a curve through the points."""
    curve = bpy.data.curves.new("wire", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = radius
    curve.bevel_resolution = 3
    curve.use_fill_caps = True
    for path in paths:
        if smooth:
            spline = curve.splines.new("BEZIER")
            spline.bezier_points.add(len(path) - 1)
            for knot, point in zip(spline.bezier_points, path, strict=True):
                knot.co = point
                knot.handle_left_type = knot.handle_right_type = "AUTO"
            spline.resolution_u = 8
        else:
            spline = curve.splines.new("POLY")
            spline.points.add(len(path) - 1)
            for knot, point in zip(spline.points, path, strict=True):
                knot.co = (*point, 1.0)
        spline.use_cyclic_u = closed
    return _link(curve, material)


def circle(
    radius: float, height: float = 0.0, points: int = 48, axis: str = "z", at: Point = (0, 0, 0)
):
    """Return the points of a circle around an axis."""
    ring = []
    for step in range(points):
        turn = 2 * math.pi * step / points
        x, y = radius * math.cos(turn), radius * math.sin(turn)
        local = {"z": (x, y, height), "y": (x, height, y), "x": (height, x, y)}[axis]
        ring.append(tuple(a + b for a, b in zip(local, at, strict=True)))
    return ring


def sheet(
    surface: Callable[[float, float], Point],
    across: int,
    along: int,
    material: Material,
    thickness: float = 0.01,
    closed: bool = False,
    hole: float = 0.0,
):
    """Make a thin sheet from a surface over the unit square.

    ``closed`` joins its two sides across; ``hole`` in 0…1 pierces every cell by that share of it.
    """
    mesh = bmesh.new()
    columns = across if closed else across + 1
    grid = [
        [mesh.verts.new(surface(i / across, j / along)) for i in range(columns)]
        for j in range(along + 1)
    ]
    for lower, upper in itertools.pairwise(grid):
        for i in range(across):
            after = (i + 1) % columns
            mesh.faces.new((lower[i], lower[after], upper[after], upper[i]))
    if hole:
        cells = list(mesh.faces)
        side = sum(edge.calc_length() for edge in cells[len(cells) // 2].edges) / 4
        bmesh.ops.inset_individual(mesh, faces=cells, thickness=side * (1 - hole) / 2)
        bmesh.ops.delete(mesh, geom=cells, context="FACES_ONLY")
    made = _mesh(mesh, material)
    solid = made.modifiers.new("thick", "SOLIDIFY")
    solid.thickness = thickness
    return made


def plate(outline: Sequence[tuple[float, float]], depth: float, material: Material, holes=()):
    """Make a flat plate, upright in x and z, from an outline and the outlines of its holes."""
    curve = bpy.data.curves.new("plate", "CURVE")
    curve.dimensions = "2D"
    curve.fill_mode = "BOTH"
    curve.extrude = depth / 2
    for contour in (outline, *holes):
        spline = curve.splines.new("POLY")
        spline.points.add(len(contour) - 1)
        for knot, (x, y) in zip(spline.points, contour, strict=True):
            knot.co = (x, y, 0.0, 1.0)
        spline.use_cyclic_u = True
    made = _link(curve, material)
    made.rotation_euler = (math.pi / 2, 0, 0)
    return made


def fur(skin, count: int, length: float, radius: float, rnd: random.Random, curl: float = 0.03):
    """Grow hair of the skin's own material on an object."""
    bpy.context.view_layer.objects.active = skin
    skin.select_set(True)
    bpy.ops.object.particle_system_add()
    settings = skin.particle_systems[-1].settings
    skin.particle_systems[-1].seed = rnd.randint(0, 9999)
    settings.type = "HAIR"
    settings.count = count
    settings.hair_length = length
    settings.hair_step = 3
    settings.use_advanced_hair = True
    settings.brownian_factor = curl
    settings.root_radius = radius * 100
    settings.tip_radius = radius * 30
    settings.radius_scale = 0.01
    settings.render_step = 3
    return skin


def skin(
    points: Sequence[Point], faces: Sequence[Sequence[int]], material: Material, smooth: bool = True
):
    """Make a mesh from points and the corners of its faces."""
    mesh = bmesh.new()
    corners = [mesh.verts.new(point) for point in points]
    for face in faces:
        mesh.faces.new([corners[corner] for corner in face])
    return _mesh(mesh, material, smooth)


def beads(spots: Sequence[tuple[Point, float]], material: Material, fine: int = 16):
    """Make balls of the given (centre, radius) as one part."""
    ball = bmesh.new()
    bmesh.ops.create_uvsphere(ball, u_segments=fine, v_segments=fine * 2 // 3, radius=1.0)
    ball.verts.ensure_lookup_table()
    count, points, faces = len(ball.verts), [], []
    for index, (centre, radius) in enumerate(spots):
        points += [Vector(centre) + radius * vertex.co for vertex in ball.verts]
        faces += [[index * count + vertex.index for vertex in face.verts] for face in ball.faces]
    ball.free()
    data = bpy.data.meshes.new("part")
    data.from_pydata(points, [], faces)
    data.shade_smooth()
    return _link(data, material)


def limbs(
    paths: Sequence[Sequence[tuple[Point, float]]], material: Material, smooth=False, sides: int = 3
):
    """Make round limbs along paths of (point, radius); few ``sides`` do for hair."""
    curve = bpy.data.curves.new("limb", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = 1.0
    curve.bevel_resolution = sides
    curve.use_fill_caps = True
    for path in paths:
        spline = curve.splines.new("BEZIER" if smooth else "POLY")
        knots = spline.bezier_points if smooth else spline.points
        knots.add(len(path) - 1)
        for knot, (point, radius) in zip(knots, path, strict=True):
            knot.co = point if smooth else (*point, 1.0)
            knot.radius = radius
            if smooth:
                knot.handle_left_type = knot.handle_right_type = "AUTO"
        spline.resolution_u = 8
    return _link(curve, material)


def slab(
    outline: Sequence[tuple[float, float]],
    thick: float,
    material: Material,
    at: Point = (0, 0, 0),
    holes=(),
    edge: float = 0.004,
):
    """Make a plate that lies flat, its edge rounded, from an outline in x and y and its holes."""
    made = plate(outline, thick - 2 * edge, material, holes)
    made.data.bevel_depth = edge
    made.data.bevel_resolution = 2
    made.data.offset = -edge
    made.rotation_euler = (0, 0, 0)
    made.location = (at[0], at[1], at[2] + thick / 2)
    return made
