"""The products that the refiner learns from: families of procedural shapes, one function each.

Each call draws another shape and another surface from its seeded source. None of them is, or
imitates, an object of the evaluation photos.
"""

from __future__ import annotations

import objects_appliances as appliances
import objects_bags as bags
import objects_bodies as bodies
import objects_clear as clear
import objects_clothes as clothes
import objects_fibres as fibres
import objects_flat as flat
import objects_jewels as jewels
import objects_kitchen as kitchen
import objects_leisure as leisure
import objects_meshes as meshes
import objects_mixers as mixers
import objects_openwork as openwork
import objects_play as play
import objects_rigid as rigid
import objects_rings as rings
import objects_shoes as shoes
import objects_soft as soft
import objects_stands as stands
import objects_tools as tools
import objects_vessels as vessels
import objects_white as white
import objects_wired as wired

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
    shoes.running_shoe,
    shoes.high_heel,
    shoes.boot,
    bags.handbag,
    bags.backpack,
    jewels.wristwatch,
    jewels.earrings,
    jewels.necklace,
    jewels.brooch,
    clothes.hat,
    clothes.pullover,
    clothes.gloves,
    clothes.lace,
    clothes.umbrella,
    soft.teddy,
    soft.wig,
    soft.powder_brush,
    soft.feather,
    soft.grasses,
    clear.glassware,
    clear.carafe,
    clear.sunglasses,
    clear.plastic_bag,
    kitchen.kettle,
    kitchen.saucepan,
    kitchen.cutlery,
    kitchen.teapot,
    wired.floor_fan,
    wired.lantern,
    wired.net_bag,
    wired.desk_lamp,
    tools.tools,
    rigid.garden_chair,
    rigid.chess,
    rigid.camera,
    rigid.keyboard,
    white.figurine,
    white.candle,
    flat.paper,
    flat.tags,
    flat.mirror,
    appliances.toaster,
    appliances.moka_pot,
    appliances.clothes_iron,
    appliances.shaker,
    appliances.bell,
    mixers.stand_mixer,
    mixers.mills,
    openwork.bicycle,
    openwork.drying_rack,
    openwork.macrame,
    openwork.dish_rack,
    openwork.trellis,
    openwork.crate,
    leisure.controller,
    leisure.skateboard,
    leisure.baby_set,
    leisure.folded_shirt,
    leisure.weights,
    play.toy_car,
    play.helmet,
    play.guitar,
)
FAMILIES = {family.__name__: family for family in _FAMILIES}
