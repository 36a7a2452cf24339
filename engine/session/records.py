"""What a session tells about its photos: plain values that own nothing and change nothing.

Paths are relative to the session's folder. Times are UTC in ISO 8601, persons are ``name@host``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal

from engine.imaging.look import Look
from engine.matting.defects.defect import Defect
from engine.session.warnings import PhotoWarning

State = Literal["pending", "approved", "rejected"]

STATES: tuple[State, ...] = ("pending", "approved", "rejected")

REASONS: tuple[str, ...] = (
    "halo",
    "hole filled",
    "hole eaten",
    "colour cast",
    "edge jagged",
    "part missing",
    "shadow left",
    "wrong crop",
    "other",
)
"""Why a matte is rejected; a fixed list, so that rejections can be counted and taught from."""

MOST_STARS = 5
"""Of a rating; the fewest are 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided about a photo's matte, who and when; both empty before the first."""

    state: State = "pending"
    reasons: tuple[str, ...] = ()
    note: str = ""
    person: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class MatteRecord:
    """One matte: the photo's content, the recipe that made it, and how the work went."""

    photo_sha256: str
    recipe_digest: str
    model: str
    recipe: Mapping[str, object]
    width: int
    height: int
    seconds: float
    notes: tuple[str, ...]
    person: str
    at: str
    defects: tuple[Defect, ...] | None = None
    """The worst first; None when the matte has not been measured."""
    box: tuple[int, int, int, int] | None = None
    """The product's left, top, right and bottom in pixels, half-open; None when not measured, or
    where the matte is empty."""


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One exported file and where it came from.

    ``season`` is the season that it was made for, ``lock`` the hash of that season's lock, and
    ``photo_sha256`` the content that the photo had; each None where there was none, or where an
    older packshot wrote the row. ``inputs`` is what else entered the file. ``version`` is the
    number in its name; ``findings`` are what its check found, None where that is not known.
    ``entry`` is the entry of the audit log that names the file: None before it is written, 0 for
    a file from before the log named any.
    """

    id: int
    photo_id: int
    preset: str
    preset_digest: str
    path: str
    sha256: str
    recipe_digest: str
    person: str
    at: str
    season: str | None = None
    lock: str | None = None
    photo_sha256: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    bytes: int | None = None
    width: int | None = None
    height: int | None = None
    findings: tuple[Mapping[str, Any], ...] | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a file was exported, beside its preset's name and its matte's recipe.

    The photo's content and the effective preset, which together with the matte make the file
    again; the season that it was made for, and the hash of that season's lock where it is locked.
    ``inputs`` is what else has entered the file, as JSON knows it; None where that is nothing.
    """

    photo_sha256: str | None = None
    preset_content: Mapping[str, Any] | None = None
    season: str | None = None
    lock: str | None = None
    inputs: Mapping[str, Any] | None = None


NO_TERMS = Terms()
"""Of a file of which nothing but its own facts is known."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was measured of an exported file; each None where nobody has measured it.

    ``version`` is the number in its name, 1 where there is none; ``findings`` are the outcomes of
    its preset's rules, as JSON knows them.
    """

    version: int | None = None
    bytes: int | None = None
    width: int | None = None
    height: int | None = None
    findings: tuple[Mapping[str, Any], ...] | None = None


NO_FACTS = FileFacts()
"""Of a file that nobody has measured."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a session.

    ``photos`` are those that anything is new about, missing ones too, or, with ``complete``, all
    that are there. ``revision`` is what to ask with the next time.
    """

    revision: int
    photos: list[PhotoRecord]
    complete: bool


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One photo of the session and all that is known about it.

    ``sha256`` is known once the photo was cut; ``matte`` is the one that counts for that content:
    the last that was made, or that somebody has chosen. ``stars`` are 1…5, or 0 without a rating.
    ``problem`` says why the file cannot be read at all, ``failure`` why the last cut failed.
    ``deliveries`` counts the files that were exported of it, ``current`` those of its matte.
    """

    id: int
    path: PurePosixPath
    sku: str
    view: str
    version: int
    bytes: int
    mtime_ns: int
    width: int | None
    height: int | None
    sha256: str | None
    format: str | None
    profile: str | None
    warnings: tuple[PhotoWarning, ...]
    problem: str | None
    matte: MatteRecord | None
    verdict: Verdict
    failure: str | None
    deliveries: int
    bits: int | None = None
    mode: str | None = None
    camera: str | None = None
    taken: str | None = None
    jpeg_quality: int | None = None
    subsampling: str | None = None
    has_alpha: bool = False
    missing: bool = False
    capture: str | None = None
    look: Look | None = None
    current: int = 0
    stars: int = 0

    @property
    def pixels(self) -> int:
        """How many the photo has; 0 where its header could not be read."""
        return (self.width or 0) * (self.height or 0)
