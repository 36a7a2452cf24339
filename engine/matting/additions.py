"""Additions to a matte, and which of them are believable.

A part that was missed has an edge and hangs on the product; a shadow has no edge, and what has the
backdrop's colours is none, whatever the field says of it.

Mattes are float32 0…1. No array passed in is changed.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.changed import changed
from engine.matting.enclosed import dilated

_ADDED = 0.3  # gain of alpha that counts as an addition
_LIKE = 0.5  # share of an addition that may be the backdrop in shadow
_UNLIKELY = 0.25  # probability of what may be a shadow
_LARGE = 0.002  # of the frame: an addition that is worth asking whose colours it has
_BORROWED = -1.0  # log odds, in the mean, of one that has the backdrop's
_SOFT = 0.5  # of the contrast inside an addition that is still there beside it: no edge between
_PRESENT = 0.2  # alpha from which a part counts as there
_GAP = 4  # pixels that a part may be joined across, from either side
_DEEP = 5  # pixels: as much of an addition belongs to its edge

Field = NDArray[np.float32]


def drop_shadows(
    given: Field,
    better: Field,
    probability: Field,
    distance: Field,
    backdrop: NDArray[np.bool_],
) -> Field:
    """Undo the additions that are soft shadow: a wire has an edge, a shadow on the sweep has none.

    Parameters
    ----------
    given : (H, W) matte before
    better : (H, W) matte after, perhaps with additions
    probability : (H, W) of product; what the network half believed in is no shadow
    distance : (H, W) how far the photo is from the backdrop's field, in levels
    backdrop : (H, W) whether it could be the backdrop, in shadow perhaps

    Returns
    -------
    (H, W) ``better``, and ``given`` in and around every addition that looks like shadow
    """
    added = (better - given) > _ADDED
    patches = changed(added)
    if patches is None:
        return better
    beside, inside, count = patches.beside(better < 0.3), patches.inside, patches.count
    owner = patches.spread[beside]
    size = np.bincount(inside, minlength=count)
    around = np.bincount(owner, minlength=count)
    rim = added & (dilated((~added).astype(np.float32), _DEEP) > 0)
    edge = inside[rim[added]]
    depth = np.bincount(edge, minlength=count)
    within = np.bincount(edge, distance[rim], count) / np.maximum(depth, 1)
    without = np.bincount(owner, distance[beside], count) / np.maximum(around, 1)
    like = np.bincount(inside, backdrop[added], count) / np.maximum(size, 1)
    belief = np.bincount(inside, probability[added], count) / np.maximum(size, 1)
    soft = (belief < _UNLIKELY) & (like > _LIKE) & (without > _SOFT * within)
    undone = patches.faded(soft)
    return np.asarray(better + (np.minimum(given, better) - better) * undone, np.float32)


def drop_borrowed(given: Field, better: Field, odds: Field) -> Field:
    """Undo the large additions that have the backdrop's colours: there the field is wrong.

    Parameters
    ----------
    given : (H, W) matte before
    better : (H, W) matte after, perhaps with additions
    odds : (H, W) how much rather a pixel's colour is the product's, in nats

    Returns
    -------
    (H, W) ``better``, and in and around every such addition what ``given`` was sure of, no more
    """
    added = (better - given) > _ADDED
    patches = changed(added)
    if patches is None:
        return better
    size = np.bincount(patches.inside, minlength=patches.count)
    mean = np.bincount(patches.inside, odds[added], patches.count) / np.maximum(size, 1)
    borrowed = (size > _LARGE * added.size) & (mean < _BORROWED)
    if not borrowed.any():
        return better
    undone = patches.faded(borrowed)
    sure = np.where(given < 0.5, np.float32(0), np.minimum(given, better))
    return np.asarray(better + (sure - better) * undone, np.float32)


def bridge(better: Field, looks_own: NDArray[np.bool_]) -> Field:
    """Return the matte with its parts joined across what is plainly no backdrop.

    An aerial that was found, but not the pixels at its foot, would be taken for something alien.

    Parameters
    ----------
    better : (H, W) matte, perhaps with additions
    looks_own : (H, W) whether the photo is clearly neither the backdrop nor a shadow on it

    Returns
    -------
    (H, W) ``better``, full in the gaps of up to ``2 * _GAP`` pixels between its parts that look so
    """
    present = (better > _PRESENT).view(np.uint8)
    count, parts = cv2.connectedComponents(present, connectivity=8, ltype=cv2.CV_32S)
    if count <= 2:
        return better
    wide = dilated(present.astype(np.float32), _GAP) > 0
    between = (looks_own & wide & (present == 0)).view(np.uint8)
    gaps, places = cv2.connectedComponents(between, connectivity=8, ltype=cv2.CV_32S)
    # A gap's parts are those that it touches: no fewer than two.
    largest = cv2.dilate(parts.astype(np.float32), np.ones((3, 3), np.uint8))
    other = np.where(present > 0, np.float32(count) - parts, np.float32(0))
    smallest = count - cv2.dilate(other, np.ones((3, 3), np.uint8))
    inside = between > 0
    least, most = np.full(gaps, count), np.zeros(gaps)
    np.minimum.at(least, places[inside], smallest[inside])
    np.maximum.at(most, places[inside], largest[inside])
    joins = (most > 0) & (least < most)
    return np.where(joins[places] & inside, np.float32(1), better)


def keep_attached(given: Field, better: Field) -> Field:
    """Undo the additions that do not hang together with the product.

    A wire or a strap that was missed is attached to the product; a stand, a clamp or a neighbour
    in the frame is not, and what the network did not take for product stays out.

    Parameters
    ----------
    given : (H, W) matte before
    better : (H, W) matte after, perhaps with additions

    Returns
    -------
    (H, W) ``better``, without the parts that no part of ``given`` touches
    """
    present = (better > _PRESENT).view(np.uint8)
    count, labels = cv2.connectedComponents(present, connectivity=8, ltype=cv2.CV_32S)
    attached = np.bincount(labels[given >= 0.5], minlength=count) > 0
    attached[0] = True
    alien = (~attached[labels]).astype(np.float32)
    if not alien.any():
        return better
    # The soft rim of an undone part goes with it.
    undone = np.asarray(cv2.dilate(alien, np.ones((3, 3), np.uint8)), np.float32)
    return np.asarray(better + (np.minimum(given, better) - better) * undone, np.float32)
