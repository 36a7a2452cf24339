"""The products that the refiner learns from: families of procedural shapes, one function each.

Each call draws another shape and another surface from its seeded source. None of them is, or
imitates, an object of the evaluation photos. Their order is part of the recipe: a product's number
chooses its family.
"""

from __future__ import annotations

import objects_bodies as bodies
import objects_fibres as fibres
import objects_meshes as meshes
import objects_rings as rings
import objects_stands as stands
import objects_vessels as vessels

_FAMILIES = (
    bodies.carton,
    bodies.carton_with_window,
    vessels.bottle,
    vessels.jar,
    vessels.bowl,
    vessels.vase,
    vessels.jug,
    bodies.tube,
    bodies.can,
    bodies.soap,
    vessels.tableware,
    vessels.goblet,
    vessels.tumbler,
    vessels.clear_box,
    vessels.bulb,
    bodies.polished,
    bodies.tap,
    bodies.machine,
    bodies.cushion,
    bodies.towels,
    fibres.brush,
    fibres.plush,
    fibres.fringe,
    meshes.basket,
    meshes.grid,
    meshes.pierced,
    meshes.lattice,
    rings.chain,
    fibres.strap,
    fibres.cable,
    stands.stool,
    stands.tripod,
    stands.hanger,
    rings.spectacles,
    rings.scissors,
    rings.keys,
    rings.padlock,
    meshes.wheel,
    meshes.whisk,
    meshes.cage,
    rings.frame,
    rings.washer,
    rings.hoops,
    stands.fork,
    stands.ladder,
    fibres.sandal,
)
FAMILIES = {family.__name__: family for family in _FAMILIES}
