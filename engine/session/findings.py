"""What in a whole session will cause trouble, with the photos that it concerns.

Told from names and headers; only files that may be the same picture are read, and only when
asked for. A finding is a reason to look, not a proof.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.session.records import PhotoRecord
from engine.session.warnings import profile_of, usual_profile

_COMPRESSED = frozenset({"JPEG", "PNG", "WEBP", "AVIF", "HEIF"})
"""Formats whose files are of equal size by chance only seldom."""

Sha256Of = Callable[[PurePosixPath], str | None]
"""Reads the hash of a photo's file; None when it cannot be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that will cause trouble: what, what to do about it, and where."""

    kind: str
    problem: str
    remedy: str
    paths: tuple[PurePosixPath, ...]
    details: tuple[str, ...]
    """One text for each path."""


def find_anti_patterns(
    photos: Sequence[PhotoRecord], sha256_of: Sha256Of | None = None
) -> list[Finding]:
    """Return what will cause trouble in a session; unreadable photos are left out.

    Parameters
    ----------
    photos : all photos of the session, in the order in which they are to be named
    sha256_of : compares files that may be the same picture; None: only known hashes are compared
    """
    readable = [photo for photo in photos if photo.problem is None]
    found = [
        *_of_single_photos(readable),
        _mixed_profiles(readable),
        _same_name(readable),
        _same_content(readable, sha256_of),
    ]
    return [finding for finding in found if finding is not None]


def _of_single_photos(photos: Sequence[PhotoRecord]) -> list[Finding]:
    remedies: dict[str, tuple[str, str]] = {
        "messaging-copy": (
            "probably copies from a messaging app",
            "Ask for the originals: what the app has thrown away cannot be cut out well.",
        ),
        "too-small": (
            "too small for a marketplace's zoom",
            "Ask for the full-size photos; enlarging adds no detail.",
        ),
        "missing-alt-text": (
            "approved without an alt text",
            "Write them in the workstation. packshot alt missing lists every view without a text.",
        ),
    }
    concerned: dict[str, list[tuple[PurePosixPath, str]]] = defaultdict(list)
    for photo in photos:
        for warning in photo.warnings:
            if warning.kind in remedies:
                concerned[warning.kind].append((photo.path, warning.detail))
    return [
        Finding(
            kind,
            problem,
            remedy,
            tuple(path for path, _ in concerned[kind]),
            tuple(text for _, text in concerned[kind]),
        )
        for kind, (problem, remedy) in remedies.items()
        if concerned[kind]
    ]


def _mixed_profiles(photos: Sequence[PhotoRecord]) -> Finding | None:
    """Name the photos whose colour profile is not the one that most photos have."""
    usual = usual_profile(Counter(photo.profile for photo in photos))
    others = [photo for photo in photos if profile_of(photo.profile) != usual]
    if not others:
        return None
    return Finding(
        "mixed-profiles",
        f"mixed colour profiles; most photos are {usual or 'untagged'}",
        "packshot converts each to sRGB; for one look, shoot or export with one profile.",
        tuple(photo.path for photo in others),
        tuple(photo.profile or "untagged" for photo in others),
    )


def _same_name(photos: Sequence[PhotoRecord]) -> Finding | None:
    """Name photos that say they are the same view of the same SKU."""
    groups = _grouped(
        photos, lambda photo: (photo.sku.casefold(), photo.view.casefold(), photo.version)
    )
    return _repeated(
        groups.values(),
        "same-name",
        "several photos of one SKU, view and version",
        "Rename all but one, or give them versions (-v2), so that exports keep their names.",
    )


def _same_content(photos: Sequence[PhotoRecord], sha256_of: Sha256Of | None) -> Finding | None:
    """Name photos whose files are equal, of those that could be by their headers."""

    def header(photo: PhotoRecord) -> Hashable:
        return photo.bytes, photo.width, photo.height, photo.format, photo.taken

    def content(photo: PhotoRecord) -> Hashable:
        known = photo.sha256
        if known is None and sha256_of is not None and photo.format in _COMPRESSED:
            known = sha256_of(photo.path)
        return known or photo.id

    alike = [group for group in _grouped(photos, header).values() if len(group) > 1]
    return _repeated(
        [same for group in alike for same in _grouped(group, content).values()],
        "same-content",
        "the same picture more than once",
        "Keep one of each, so that no work is done and judged twice.",
    )


def _repeated(
    groups: Iterable[Sequence[PhotoRecord]], kind: str, problem: str, remedy: str
) -> Finding | None:
    pairs = [(photo.path, f"like {first.path}") for first, *others in groups for photo in others]
    if not pairs:
        return None
    return Finding(
        kind, problem, remedy, tuple(path for path, _ in pairs), tuple(text for _, text in pairs)
    )


def _grouped(
    photos: Sequence[PhotoRecord], key: Callable[[PhotoRecord], Hashable]
) -> dict[Hashable, list[PhotoRecord]]:
    groups: dict[Hashable, list[PhotoRecord]] = defaultdict(list)
    for photo in photos:
        groups[key(photo)].append(photo)
    return groups
