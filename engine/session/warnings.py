"""What about a single photo will cause trouble later, told from its name and header, and from what
is known of its view.

Whether a file is a messaging app's copy cannot be proved. Signs are counted as evidence and the
score is given with the warning; the person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from engine.session.records import PhotoRecord

SMALLEST_LONG_SIDE = 1000
"""Pixels; below it no marketplace's zoom works."""

ENOUGH_EVIDENCE = 0.6
"""The score from which a photo is called a likely copy from a messaging app."""

_COPY_NAME = re.compile(
    r"IMG-[0-9]{8}-WA[0-9]{4}.*|WhatsApp[ _-]Image[ _-].*|photo_[0-9]{4}-[0-9]{2}-[0-9]{2}.*"
    r"|photo_[0-9].*|signal-[0-9]{4}-.*",
    re.IGNORECASE,
)
_ASSUMED = " (assumed)"
_COPY_SIDES = frozenset({1280, 1600, 4096})


class Facts(NamedTuple):
    """The part of a photo's name and header that warnings come from."""

    name: str
    format: str | None
    width: int | None
    height: int | None
    camera: str | None
    jpeg_quality: int | None
    subsampling: str | None
    profile: str | None = None

    @classmethod
    def of(cls, photo: PhotoRecord) -> Facts:
        """Return the facts of a photo that the session knows."""
        return cls(photo.path.name, *(getattr(photo, field) for field in cls._fields[1:]))


Kind = Literal["too-small", "messaging-copy", "mixed-profiles", "missing-alt-text"]

WARNINGS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of warning about a single photo."""


class PhotoWarning(NamedTuple):
    """One thing that will cause trouble: its kind, its name for a person, and the figures."""

    kind: Kind
    problem: str
    detail: str

    @property
    def text(self) -> str:
        """All of it in one line."""
        return f"{self.problem} ({self.detail})"


class Evidence(NamedTuple):
    """Signs of a messaging app's copy: a score from 0 to 1, and what it was given for."""

    score: float
    signs: tuple[str, ...]


def photo_warnings(facts: Facts, usual: str | None = None) -> tuple[PhotoWarning, ...]:
    """Return what about a photo will cause trouble; nothing for an unreadable one.

    ``usual`` is the colour profile that most photos of its session have, where that is known.
    """
    if facts.width is None or facts.height is None:
        return ()
    warnings = []
    if max(facts.width, facts.height) < SMALLEST_LONG_SIDE:
        detail = (
            f"{facts.width} × {facts.height} px; the long side should have at least "
            f"{SMALLEST_LONG_SIDE}"
        )
        warnings.append(PhotoWarning("too-small", "too small", detail))
    evidence = messaging_evidence(facts)
    if evidence.score >= ENOUGH_EVIDENCE:
        detail = f"score {evidence.score:.2f}: {', '.join(evidence.signs)}"
        problem = "probably a copy from a messaging app"
        warnings.append(PhotoWarning("messaging-copy", problem, detail))
    if usual is not None and (own := profile_of(facts.profile)) != usual:
        detail = f"{own or 'untagged'}; most photos are {usual or 'untagged'}"
        warnings.append(PhotoWarning("mixed-profiles", "another colour profile", detail))
    return tuple(warnings)


def text_warnings(languages: Sequence[str]) -> tuple[PhotoWarning, ...]:
    """Return what is wrong with a picture to be delivered that nobody has described.

    ``languages`` are those in which it is not.
    """
    if not languages:
        return ()
    detail = f"in {', '.join(languages)}"
    return (PhotoWarning("missing-alt-text", "alt text missing", detail),)


def profile_of(profile: str | None) -> str:
    """Return the colour profile that a photo is treated as having; empty where it has none."""
    return (profile or "").removesuffix(_ASSUMED)


def usual_profile(counts: Mapping[str | None, int]) -> str | None:
    """Return the profile that most photos of a session have; None where there are no photos.

    ``counts`` says how many photos have each profile. Of two that are equally frequent the first
    by name is the usual one, so that the same photos always give the same answer.
    """
    photos: Counter[str] = Counter()
    for profile, count in counts.items():
        photos[profile_of(profile)] += count
    return min(photos, key=lambda profile: (-photos[profile], profile), default=None)


def messaging_evidence(facts: Facts) -> Evidence:
    """Weigh the signs that a messaging app has recompressed the photo.

    The name alone is enough, since only the apps give such names. Without it all four other signs
    are needed: each of them is usual in good files too.
    """
    jpeg = facts.format is not None and facts.format.upper() == "JPEG"
    long_side = max(facts.width or 0, facts.height or 0)
    quality = facts.jpeg_quality
    signs = (
        (0.6, "its name", has_copy_name(facts)),
        (0.25, f"long side {long_side} px", jpeg and long_side in _COPY_SIDES),
        (0.15, f"JPEG quality {quality}", quality is not None and 65 <= quality <= 82),
        (0.1, "no camera named", jpeg and not facts.camera),
        (0.1, "4:2:0 chroma", facts.subsampling == "4:2:0"),
    )
    given = [(weight, sign) for weight, sign, present in signs if present]
    return Evidence(
        min(1.0, round(sum(weight for weight, _ in given), 2)), tuple(sign for _, sign in given)
    )


def has_copy_name(facts: Facts) -> bool:
    """Return whether a file is called as messaging apps call their copies."""
    return _COPY_NAME.fullmatch(facts.name) is not None
