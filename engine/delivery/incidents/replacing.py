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
from engine.delivery.naming.plain import NameFacts
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

    The name is that of the same photo, cut again, in the session's own output folder. A file whose
    photo or preset is gone has none, nor has one whose preset gives each name once and for all.
    """
    photos, products = session.photos(), session.products.all()
    target = session.folder / session.config.folders.output
    every = session.deliveries.all()

    @cache
    def named(digest: str, season: str) -> tuple[Preset, Mapping[int, NameParts]] | None:
        content = session.deliveries.preset_content(digest)
        try:
            preset = Preset.model_validate(content)
        except pydantic.ValidationError:
            return None  # of another version of packshot
        register = Register.of(every, session.folder, target)
        return preset, name_parts(photos, preset, register, NameFacts(products, season))

    names: dict[int, PurePosixPath] = {}
    numbers = {file.delivery for file in files}
    for delivery in every:
        if delivery.id not in numbers:
            continue
        found = named(delivery.preset_digest, delivery.season or "")
        if found is not None and delivery.photo_id in found[1]:
            name = _free_name(found[0], found[1][delivery.photo_id], target)
            if name is not None:
                names[delivery.id] = name
    return names


def _free_name(preset: Preset, parts: NameParts, target: Path) -> PurePosixPath | None:
    """Return the first version of a name that no file has or had; None where names are final."""
    following = versions(delivery_name(preset, parts), preset.naming.collisions)
    return next(
        (
            name
            for version, name in following
            if version not in parts.taken and not (target / name).exists()
        ),
        None,
    )
