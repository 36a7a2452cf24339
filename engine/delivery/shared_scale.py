"""One scale for all photos of a SKU, or of a family of SKUs.

The largest product decides: on its canvas it fills what the preset says, and every other product
of the group is drawn at the same scale on a canvas of the same size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from engine.delivery.composing.extent import Extent
from engine.delivery.composing.placement import full_scale, place
from engine.delivery.composing.sheet import Frame, sheet_for
from engine.delivery.product import SOLID, Box, find_product
from engine.errors import PhotoError
from engine.imaging.encode import decode_matte
from engine.session.products import sku_key
from engine.session.records import MatteRecord, PhotoRecord
from engine.session.session import Session
from presets.schema import FitCanvas, FixedCanvas, Placement, Preset


def shares_scale(preset: Preset) -> bool:
    """Return whether a preset's file of a photo depends on the mattes of others."""
    return _shared(preset) is not None


def shared_frames(
    session: Session, photos: Sequence[PhotoRecord], preset: Preset
) -> dict[int, Frame]:
    """Return the frame of every photo that shares its scale with others, by the photo's number.

    Every photo of a group counts that has a matte and was not rejected, whether it is exported now
    or not: a file looks the same in every export.

    Parameters
    ----------
    session, photos : all photos of the session
    preset : what is made of them
    """
    if (shared := _shared(preset)) is None:
        return {}
    placement, canvas = shared
    groups: dict[str, list[tuple[PhotoRecord, Extent]]] = defaultdict(list)
    for photo, key in _keyed(session, photos, placement):
        if photo.matte is not None and (box := _box(session, photo.matte)) is not None:
            groups[key].append((photo, Extent.of(box)))
    frames: dict[int, Frame] = {}
    for group in groups.values():
        if len(group) == 1:
            continue  # alone, a product is placed as any other
        frame = _frame(group, canvas, preset)
        frames.update({photo.id: frame for photo, _ in group})
    return frames


def _shared(preset: Preset) -> tuple[Placement, FixedCanvas | FitCanvas] | None:
    """Return how a preset places several photos at one scale; None where it does not."""
    canvas, placement = preset.canvas, preset.placement
    if placement is None or placement.scale in {None, "photo"}:
        return None
    return (placement, canvas) if isinstance(canvas, FixedCanvas | FitCanvas) else None


def _keyed(
    session: Session, photos: Iterable[PhotoRecord], placement: Placement
) -> Iterable[tuple[PhotoRecord, str]]:
    """Yield the photos that count, each with what its group is known by."""
    products = session.products.all() if placement.scale == "family" else {}
    for photo in photos:
        if photo.missing or photo.verdict.state == "rejected":
            continue
        sku = sku_key(photo.sku)
        family = products[sku].family if sku in products else ""
        # A family and a SKU of one name are two groups.
        yield photo, f"family {family.casefold()}" if family else f"sku {sku}"


def _frame(
    group: Sequence[tuple[PhotoRecord, Extent]], canvas: FixedCanvas | FitCanvas, preset: Preset
) -> Frame:
    """Return canvas and scale of the product that needs the smallest scale."""

    def needs(member: tuple[PhotoRecord, Extent]) -> float:
        photo, extent = member
        placement = _placement(preset, photo)
        return full_scale(sheet_for(canvas, extent, placement), extent, placement)

    photo, extent = min(group, key=needs)
    placed = place(extent, frozenset(), _size(photo), canvas, _placement(preset, photo))
    mixed = len({_size(photo) for photo, _ in group}) > 1
    return Frame(placed.width, placed.height, placed.scale, mixed)


def _placement(preset: Preset, photo: PhotoRecord) -> Placement:
    return preset.for_view(photo.view).placement or Placement()


def _size(photo: PhotoRecord) -> tuple[int, int]:
    """Return the size of a photo's matte, which is the photo's own, turned upright."""
    matte = photo.matte
    return (matte.width, matte.height) if matte is not None else (0, 0)


def _box(session: Session, matte: MatteRecord) -> Box | None:
    """Return the product's box; measured now where an older packshot has not recorded it."""
    if matte.box is not None:
        return Box(*matte.box)
    path = session.matte_file(matte)
    try:
        found = find_product(decode_matte(path.read_bytes()) > SOLID) if path else None
    except (OSError, PhotoError):
        return None  # the export of this very photo will say what is wrong
    return found.box if found else None
