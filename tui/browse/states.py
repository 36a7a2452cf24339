"""How each state of a photo is shown: one cell wide, and never told by colour alone."""

from __future__ import annotations

from engine.session.states import State
from engine.session.warnings import Kind

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
    State.UNREADABLE: "⊘",
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
    State.UNREADABLE: "%",
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


def glyphs_for(*, ascii_only: bool) -> dict[State, str]:
    """Return the glyphs that a terminal can show."""
    return ASCII if ascii_only else UNICODE


WARNING_SIGNS: dict[Kind, tuple[str, str]] = {
    "too-small": ("▫", "s"),
    "messaging-copy": ("»", "m"),
    "mixed-profiles": ("≠", "p"),
    "missing-alt-text": ("¶", "a"),
}
"""How each warning about a photo is shown: in Unicode, and where there is only ASCII."""
