"""The delivered files of a session that are current, with all that is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from engine.delivery.current import current_deliveries, delivered_photos
from engine.delivery.incidents.blocklist import Blocklist, known_incidents
from engine.delivery.manifest.row import ManifestRow
from engine.session.alt_texts import AltText, ViewKey, view_key
from engine.session.ordering import natural_key
from engine.session.products import Product, sku_key
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.session import Session
from presets.urls import URL_TOKENS, url_of

_MAIN_VIEWS = ("main", "front", "hero", "packshot", "")
"""Views that show a product best, the best first; an only picture often names none."""


def manifest_rows(
    session: Session,
    *,
    presets: Collection[str] = (),
    season: str | None = None,
    url: str | None = None,
) -> list[ManifestRow]:
    """Return the current files of a session, by SKU and preset, the main image first.

    Of each view and preset the newest version of the newest photo counts; one that was recalled
    stands for nothing, and no older one takes its place.

    Parameters
    ----------
    session : whose deliveries
    presets : only files of these; empty: of all
    season : only files that were exported for it
    url : template of the files' URLs; None: the session's own, if it has one

    Raises
    ------
    AuditBroken, IncidentInvalid : what was recalled cannot be read
    """
    wanted = [
        delivery
        for delivery in session.deliveries.all()
        if (not presets or delivery.preset in presets) and season in {None, delivery.season}
    ]
    photos = delivered_photos(session, wanted)
    describe = Describing(session, url)
    recalled = Blocklist.of(known_incidents(session)).files
    groups: dict[tuple[str, str], list[tuple[DeliveryRecord, PhotoRecord]]] = defaultdict(list)
    for delivery in current_deliveries(wanted, photos):
        if delivery.sha256 in recalled:
            continue
        photo = photos[delivery.photo_id]
        groups[sku_key(photo.sku), delivery.preset].append((delivery, photo))
    return [
        describe.row(delivery, photo, position)
        for key in sorted(groups)
        for position, (delivery, photo) in enumerate(sorted(groups[key], key=_place), 1)
    ]


def _place(pair: tuple[DeliveryRecord, PhotoRecord]) -> tuple[object, ...]:
    """Return what the pictures of a SKU are ordered by."""
    _, photo = pair
    view = photo.view.casefold()
    rank = _MAIN_VIEWS.index(view) if view in _MAIN_VIEWS else len(_MAIN_VIEWS)
    return rank, natural_key(view), natural_key(str(photo.path))


class Describing:
    """All that is known about delivered files, read from the session once.

    Parameters
    ----------
    session : whose files
    url : template of their URLs; None: the session's own, if it has one
    """

    def __init__(self, session: Session, url: str | None) -> None:
        config = session.config
        self._session = session
        self._output = session.folder / config.folders.output
        self._url = url or config.delivery.url
        self._language = config.alt.languages[0]
        self._products: Mapping[str, Product] = session.products.all()
        self._texts: Mapping[ViewKey, Mapping[str, AltText]] = session.alt_texts.all()
        self._preset_folder = cache(self._folder_of_preset)

    def row(self, delivery: DeliveryRecord, photo: PhotoRecord, position: int = 1) -> ManifestRow:
        """Return one file as a manifest knows it."""
        product = self._products.get(sku_key(photo.sku), Product(photo.sku))
        texts = self._texts.get(view_key(photo.sku, photo.view), {})
        row = ManifestRow(
            sku=photo.sku,
            view=photo.view,
            preset=delivery.preset,
            file=self._file(delivery),
            sha256=delivery.sha256,
            photo=photo.path.as_posix(),
            path=delivery.path,
            position=position,
            version=delivery.version or 1,
            season=delivery.season or "",
            gtin=product.gtin,
            asin=product.asin,
            handle=product.handle,
            family=product.family,
            verdict=photo.verdict.state,
            exported=delivery.at,
            width=delivery.width,
            height=delivery.height,
            bytes=delivery.bytes,
            alts={language: text.text for language, text in texts.items()},
            language=self._language,
        )
        if self._url is None:
            return row
        values = {token: str(row.values()[token]) for token in URL_TOKENS}
        return replace(row, url=url_of(self._url, values))

    def _file(self, delivery: DeliveryRecord) -> str:
        """Return a file's path below the output folder, wherever that was when it was exported."""
        path = self._session.folder / delivery.path
        if path.is_relative_to(self._output):
            return path.relative_to(self._output).as_posix()
        folder = self._preset_folder(delivery.preset, delivery.preset_digest).parts
        parts = Path(delivery.path).parts
        starts = range(len(parts) - len(folder), -1, -1)
        at = next((at for at in starts if parts[at : at + len(folder)] == folder), len(parts) - 1)
        return "/".join(parts[at:])

    def _folder_of_preset(self, name: str, digest: str) -> PurePosixPath:
        content: Mapping[str, Any] = self._session.deliveries.preset_content(digest) or {}
        return PurePosixPath(content.get("naming", {}).get("folder") or name)
