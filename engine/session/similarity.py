"""Which photos belong side by side: the same SKU's family, view, size, format and exposure.

Similar photos cut together look alike and are judged faster one after the other. Both orders are
stable: the same photos come in the same order whatever order they are given in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.session.ordering import natural_key
from engine.session.records import PhotoRecord

_FAMILY = re.compile(r"(.*[0-9])[^0-9]*")

SAME_BACKDROP = 8
"""Levels of 255 in a channel by which a backdrop varies from shot to shot, as a flash does."""

_VIEW_ORDER = ("front", "main", "hero", "threequarter", "left", "side", "right", "back", "top")


def family_of(sku: str) -> str:
    """Return what variants of one product share: the SKU up to its last digit, in lower case.

    ``SKU123-red`` and ``SKU123-blue`` are one family, ``SKU124`` is another.
    """
    match = _FAMILY.fullmatch(sku)
    return (match[1] if match else sku).casefold()


def order_for_batch(photos: Iterable[PhotoRecord]) -> list[PhotoRecord]:
    """Return photos with similar ones side by side: family, SKU, view, size, format, path."""
    return sorted(photos, key=_batch_key)


def similar(photos: Iterable[PhotoRecord], photo: PhotoRecord) -> list[PhotoRecord]:
    """Return the photos that are like one photo, itself first, the likest next.

    Those are the ones of its SKU, of its SKU's family, and those of other SKUs that show the same
    view at the same size and in the same format, exposed alike, before the same backdrop as far as
    that is known.
    """
    ranked = [(_distance(each, photo), each) for each in photos]
    near = [(distance, each) for distance, each in ranked if distance is not None]
    near.sort(key=lambda pair: (pair[0], _batch_key(pair[1])))
    return [each for _, each in near]


def _distance(one: PhotoRecord, other: PhotoRecord) -> int | None:
    if one.id == other.id:
        return 0
    if one.sku.casefold() == other.sku.casefold():
        return 1
    if family_of(one.sku) == family_of(other.sku):
        return 2
    same_view = bool(one.view) and one.view.casefold() == other.view.casefold()
    same_shot = _shape(one) == _shape(other) and one.capture == other.capture
    if same_view and same_shot and not _known_apart(one, other):
        return 3
    return None


def _known_apart(one: PhotoRecord, other: PhotoRecord) -> bool:
    """Return whether two photos are known to have different backdrops."""
    if one.look is None or other.look is None:
        return False
    return one.look.backdrop_distance(other.look) > SAME_BACKDROP


def _shape(photo: PhotoRecord) -> tuple[int, int, str]:
    return photo.width or 0, photo.height or 0, photo.format or ""


def _batch_key(photo: PhotoRecord) -> tuple[object, ...]:
    view = photo.view.casefold()
    first_word = re.split(r"[-_. 0-9]", view, maxsplit=1)[0]
    rank = _VIEW_ORDER.index(first_word) if first_word in _VIEW_ORDER else len(_VIEW_ORDER)
    return (
        natural_key(family_of(photo.sku)),
        natural_key(photo.sku),
        rank,
        natural_key(view),
        _shape(photo),
        natural_key(str(photo.path)),
    )
