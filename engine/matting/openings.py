"""Openings in a matte, and which of them are believable.

A hole has an edge and shows the backdrop. How much of an edge it must have, and how much of the
backdrop it must show, is for a person to turn: the recipe's ``hole_sensitivity``, 0…1, `NEUTRAL`
in between.

Mattes are float32 0…1. No array passed in is changed.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.changed import changed
from engine.matting.enclosed import Patches, dilated

NEUTRAL = 0.5
"""The hole sensitivity at which the openings were calibrated on ground truth."""

_OPENED = 0.4  # loss of alpha that counts as an opening
_NEAR = 1  # pixels around a hole that are opened with it
_TURN = (0.0, NEUTRAL, 1.0)  # sensitivities for which the next two are given
_EDGED = (1.0, 0.4, 0.1)  # share of the surroundings that has to stand out
_SHOWN = (1.0, 0.5, 0.2)  # share of an opening that has to look like the backdrop
_FACET = 1e-2  # of the frame: the least area of an opening towards 0; facets of glass are smaller
_STRICTER = 10.0  # how much higher than at NEUTRAL the score of a hole is at 0
_CLEARLY = 2.5  # how far from that of a hole a score is, of what is clearly product, or a hole
_STILL = 0.3  # alpha that a network leaves where it does not quite dare to open
_BLOCK = 5  # pixels: what is narrower is the rim of what it has opened
_RIM = 1.5  # pixels: the doubt left around a hole, for the colours to decide

Field = NDArray[np.float32]


def close_unlikely(
    given: Field,
    better: Field,
    stands_out: NDArray[np.bool_],
    backdrop: NDArray[np.bool_],
    sensitivity: float = NEUTRAL,
) -> Field:
    """Undo the openings that fade into the product, and those that do not show the backdrop.

    Inside a hole and inside a white bowl on white the photo equals the backdrop alike. They differ
    in their surroundings: the rim of a hole is product, and looks it; around the pale middle of a
    bowl the product is nearly as pale. So an opening stays if the product beside it stands out,
    and if what it shows is the backdrop, lit or in shadow, and not a streak of light on the glaze.

    Parameters
    ----------
    given : (H, W) matte before
    better : (H, W) matte after, perhaps with openings
    stands_out : (H, W) whether the photo differs clearly from the backdrop
    backdrop : (H, W) whether it could be the backdrop, in shadow perhaps
    sensitivity : 0…1; at 0 no opening is likely, and none is left

    Returns
    -------
    (H, W) ``better``, and ``given`` in and around every unlikely opening
    """
    if sensitivity == 0.0:
        return np.maximum(given, better)
    opened = (given - better) > _OPENED
    patches = changed(opened)
    if patches is None:
        return better
    beside, count = patches.beside(better > 0.5), patches.count
    owner = patches.spread[beside]
    total = np.bincount(owner, minlength=count)
    edged = np.bincount(owner, weights=stands_out[beside], minlength=count)
    size = np.bincount(patches.inside, minlength=count)
    shown = np.bincount(patches.inside, weights=backdrop[opened], minlength=count)
    edge_wanted, show_wanted = (np.interp(sensitivity, _TURN, share) for share in (_EDGED, _SHOWN))
    tiny = size < _least_area(sensitivity) * given.size
    unlikely = (edged < edge_wanted * total) | (shown < show_wanted * size) | tiny
    undone = patches.faded(unlikely)
    return np.asarray(better + (np.maximum(given, better) - better) * undone, np.float32)


def open_holes(
    found: Field, better: Field, patches: Patches, sensitivity: float = NEUTRAL
) -> Field:
    """Open the patches of the backdrop's colour that are holes, whatever the network said of them.

    Parameters
    ----------
    found : (H, W) the network's matte
    better : (H, W) the same without the unlikely openings
    patches : of the matte before any change
    sensitivity : 0…1; at 0 nothing is opened, at 1 all that is not along the edge

    Returns
    -------
    (H, W) ``better``, less the holes; it is nowhere larger
    """
    if sensitivity == 0.0:
        return better
    holes = (patches.scores() > _least_score(sensitivity)) & (
        patches.areas >= _least_area(sensitivity)
    )
    inside = holes[patches.labels]
    if not inside.any():
        return better
    # What the network has opened is finer than could be done here.
    closed = (inside & (found > _STILL)).view(np.uint8)
    blocks = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((_BLOCK, _BLOCK), np.uint8))
    whole = (holes & patches.closed())[patches.labels]
    wide = dilated(np.maximum(blocks, whole).astype(np.float32), _NEAR)
    opened = np.minimum(better, 1 - cv2.GaussianBlur(wide, (0, 0), _RIM))
    return np.where(inside, np.minimum(opened, found), opened)


def close_solid(
    given: Field, better: Field, patches: Patches, sensitivity: float = NEUTRAL
) -> Field:
    """Close what the network has half opened, though as a patch it is clearly none of the backdrop.

    The foot of a lamp made of clear glass shows the table, here and there; the network doubts
    each place by itself, and what it leaves half open, the colours would open whole. A coarse
    network that is fine knows lights on chrome from holes: what it has called product is closed
    unless it is a hole, and a clear one, if no more than half open. Where it was in doubt itself,
    of chrome or of a bag in the paper's colour, what is clearly no hole is made whole.

    Parameters
    ----------
    given : (H, W) matte before
    better : (H, W) matte after, perhaps with openings
    patches : of the matte before
    sensitivity : 0…1; towards 1 less and less is clear

    Returns
    -------
    (H, W) ``better``, and ``given`` where that is larger in and around such patches; after a fine
    network all of the alpha in what is clearly product
    """
    scores, half = patches.scores(), patches.half_closed()
    clear = _least_score(sensitivity)
    if patches.fine:
        solid = patches.below(np.where(half, clear + _CLEARLY, clear))
    else:
        solid = half & (scores < clear - _CLEARLY)
        solid[0] = False  # what belongs to no patch
    if not solid.any():
        return better
    closed = cv2.GaussianBlur(solid[patches.labels].astype(np.float32), (0, 0), _RIM)
    better = np.asarray(better + (np.maximum(given, better) - better) * closed, np.float32)
    if not patches.fine:
        return better
    whole = patches.below(clear - _CLEARLY)[patches.labels]
    filled = cv2.GaussianBlur(whole.astype(np.float32), (0, 0), _RIM)
    return np.where(whole, np.maximum(better, filled), better)


def solid_within(patches: Patches, sensitivity: float = NEUTRAL) -> NDArray[np.bool_]:
    """Return what is clearly product, (H, W), but for its narrow parts: those may be the outline's.

    Parameters
    ----------
    patches : of the matte before any change
    sensitivity : 0…1; towards 1 less and less is clear
    """
    whole = patches.below(_least_score(sensitivity) - _CLEARLY)[patches.labels].view(np.uint8)
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((_BLOCK, _BLOCK), np.uint8)) > 0


def _least_score(sensitivity: float) -> float:
    """Return the score from which a patch is a hole."""
    return _STRICTER * (1 - sensitivity / NEUTRAL)


def _least_area(sensitivity: float) -> float:
    """Return the least area of an opening, as a share of the frame."""
    return float(_FACET * max(0.0, 1 - sensitivity / NEUTRAL) ** 3)
