"""Which photos of a session are exported, and what keeps the others from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.session.records import PhotoRecord

BlockKind = Literal[
    "missing",
    "unreadable",
    "failed",
    "not cut",
    "rejected",
    "not approved",
    "recalled",
    "lock",
    "requires",
    "alt text",
    "name",
]
"""The first six are about the photo, whatever the preset; the others about one preset's file."""


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that keeps a file from being exported; ``told`` says it of the photo."""

    kind: BlockKind
    told: str


def photo_block(photo: PhotoRecord, *, everything: bool = False) -> Block | None:
    """Return what keeps a photo from being exported at all; None where nothing does.

    Parameters
    ----------
    photo : with its matte and its verdict
    everything : whether photos that nobody has judged are exported, too
    """
    if photo.missing:
        return Block("missing", "it is not in the folder any more")
    if photo.matte is None:
        return _uncut(photo)
    if photo.verdict.state == "rejected":
        return Block("rejected", f"its matte is rejected: {', '.join(photo.verdict.reasons)}")
    if photo.verdict.state == "pending" and not everything:
        return Block("not approved", "nobody has approved its matte")
    return None


def _uncut(photo: PhotoRecord) -> Block:
    if photo.problem:
        return Block("unreadable", photo.problem)
    if photo.failure:
        return Block("failed", f"it could not be cut: {photo.failure}")
    return Block("not cut", "it is not cut")


def exportable(photos: Iterable[PhotoRecord], *, everything: bool = False) -> list[PhotoRecord]:
    """Return the photos to export: the approved ones, or ``everything`` that is not rejected.

    Only photos that are there and have a matte can be exported at all.
    """
    return [photo for photo in photos if photo_block(photo, everything=everything) is None]
