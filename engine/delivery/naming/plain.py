"""What the photos of a session are named from, before any two are told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.delivery.naming.filename import NameParts
from engine.session.gtin import checked_gtin
from engine.session.products import Product, sku_key
from engine.session.records import PhotoRecord
from presets.schema import Preset

# A SKU that is one by its form: other ten letters and digits are a SKU like any other.
_ASIN = re.compile(r"B0[A-Z0-9]{8}|[0-9]{9}[0-9X]", re.IGNORECASE)


@dataclass(frozen=True)
class NameFacts:
    """What a session knows that a name may contain: its products by ``sku_key``, and a season."""

    products: Mapping[str, Product] = field(default_factory=dict)
    season: str = ""


NO_FACTS = NameFacts()
"""Nothing but the photos' own names."""


def plain_parts(
    photos: Sequence[PhotoRecord], preset: Preset, facts: NameFacts
) -> dict[int, NameParts]:
    """Return what each photo's file is named from, by the photo's number.

    Parameters
    ----------
    photos : all photos of the session, in their natural order
    preset : whose files are named
    facts : what else is known that a name may contain
    """
    count: dict[str, int] = defaultdict(int)
    found = {}
    for photo in photos:
        key = sku_key(photo.sku)
        count[key] += 1
        product = facts.products.get(key, Product(photo.sku))
        found[photo.id] = NameParts(
            stem=photo.path.stem,
            sku=photo.sku,
            view=photo.view,
            version=photo.version,
            folder=photo.path.parent,
            gtin=product.gtin or _gtin_in(photo.sku),
            asin=product.asin or (photo.sku.upper() if _ASIN.fullmatch(photo.sku) else ""),
            season=facts.season,
            date=(photo.taken or "")[:10],
            number=count[key],
            size=_size(photo, preset),
        )
    return found


def _gtin_in(sku: str) -> str:
    """Return a SKU that is a GTIN itself; empty for any other."""
    try:
        return checked_gtin(sku)
    except ValueError:
        return ""


def _size(photo: PhotoRecord, preset: Preset) -> tuple[int, int]:
    """Return the file's size where it is known beforehand; 0, 0 where it is not."""
    canvas = preset.canvas
    if canvas.kind == "fixed" and canvas.smallest_side is None:
        return canvas.width, canvas.height
    if canvas.kind == "photo" and photo.matte is not None:
        return photo.matte.width, photo.matte.height
    return 0, 0
