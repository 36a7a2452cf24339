"""Surfaces for the training products: Cycles materials whose look is drawn from a seeded source.

Every function returns a new material. Colours are linear RGB in 0…1.
"""

from __future__ import annotations

import random

import bpy
import numpy as np

RGB = tuple[float, float, float]


def colour(rnd: random.Random, low: float = 0.02, high: float = 0.8) -> RGB:
    """Return a colour of random hue, saturation and brightness."""
    level = rnd.uniform(low, high)
    spread = rnd.choice((0.1, 0.5, 1.0)) * level
    return tuple(min(1.0, max(0.0, level + rnd.uniform(-spread, spread))) for _ in range(3))


def pale(rnd: random.Random) -> RGB:
    """Return a near-white: the hard case on a white or light gray sweep."""
    level = rnd.uniform(0.55, 0.92)
    return tuple(level * rnd.uniform(0.93, 1.0) for _ in range(3))


def dark(rnd: random.Random) -> RGB:
    """Return a near-black: the hard case on black."""
    level = rnd.uniform(0.006, 0.04)
    return tuple(level * rnd.uniform(0.8, 1.0) for _ in range(3))


def plain(
    base: RGB,
    roughness: float = 0.5,
    metallic: float = 0.0,
    transmission: float = 0.0,
    coat: float = 0.0,
    ior: float = 1.45,
) -> bpy.types.Material:
    """Return a principled material of one colour."""
    material = bpy.data.materials.new("surface")
    material.use_nodes = True
    inputs = material.node_tree.nodes["Principled BSDF"].inputs
    inputs["Base Color"].default_value = (*base, 1.0)
    inputs["Roughness"].default_value = roughness
    inputs["Metallic"].default_value = metallic
    inputs["Transmission Weight"].default_value = transmission
    inputs["Coat Weight"].default_value = coat
    inputs["IOR"].default_value = ior
    return material


def relief(material: bpy.types.Material, scale: float, strength: float, kind: str = "noise"):
    """Roughen a material with a bump pattern (noise, or waves as in knit and weave)."""
    tree = material.node_tree
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    pattern = tree.nodes.new("ShaderNodeTexWave" if kind == "wave" else "ShaderNodeTexNoise")
    pattern.inputs["Scale"].default_value = scale
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = strength
    bump.inputs["Distance"].default_value = 0.02
    tree.links.new(coordinates.outputs["Object"], pattern.inputs["Vector"])
    tree.links.new(pattern.outputs["Fac"], bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], tree.nodes["Principled BSDF"].inputs["Normal"])
    return material


def mottle(
    material: bpy.types.Material, first: RGB, second: RGB, scale: float, stretch: float = 1.0
):
    """Colour a material with noise between two colours (wood grain when stretched)."""
    tree = material.node_tree
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Scale"].default_value = (1.0, stretch, 1.0)
    noise = tree.nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = scale
    noise.inputs["Detail"].default_value = 6.0
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position = 0.38
    ramp.color_ramp.elements[0].color = (*first, 1.0)
    ramp.color_ramp.elements[1].position = 0.62
    ramp.color_ramp.elements[1].color = (*second, 1.0)
    tree.links.new(coordinates.outputs["Object"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], noise.inputs["Vector"])
    tree.links.new(noise.outputs["Fac"], ramp.inputs["Fac"])
    tree.links.new(ramp.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
    return material


def ceramic(rnd: random.Random) -> bpy.types.Material:
    """Return a glazed or matt ceramic, white more often than not."""
    base = pale(rnd) if rnd.random() < 0.65 else colour(rnd)
    return plain(base, rnd.choice((0.08, 0.2, 0.6)), coat=rnd.choice((0.0, 0.6)))


def plastic(rnd: random.Random) -> bpy.types.Material:
    """Return a plastic: pale, dark or coloured."""
    base = rnd.choice((pale, dark, colour))(rnd)
    return plain(base, rnd.uniform(0.12, 0.55), coat=rnd.choice((0.0, 0.0, 0.7)))


def metal(rnd: random.Random) -> bpy.types.Material:
    """Return chrome, steel, brass, copper or anodised metal."""
    base = rnd.choice(
        (
            (0.92, 0.92, 0.93),
            (0.75, 0.75, 0.77),
            (0.9, 0.66, 0.3),
            (0.8, 0.45, 0.3),
            (0.3, 0.3, 0.33),
        )
    )
    return plain(base, rnd.choice((0.02, 0.08, 0.2, 0.35)), metallic=1.0)


def chrome(rnd: random.Random) -> bpy.types.Material:
    """Return a mirror-like metal: it shows the sweep that it stands on."""
    return plain((0.92, 0.92, 0.93), rnd.uniform(0.0, 0.08), metallic=1.0)


def glass(rnd: random.Random, tinted: bool = True) -> bpy.types.Material:
    """Return clear or tinted glass or clear plastic, which lets shadow rays through."""
    base = (1.0, 1.0, 1.0)
    if tinted and rnd.random() < 0.5:
        base = tuple(rnd.uniform(0.55, 1.0) for _ in range(3))
    material = plain(
        base, rnd.choice((0.0, 0.0, 0.15)), transmission=1.0, ior=rnd.uniform(1.33, 1.5)
    )
    tree = material.node_tree
    rays = tree.nodes.new("ShaderNodeLightPath")
    through = tree.nodes.new("ShaderNodeBsdfTransparent")
    through.inputs["Color"].default_value = (*(0.6 + 0.35 * part for part in base), 1.0)
    mix = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(rays.outputs["Is Shadow Ray"], mix.inputs[0])
    tree.links.new(tree.nodes["Principled BSDF"].outputs[0], mix.inputs[1])
    tree.links.new(through.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    return material


def fabric(rnd: random.Random) -> bpy.types.Material:
    """Return a cloth with weave relief."""
    base = rnd.choice((pale, colour, colour, dark))(rnd)
    material = plain(base, 0.95)
    material.node_tree.nodes["Principled BSDF"].inputs["Sheen Weight"].default_value = 0.3
    return relief(
        material, rnd.uniform(40, 160), rnd.uniform(0.2, 0.8), rnd.choice(("noise", "wave"))
    )


def wood(rnd: random.Random) -> bpy.types.Material:
    """Return a wood of light or dark grain."""
    first = tuple(part * rnd.uniform(0.5, 1.6) for part in (0.42, 0.25, 0.13))
    second = tuple(part * rnd.uniform(0.4, 0.8) for part in first)
    return mottle(
        plain(first, rnd.uniform(0.3, 0.6)), first, second, rnd.uniform(2, 6), rnd.uniform(4, 9)
    )


def rubber(rnd: random.Random) -> bpy.types.Material:
    """Return a matt dark rubber."""
    return relief(plain(dark(rnd), 0.7), 200, 0.15)


def anything(rnd: random.Random) -> bpy.types.Material:
    """Return any solid surface."""
    return rnd.choice((ceramic, plastic, plastic, metal, fabric, wood, rubber))(rnd)


def artwork(rnd: random.Random, paper: RGB, size: int = 384) -> np.ndarray:
    """Draw a package print: fields, rules and lines like text. Returns (size, size, 3) in 0…1."""
    grid = np.random.default_rng(rnd.getrandbits(32))
    canvas = np.empty((size, size, 3), np.float32)
    canvas[:] = paper
    for _ in range(rnd.randint(0, 4)):
        top, left = grid.integers(0, size * 3 // 4, 2)
        height, width = grid.integers(size // 12, size // 2, 2)
        canvas[top : top + height, left : left + width] = rnd.choice((colour, pale, dark))(rnd)
    for _ in range(rnd.randint(0, 3)):
        ink = rnd.choice((colour, dark))(rnd)
        row, left = (int(value) for value in grid.integers(size // 12, size // 2, 2))
        pitch = rnd.randint(6, 22)
        for line in range(rnd.randint(1, 9)):
            top = row + line * pitch
            edge = left
            while edge < left + size // 3 and top < size:
                word = int(grid.integers(2, 22))
                canvas[top : top + pitch * 3 // 5, edge : edge + word] = ink
                edge += word + int(grid.integers(2, 7))
    if rnd.random() < 0.3:
        canvas *= 1.0 - 0.25 * grid.random((size, size, 1), dtype=np.float32)
    return canvas


def printed(rnd: random.Random, paper: RGB | None = None) -> bpy.types.Material:
    """Return a printed carton or label surface."""
    if paper is None:
        paper = pale(rnd) if rnd.random() < 0.7 else colour(rnd)
    picture = artwork(rnd, paper)
    size = picture.shape[0]
    image = bpy.data.images.new("print", size, size, float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    image.pixels.foreach_set(
        np.dstack([picture, np.ones((size, size), np.float32)]).astype(np.float32).ravel()
    )
    image.pack()
    material = plain(paper, rnd.uniform(0.25, 0.8), coat=rnd.choice((0.0, 0.5)))
    tree = material.node_tree
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    mapping = tree.nodes.new("ShaderNodeMapping")
    scale = rnd.uniform(0.8, 2.0)
    mapping.inputs["Scale"].default_value = (scale, scale, scale)
    texture = tree.nodes.new("ShaderNodeTexImage")
    texture.image = image
    texture.projection = "BOX"
    tree.links.new(coordinates.outputs["Object"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], texture.inputs["Vector"])
    tree.links.new(texture.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
    return material


def blank(rnd: random.Random) -> bpy.types.Material:
    """Return an even gray or white such as a backdrop may have."""
    level = rnd.uniform(0.2, 0.93)
    return plain((level, level, level * rnd.uniform(0.95, 1.0)), rnd.uniform(0.3, 0.8))


def white(rnd: random.Random) -> bpy.types.Material:
    """Return an uncoloured white: bisque, porcelain, plaster, paper or wax."""
    level = rnd.uniform(0.7, 0.93)
    base = (level, level * rnd.uniform(0.97, 1.0), level * rnd.uniform(0.93, 1.0))
    return plain(base, rnd.choice((0.1, 0.35, 0.8)), coat=rnd.choice((0.0, 0.0, 0.7)))


def leather(rnd: random.Random) -> bpy.types.Material:
    """Return a leather: black, brown, white or dyed; grained, smooth or patent."""
    base = rnd.choice((dark, dark, pale, colour, lambda _: (0.22, 0.09, 0.035)))(rnd)
    if rnd.random() < 0.2:
        return plain(base, 0.1, coat=1.0)
    return relief(plain(base, rnd.uniform(0.35, 0.7)), rnd.uniform(30, 120), rnd.uniform(0.1, 0.5))


def jewellery(rnd: random.Random) -> bpy.types.Material:
    """Return gold, silver, rose gold or blackened silver, mostly polished."""
    base = rnd.choice(((0.95, 0.72, 0.32), (0.93, 0.93, 0.93), (0.9, 0.6, 0.48), (0.2, 0.2, 0.21)))
    return plain(base, rnd.choice((0.03, 0.08, 0.25)), metallic=1.0)


def gemstone(rnd: random.Random) -> bpy.types.Material:
    """Return a clear, coloured or opaque stone, or a pearl."""
    kind = rnd.random()
    if kind < 0.3:
        return plain((1.0, 1.0, 1.0), 0.0, transmission=1.0, ior=rnd.uniform(1.6, 2.2))
    if kind < 0.65:
        return plain(colour(rnd, 0.2, 0.9), 0.0, transmission=1.0, ior=rnd.uniform(1.5, 1.8))
    return plain(rnd.choice((pale, colour, dark))(rnd), rnd.uniform(0.05, 0.3), coat=0.8)


def film(rnd: random.Random) -> bpy.types.Material:
    """Return a thin clear or milky foil: it bends light hardly at all, and shines."""
    material = glass(rnd)
    inputs = material.node_tree.nodes["Principled BSDF"].inputs
    inputs["IOR"].default_value = rnd.uniform(1.04, 1.2)
    inputs["Roughness"].default_value = rnd.choice((0.02, 0.1, 0.3))
    inputs["Transmission Weight"].default_value = rnd.uniform(0.75, 0.98)
    inputs["Coat Weight"].default_value = 0.6
    return material


def knit(rnd: random.Random) -> bpy.types.Material:
    """Return a knitted or ribbed wool."""
    material = plain(rnd.choice((pale, pale, colour, dark))(rnd), 0.95)
    material.node_tree.nodes["Principled BSDF"].inputs["Sheen Weight"].default_value = 0.5
    return relief(material, rnd.uniform(12, 45), rnd.uniform(0.4, 1.0), "wave")


def straw(rnd: random.Random) -> bpy.types.Material:
    """Return straw, raffia or dry grass: bleached or golden."""
    first = rnd.choice(((0.75, 0.62, 0.42), (0.6, 0.42, 0.2), (0.85, 0.8, 0.7)))
    second = tuple(part * rnd.uniform(0.5, 0.85) for part in first)
    return relief(mottle(plain(first, 0.8), first, second, rnd.uniform(8, 30), 4.0), 60, 0.6)
