"""What has to follow a recall: purge lists for the caches, and the names of corrected files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import pydantic

from engine.atomic import write_atomic
from engine.delivery.current import delivered_photos
from engine.delivery.incidents.incident import Incident, RecalledFile
from engine.delivery.incidents.purge import CDNS, Cdn, purge_requests
from engine.delivery.manifest.row import ManifestRow
from engine.delivery.manifest.rows import Describing
from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.naming.register import Register
from engine.delivery.naming.versions import versions
from engine.session.session import Session
from presets.schema import Preset
from presets.urls import URL_TOKENS


def recalled_rows(
    session: Session, incident: Incident, url: str | None = None
) -> list[ManifestRow]:
    """Return an incident's files as a manifest would list them, with their URLs.

    Parameters
    ----------
    url : template of the URLs; None: the session's own, if it has one
    """
    numbers = {file.delivery for file in incident.files}
    deliveries = [each for each in session.deliveries.all() if each.id in numbers]
    photos = delivered_photos(session, deliveries)
    describe = Describing(session, url)
    return [describe.row(each, photos[each.photo_id]) for each in deliveries]


def purge_lists(
    session: Session,
    incident: Incident,
    cdn: Cdn,
    *,
    url: str | None = None,
    variants: bool = False,
) -> list[dict[str, object]]:
    """Return what a content delivery network has to be told; nothing where no URL is known."""
    rows = recalled_rows(session, incident, url)
    key = session.config.delivery.surrogate_key
    keys = (
        [key.format(**{name: str(row.values()[name]) for name in URL_TOKENS}) for row in rows]
        if key
        else []
    )
    urls = [row.url for row in rows if row.url]
    return purge_requests(
        cdn, urls, keys=keys, reference=f"packshot-{incident.id}", variants=variants
    )


def write_purge_lists(session: Session, incident: Incident) -> list[Path]:
    """Write the requests of every network into the output folder, numbered; return where.

    Raises
    ------
    OutputError and its branches : not all were written
    """
    folder = session.folder / session.config.folders.output / "incidents" / incident.id
    written = []
    for cdn in CDNS:
        for number, request in enumerate(purge_lists(session, incident, cdn), 1):
            path = folder / f"{cdn}-{number}.json"
            write_atomic(path, (json.dumps(request, indent=2) + "\n").encode())
            written.append(path)
    return written


def next_names(session: Session, files: Sequence[RecalledFile]) -> dict[int, PurePosixPath]:
    """Return what the corrected file of each recalled one will be called, by delivery.

    The name is that of the same photo, cut again, in the session's own output folder; a file whose
    photo or preset is gone has none.
    """
    photos = session.photos()
    target = session.folder / session.config.folders.output
    every = session.deliveries.all()

    @cache
    def parts_for(digest: str) -> tuple[Preset, Mapping[int, NameParts]] | None:
        content = session.deliveries.preset_content(digest)
        try:
            preset = Preset.model_validate(content)
        except pydantic.ValidationError:
            return None  # of another version of packshot
        return preset, name_parts(photos, preset, Register.of(every, session.folder, target))

    names: dict[int, PurePosixPath] = {}
    numbers = {file.delivery for file in files}
    for delivery in every:
        named = parts_for(delivery.preset_digest) if delivery.id in numbers else None
        if named is not None and delivery.photo_id in named[1]:
            parts = named[1][delivery.photo_id]
            names[delivery.id] = next(
                name
                for version, name in versions(delivery_name(named[0], parts))
                if version not in parts.taken and not (target / name).exists()
            )
    return names
