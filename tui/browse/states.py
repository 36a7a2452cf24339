"""What a photo's state is, and its glyph: one cell wide, and never told by colour alone."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from engine.session.records import PhotoRecord


class State(StrEnum):
    """Where a photo stands on its way; the names are also what the filter's ``is:`` takes."""

    NEW = "new"
    UNREADABLE = "unreadable"
    QUEUED = "queued"
    WORKING = "working"
    CUT = "cut"
    FAILED = "failed"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPORTED = "exported"
    OUTDATED = "outdated"
    MISSING = "missing"


LABELS = {
    State.NEW: "not cut yet",
    State.UNREADABLE: "unreadable",
    State.QUEUED: "queued",
    State.WORKING: "being cut",
    State.CUT: "to judge",
    State.FAILED: "failed",
    State.APPROVED: "approved",
    State.REJECTED: "rejected",
    State.EXPORTED: "exported",
    State.OUTDATED: "cut anew since its export",
    State.MISSING: "missing",
}
"""What a person calls each state."""

UNICODE = {
    State.NEW: "·",
    State.UNREADABLE: "!",
    State.QUEUED: "◌",
    State.WORKING: "◐",
    State.CUT: "◆",
    State.FAILED: "✖",
    State.APPROVED: "✓",
    State.REJECTED: "✗",
    State.EXPORTED: "▲",
    State.OUTDATED: "△",
    State.MISSING: "?",
}

ASCII = {
    State.NEW: ".",
    State.UNREADABLE: "!",
    State.QUEUED: ":",
    State.WORKING: "*",
    State.CUT: "o",
    State.FAILED: "#",
    State.APPROVED: "+",
    State.REJECTED: "x",
    State.EXPORTED: "^",
    State.OUTDATED: "~",
    State.MISSING: "?",
}

JUDGEABLE = frozenset({State.CUT, State.APPROVED, State.REJECTED, State.EXPORTED, State.OUTDATED})
"""States with a matte that a person can judge."""


def glyphs_for(encoding: str | None) -> dict[State, str]:
    """Return the glyphs that a terminal of this encoding can show."""
    return UNICODE if "utf" in (encoding or "").lower() else ASCII


def state_of(
    photo: PhotoRecord, waiting: Collection[int] = (), running: Collection[int] = ()
) -> State:
    """Return a photo's state; what is happening now comes before what was.

    Parameters
    ----------
    photo : the photo's record
    waiting, running : ids of the photos that are queued and being cut
    """
    checks = (
        (photo.id in running, State.WORKING),
        (photo.id in waiting, State.QUEUED),
        (photo.missing, State.MISSING),
        (photo.problem, State.UNREADABLE),
        (photo.failure, State.FAILED),
        (photo.matte is None, State.NEW),
        (photo.verdict.state == "rejected", State.REJECTED),
        (photo.verdict.state == "approved" and photo.current, State.EXPORTED),
        (photo.verdict.state == "approved" and photo.deliveries, State.OUTDATED),
        (photo.verdict.state == "approved", State.APPROVED),
    )
    return next((state for holds, state in checks if holds), State.CUT)
