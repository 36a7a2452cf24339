"""Names that keep the files of a session's photos apart."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from engine.delivery.naming.filename import NameParts, delivery_name
from engine.session.records import PhotoRecord
from presets.schema import Preset


def name_parts(photos: Sequence[PhotoRecord], preset: Preset) -> dict[int, NameParts]:
    """Return what each photo's file is named from, by the photo's number.

    Photos whose files would get one name are told apart by what differs in their sources, so
    that a version number never stands for another photo. Give all photos of the session, not
    only those to be exported: a photo's file then has the same name in every export.
    """
    plain = {photo.id: _plain(photo) for photo in photos}
    groups: dict[str, list[PhotoRecord]] = defaultdict(list)
    for photo in photos:
        groups[_folded(delivery_name(preset, plain[photo.id]))].append(photo)
    for group in groups.values():
        if len(group) > 1:
            for photo, mark in zip(group, _marks([photo.path for photo in group]), strict=True):
                plain[photo.id] = replace(plain[photo.id], apart=mark)
    return plain


def _plain(photo: PhotoRecord) -> NameParts:
    return NameParts(
        stem=photo.path.stem,
        sku=photo.sku,
        view=photo.view,
        version=photo.version,
        folder=photo.path.parent,
    )


def _marks(paths: Sequence[PurePosixPath]) -> list[str]:
    """Return one text per path, the shortest kind of which no two are the same."""
    candidates = (
        [path.suffix.lstrip(".") for path in paths],
        [path.stem for path in paths],
        ["-".join(path.parent.parts) for path in paths],
        ["-".join(path.parts) for path in paths],
    )
    for marks in candidates:
        if len({mark.casefold() for mark in marks}) == len(marks):
            return marks
    # The paths differ in upper and lower case alone.
    return [str(number) for number in range(1, len(paths) + 1)]


def _folded(path: PurePosixPath) -> str:
    """Return what a careless file system takes a path for."""
    return unicodedata.normalize("NFC", path.as_posix()).casefold()
