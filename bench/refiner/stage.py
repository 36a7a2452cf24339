"""The studio around a training product: backdrop, light and camera.

The product stands at the origin, its longest side one unit. The camera looks along +y.
"""

from __future__ import annotations

import math
import random

import bpy
import materials as look
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

BACKDROPS = ("gray", "white", "colour", "black", "table")


def start() -> None:
    """Begin an empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.scene.render.engine = "CYCLES"


def settle(rnd: random.Random) -> tuple[list[bpy.types.Object], np.ndarray]:
    """Scale the product to one unit, stand it on the floor and turn it; return parts and points.

    The points, (n, 3), are a sample of its surface in world space, for framing.
    """
    scene = bpy.context.scene
    parts = [made for made in scene.objects if made.type in ("MESH", "CURVE")]
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    clouds = []
    for part in parts:
        shown = part.evaluated_get(graph)
        mesh = shown.to_mesh()
        flat = np.empty(len(mesh.vertices) * 3, np.float32)
        mesh.vertices.foreach_get("co", flat)
        pose = np.array(shown.matrix_world)
        local = flat.reshape(-1, 3)[:: max(1, len(mesh.vertices) // 2000)]
        clouds.append(local @ pose[:3, :3].T + pose[:3, 3])
        shown.to_mesh_clear()
    cloud = np.concatenate(clouds)
    low, high = cloud.min(0), cloud.max(0)
    scale = 1.0 / float((high - low).max())
    centre = (low + high) / 2
    centre[2] = low[2]
    turn = rnd.uniform(-0.7, 0.7)
    pivot = bpy.data.objects.new("pivot", None)
    scene.collection.objects.link(pivot)
    for part in parts:
        part.parent = pivot
    cos, sin = math.cos(turn), math.sin(turn)
    rotation = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    pivot.scale = (scale,) * 3
    pivot.rotation_euler = (0, 0, turn)
    pivot.location = tuple(-(rotation @ centre) * scale)
    return parts, (cloud - centre) * scale @ rotation.T


def _surface(name: str, profile: list[tuple[float, float]], material: bpy.types.Material):
    corners = [(x, y, z) for y, z in profile for x in (-9.0, 9.0)]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], faces)
    for face in mesh.polygons:
        face.use_smooth = True
    made = bpy.data.objects.new(name, mesh)
    mesh.materials.append(material)
    bpy.context.scene.collection.objects.link(made)
    return made


def backdrop(kind: str, rnd: random.Random) -> list[bpy.types.Object]:
    """Build a sweep of paper, or a table of wood, stone or linen before a soft room."""
    if kind == "table":
        top = rnd.choice(("wood", "stone", "linen"))
        first, second = look.colour(rnd, 0.2, 0.7), look.colour(rnd, 0.05, 0.4)
        if top == "wood":
            surface = look.wood(rnd)
        elif top == "stone":
            surface = look.mottle(
                look.plain(first, rnd.uniform(0.1, 0.4)), first, second, rnd.uniform(2, 9)
            )
        else:
            surface = look.mottle(look.plain(first, 0.95), first, second, rnd.uniform(30, 90))
        wall = look.mottle(
            look.plain(first, 0.9), look.colour(rnd), look.colour(rnd), rnd.uniform(0.4, 2.5)
        )
        return [
            _surface("table", [(-9.0, 0.0), (rnd.uniform(0.8, 1.6), 0.0)], surface),
            _surface("wall", [(4.0, -4.0), (4.0, 9.0)], wall),
        ]
    level = {"gray": rnd.uniform(0.22, 0.6), "white": 0.92, "black": rnd.uniform(0.01, 0.04)}.get(
        kind
    )
    base = (
        look.colour(rnd, 0.1, 0.7)
        if level is None
        else (level, level * rnd.uniform(0.97, 1.02), level)
    )
    start, bend = rnd.uniform(0.7, 1.6), rnd.uniform(0.5, 1.4)
    arc = [
        (start + bend * math.sin(t), bend - bend * math.cos(t))
        for t in np.linspace(0, math.pi / 2, 20)
    ]
    roughness = rnd.uniform(0.12, 0.3) if rnd.random() < 0.2 else rnd.uniform(0.6, 0.95)
    return [
        _surface("sweep", [(-9.0, 0.0), *arc, (start + bend, 9.0)], look.plain(base, roughness))
    ]


def _softbox(at: tuple[float, float, float], size: float, power: float) -> bpy.types.Object:
    light = bpy.data.lights.new("softbox", "AREA")
    light.size = size
    light.energy = power
    made = bpy.data.objects.new("softbox", light)
    bpy.context.scene.collection.objects.link(made)
    made.location = at
    made.rotation_euler = (Vector((0, 0, 0.4)) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    made.visible_camera = False
    return made


def lights(kind: str, rnd: random.Random) -> list[bpy.types.Object]:
    """Set a key, a fill and a rim light; white seamless gets light on the sweep as well."""
    world = bpy.data.worlds.new("room")
    bpy.context.scene.world = world
    world.use_nodes = True
    room = world.node_tree.nodes["Background"]
    room.inputs["Color"].default_value = (1.0, rnd.uniform(0.96, 1.0), rnd.uniform(0.93, 1.0), 1.0)
    room.inputs["Strength"].default_value = (
        rnd.uniform(0.35, 0.7) if kind == "white" else rnd.uniform(0.08, 0.35)
    )
    side = rnd.choice((-1, 1))
    made = [
        _softbox(
            (side * rnd.uniform(1.2, 2.4), -rnd.uniform(1.0, 2.4), rnd.uniform(1.4, 3.0)),
            rnd.uniform(0.3, 1.8),
            100,
        ),
        _softbox(
            (-side * rnd.uniform(1.6, 2.5), -1.3, rnd.uniform(0.8, 1.8)), 1.5, rnd.uniform(10, 50)
        ),
    ]
    if rnd.random() < 0.6:
        made.append(_softbox((-side * 1.1, 1.2, 2.4), 0.8, rnd.uniform(20, 60)))
    if kind == "white":
        made += [_softbox((x, 0.5, 2.6), 1.2, rnd.uniform(60, 130)) for x in (-1.7, 1.7)]
    return made


def camera(cloud: np.ndarray, rnd: random.Random, width: int, height: int) -> None:
    """Point a camera at the product so that it fills 50…92% of the frame."""
    scene = bpy.context.scene
    data = bpy.data.cameras.new("camera")
    made = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(made)
    scene.camera = made
    data.lens = rnd.uniform(55, 110)
    scene.render.resolution_x, scene.render.resolution_y = width, height
    rise = math.radians(rnd.choice((rnd.uniform(3, 20), rnd.uniform(8, 35), rnd.uniform(35, 75))))
    away = Vector((0, -math.cos(rise), math.sin(rise)))
    made.rotation_euler = (-away).to_track_quat("-Z", "Y").to_euler()
    middle = Vector((cloud.min(0) + cloud.max(0)) / 2)
    fill, distance = rnd.uniform(0.5, 0.92), 4.0
    sample = cloud[:: max(1, len(cloud) // 1500)]
    low = high = np.zeros(2)
    for _ in range(5):
        made.location = middle + away * distance
        bpy.context.view_layer.update()
        seen = np.array([world_to_camera_view(scene, made, Vector(point))[:2] for point in sample])
        low, high = seen.min(0), seen.max(0)
        distance *= float(np.clip((high - low).max() / fill, 0.5, 2.0))
    longest = max(width, height)
    data.shift_x = float((low[0] + high[0]) / 2 - 0.5) * width / longest + rnd.uniform(-0.04, 0.04)
    data.shift_y = float((low[1] + high[1]) / 2 - 0.5) * height / longest + rnd.uniform(-0.04, 0.04)
