"""Which of a session's deliveries count today: the newest file of each view and preset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.session.alt_texts import ViewKey, view_key
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session


def delivered_photos(
    session: Session, deliveries: Iterable[DeliveryRecord]
) -> dict[int, PhotoRecord]:
    """Return the photos that deliveries show, by number, vanished ones too."""
    photos = {photo.id: photo for photo in session.photos()}
    numbers = {delivery.photo_id for delivery in deliveries}
    gone = {number: session.photo(number) for number in numbers - photos.keys()}
    return photos | gone


def current_deliveries(
    deliveries: Sequence[DeliveryRecord], photos: Mapping[int, PhotoRecord]
) -> list[DeliveryRecord]:
    """Return the newest delivery of each view and preset, those of its newest photo version.

    Parameters
    ----------
    deliveries : the oldest first
    photos : from `delivered_photos`
    """
    newest: dict[tuple[int, str], DeliveryRecord] = {}
    latest: dict[tuple[ViewKey, str], int] = {}
    for delivery in deliveries:
        photo = photos[delivery.photo_id]
        newest[delivery.photo_id, delivery.preset] = delivery
        shown = view_key(photo.sku, photo.view), delivery.preset
        latest[shown] = max(photo.version, latest.get(shown, 0))
    return [
        delivery
        for (photo_id, preset), delivery in newest.items()
        if photos[photo_id].version
        == latest[view_key(photos[photo_id].sku, photos[photo_id].view), preset]
    ]
